// The page: connects the server, the scene, the panel and the user input.

import { AtomDrag } from "./atom_drag";
import type { Address } from "./address";
import { Connection, type ConnectionState } from "./connection";
import { Hand } from "./hand";
import { History } from "./history";
import { inspector, type Spectator } from "./inspect";
import { listenToKeys } from "./keyboard";
import { describeNotice } from "./notices";
import { Orbit } from "./orbit";
import { Controls } from "./panel/controls";
import { DisplayOptions } from "./panel/display_options";
import { element } from "./panel/dom";
import { nameField } from "./panel/name_field";
import { Panel } from "./panel/panel";
import { People } from "./panel/people";
import { Rooms } from "./panel/rooms";
import { TimelineBar } from "./panel/timeline_bar";
import { Toasts } from "./panel/toasts";
import { Playback } from "./playback";
import { Pointer } from "./pointer";
import { Presence } from "./presence";
import { RenderLoop } from "./render_loop";
import { Room } from "./room";
import { createRenderer } from "./scene/create_renderer";
import type { SceneRenderer } from "./scene/renderer";
import { SceneView, type StalePart } from "./scene_view";
import { Subscription } from "./subscription";
import type { ServerResult } from "./wire/session_pb";

// Minimum interval between two updates of the panel, ms.
const PANEL_INTERVAL = 100;

export class Viewer {
  private readonly canvas = element<HTMLCanvasElement>("canvas");
  private readonly room = new Room();
  private readonly orbit = new Orbit();
  private readonly history = new History();
  private readonly connection: Connection;
  private readonly subscription: Subscription;
  private readonly hand: Hand;
  private readonly atomDrag: AtomDrag;
  private readonly presence: Presence;
  private readonly panel: Panel;
  private readonly controls: Controls;
  private readonly people: People;
  private readonly playback: Playback;
  private readonly timelineBar: TimelineBar;
  private readonly rooms = new Rooms();
  private readonly toasts = new Toasts();
  private readonly renderer: SceneRenderer | undefined;
  private readonly view: SceneView;
  private readonly loop: RenderLoop;
  // Parts that have changed since the last picture.
  private readonly stale = new Set<StalePart>();
  private panelUpdatedAt = -Infinity;

  constructor(private readonly address: Address) {
    const { canvas, room, orbit } = this;
    this.connection = new Connection(address, {
      opened: () => this.onOpen(),
      received: (message) => this.receive(message),
      changed: (state) => this.onState(state),
    });
    const { connection } = this;
    this.subscription = new Subscription(connection);
    this.hand = new Hand(room, connection);
    this.presence = new Presence(orbit, connection);
    this.playback = new Playback(room, connection);
    this.timelineBar = new TimelineBar(room, this.playback);
    this.panel = new Panel(room, connection, this.history);
    this.controls = new Controls(room, connection);
    this.people = new People(room, connection);
    this.renderer = createRenderer(canvas, () => this.loop.onDrawn());
    this.view = new SceneView(canvas, orbit, this.renderer, room, this.hand, this.displayOptions());
    this.atomDrag = new AtomDrag(this.view, room, this.hand, connection, this.controls, this.toasts);
    this.loop = new RenderLoop({
      beforeDraw: (now) => this.sendMove(now),
      isBusy: () => this.renderer?.busy ?? false,
      draw: (now) => this.draw(now),
      sharpen: () => this.view.sharpen(),
    });
    this.listen();
    this.panel.showStructure();
    connection.connect();
    setInterval(() => this.updatePanel(), 4 * PANEL_INTERVAL);
  }

  inspector(): Spectator {
    const { room, connection, playback, orbit, renderer, canvas, view } = this;
    const cost = () => ({ decode: connection.decoding, upload: view.upload, paint: view.painting });
    return inspector({ room, connection, playback, orbit, renderer, canvas, pictures: () => view.pictures, cost });
  }

  private displayOptions(): DisplayOptions {
    return new DisplayOptions({
      showForces: (on) => {
        this.subscription.forces = on;
        this.subscription.send();
        if (!on) this.room.forces = undefined;
        this.requestDraw("frame");
      },
      showBondOrders: (on) => {
        if (this.renderer) this.renderer.orders = on;
        this.requestDraw("bonds");
      },
      onLinesChange: () => this.requestDraw("lines"),
    });
  }

