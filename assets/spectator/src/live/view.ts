// View of the bodies: the stage with meshes, contacts and the hand, for the newest frame.

import { element } from "../panel/dom";
import { AtomMeshes } from "./atom_meshes";
import { BodyDrag } from "./body_drag";
import { BodyMeshes } from "./body_meshes";
import type { BodySet } from "./body_set";
import { ContactMarks } from "./contact_marks";
import type { Contact, Vector } from "./messages";
import { Stage } from "./stage";

export interface ViewActions {
  // Whether bodies can be taken.
  canGrab(): boolean;
  grab(body: number, point: Vector): void;
  move(to: Vector): void;
  release(): void;
}

// A sphere around points, given as x, y, z of each.
function boundingSphere(positions: readonly number[]): { center: number[]; radius: number } {
  const along = (axis: number) => positions.filter((_, index) => index % 3 === axis);
  const bounds = [0, 1, 2].map((axis) => along(axis).reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const, [Infinity, -Infinity] as readonly [number, number]));
  const sizes = bounds.map(([least, most]) => most - least);
  return { center: bounds.map(([least, most]) => (least + most) / 2), radius: Math.hypot(...sizes) / 2 };
}

export class View {
  readonly stage: Stage;
  private readonly meshes: BodyMeshes;
  private readonly atoms: AtomMeshes;
  private readonly marks: ContactMarks;
  private readonly drag: BodyDrag;
  private set: BodySet | undefined;
  private contacts: readonly Contact[] = [];
  // The atoms that are shown.
  private packed: readonly number[] | undefined;
  private showsContacts = false;
  // The view is fitted with the first states.
  private isFitted = false;

  // Throws without WebGL 2.
  constructor(actions: ViewActions) {
    const canvas = element<HTMLCanvasElement>("canvas");
    this.stage = new Stage(canvas, () => this.update());
    this.meshes = new BodyMeshes(this.stage.scene);
    this.atoms = new AtomMeshes(this.stage.scene);
    this.marks = new ContactMarks(this.stage.scene);
    this.drag = new BodyDrag(canvas, this.stage, {
      bodyAt: (x, y) => {
        const found = actions.canGrab() ? this.meshes.hit(this.stage.ray(x, y)) : undefined;
        return found?.body === undefined ? undefined : { body: found.body, point: found.point };
      },
      state: (body) => this.set?.state(body),
      grab: (body, point) => {
        this.meshes.highlight(body, true);
        actions.grab(body, point);
      },
      move: (to) => actions.move(to),
      release: (body) => {
        this.meshes.highlight(body, false);
        actions.release();
      },
    });
  }

  // The bodies have changed: shows them with the states that follow.
  build(set: BodySet): void {
    this.set = set;
    this.meshes.build(set);
    if (this.drag.body !== undefined) this.meshes.highlight(this.drag.body, true);
    this.stage.request();
  }

  // Forgets everything that is shown.
  clear(cell: [number, number, number] | undefined): void {
    this.drag.end();
    this.meshes.clear();
    this.atoms.clear();
    this.packed = undefined;
    this.set = undefined;
    this.contacts = [];
    this.isFitted = false;
    this.stage.showCell(cell);
  }

  // Shows bodies as they would begin; the view is fitted to them.
  showPreview(set: BodySet, cell: [number, number, number] | undefined): void {
    this.clear(cell);
    this.build(set);
    this.fit();
  }

  // Shows atoms in a cell or a droplet; the view is fitted to it when they are new.
  showAtoms({ numbers, positions, edges }: { numbers: readonly number[]; positions: readonly number[]; edges: [number, number, number] | undefined }): void {
    if (this.packed !== numbers && (edges || positions.length > 0)) {
      this.clear(edges);
      this.atoms.build(numbers);
      this.packed = numbers;
      const { center, radius } = edges ? { center: edges.map((edge) => edge / 2), radius: Math.hypot(...edges) / 2 } : boundingSphere(positions);
      this.stage.frame(center as [number, number, number], radius);
    }
    this.atoms.move(positions);
    this.stage.request();
  }

  // The run has ended: nothing is held any more.
  end(): void {
    this.drag.end();
  }

  showFrame(contacts: readonly Contact[]): void {
    this.contacts = contacts;
    if (!this.isFitted) this.fit();
    this.stage.request();
  }

  toggleContacts(): boolean {
    this.showsContacts = !this.showsContacts;
    this.stage.request();
    return this.showsContacts;
  }

  fit(): void {
    const extent = this.set?.extent();
    if (!extent) return;
    this.isFitted = true;
    this.stage.frame(extent.center, extent.radius);
  }

  private update(): void {
    if (this.set) this.meshes.move(this.set);
    this.marks.show(this.showsContacts ? this.contacts : [], this.stage.width / 70);
    this.drag.update();
  }
}
