// Track of the timeline: the energy curve, marks, branches, and the marker of the shown frame.

import { branches, columnsOf, energyRange, fractionOf, lengthOf } from "../timeline";
import type { Positions } from "../play_range";
import { Timeline_Mark_Kind as Kind, type Timeline } from "../wire/session_pb";

const CURVE = "#66a9e8";
const FILL = "#66a9e838";
const SEPARATOR = "#98a1af80";
const BRANCH = "#b58ae0";
const MARKER = "#ffb81a";
const RANGE = "#d7dde6";
const OUTSIDE = "#0b0e13a0";
const LIVE_MARKER = "#7fc98f";
const MARK_COLORS: Record<Kind, string> = {
  [Kind.EDIT]: "#f2a65a",
  [Kind.DYNAMICS]: "#7fc98f",
  [Kind.RELAXATION]: "#66a9e8",
};
// Lengths, CSS pixels.
const MARGIN = 5;
const TICK = 6;

// Draws the track with the range that is played, and the marker at a position; undefined if its frame is on
// another line.
export function drawTrack(
  canvas: HTMLCanvasElement,
  timeline: Timeline | undefined,
  position: number | undefined,
  live: boolean,
  range?: Positions,
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return;
  const scale = Math.min(3, window.devicePixelRatio || 1);
  const size = [Math.round(width * scale), Math.round(height * scale)] as const;
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  const length = lengthOf(timeline);
  if (!timeline || length === 0) return;
  const x = (at: number) => (at / length) * width;
  drawCurve(context, timeline, x, height);
  const tick = (at: number, color: string, from: number, to: number) => {
    context.fillStyle = color;
    context.fillRect(Math.round(at) - 0.5, from, 1.5, to - from);
  };
  const fileFrames = Number(timeline.fileFrames);
  if (fileFrames > 0 && fileFrames < length) tick(x(fileFrames), SEPARATOR, 0, height);
  for (const branch of branches(timeline)) tick(x(branch + 1), BRANCH, height - TICK, height);
  for (const mark of timeline.marks) tick(x(Number(mark.position)), MARK_COLORS[mark.kind] ?? SEPARATOR, 0, TICK);
  if (range) drawRange(context, x(range[0]), x(range[1] + 1), width, height);
  if (position === undefined) return;
  const at = fractionOf(position, length) * width;
  context.fillStyle = live ? LIVE_MARKER : MARKER;
  context.fillRect(Math.max(0, Math.min(width - 2, at - 1)), 0, 2, height);
  context.beginPath();
  context.arc(Math.max(5, Math.min(width - 5, at)), height / 2, 5, 0, 2 * Math.PI);
  context.fill();
}

// Dims the frames outside of the range, and draws its ends.
function drawRange(context: CanvasRenderingContext2D, from: number, to: number, width: number, height: number): void {
  context.fillStyle = OUTSIDE;
  context.fillRect(0, 0, from, height);
  context.fillRect(to, 0, width - to, height);
  context.fillStyle = RANGE;
  context.fillRect(Math.max(0, from - 1), 0, 2, height);
  context.fillRect(Math.min(width, to + 1) - 2, 0, 2, height);
}

function drawCurve(context: CanvasRenderingContext2D, timeline: Timeline, x: (at: number) => number, height: number): void {
  const columns = columnsOf(timeline);
  const range = energyRange(columns);
  if (!range) return;
  const [low, high] = range;
  const span = Math.max(high - low, 1e-3);
  const y = (energy: number) => height - MARGIN - ((energy - low) / span) * (height - 2 * MARGIN);
  context.fillStyle = FILL;
  for (const column of columns) {
    if (Number.isNaN(column.low)) continue;
    const top = y(column.high);
    context.fillRect(x(column.position), top, Math.max(0.5, x(column.end) - x(column.position)), height - top);
  }
  context.strokeStyle = CURVE;
  context.lineWidth = 1.25;
  context.lineJoin = "round";
  context.beginPath();
  let connected = false;
  for (const column of columns) {
    if (Number.isNaN(column.low)) {
      connected = false;
      continue;
    }
    const middle = x((column.position + column.end) / 2);
    if (connected) context.lineTo(middle, y(column.high));
    else context.moveTo(middle, y(column.high));
    if (column.high > column.low) context.lineTo(middle, y(column.low));
    connected = true;
  }
  context.stroke();
}
