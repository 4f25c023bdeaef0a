// Squares that shaders turn into spheres, sticks, arrows, lines and rings: one for each instance.

import {
  BufferAttribute,
  DoubleSide,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  RawShaderMaterial,
  type IUniform,
} from "three";

export type Uniforms = Record<string, IUniform>;

export class Impostors {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;

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
    this.mesh = new Mesh(square(), material);
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
  }

  // How many are drawn.
  set count(count: number) {
    this.mesh.geometry.instanceCount = count;
    this.mesh.visible = count > 0;
  }

  // So many, with these numbers for each; the names are those of the shader.
  fill(count: number, attributes: Record<string, { values: Float32Array | Uint32Array; size: number }>): void {
    const geometry = square();
    this.mesh.geometry.dispose();
    const names = Object.keys(attributes);
    for (const name of names) {
      const { values, size } = attributes[name]!;
      geometry.setAttribute(name, new InstancedBufferAttribute(values, size));
    }
    this.mesh.geometry = geometry;
    this.count = count;
  }
}

function square(): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("corner", new BufferAttribute(new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), 2));
  geometry.setIndex([0, 1, 2, 2, 1, 3]);
  geometry.instanceCount = 0;
  return geometry;
}
