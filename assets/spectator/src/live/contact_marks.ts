// Contacts as points with arrows along their normals, longer for larger impulses.

import { ConeGeometry, CylinderGeometry, InstancedMesh, Matrix4, MeshBasicMaterial, Quaternion, Scene, SphereGeometry, Vector3 } from "three";
import type { Contact } from "./messages";

// Maximum number of contacts that are drawn, the first of a frame.
export const MAX_MARKS = 2000;
const UP = new Vector3(0, 1, 0);

// Length of an arrow for an impulse, in units of `size`: it grows less and less, so that all can be seen.
export const arrowLength = (impulse: number, size: number): number => size * (2 + 3 * Math.log10(1 + Math.max(0, impulse)));

export class ContactMarks {
  private readonly points: InstancedMesh;
  private readonly shafts: InstancedMesh;
  private readonly heads: InstancedMesh;

  constructor(scene: Scene) {
    // Drawn over everything, since contacts are between bodies.
    const material = new MeshBasicMaterial({ color: 0xff5a4f, depthTest: false, transparent: true, opacity: 0.9 });
    this.points = new InstancedMesh(new SphereGeometry(0.5, 10, 8), material, MAX_MARKS);
    this.shafts = new InstancedMesh(new CylinderGeometry(0.15, 0.15, 1, 6).translate(0, 0.5, 0), material, MAX_MARKS);
    this.heads = new InstancedMesh(new ConeGeometry(0.45, 1, 10), material, MAX_MARKS);
    for (const mesh of [this.points, this.shafts, this.heads]) {
      mesh.count = 0;
      mesh.frustumCulled = false;
      mesh.renderOrder = 2;
      scene.add(mesh);
    }
  }

  // Shows contacts; `size` is the diameter of a point.
  show(contacts: readonly Contact[], size: number): void {
    const count = Math.min(MAX_MARKS, contacts.length);
    const matrix = new Matrix4();
    const rotation = new Quaternion();
    for (let i = 0; i < count; i++) {
      const { point, normal, impulse } = contacts[i]!;
      const at = new Vector3(point.x, point.y, point.z);
      const direction = new Vector3(normal.x, normal.y, normal.z).normalize();
      const length = arrowLength(impulse, size);
      rotation.setFromUnitVectors(UP, direction);
      this.points.setMatrixAt(i, matrix.compose(at, rotation, new Vector3(size, size, size)));
      this.shafts.setMatrixAt(i, matrix.compose(at, rotation, new Vector3(size, length, size)));
      const tip = at.clone().addScaledVector(direction, length);
      this.heads.setMatrixAt(i, matrix.compose(tip, rotation, new Vector3(size, size * 1.2, size)));
    }
    for (const mesh of [this.points, this.shafts, this.heads]) {
      mesh.count = count;
      mesh.instanceMatrix.needsUpdate = true;
    }
  }
}
