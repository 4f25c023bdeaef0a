// Meshes of the bodies: one instanced mesh for each asset, moved by the newest states.

import { BufferAttribute, BufferGeometry, Color, InstancedMesh, Matrix4, MeshStandardMaterial, Quaternion, Scene, Vector3, type Intersection, type Raycaster } from "three";
import { bodyColor } from "./body_colors";
import type { BodyGroup, BodySet } from "./body_set";
import { groundCoordinates, groundMaterial } from "./ground_material";
import { meshNormals } from "./mesh_normals";
import type { Asset, Body } from "./messages";

interface Slot {
  mesh: InstancedMesh;
  index: number;
  color: Color;
}

const ONE = new Vector3(1, 1, 1);
// Above this number of bodies shadows cost too much.
const MAX_SHADOWS = 600;

export class BodyMeshes {
  private readonly slots = new Map<number, Slot>();
  private readonly bodies = new Map<InstancedMesh, Body[]>();
  private readonly geometries = new Map<number, BufferGeometry>();

  constructor(private readonly scene: Scene) {}

  clear(): void {
    this.removeMeshes();
    for (const geometry of this.geometries.values()) geometry.dispose();
    this.geometries.clear();
  }

  // Makes the meshes for these bodies.
  build(set: BodySet): void {
    this.removeMeshes();
    const order = new Map([...set.bodies.keys()].map((body, index) => [body, index]));
    for (const group of set.groups()) {
      const { asset, bodies, isEnvironment } = group;
      const mesh = new InstancedMesh(this.geometryOf(asset), materialOf(group), bodies.length);
      mesh.frustumCulled = false;
      mesh.castShadow = !isEnvironment && set.bodies.size <= MAX_SHADOWS;
      mesh.receiveShadow = true;
      bodies.forEach((body, index) => {
        const hasOwn = asset.name === "ground" || asset.colors !== undefined;
        const color = new Color(bodyColor(order.get(body.body_id)!, body.is_environment, hasOwn));
        mesh.setColorAt(index, color);
        mesh.setMatrixAt(index, new Matrix4().makeScale(0, 0, 0));
        this.slots.set(body.body_id, { mesh, index, color });
      });
      this.bodies.set(mesh, bodies);
      this.scene.add(mesh);
    }
  }

  // Moves the bodies to their newest states.
  move(set: BodySet): void {
    const matrix = new Matrix4();
    const position = new Vector3();
    const rotation = new Quaternion();
    for (const { body_id, position: at, orientation: q } of set.states) {
      const slot = this.slots.get(body_id);
      if (!slot) continue;
      slot.mesh.setMatrixAt(slot.index, matrix.compose(position.set(at.x, at.y, at.z), rotation.set(q.x, q.y, q.z, q.w), ONE));
    }
    for (const mesh of this.bodies.keys()) {
      mesh.instanceMatrix.needsUpdate = true;
      mesh.boundingSphere = null;
    }
  }

  // Lights a body up, as one that is held.
  highlight(body: number, isHeld: boolean): void {
    const slot = this.slots.get(body);
    if (!slot) return;
    slot.mesh.setColorAt(slot.index, isHeld ? slot.color.clone().lerp(new Color(0xffffff), 0.5) : slot.color);
    if (slot.mesh.instanceColor) slot.mesh.instanceColor.needsUpdate = true;
  }

  // The nearest body on a ray; `body` is undefined if it is one of the environment, which cannot be moved.
  hit(raycaster: Raycaster): { body: number | undefined; point: Vector3 } | undefined {
    const [first] = raycaster.intersectObjects<InstancedMesh>([...this.bodies.keys()], false) as (Intersection<InstancedMesh> | undefined)[];
    if (!first || first.instanceId === undefined) return undefined;
    const body = this.bodies.get(first.object)?.[first.instanceId];
    return body && { body: body.is_environment ? undefined : body.body_id, point: first.point };
  }

  private geometryOf(asset: Asset): BufferGeometry {
    const known = this.geometries.get(asset.asset_id);
    if (known) return known;
    const made = new BufferGeometry();
    made.setAttribute("position", new BufferAttribute(new Float32Array(asset.positions), 3));
    made.setAttribute("normal", new BufferAttribute(meshNormals(asset.positions), 3));
    if (asset.name === "ground") made.setAttribute("uv", new BufferAttribute(groundCoordinates(asset.positions), 2));
    if (asset.colors) made.setAttribute("color", new BufferAttribute(linearColors(asset.colors), 3));
    this.geometries.set(asset.asset_id, made);
    return made;
  }

  private removeMeshes(): void {
    for (const mesh of this.bodies.keys()) {
      this.scene.remove(mesh);
      mesh.dispose();
      const material = mesh.material as MeshStandardMaterial;
      material.map?.dispose();
      material.dispose();
    }
    this.bodies.clear();
    this.slots.clear();
  }
}

function materialOf({ asset, isEnvironment }: BodyGroup): MeshStandardMaterial {
  if (asset.name === "ground") return groundMaterial("#39414e", "#566071");
  const material = new MeshStandardMaterial({ roughness: 0.45, metalness: 0.02, vertexColors: asset.colors !== undefined });
  // Walls hide nothing.
  if (isEnvironment) Object.assign(material, { transparent: true, opacity: 0.22, depthWrite: false });
  return material;
}

// Colors of vertices are sRGB; three.js mixes linear ones.
function linearColors(colors: readonly number[]): Float32Array {
  const found = new Float32Array(colors.length);
  const color = new Color();
  for (let i = 0; i + 2 < colors.length; i += 3) color.setRGB(colors[i]!, colors[i + 1]!, colors[i + 2]!, "srgb").toArray(found, i);
  return found;
}
