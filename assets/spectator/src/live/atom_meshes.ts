// Atoms of a packing as spheres in the colors of their elements.

import { Color, IcosahedronGeometry, InstancedMesh, Matrix4, MeshStandardMaterial, type Scene } from "three";
import { ELEMENTS } from "../elements";

// Drawn radius as a fraction of the van der Waals radius.
const RADIUS = 0.6;
// Radius (Å) and color of atoms without an element.
const UNKNOWN = { radius: 1.5, color: 0xff66cc };

export class AtomMeshes {
  private mesh: InstancedMesh | undefined;
  private radii: number[] = [];

  constructor(private readonly scene: Scene) {}

  // Atoms of these atomic numbers, which are shown when they have positions.
  build(numbers: readonly number[]): void {
    this.clear();
    const mesh = new InstancedMesh(new IcosahedronGeometry(1, 2), new MeshStandardMaterial({ roughness: 0.4 }), numbers.length);
    mesh.frustumCulled = false;
    this.radii = numbers.map((number, index) => {
      const row = ELEMENTS[number - 1];
      mesh.setColorAt(index, new Color(row?.[3] ?? UNKNOWN.color));
      mesh.setMatrixAt(index, new Matrix4().makeScale(0, 0, 0));
      return RADIUS * (row?.[2] ?? UNKNOWN.radius);
    });
    this.mesh = mesh;
    this.scene.add(mesh);
  }

  move(positions: readonly number[]): void {
    const { mesh } = this;
    if (!mesh) return;
    const matrix = new Matrix4();
    this.radii.forEach((radius, index) => {
      const [x = 0, y = 0, z = 0] = positions.slice(3 * index, 3 * index + 3);
      mesh.setMatrixAt(index, matrix.makeScale(radius, radius, radius).setPosition(x, y, z));
    });
    mesh.instanceMatrix.needsUpdate = true;
  }

  clear(): void {
    if (!this.mesh) return;
    this.scene.remove(this.mesh);
    this.mesh.geometry.dispose();
    (this.mesh.material as MeshStandardMaterial).dispose();
    this.mesh.dispose();
    this.mesh = undefined;
    this.radii = [];
  }
}
