// Gallery of the samples: thumbnails, or pictures of the atoms.

import { element } from "../panel/dom";
import type { TrainingAddress } from "./address";
import { drawAtoms } from "./molecule";
import type { Sample } from "./state";
import { countText } from "./text";
import { lastFrame, MAX_ATOMS } from "./xyz";

// Maximum size of a file of atoms that is drawn, bytes.
const MAX_BYTES = 8 << 20;

export class SamplesView {
  private readonly host = element("samples");
  private readonly redraws = new Map<Element, () => void>();
  // Files are fetched when their entries come into view.
  private readonly watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.watcher.unobserve(target);
      void this.load(target as HTMLElement);
    }
  }, { rootMargin: "200px" });
  // The newest sample first.
  private shown: { sample: Sample; entry: HTMLElement }[] = [];

  constructor(private readonly address: TrainingAddress) {}

  // Shows samples, oldest first, of a training.
  show(samples: readonly Sample[], training: string): void {
    const isKept = new Set(samples);
    for (const { sample, entry } of this.shown) {
      if (isKept.has(sample)) continue;
      this.watcher.unobserve(entry);
      this.redraws.delete(entry);
      entry.remove();
    }
    this.shown = this.shown.filter(({ sample }) => isKept.has(sample));
    const known = new Set(this.shown.map(({ sample }) => sample));
    for (const sample of samples) {
      if (known.has(sample)) continue;
      const entry = this.entry(sample, training);
      this.host.prepend(entry);
      this.shown.unshift({ sample, entry });
      this.watcher.observe(entry);
    }
    element("no-samples").hidden = samples.length > 0;
  }

  // Draws the pictures of atoms again, as after a change of the colors.
  redraw(): void {
    for (const draw of this.redraws.values()) draw();
  }

  private entry(sample: Sample, training: string): HTMLElement {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    const picture = document.createElement("div");
    picture.className = "picture";
    const title = document.createElement("strong");
    title.textContent = sample.prompt || sample.path.split("/").at(-1) || "Sample";
    const about = document.createElement("small");
    const parts = [
      sample.epoch === null ? "" : `epoch ${countText(sample.epoch + 1)}`,
      sample.step === null ? "" : `step ${countText(sample.step)}`,
      sample.sample_type === "custom" ? "requested" : "",
    ];
    about.textContent = parts.filter(Boolean).join(" · ");
    if (sample.path) {
      link.href = this.address.file(sample.path, training);
      link.download = sample.path.split("/").at(-1) ?? "sample";
      link.title = `Download ${link.download}`;
    }
    link.append(picture, title, about);
    entry.append(link);
    const image = sample.thumbnail_path || (/\.(png|jpe?g|gif|webp|svg)$/i.test(sample.path) ? sample.path : "");
    entry.dataset["image"] = image && this.address.file(image, training);
    entry.dataset["atoms"] = /\.(ext)?xyz$/i.test(sample.path) ? link.href : "";
    return entry;
  }

  private async load(entry: HTMLElement): Promise<void> {
    const picture = entry.querySelector<HTMLElement>(".picture")!;
    const { image, atoms } = entry.dataset;
    if (image) {
      const shown = document.createElement("img");
      shown.alt = "";
      shown.addEventListener("error", () => picture.replaceChildren("The picture cannot be loaded."));
      shown.src = image;
      picture.replaceChildren(shown);
    } else if (atoms) {
      picture.replaceChildren(await this.atomsPicture(atoms, entry).catch(() => "The file cannot be loaded."));
    } else {
      picture.replaceChildren("No picture");
    }
  }

  private async atomsPicture(address: string, entry: HTMLElement): Promise<Node | string> {
    const response = await fetch(address);
    if (!response.ok) return response.status === 404 ? "The server does not have this file." : `The file cannot be loaded (${response.status}).`;
    if (Number(response.headers.get("content-length") ?? 0) > MAX_BYTES) return "The file is too large for a picture.";
    const atoms = lastFrame(await response.text());
    if (!atoms) return `The file has no frame of at most ${countText(MAX_ATOMS)} atoms.`;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Last frame, ${countText(atoms.numbers.length)} atoms`);
    this.redraws.set(entry, () => drawAtoms(canvas, atoms));
    new ResizeObserver(() => drawAtoms(canvas, atoms)).observe(canvas);
    return canvas;
  }
}
