// The energy over the last minute, with axes.

import { SPAN, type Sample } from "../history";
import { axis } from "./axis";

const CURVE = "#66a9e8";
const MARK = "#ffb81a";
const GRID = "#30374280";
const TEXT = "#98a1af";
const LEFT = 58;
const RIGHT = 12;
const TOP = 26;
const BOTTOM = 34;

export class Plot {
  constructor(private readonly canvas: HTMLCanvasElement) {}

  // Draws samples up to the time `now`, s, and marks a shown recorded frame by its number and energy.
  draw(samples: readonly Sample[], now: number, shown?: { number: number | undefined; energy: number | undefined }): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const context = this.canvas.getContext("2d");
    if (!context || width === 0 || height === 0) return;
    const scale = Math.min(3, window.devicePixelRatio || 1);
    const size = [Math.round(width * scale), Math.round(height * scale)] as const;
    if (this.canvas.width !== size[0] || this.canvas.height !== size[1]) {
      [this.canvas.width, this.canvas.height] = size;
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = "11px system-ui, sans-serif";
    context.lineWidth = 1;

    let [low, high] = [Infinity, -Infinity];
    for (const { energy } of samples) {
      low = Math.min(low, energy);
      high = Math.max(high, energy);
    }
    const vertical = axis(low, high);
    const x = (at: number) => width - RIGHT - ((now - at) / SPAN) * (width - LEFT - RIGHT);
    const y = (energy: number) =>
      height - BOTTOM - ((energy - vertical.low) / (vertical.high - vertical.low)) * (height - TOP - BOTTOM);

    context.fillStyle = TEXT;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(vertical.title, 10, 13);
    context.strokeStyle = GRID;
    context.beginPath();
    context.textAlign = "right";
    for (const tick of vertical.ticks) {
      const at = Math.round(y(tick.value)) + 0.5;
      context.moveTo(LEFT, at);
      context.lineTo(width - RIGHT, at);
      context.fillText(tick.label, LEFT - 8, at);
    }
    context.textAlign = "center";
    for (let ago = SPAN; ago >= 0; ago -= 20) {
      const at = Math.round(x(now - ago)) + 0.5;
      context.moveTo(at, TOP);
      context.lineTo(at, height - BOTTOM);
      context.fillText(ago === 0 ? "now" : `−${ago}`, ago === 0 ? at - 6 : at, height - BOTTOM + 11);
    }
    context.stroke();
    context.fillText("Time (s)", LEFT + (width - LEFT - RIGHT) / 2, height - 9);
    this.curve(context, samples, x, y);
    if (shown) {
      const sample = samples.find((sample) => sample.number === shown.number);
      this.mark(context, width, height, sample ? x(sample.at) : undefined, shown.energy === undefined ? undefined : y(shown.energy));
    }
  }

  // Marks a recorded frame: a line at its time if it is known, and at its energy.
  private mark(context: CanvasRenderingContext2D, width: number, height: number, x: number | undefined, y: number | undefined): void {
    context.save();
    context.beginPath();
    context.rect(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM);
    context.clip();
    context.strokeStyle = context.fillStyle = MARK;
    context.setLineDash([4, 3]);
    context.beginPath();
    if (x !== undefined) {
      context.moveTo(x, TOP);
      context.lineTo(x, height - BOTTOM);
    } else if (y !== undefined) {
      context.moveTo(LEFT, y);
      context.lineTo(width - RIGHT, y);
    }
    context.stroke();
    if (x !== undefined && y !== undefined) {
      context.beginPath();
      context.arc(x, y, 4, 0, 2 * Math.PI);
      context.fill();
    }
    context.restore();
  }

  private curve(
    context: CanvasRenderingContext2D,
    samples: readonly Sample[],
    x: (at: number) => number,
    y: (energy: number) => number,
  ): void {
    const last = samples.at(-1);
    if (!last) return;
    context.save();
    context.beginPath();
    context.rect(LEFT, 0, 1e4, 1e4);
    context.clip();
    context.strokeStyle = context.fillStyle = CURVE;
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    context.beginPath();
    for (const { at, energy } of samples) context.lineTo(x(at), y(energy));
    context.stroke();
    context.beginPath();
    context.arc(x(last.at), y(last.energy), 3, 0, 2 * Math.PI);
    context.fill();
    context.restore();
  }
}
