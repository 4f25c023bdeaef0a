// Page of rigid bodies: forms, the run, its connection, and the view.

import { element, write } from "../panel/dom";
import { Toasts } from "../panel/toasts";
import type { LiveAddress } from "./address";
import { AssetCache } from "./asset_cache";
import { assetNames, groupAssets } from "./assets";
import { toWire, type BodyDraft } from "./body_draft";
import { BodySet } from "./body_set";
import { LiveConnection } from "./connection";
import { parseMessage, type ServerMessage } from "./messages";
import { FieldError } from "./number";
import { ObjectForm } from "./object_form";
import { PackPanel } from "./pack_panel";
import { presetsFor, type Preset } from "./presets";
import { previewSet } from "./preview";
import { Run } from "./run";
import { startMessage, type Setup } from "./setup";
import { SettingsForm } from "./settings_form";
import { SpawnList } from "./spawn_list";
import { StatusView } from "./status_view";
import { View } from "./view";

// State of the page for tests and the console: window.live.
export interface LiveInspector {
  readonly run: Readonly<Run>;
  readonly assets: readonly string[];
  readonly objects: readonly BodyDraft[];
  readonly pictures: number;
  // Distance of the camera from the center of its rotation.
  readonly distance: number;
  // Position of a body; undefined if it is unknown.
  position(body: number): { x: number; y: number; z: number } | undefined;
  // Position of a body on the page, pixels.
  screen(body: number): { x: number; y: number } | undefined;
  // Bodies that can be moved.
  readonly moving: readonly number[];
}

export class LivePage {
  private readonly run = new Run();
  private readonly list = new SpawnList(() => this.preview());
  private readonly settings = new SettingsForm(() => {
    this.form.showMass();
    this.preview();
  });
  private readonly form: ObjectForm;
  private readonly status = new StatusView();
  private readonly toasts = new Toasts();
  private readonly view: View | undefined;
  private readonly cache: AssetCache;
  private readonly packPanel: PackPanel;
  private assets: string[] = [];
  private set = new BodySet();
  private connection: LiveConnection<ServerMessage> | undefined;
  private requested = false;

  constructor(private readonly address: LiveAddress) {
    this.form = new ObjectForm(() => this.settings.units, (body) => this.add(body));
    this.view = this.createView();
    this.cache = new AssetCache(() => address.socket, () => this.preview());
    this.packPanel = this.createPackPanel();
    this.listen();
    void this.loadAssets();
    this.request();
  }

  inspector(): LiveInspector {
    const page = this;
    return Object.freeze({
      run: page.run,
      get assets() {
        return page.assets;
      },
      get objects() {
        return page.list.all;
      },
      get pictures() {
        return page.view?.stage.pictures ?? 0;
      },
      get distance() {
        return page.view?.stage.controls.getDistance() ?? 0;
      },
      get moving() {
        return [...page.set.bodies.values()].filter((body) => !body.is_environment).map((body) => body.body_id);
      },
      position: (body: number) => page.set.state(body)?.position,
      screen: (body: number) => {
        const at = page.set.state(body)?.position;
        return at && page.view?.stage.project(at.x, at.y, at.z);
      },
    });
  }

  private createView(): View | undefined {
    try {
      return new View({
        canGrab: () => this.run.phase === "simulating",
        grab: (body, point) => this.connection?.grab(body, point),
        move: (to) => this.connection?.move(to),
        release: () => this.connection?.release(),
      });
    } catch {
      write(element("blank"), "This browser cannot draw the bodies: WebGL 2 is not available. Enable hardware acceleration, or use another browser. The numbers are shown without it.");
      return undefined;
    }
  }

  private createPackPanel(): PackPanel {
    return new PackPanel({
      address: () => this.address.socket,
      began: () => {
        this.discard();
        element("blank").hidden = true;
      },
      changed: (packing) => this.view?.showAtoms(packing),
    });
  }

