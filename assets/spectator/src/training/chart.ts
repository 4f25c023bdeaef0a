// Chart of curves over the steps of a training, with axes and a readout at the pointer or by arrow keys.

import { cssColor, prepare } from "./canvas";
import { smoothed, type Curve } from "./curve";
import { linearScale, scaleOf, type Scale } from "./scale";
import { countText, numberText } from "./text";

export interface Series {
  name: string;
  unit: string;
  curve: Curve;
  // Variable of the style sheet, as --blue.
  color: string;
  // Draws a moving average over the faint curve.
  smooth?: boolean;
  // Draws a mark at each point: curves of few points.
  marks?: boolean;
  // Its axis is on the right.
  right?: boolean;
}

const TOP = 24;
const BOTTOM = 36;
const SIDE = 62;
const MARGIN = 12;
// Maximum number of points with marks.
const MAX_MARKS = 60;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export class Chart {
  private readonly canvas: HTMLCanvasElement;
  private readonly values: HTMLElement[] = [];
  private readonly stepText: HTMLElement;
  // The step of the readout; undefined for the newest values.
  private cursor: number | undefined;
  private box: Box = { left: 0, right: 1, top: 0, bottom: 1 };
  private steps: Scale | undefined;

  // Builds the legend and the canvas in a figure, whose caption is its name.
  constructor(
    private readonly figure: HTMLElement,
    private readonly series: readonly Series[],
    private readonly logarithmic: boolean,
  ) {
    const legend = document.createElement("ul");
    legend.className = "legend";
    for (const { name, color } of series) {
      const entry = document.createElement("li");
      const key = document.createElement("i");
      key.style.background = `var(${color})`;
      const value = document.createElement("b");
      entry.append(key, `${name} `, value);
      legend.append(entry);
      this.values.push(value);
    }
    this.stepText = document.createElement("li");
    this.stepText.className = "at";
    legend.append(this.stepText);
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    figure.append(legend, this.canvas);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  private listen(): void {
    const { canvas } = this;
    const move = (event: PointerEvent) => {
      const at = (event.offsetX - this.box.left) / (this.box.right - this.box.left);
      const { steps } = this;
      this.cursor = steps && at >= -0.05 && at <= 1.05 ? steps.low + Math.min(1, Math.max(0, at)) * (steps.high - steps.low) : undefined;
      this.draw();
    };
    const leave = () => {
      this.cursor = undefined;
      this.draw();
    };
    canvas.addEventListener("pointermove", move);
    canvas.addEventListener("pointerdown", move);
    canvas.addEventListener("pointerleave", leave);
    canvas.addEventListener("blur", leave);
    canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  // Arrow keys move the readout by a hundredth of the steps, with Shift by a tenth.
  private onKey(event: KeyboardEvent): void {
    const { steps } = this;
    if (!steps || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = (steps.high - steps.low) * (event.shiftKey ? 0.1 : 0.01);
    const from = this.cursor ?? steps.high;
    const to: Record<string, number | undefined> = {
      ArrowLeft: from - by,
      ArrowRight: from + by,
      Home: steps.low,
      End: steps.high,
      Escape: undefined,
    };
    if (!(event.key in to)) return;
    event.preventDefault();
    const wanted = to[event.key];
    this.cursor = wanted === undefined ? undefined : Math.min(steps.high, Math.max(steps.low, wanted));
    this.draw();
  }

  draw(): void {
    this.showReadout();
    const prepared = prepare(this.canvas);
    if (!prepared) return;
    const { context, width, height } = prepared;
    const hasRight = this.series.some((series) => series.right);
    this.box = { left: SIDE, right: width - (hasRight ? SIDE : MARGIN), top: TOP, bottom: height - BOTTOM };
    context.font = "11px system-ui, sans-serif";
    this.steps = this.stepScale();
    if (!this.steps) {
      context.fillStyle = cssColor("--weak");
      context.textAlign = "center";
      context.fillText("No values yet", width / 2, height / 2);
      return;
    }
    const left = this.scaleOf(false);
    const right = this.scaleOf(true);
    if (left) this.drawAxis(context, left, false);
    if (right) this.drawAxis(context, right, true);
    this.drawSteps(context, this.steps);
    context.save();
    context.beginPath();
    context.rect(this.box.left, this.box.top - 4, this.box.right - this.box.left, this.box.bottom - this.box.top + 8);
    context.clip();
    for (const series of this.series) {
      const scale = series.right ? right : left;
      if (scale) this.drawSeries(context, series, scale);
    }
    context.restore();
    this.drawCursor(context, left, right);
  }

  private stepScale(): Scale | undefined {
    let high = -Infinity;
    let low = Infinity;
    for (const { curve } of this.series) {
      low = Math.min(low, curve.points[0]?.step ?? Infinity);
      high = Math.max(high, curve.last?.step ?? -Infinity);
    }
    if (!(low <= high)) return undefined;
    // From the start of the training, unless only its end is known.
    return linearScale(low < 0.2 * high ? 0 : low, Math.max(high, low + 1), 0);
  }

  private scaleOf(isRight: boolean): Scale | undefined {
    const of = this.series.filter((series) => (series.right ?? false) === isRight);
    const isSparse = (series: Series) => series.curve.points.length < 10;
    return scaleOf(
      of.flatMap((series) => series.curve.points.flatMap(({ low, high, mean }) => (isSparse(series) ? [low, high] : [mean]))),
      this.logarithmic,
    );
  }

  private x(step: number): number {
    return this.box.left + this.steps!.fraction(step) * (this.box.right - this.box.left);
  }

  private y(scale: Scale, value: number): number {
    return this.box.bottom - scale.fraction(value) * (this.box.bottom - this.box.top);
  }

  private drawAxis(context: CanvasRenderingContext2D, scale: Scale, isRight: boolean): void {
    const { box } = this;
    const own = this.series.filter((series) => (series.right ?? false) === isRight);
    // With two axes, each has the color of its curve.
    const isColored = this.series.some((series) => series.right);
    context.fillStyle = cssColor(isColored ? own[0]!.color : "--weak");
    context.textBaseline = "middle";
    context.textAlign = isRight ? "right" : "left";
    const [first] = own;
    const title = `${isColored ? first!.name : this.figure.querySelector("figcaption")?.textContent ?? first!.name}${first!.unit ? ` (${first!.unit})` : ""}${scale.logarithmic ? ", log" : ""}`;
    context.fillText(title, isRight ? box.right + SIDE - 6 : 6, 9);
    context.strokeStyle = cssColor("--line");
    context.lineWidth = 1;
    context.beginPath();
    context.textAlign = isRight ? "left" : "right";
    for (const tick of scale.ticks) {
      const at = Math.round(this.y(scale, tick.value)) + 0.5;
      if (at < box.top - 2 || at > box.bottom + 2) continue;
      if (!isRight) {
        context.moveTo(box.left, at);
        context.lineTo(box.right, at);
      }
      context.fillText(tick.label, isRight ? box.right + 7 : box.left - 7, at);
    }
    context.stroke();
  }

  private drawSteps(context: CanvasRenderingContext2D, steps: Scale): void {
    const { box } = this;
    context.fillStyle = cssColor("--weak");
    context.textAlign = "center";
    for (const tick of steps.ticks) {
      if (tick.value >= steps.low && tick.value <= steps.high) context.fillText(countLabel(tick.value), this.x(tick.value), box.bottom + 12);
    }
    context.fillText("Step", (box.left + box.right) / 2, box.bottom + 28);
  }

  private drawSeries(context: CanvasRenderingContext2D, series: Series, scale: Scale): void {
    const { points } = series.curve;
    context.strokeStyle = context.fillStyle = cssColor(series.color);
    context.lineJoin = "round";
    const trace = (line: readonly { step: number; value: number }[]) => {
      context.beginPath();
      for (const { step, value } of line) {
        const at = this.y(scale, value);
        if (Number.isFinite(at)) context.lineTo(this.x(step), at);
      }
      context.stroke();
    };
    const isSmoothed = series.smooth && points.length > 8;
    context.globalAlpha = isSmoothed ? 0.35 : 1;
    context.lineWidth = isSmoothed ? 1 : 1.75;
    trace(points.map(({ step, mean }) => ({ step, value: mean })));
    context.globalAlpha = 1;
    context.lineWidth = 2;
    if (isSmoothed) trace(smoothed(points, scale.logarithmic));
    const marked = series.marks && points.length <= MAX_MARKS ? points : points.slice(-1);
    for (const { step, mean } of isSmoothed ? [] : marked) {
      context.beginPath();
      context.arc(this.x(step), this.y(scale, mean), 3, 0, 2 * Math.PI);
      context.fill();
    }
  }

  private drawCursor(context: CanvasRenderingContext2D, left: Scale | undefined, right: Scale | undefined): void {
    const { box, cursor } = this;
    if (cursor === undefined) return;
    const x = Math.round(this.x(cursor)) + 0.5;
    context.strokeStyle = cssColor("--weak");
    context.lineWidth = 1;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(x, box.top);
    context.lineTo(x, box.bottom);
    context.stroke();
    context.setLineDash([]);
    for (const series of this.series) {
      const scale = series.right ? right : left;
      const point = series.curve.nearest(cursor);
      if (!point || !scale) continue;
      context.fillStyle = cssColor(series.color);
      context.strokeStyle = cssColor("--panel");
      context.lineWidth = 2;
      context.beginPath();
      context.arc(this.x(point.step), this.y(scale, point.mean), 4.5, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }

  // The moving average of a curve at the step of one of its points.
  private average(series: Series, step: number): number | undefined {
    const { points } = series.curve;
    const isLogarithmic = this.logarithmic && points.every((point) => point.mean > 0);
    return smoothed(points, isLogarithmic).find((other) => other.step === step)?.value;
  }

  // Shows the values at the cursor, or the newest.
  private showReadout(): void {
    const { cursor } = this;
    const texts: string[] = [];
    this.series.forEach((series, index) => {
      const point = cursor === undefined ? series.curve.last : series.curve.nearest(cursor);
      const average = point && series.smooth ? this.average(series, point.step) : undefined;
      const value = point ? `${numberText(point.mean)}${series.unit ? ` ${series.unit}` : ""}` : "–";
      const text = average === undefined ? value : `${value} (mean ${numberText(average)})`;
      this.values[index]!.textContent = text;
      texts.push(`${series.name} ${text}`);
    });
    const first = this.series.find((series) => series.curve.last)?.curve;
    const step = cursor === undefined ? first?.last?.step : first?.nearest(cursor)?.step;
    this.stepText.textContent = step === undefined ? "" : `at step ${countText(step)}`;
    const name = this.figure.querySelector("figcaption")?.textContent ?? "";
    const where = step === undefined ? "no values yet" : `at step ${countText(step)}: ${texts.join(", ")}`;
    this.canvas.setAttribute("aria-label", `${name} by step; ${where}. Arrow keys read other steps.`);
  }
}

// Steps of large numbers are short: 120 000 is 120k.
function countLabel(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  return value >= 1e4 ? `${Number((value / 1e3).toPrecision(4))}k` : countText(value);
}
