// Shaders are imported as their text.
declare module "*.glsl" {
  const text: string;
  export default text;
}
