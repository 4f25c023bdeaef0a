// Colors of bodies: those that move in turn, those of the environment gray.

// sRGB; neighbors in the list differ in hue and lightness.
const MOVING = [0xffb81a, 0x66a9e8, 0x7fc98f, 0xef6f6c, 0xb58ae0, 0xf2a65a, 0x4cc3c7, 0xe8e4d4];
export const ENVIRONMENT = 0x8a94a3;

export function bodyColor(index: number, isEnvironment: boolean, hasOwnColors: boolean): number {
  if (hasOwnColors) return 0xffffff;
  return isEnvironment ? ENVIRONMENT : MOVING[index % MOVING.length]!;
}
