// Material of the ground: tiles of one unit of length, and every tenth line stronger.

import { CanvasTexture, MeshStandardMaterial, RepeatWrapping, SRGBColorSpace } from "three";

// Pixels of the texture, which covers 10 by 10 tiles.
const PIXELS = 1024;
const TILES = 10;

export function groundMaterial(color: string, line: string): MeshStandardMaterial {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = PIXELS;
  const context = canvas.getContext("2d")!;
  context.fillStyle = color;
  context.fillRect(0, 0, PIXELS, PIXELS);
  context.strokeStyle = line;
  for (let i = 0; i <= TILES; i++) {
    const at = (i * PIXELS) / TILES;
    context.lineWidth = i % TILES === 0 ? 8 : 3;
    context.globalAlpha = i % TILES === 0 ? 1 : 0.55;
    context.beginPath();
    context.moveTo(at, 0);
    context.lineTo(at, PIXELS);
    context.moveTo(0, at);
    context.lineTo(PIXELS, at);
    context.stroke();
  }
  const texture = new CanvasTexture(canvas);
  texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 8;
  return new MeshStandardMaterial({ map: texture, roughness: 0.95 });
}

// Texture coordinates of vertices in the plane of x and y.
export function groundCoordinates(positions: ArrayLike<number>): Float32Array {
  const found = new Float32Array((positions.length / 3) * 2);
  for (let vertex = 0; 3 * vertex + 2 < positions.length; vertex++) {
    found[2 * vertex] = positions[3 * vertex]! / TILES;
    found[2 * vertex + 1] = positions[3 * vertex + 1]! / TILES;
  }
  return found;
}
