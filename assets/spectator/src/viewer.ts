// The page: connects the server, the renderer and the user input.

import { Vector2, Vector3 } from "three";
import type { Address } from "./address";
import { Connection, type State } from "./connection";
import { Hand } from "./hand";
import { History } from "./history";
import { inspector, type Spectator } from "./inspect";
import { listenToKeys } from "./keyboard";
import { symbolOf } from "./appearance";
import { describeNotice } from "./notices";
import { Orbit } from "./orbit";
import { drawGrasps, drawPeople, writeLabels } from "./people_markers";
import { Controls, WATCHING } from "./panel/controls";
import { element, write } from "./panel/dom";
import { Panel } from "./panel/panel";
import { People } from "./panel/people";
import { Rooms } from "./panel/rooms";
import { Toasts } from "./panel/toasts";
import { pick } from "./pick";
import { Pointer } from "./pointer";
import { initialRotation } from "./initial_view";
import { Presence } from "./presence";
import { Room, type Change } from "./room";
import { SceneRenderer } from "./scene/renderer";
import { Lines } from "./scene/lines";
import { positionOf, unpack } from "./vectors";
import { Role, type ServerResult } from "./wire/session_pb";
import { Subscription } from "./subscription";

// Minimum interval between two updates of the panel, ms.
const PANEL_INTERVAL = 100;
// Distance by which a pointer may miss an atom, pixels.
const TOUCH_SLACK = 14;
const MOUSE_SLACK = 3;
// Maximum number of rendered pixels per CSS pixel.
const MAX_PIXEL_RATIO = 2;

export class Viewer {
  private readonly canvas = element<HTMLCanvasElement>("canvas");
  private readonly room = new Room();
  private readonly orbit = new Orbit();
  private readonly history = new History();
  private readonly connection: Connection;
  private readonly subscription: Subscription;
  private readonly hand: Hand;
  private readonly presence: Presence;
  private readonly panel: Panel;
  private readonly controls: Controls;
  private readonly people: People;
  private readonly rooms = new Rooms();
  private readonly toasts = new Toasts();
  private readonly renderer: SceneRenderer | undefined;
  private readonly lines = new Lines();
  private readonly stale = new Set<Change | "size" | "lines">();
  private framed = false;
  // Whether the view is fitted and was not changed since.
  private fitted = false;
  // Aspect ratio of the last picture.
  private aspect: number | undefined;
  private frameRequested = false;
  private frameDeferred = false;
  private paintedAt = 0;
  private sharpening: ReturnType<typeof setTimeout> | undefined;
  private panelUpdatedAt = -Infinity;
  private pictures = 0;
  private upload = 0;
  private painting = 0;
  private watchHintAt = -Infinity;

  constructor(private readonly address: Address) {
    this.connection = new Connection(address, {
      opened: () => this.onOpen(),
      received: (message) => this.receive(message),
      changed: (state) => this.onState(state),
    });
    this.subscription = new Subscription(this.connection);
    this.hand = new Hand(this.room, this.connection);
    this.presence = new Presence(this.orbit, this.connection);
    this.panel = new Panel(this.room, this.connection, this.history);
    this.controls = new Controls(this.room, this.connection);
    this.people = new People({
      admit: (person, role) => this.connection.send({ case: "admit", value: { person, role } }),
      remove: (person) => this.connection.send({ case: "remove", value: { person } }),
    });
    this.renderer = this.open();
    this.listen();
    this.panel.showStructure();
    this.connection.connect();
    setInterval(() => this.updatePanel(), 4 * PANEL_INTERVAL);
  }

  inspector(): Spectator {
    const { room, connection, orbit, renderer, canvas } = this;
    const sources = { room, connection, orbit, renderer, canvas };
    const cost = () => ({ decode: connection.decoding, upload: this.upload, paint: this.painting });
    return inspector({ ...sources, pictures: () => this.pictures, cost });
  }

