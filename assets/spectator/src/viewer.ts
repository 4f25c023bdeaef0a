// The page as a whole: messages in, pictures out, hands in between.

import { Vector2, Vector3 } from "three";
import type { Address } from "./address";
import { Connection, type State } from "./connection";
import { Hand } from "./hand";
import { History } from "./history";
import { inspector, type Spectator } from "./inspect";
import { listenToKeys } from "./keyboard";
import { symbolOf } from "./looks";
import { inWords } from "./notices";
import { Orbit } from "./orbit";
import { drawGrasps, drawOthers, writeLabels } from "./others";
import { Controls, WATCHING } from "./panel/controls";
import { element, write } from "./panel/elements";
import { Panel } from "./panel/panel";
import { People } from "./panel/people";
import { Rooms } from "./panel/rooms";
import { Toasts } from "./panel/toasts";
import { pick } from "./pick";
import { Pointer } from "./pointer";
import { orientation } from "./pose";
import { Presence } from "./presence";
import { Room, type Change } from "./room";
import { Stage } from "./scene/stage";
import { Strokes } from "./scene/strokes";
import { placeOf, unpack } from "./vectors";
import { Role, type ServerResult } from "./wire/session_pb";
import { Wishes } from "./wishes";

// Between two updates of the numbers beside the scene, ms.
const GLANCE = 100;
// Fingers and mice may miss an atom by so many pixels.
const FINGER = 14;
const MOUSE = 3;
// Pictures have at most so many pixels for each of the page's.
const FINEST = 2;

export class Viewer {
  private readonly canvas = element<HTMLCanvasElement>("canvas");
  private readonly room = new Room();
  private readonly orbit = new Orbit();
  private readonly history = new History();
  private readonly connection: Connection;
  private readonly wishes: Wishes;
  private readonly hand: Hand;
  private readonly presence: Presence;
  private readonly panel: Panel;
  private readonly controls: Controls;
  private readonly people: People;
  private readonly rooms = new Rooms();
  private readonly toasts = new Toasts();
  private readonly stage: Stage | undefined;
  private readonly strokes = new Strokes();
  private readonly stale = new Set<Change | "size" | "lines">();
  private framed = false;
  // Whether all is in view, and nobody has turned or moved it since.
  private fitted = false;
  // Width by height of the last picture.
  private aspect: number | undefined;
  private asked = false;
  private late = false;
  private paintedAt = 0;
  private sharpening: ReturnType<typeof setTimeout> | undefined;
  private glancedAt = -Infinity;
  private pictures = 0;
  private upload = 0;
  private painting = 0;
  private toldToWatch = -Infinity;

  constructor(private readonly address: Address) {
    this.connection = new Connection(address, {
      opened: () => this.greet(),
      received: (message) => this.receive(message),
      changed: (state) => this.turn(state),
    });
    this.wishes = new Wishes(this.connection);
    this.hand = new Hand(this.room, this.connection);
    this.presence = new Presence(this.orbit, this.connection);
    this.panel = new Panel(this.room, this.connection, this.history);
    this.controls = new Controls(this.room, this.connection);
    this.people = new People({
      admit: (person, role) => this.connection.send({ case: "admit", value: { person, role } }),
      remove: (person) => this.connection.send({ case: "remove", value: { person } }),
    });
    this.stage = this.open();
    this.listen();
    this.panel.showStructure();
    this.connection.connect();
    setInterval(() => this.glance(), 4 * GLANCE);
  }

  inspector(): Spectator {
    const { room, connection, orbit, stage, canvas } = this;
    const seen = { room, connection, orbit, stage, canvas };
    const cost = () => ({ decode: connection.decoding, upload: this.upload, paint: this.painting });
    return inspector({ ...seen, pictures: () => this.pictures, cost });
  }

  // The scene; without a graphics card that can draw it, numbers still work.
  private open(): Stage | undefined {
    try {
      return new Stage(this.canvas, () => this.ready());
    } catch {
      const blank = element("blank");
      const title = document.createElement("strong");
      title.textContent = "The atoms cannot be drawn here";
      blank.replaceChildren(
        title,
        "This browser has no WebGL 2. Turn on hardware acceleration, or use another browser; the numbers are shown all the same.",
      );
      blank.dataset["fixed"] = "yes";
      blank.hidden = false;
      return undefined;
    }
  }