  private listen(): void {
    element("start").addEventListener("click", () => this.start());
    element("stop").addEventListener("click", () => this.stop());
    element("fit").addEventListener("click", () => this.view?.fit());
    const contacts = element("contacts");
    contacts.addEventListener("click", () => contacts.setAttribute("aria-pressed", String(this.view?.toggleContacts() ?? false)));
    addEventListener("keydown", (event) => {
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      if (event.key.toLowerCase() === "f" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) this.view?.fit();
    });
  }

  private async loadAssets(): Promise<void> {
    const note = element("no-assets");
    try {
      const answer = await fetch(this.address.assets);
      if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
      this.assets = assetNames(await answer.json());
      note.hidden = true;
    } catch (error) {
      note.hidden = false;
      write(note, `The list of assets could not be loaded: ${(error as Error).message}. Reload the page to try again.`);
    }
    const groups = groupAssets(this.assets);
    this.form.showAssets(groups);
    this.packPanel.showMolecules(groups.find(({ label }) => label === "Molecules")?.assets ?? []);
    element("presets").replaceChildren(...presetsFor(this.assets).map((preset) => this.presetButton(preset)));
  }

  private presetButton(preset: Preset): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = preset.label;
    button.dataset["preset"] = preset.key;
    button.addEventListener("click", () => {
      const setup = preset.setup();
      this.begin(setup);
      this.list.set(setup.bodies);
      this.settings.set(setup);
    });
    return button;
  }

  // Adds an object to the run, or to the list if there is none.
  private add(body: BodyDraft): void {
    if (this.run.phase === "simulating") this.connection?.spawn([toWire(body)]);
    else this.list.add(body);
  }

  private start(): void {
    try {
      const setup = this.settings.read(this.list.all);
      write(element("settings-problem"), "");
      this.begin(setup);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      write(element("settings-problem"), error.message);
      this.toasts.show({ text: error.message, tone: "bad" });
    }
  }

  private stop(): void {
    if (this.run.phase === "simulating") {
      this.connection?.stop();
      return;
    }
    this.discard();
  }

  // Ends a run without its last message, as when something else begins.
  private discard(): void {
    this.connection?.discard();
    this.connection = undefined;
    this.run.cancel();
    this.view?.end();
    this.request();
  }

  // Shows the list as a run would begin with it.
  private preview(): void {
    if (this.run.isActive || !this.view) return;
    const { all } = this.list;
    const units = this.settings.units;
    this.cache.load(all.map(({ asset }) => asset), units);
    this.set = previewSet(all, this.cache.known(units));
    this.view.showPreview(this.set, this.settings.cell);
    element("blank").hidden = all.length > 0;
  }

  // Begins a run on a new connection, instead of one that is on.
  private begin(setup: Setup): void {
    this.connection?.discard();
    this.connection = undefined;
    this.set = new BodySet();
    this.view?.clear(setup.cell);
    element("blank").hidden = this.view !== undefined;
    this.run.begin();
    this.packPanel.end();
    this.connection = LiveConnection.configure(this.address.socket, setup, {
      parse: parseMessage,
      received: (message) => this.receive(message, setup),
      closed: (code, reason) => {
        this.run.closed(code, reason);
        this.onChange();
      },
    });
    this.request();
  }

  private receive(message: ServerMessage, setup: Setup): void {
    this.run.apply(message);
    if (message.type === "metadata") {
      this.set.add(message);
      this.cache.add(message.assets, setup.units);
      this.view?.build(this.set);
      if (this.run.phase === "connecting") this.connection?.send(startMessage(setup));
      this.run.started();
    } else if (message.type === "frame") {
      this.set.apply(message.data);
      this.view?.showFrame(message.data.collisions);
    } else if (message.type === "error") {
      this.toasts.show({ text: message.message, tone: "bad" });
    }
    this.onChange();
  }

  private onChange(): void {
    if (!this.run.isActive) {
      this.view?.end();
      this.connection?.discard();
      this.connection = undefined;
    }
    this.request();
  }

  // Shows the state with the next picture.
  private request(): void {
    if (this.requested) return;
    this.requested = true;
    requestAnimationFrame(() => {
      this.requested = false;
      this.status.show(this.run);
      this.form.showRunning(this.run.phase === "simulating");
    });
  }
}