  // Creates the renderer. Without WebGL 2, the panel still works.
  private open(): SceneRenderer | undefined {
    try {
      return new SceneRenderer(this.canvas, () => this.onDrawn());
    } catch {
      const blank = element("blank");
      const title = document.createElement("strong");
      title.textContent = "This browser cannot draw the atoms";
      blank.replaceChildren(
        title,
        "WebGL 2 is not available. Enable hardware acceleration, or use another browser. The numbers are shown without it.",
      );
      blank.dataset["fixed"] = "yes";
      blank.hidden = false;
      return undefined;
    }
  }

  private listen(): void {
    const { canvas, orbit } = this;
    const onViewChange = () => {
      this.fitted = false;
      this.requestFrame();
    };
    new Pointer(canvas, orbit, {
      grab: (position, coarse) => this.grab(position, coarse),
      drag: (position) => {
        this.hand.move(orbit.rayAt(position, this.size()));
        this.requestFrame();
      },
      release: () => this.release(),
      hover: (position) => this.hover(position),
      onViewChange,
    });
    listenToKeys(canvas, orbit, { onViewChange, fit: () => this.fit(), release: () => this.release() });
    element("fit").addEventListener("click", () => this.fit());
    new ResizeObserver(() => this.requestFrame("size")).observe(canvas);
    // The GPU context may be lost, as when a phone sleeps.
    canvas.addEventListener("webglcontextrestored", () => {
      this.requestFrame("structure");
      this.requestFrame("size");
    });
    document.addEventListener("visibilitychange", () => this.onVisibility(document.hidden));
    addEventListener("online", () => this.connection.retryNow());
    const toggle = (id: string, change: (on: boolean) => void) => {
      const box = element<HTMLInputElement>(id);
      box.addEventListener("change", () => change(box.checked));
    };
    toggle("forces", (on) => {
      this.subscription.forces = on;
      this.subscription.send();
      if (!on) this.room.forces = undefined;
      this.requestFrame("frame");
    });
    toggle("orders", (on) => {
      if (this.renderer) this.renderer.orders = on;
      this.requestFrame("bonds");
    });
    toggle("box", () => this.requestFrame("lines"));
    toggle("others", () => this.requestFrame("lines"));
    const name = element<HTMLInputElement>("name");
    name.value = this.subscription.name = localStorage.getItem("mlipview name") ?? "";
    name.addEventListener("change", () => {
      this.subscription.name = name.value.trim();
      localStorage.setItem("mlipview name", this.subscription.name);
      this.subscription.send();
    });
  }

  // --- the server ---------------------------------------------------------------------------------

  private onOpen(): void {
    this.subscription.reset();
    this.subscription.send();
    this.presence.reset();
  }

  private onState(state: State): void {
    if (state.name !== "connected") {
      this.hand.reset();
      this.room.welcome = undefined;
      this.room.people = [];
      this.room.grasps = [];
      this.requestFrame("people");
      this.requestFrame("lines");
    }
    this.panel.showConnection();
    this.controls.show();
  }

  private receive(message: ServerResult): void {
    const now = performance.now();
    const change = this.room.apply(message);
    if (message.payload.case === "notice") this.showNotice(message.payload.value.message ?? "");
    if (change === "welcome") {
      const { rooms, room } = this.room.welcome!;
      this.rooms.show(rooms, room, (name) => this.address.of(name));
      this.controls.show();
    }
    if (change === "frame") {
      this.history.add(now / 1000, this.room.energy);
      this.hand.onFrame(message.clientSeq, now);
    }
    if (change === "structure") {
      this.history.clear();
      if (this.hand.atom !== undefined) this.hand.reset();
    }
    this.requestFrame(change);
    // No picture follows that would acknowledge the message.
    if (document.hidden || !this.renderer) this.connection.acknowledge();
  }

  private showNotice(message: string): void {
    const text = describeNotice(message);
    if (text) this.toasts.show(text);
    if (message.startsWith("FORBIDDEN")) this.hand.reset();
  }