  private listen(): void {
    const { canvas, orbit } = this;
    const looked = () => {
      this.fitted = false;
      this.ask();
    };
    new Pointer(canvas, orbit, {
      take: (place, coarse) => this.take(place, coarse),
      drag: (place) => {
        this.hand.move(orbit.sight(place, this.size()));
        this.ask();
      },
      letGo: () => this.letGo(),
      hover: (place) => this.hover(place),
      looked,
    });
    listenToKeys(canvas, orbit, { looked, fit: () => this.fit(), letGo: () => this.letGo() });
    element("fit").addEventListener("click", () => this.fit());
    new ResizeObserver(() => this.ask("size")).observe(canvas);
    // The card may forget everything, as when a phone sleeps.
    canvas.addEventListener("webglcontextrestored", () => {
      this.ask("structure");
      this.ask("size");
    });
    document.addEventListener("visibilitychange", () => this.hide(document.hidden));
    addEventListener("online", () => this.connection.hurry());
    const toggle = (id: string, change: (on: boolean) => void) => {
      const box = element<HTMLInputElement>(id);
      box.addEventListener("change", () => change(box.checked));
    };
    toggle("forces", (on) => {
      this.wishes.forces = on;
      this.wishes.say();
      if (!on) this.room.forces = undefined;
      this.ask("frame");
    });
    toggle("orders", (on) => {
      if (this.stage) this.stage.orders = on;
      this.ask("bonds");
    });
    toggle("box", () => this.ask("lines"));
    toggle("others", () => this.ask("lines"));
    const name = element<HTMLInputElement>("name");
    name.value = this.wishes.name = localStorage.getItem("mlipview name") ?? "";
    name.addEventListener("change", () => {
      this.wishes.name = name.value.trim();
      localStorage.setItem("mlipview name", this.wishes.name);
      this.wishes.say();
    });
  }

  // --- the server ---------------------------------------------------------------------------------

  private greet(): void {
    this.wishes.forget();
    this.wishes.say();
    this.presence.forget();
  }

  private turn(state: State): void {
    if (state.name !== "connected") {
      this.hand.forget();
      this.room.welcome = undefined;
      this.room.people = [];
      this.room.grasps = [];
      this.ask("people");
      this.ask("lines");
    }
    this.panel.showConnection();
    this.controls.show();
  }

  private receive(message: ServerResult): void {
    const now = performance.now();
    const change = this.room.apply(message);
    if (message.payload.case === "notice") this.tell(message.payload.value.message ?? "");
    if (change === "welcome") {
      const { rooms, room } = this.room.welcome!;
      this.rooms.show(rooms, room, (name) => this.address.of(name));
      this.controls.show();
    }
    if (change === "frame") {
      this.history.add(now / 1000, this.room.energy);
      this.hand.learn(message.clientSeq, now);
    }
    if (change === "structure") {
      this.history.clear();
      if (this.hand.atom !== undefined) this.hand.forget();
    }
    this.ask(change);
    // No picture will be drawn that it could go with.
    if (document.hidden || !this.stage) this.connection.acknowledge();
  }

  private tell(message: string): void {
    const said = inWords(message);
    if (said) this.toasts.show(said);
    if (message.startsWith("FORBIDDEN")) this.hand.forget();
  }

  private hide(hidden: boolean): void {
    this.wishes.hidden = hidden;
    this.wishes.say();
    this.connection.forgetTrips();
    if (hidden) {
      this.letGo();
      this.connection.acknowledge();
    } else {
      this.connection.hurry();
      this.ask("size");
    }
  }

  // --- hands --------------------------------------------------------------------------------------

  private take(place: Vector2, coarse: boolean): boolean {
    const atom = this.under(place, coarse ? FINGER : MOUSE);
    if (atom === undefined || this.controls.drag === "turn") return false;
    if (!this.room.mayDrive) {
      const now = performance.now();
      // The view can be turned by its atoms too: said now and then.
      if (this.connection.state.name === "connected" && now - this.toldToWatch > 30_000) {
        this.toldToWatch = now;
        this.toasts.show({ text: WATCHING, tone: "quiet" });
      }
      return false;
    }
    const at = new Vector3().fromArray(placeOf(this.room.places, atom));
    const facing = new Vector3(0, 0, 1).applyQuaternion(this.orbit.rotation);
    const sight = this.orbit.sight(place, this.size());
    const taken = this.hand.close(atom, at, sight, facing, this.controls.drag === "pull", performance.now());
    if (taken) {
      this.hover(undefined);
      this.ask("lines");
    }
    return taken;
  }

  private letGo(): void {
    this.hand.open(performance.now());
    this.ask("lines");
  }

  private under(place: Vector2, pixels: number): number | undefined {
    if (!this.stage) return undefined;
    const size = this.size();
    const slack = (pixels * 2 * Math.tan(0.3)) / size.y;
    const ray = this.orbit.sight(place, size);
    return pick(ray, this.room.places, this.room.numbers, (number) => this.stage!.radiusOf(number), slack);
  }

  private hover(place: Vector2 | undefined): void {
    const atom = place && this.under(place, MOUSE);
    const caption = element("caption");
    caption.hidden = atom === undefined;
    this.canvas.classList.toggle("atom", atom !== undefined && this.room.mayDrive);
    if (atom === undefined) return;
    const at = placeOf(this.room.places, atom).map((value) => value.toFixed(2).replace("-", "−"));
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
    this.ask();
  }