  private listen(): void {
    const { canvas, orbit, atomDrag } = this;
    const onViewChange = () => {
      this.view.onViewChange();
      this.requestDraw();
    };
    new Pointer(canvas, orbit, {
      grab: (position, coarse) => {
        const grabbed = atomDrag.grab(position, coarse);
        if (grabbed) this.requestDraw("lines");
        return grabbed;
      },
      drag: (position) => {
        atomDrag.drag(position);
        this.requestDraw();
      },
      release: () => this.release(),
      hover: (position) => atomDrag.hover(position),
      onViewChange,
    });
    listenToKeys(canvas, orbit, { onViewChange, fit: () => this.fit(), release: () => this.release() });
    element("fit").addEventListener("click", () => this.fit());
    new ResizeObserver(() => this.requestDraw("size")).observe(canvas);
    // The GPU context may be lost, as when a phone sleeps.
    canvas.addEventListener("webglcontextrestored", () => {
      this.requestDraw("structure");
      this.requestDraw("size");
    });
    document.addEventListener("visibilitychange", () => this.onVisibility(document.hidden));
    addEventListener("online", () => this.connection.retryNow());
    this.subscription.name = nameField((name) => {
      this.subscription.name = name;
      this.subscription.send();
    });
  }

  private onOpen(): void {
    this.subscription.reset();
    this.subscription.send();
    this.presence.reset();
  }

  private onState(state: ConnectionState): void {
    if (state.name !== "connected") {
      this.hand.reset();
      this.room.welcome = undefined;
      this.room.people = [];
      this.room.grasps = [];
      this.room.timeline = undefined;
      this.room.shown = this.room.playing = undefined;
      this.room.looksBack = false;
      this.room.script = undefined;
      this.playback.reset();
      this.requestDraw("people");
      this.requestDraw("lines");
    }
    this.panel.showConnection();
    this.controls.show();
    this.timelineBar.show();
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
      const { energy, frame, shown } = this.room;
      this.history.add(now / 1000, shown ? undefined : energy, frame);
      if (!this.room.looksBack) this.hand.onFrame(message.clientSeq, now);
      this.playback.onFrame(now);
      this.timelineBar.request();
    }
    if (change === "timeline") {
      this.playback.onTimeline();
      this.timelineBar.request();
    }
    if (change === "welcome") this.timelineBar.request();
    if (change === "structure") {
      // A recorded structure leaves the curve of the room as it is.
      if (!this.playback.isBack) this.history.clear();
      if (this.hand.atom !== undefined) this.hand.reset();
    }
    // A summary of the timeline needs no picture of the scene.
    if (change === "timeline") return this.connection.acknowledge();
    this.requestDraw(change);
    // No picture follows that would acknowledge the message.
    if (document.hidden || !this.renderer) this.connection.acknowledge();
  }

  private showNotice(message: string): void {
    const text = describeNotice(message);
    if (text) this.toasts.show(text);
    if (message.startsWith("FORBIDDEN")) this.hand.reset();
    if (/^(LOOK_BACK_ENDED|REFUSED|FORBIDDEN)/.test(message)) this.playback.reset();
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
      this.requestDraw("size");
    }
  }

  private release(): void {
    this.hand.open(performance.now());
    this.requestDraw("lines");
  }

  private fit(): void {
    this.view.fit();
    this.requestDraw();
  }

  // Requests a picture, with what has changed.
  private requestDraw(what?: StalePart): void {
    if (what) this.stale.add(what);
    this.loop.request();
  }

  private sendMove(now: number): void {
    if (!this.hand.sendMove(now)) this.requestDraw();
  }

  private draw(now: number): void {
    const { stale } = this;
    if (this.hand.expire(now)) stale.add("lines");
    if (this.hand.atom !== undefined && !this.hand.closed) this.requestDraw();
    if (stale.has("size")) this.view.resize();
    if (stale.has("structure")) this.onStructure();
    if (stale.has("people")) this.people.show();
    this.view.draw(stale);
    stale.clear();
    this.connection.acknowledge();
    this.presence.send(now);
    if (now - this.panelUpdatedAt > PANEL_INTERVAL) this.updatePanel();
  }

  private onStructure(): void {
    this.panel.showStructure();
    this.view.setStructure();
    this.subscription.bonds = this.renderer?.representation !== "space-filling";
    this.subscription.send();
  }

  private updatePanel(): void {
    this.panelUpdatedAt = performance.now();
    if (document.hidden) return;
    this.panel.showNumbers(this.panelUpdatedAt / 1000);
    this.controls.show();
  }
}