  private onVisibility(hidden: boolean): void {
    this.subscription.hidden = hidden;
    this.subscription.send();
    this.connection.resetRoundTrips();
    if (hidden) {
      this.release();
      this.connection.acknowledge();
    } else {
      this.connection.retryNow();
      this.requestFrame("size");
    }
  }

  // --- dragging --------------------------------------------------------------------------------------

  private grab(position: Vector2, coarse: boolean): boolean {
    const atom = this.atomAt(position, coarse ? TOUCH_SLACK : MOUSE_SLACK);
    if (atom === undefined || this.controls.drag === "turn") return false;
    if (!this.room.mayDrive) {
      const now = performance.now();
      // Atoms also serve to rotate the view, so the hint is shown only now and then.
      if (this.connection.state.name === "connected" && now - this.watchHintAt > 30_000) {
        this.watchHintAt = now;
        this.toasts.show({ text: WATCHING, tone: "quiet" });
      }
      return false;
    }
    const at = new Vector3().fromArray(positionOf(this.room.positions, atom));
    const facing = new Vector3(0, 0, 1).applyQuaternion(this.orbit.rotation);
    const ray = this.orbit.rayAt(position, this.size());
    const grabbed = this.hand.close(atom, at, ray, facing, this.controls.drag === "pull", performance.now());
    if (grabbed) {
      this.hover(undefined);
      this.requestFrame("lines");
    }
    return grabbed;
  }

  private release(): void {
    this.hand.open(performance.now());
    this.requestFrame("lines");
  }

  private atomAt(position: Vector2, pixels: number): number | undefined {
    if (!this.renderer) return undefined;
    const size = this.size();
    const slack = (pixels * 2 * Math.tan(0.3)) / size.y;
    const ray = this.orbit.rayAt(position, size);
    return pick(ray, this.room.positions, this.room.numbers, (number) => this.renderer!.radiusOf(number), slack);
  }

  private hover(position: Vector2 | undefined): void {
    const atom = position && this.atomAt(position, MOUSE_SLACK);
    const caption = element("caption");
    caption.hidden = atom === undefined;
    this.canvas.classList.toggle("atom", atom !== undefined && this.room.mayDrive);
    if (atom === undefined) return;
    const at = positionOf(this.room.positions, atom).map((value) => value.toFixed(2).replace("-", "−"));
    write(caption, `${symbolOf(this.room.numbers[atom]!)} ${atom} · ${at.join(", ")} Å`);
  }

  // --- pictures -----------------------------------------------------------------------------------

  private size(): Vector2 {
    return new Vector2(this.canvas.clientWidth || 1, this.canvas.clientHeight || 1);
  }

  private fit(): void {
    const size = this.size();
    this.orbit.fit(this.outline(), size.x / size.y);
    this.fitted = true;
    this.requestFrame();
  }

  // Positions of all atoms and of the corners of the cell.
  private outline(): number[] | Float32Array {
    const positions = unpack(this.room.positions);
    const cell = this.room.cell;
    if (!cell || !element<HTMLInputElement>("box").checked) return positions;
    const corners = [];
    for (let corner = 0; corner < 8; corner++) {
      for (let axis = 0; axis < 3; axis++) {
        corners.push([0, 1, 2].reduce((sum, row) => sum + ((corner >> row) & 1) * cell[3 * row + axis]!, 0));
      }
    }
    const all = new Float32Array(positions.length + corners.length);
    all.set(positions);
    all.set(corners, positions.length);
    return all;
  }

  // Requests a picture, with what has changed.
  private requestFrame(what?: Change | "size" | "lines"): void {
    if (what) this.stale.add(what);
    if (this.frameRequested) return;
    this.frameRequested = true;
    requestAnimationFrame((now) => this.draw(now));
  }