  // All atoms, and the corners of the cell.
  private outline(): number[] | Float32Array {
    const places = unpack(this.room.places);
    const cell = this.room.cell;
    if (!cell || !element<HTMLInputElement>("box").checked) return places;
    const corners = [];
    for (let corner = 0; corner < 8; corner++) {
      for (let axis = 0; axis < 3; axis++) {
        corners.push([0, 1, 2].reduce((sum, row) => sum + ((corner >> row) & 1) * cell[3 * row + axis]!, 0));
      }
    }
    const all = new Float32Array(places.length + corners.length);
    all.set(places);
    all.set(corners, places.length);
    return all;
  }

  // Something has changed: a picture is due.
  private ask(what?: Change | "size" | "lines"): void {
    if (what) this.stale.add(what);
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame((now) => this.draw(now));
  }

  private draw(now: number): void {
    this.asked = false;
    const { stage, stale } = this;
    if (!this.hand.say(now)) this.ask();
    // The card is still at the last picture: this one is drawn when it is ready.
    if (stage?.busy) {
      this.late = true;
      return;
    }
    if (this.hand.tire(now)) stale.add("lines");
    if (this.hand.atom !== undefined && !this.hand.closed) this.ask();
    if (stale.has("size")) this.resize();
    if (stale.has("structure")) this.begin();
    if (stale.has("people")) {
      this.people.show(this.room.people, this.room.welcome?.person ?? -1n, this.room.welcome?.role ?? Role.SPECTATOR);
    }
    if (stage) this.paint(stage);
    stale.clear();
    this.connection.acknowledge();
    this.presence.say(now);
    if (now - this.glancedAt > GLANCE) this.glance();
  }

  // The card has drawn a picture.
  private ready(): void {
    if (this.late) this.ask();
    this.late = false;
    clearTimeout(this.sharpening);
    this.sharpening = setTimeout(() => this.sharpen(), 260);
  }

  // Nothing has moved for a while: a picture that was drawn coarsely is drawn finer.
  private sharpen(): void {
    if (this.asked || !this.stage || this.stage.busy || document.hidden) return;
    if (this.stage.sharpen(this.orbit, performance.now() - this.paintedAt)) this.pictures += 1;
  }

  private resize(): void {
    const { x, y } = this.size();
    this.stage?.resize(x, y, Math.min(FINEST, devicePixelRatio || 1));
    if (this.fitted) this.fit();
    else if (this.aspect !== undefined) this.orbit.makeRoom(this.aspect, x / y);
    this.aspect = x / y;
  }

  // Another structure: seen from where most of it is seen, if it is the first.
  private begin(): void {
    this.panel.showStructure();
    this.stage?.setStructure(this.room);
    this.wishes.bonds = this.stage?.representation !== "filling";
    this.wishes.say();
    if (this.framed || this.room.numbers.length === 0) return;
    this.framed = true;
    const periodic = this.room.cell ? this.room.pbc : [];
    this.orbit.rotation.copy(orientation(unpack(this.room.places), periodic));
    // The longest way goes up where the window is higher than wide.
    const { x, y } = this.size();
    if (y > x && !periodic.some(Boolean)) this.orbit.roll(Math.PI / 2);
    this.fit();
  }

  private paint(stage: Stage): void {
    const { stale, room, orbit } = this;
    const began = performance.now();
    if (stale.has("frame") && !stale.has("structure")) {
      stage.setFrame(room);
      this.upload = performance.now() - began;
    }
    if (stale.has("bonds")) stage.setBonds(room);
    const holds = this.hand.atom !== undefined && !this.hand.pulls;
    stage.hold(holds ? this.hand.atom : undefined, this.hand.target);
    this.paintLines(stage);
    stage.draw(orbit);
    this.paintedAt = performance.now();
    this.painting = this.paintedAt - began;
    this.pictures += 1;
  }

  // Lines are few: they are gathered anew for every picture.
  private paintLines(stage: Stage): void {
    const { room, orbit, strokes, hand } = this;
    if (room.cell && element<HTMLInputElement>("box").checked) strokes.cell(room.cell);
    const labels = element<HTMLInputElement>("others").checked ? drawOthers(room, orbit, strokes) : [];
    drawGrasps(room, strokes, stage.halos);
    if (hand.closed && hand.pulls) {
      const from = new Vector3().fromArray(placeOf(room.places, hand.atom!));
      strokes.line(from, hand.target, 3, 0xffb81a, true);
    }
    strokes.drawWith(stage.strokes);
    writeLabels(element("labels"), labels, orbit, this.size());
  }

  private glance(): void {
    this.glancedAt = performance.now();
    if (document.hidden) return;
    this.panel.showNumbers(this.glancedAt / 1000);
    this.controls.show();
  }
}
