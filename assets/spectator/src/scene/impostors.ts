// Quads that shaders turn into spheres, sticks, arrows, lines and rings.

import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  DynamicDrawUsage,
  GLSL3,
  Mesh,
  RawShaderMaterial,
  type IUniform,
} from "three";

export type Uniforms = Record<string, IUniform>;

// Vertex attribute: `size` numbers for each quad.
export interface QuadAttribute {
  values: Float32Array | Uint32Array;
  size: number;
}

export class Impostors {
  readonly mesh: Mesh<BufferGeometry, RawShaderMaterial>;
  private capacity = 0;

  constructor(vertex: string, fragment: string, uniforms: Uniforms) {
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: vertex,
      fragmentShader: fragment,
      uniforms,
      depthTest: true,
      depthWrite: true,
      side: DoubleSide,
    });
    this.mesh = new Mesh(new BufferGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
  }

  // Number of quads drawn.
  set count(count: number) {
    this.reserve(count);
    this.mesh.geometry.setDrawRange(0, 6 * count);
    this.mesh.visible = count > 0;
  }

  // Sets the number of quads and their attributes, by the names of the shader.
  fill(count: number, attributes: Record<string, QuadAttribute>): void {
    this.count = count;
    for (const [name, { values, size }] of Object.entries(attributes)) {
      const attribute = this.attribute(name, values, size);
      // All four corners have the same values.
      for (let quad = 0; quad < count; quad++) {
        const row = values.subarray(quad * size, (quad + 1) * size);
        for (let corner = 0; corner < 4; corner++) attribute.array.set(row, (4 * quad + corner) * size);
      }
      attribute.needsUpdate = true;
    }
  }

  private attribute(name: string, values: QuadAttribute["values"], size: number): BufferAttribute {
    const present = this.mesh.geometry.getAttribute(name) as BufferAttribute | undefined;
    if (present) return present;
    const length = 4 * this.capacity * size;
    const array = values instanceof Uint32Array ? new Uint32Array(length) : new Float32Array(length);
    const attribute = new BufferAttribute(array, size).setUsage(DynamicDrawUsage);
    this.mesh.geometry.setAttribute(name, attribute);
    return attribute;
  }

  // Allocates the index buffer, two triangles for each quad, and discards smaller buffers.
  private reserve(count: number): void {
    if (count <= this.capacity) return;
    this.capacity = Math.max(count, 2 * this.capacity);
    const index = new Uint32Array(6 * this.capacity);
    const triangles = [0, 1, 2, 2, 1, 3];
    for (let i = 0; i < index.length; i++) index[i] = 4 * Math.floor(i / 6) + triangles[i % 6]!;
    this.mesh.geometry.dispose();
    this.mesh.geometry = new BufferGeometry();
    this.mesh.geometry.setIndex(new BufferAttribute(index, 1));
  }
}