  private draw(now: number): void {
    this.frameRequested = false;
    const { renderer, stale } = this;
    if (!this.hand.sendMove(now)) this.requestFrame();
    // The GPU is busy with the last picture; this one is drawn afterwards.
    if (renderer?.busy) {
      this.frameDeferred = true;
      return;
    }
    if (this.hand.expire(now)) stale.add("lines");
    if (this.hand.atom !== undefined && !this.hand.closed) this.requestFrame();
    if (stale.has("size")) this.resize();
    if (stale.has("structure")) this.onStructure();
    if (stale.has("people")) {
      this.people.show(this.room.people, this.room.welcome?.person ?? -1n, this.room.welcome?.role ?? Role.SPECTATOR);
    }
    if (renderer) this.paint(renderer);
    stale.clear();
    this.connection.acknowledge();
    this.presence.send(now);
    if (now - this.panelUpdatedAt > PANEL_INTERVAL) this.updatePanel();
  }

  // The GPU has finished a picture.
  private onDrawn(): void {
    if (this.frameDeferred) this.requestFrame();
    this.frameDeferred = false;
    clearTimeout(this.sharpening);
    this.sharpening = setTimeout(() => this.sharpen(), 260);
  }

  // Draws a sharper picture at rest.
  private sharpen(): void {
    if (this.frameRequested || !this.renderer || this.renderer.busy || document.hidden) return;
    if (this.renderer.sharpen(this.orbit, performance.now() - this.paintedAt)) this.pictures += 1;
  }

  private resize(): void {
    const { x, y } = this.size();
    this.renderer?.resize(x, y, Math.min(MAX_PIXEL_RATIO, devicePixelRatio || 1));
    if (this.fitted) this.fit();
    else if (this.aspect !== undefined) this.orbit.keepFraming(this.aspect, x / y);
    this.aspect = x / y;
  }

  // Shows another structure; the first one sets the view.
  private onStructure(): void {
    this.panel.showStructure();
    this.renderer?.setStructure(this.room);
    this.subscription.bonds = this.renderer?.representation !== "filling";
    this.subscription.send();
    if (this.framed || this.room.numbers.length === 0) return;
    this.framed = true;
    const periodic = this.room.cell ? this.room.pbc : [];
    this.orbit.rotation.copy(initialRotation(unpack(this.room.positions), periodic));
    // The longest axis is vertical in a portrait window.
    const { x, y } = this.size();
    if (y > x && !periodic.some(Boolean)) this.orbit.roll(Math.PI / 2);
    this.fit();
  }

  private paint(renderer: SceneRenderer): void {
    const { stale, room, orbit } = this;
    const start = performance.now();
    if (stale.has("frame") && !stale.has("structure")) {
      renderer.setFrame(room);
      this.upload = performance.now() - start;
    }
    if (stale.has("bonds")) renderer.setBonds(room);
    const holds = this.hand.atom !== undefined && !this.hand.pulls;
    renderer.hold(holds ? this.hand.atom : undefined, this.hand.target);
    this.paintLines(renderer);
    renderer.draw(orbit);
    this.paintedAt = performance.now();
    this.painting = this.paintedAt - start;
    this.pictures += 1;
  }

  // Collects the lines, which are few, for each picture.
  private paintLines(renderer: SceneRenderer): void {
    const { room, orbit, lines, hand } = this;
    if (room.cell && element<HTMLInputElement>("box").checked) lines.cell(room.cell);
    const labels = element<HTMLInputElement>("others").checked ? drawPeople(room, orbit, lines) : [];
    drawGrasps(room, lines, renderer.halos);
    if (hand.closed && hand.pulls) {
      const from = new Vector3().fromArray(positionOf(room.positions, hand.atom!));
      lines.line(from, hand.target, 3, 0xffb81a, true);
    }
    lines.drawWith(renderer.lines);
    writeLabels(element("labels"), labels, orbit, this.size());
  }

  private updatePanel(): void {
    this.panelUpdatedAt = performance.now();
    if (document.hidden) return;
    this.panel.showNumbers(this.panelUpdatedAt / 1000);
    this.controls.show();
  }
}
