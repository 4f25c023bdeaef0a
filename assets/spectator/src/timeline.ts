// Positions, addresses and the energy curve of the timeline that the server describes.

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { FrameAddress, FrameAddressSchema, Timeline, Timeline_Line } from "./wire/session_pb";

export type Address = MessageInitShape<typeof FrameAddressSchema>;

// Summaries after which frames near the oldest ones may be gone when a request arrives.
const SUMMARIES_AHEAD = 4;

export interface Column {
  position: number;
  // Position of the next column.
  end: number;
  // eV; NaN if unknown.
  low: number;
  high: number;
}

// Number of frames of the shown line.
export function lengthOf(timeline: Timeline | undefined): number {
  return timeline ? Number(timeline.fileFrames) + Number(timeline.memoryFrames) : 0;
}

// Address of the frame at a position; undefined if there is none, or its number is not known.
export function addressAt(timeline: Timeline, position: number): Address | undefined {
  const fileFrames = Number(timeline.fileFrames);
  if (position < 0 || position >= lengthOf(timeline)) return undefined;
  if (position < fileFrames) return { at: { case: "file", value: BigInt(position) } };
  let index = position - fileFrames - missing(timeline);
  for (const run of timeline.runs) {
    const frames = Number(run.frames);
    if (index >= 0 && index < frames) return { at: { case: "memory", value: run.first + BigInt(index) } };
    index -= frames;
  }
  return undefined;
}

// Position of the frame at an address; undefined on other lines.
export function positionOf(timeline: Timeline, address: Address | undefined): number | undefined {
  if (address?.at?.case === "file") {
    return address.at.value < timeline.fileFrames ? Number(address.at.value) : undefined;
  }
  if (address?.at?.case !== "memory") return undefined;
  let before = Number(timeline.fileFrames) + missing(timeline);
  for (const run of timeline.runs) {
    const index = Number(address.at.value - run.first);
    if (index >= 0 && index < Number(run.frames)) return before + index;
    before += Number(run.frames);
  }
  return undefined;
}

// Number of the oldest frames in memory whose numbers are not known.
function missing(timeline: Timeline): number {
  return timeline.runs.reduce((rest, run) => rest - Number(run.frames), Number(timeline.memoryFrames));
}

// The first position that will still exist when a request arrives, while old frames are dropped.
export function oldestPosition(before: Timeline | undefined, now: Timeline): number {
  const fileFrames = Number(now.fileFrames);
  if (fileFrames > 0) return 0;
  const dropped = before && before.first > 0n && now.first > before.first ? Number(now.first - before.first) : 0;
  return Math.min(missing(now) + SUMMARIES_AHEAD * dropped, Math.max(0, lengthOf(now) - 1));
}

// Columns of the energy curve.
export function columnsOf(timeline: Timeline): Column[] {
  const { positions = [], low = [], high = [] } = timeline.energy ?? {};
  const end = lengthOf(timeline);
  return positions.map((position, index) => ({
    position: Number(position),
    end: index + 1 < positions.length ? Number(positions[index + 1]) : end,
    low: low[index] ?? NaN,
    high: high[index] ?? NaN,
  }));
}

// Smallest and largest energy of all columns, eV; undefined if none is known.
export function energyRange(columns: readonly Column[]): [number, number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const column of columns) {
    if (Number.isNaN(column.low)) continue;
    low = Math.min(low, column.low);
    high = Math.max(high, column.high);
  }
  return low <= high ? [low, high] : undefined;
}

// Positions after which other lines begin.
export function branches(timeline: Timeline): number[] {
  const positions = timeline.lines.filter((line) => !line.shown).map((line) => positionOf(timeline, line.after));
  return positions.filter((position) => position !== undefined);
}

// A line as a choice of a menu.
export interface LineChoice {
  text: string;
  // Address of its newest frame.
  newest: FrameAddress;
  live: boolean;
  // Whether the shown frame is on it, as far as is known.
  chosen: boolean;
}

// The lines that have frames, newest first.
export function linesOf(timeline: Timeline | undefined, shown: FrameAddress | undefined): LineChoice[] {
  if (!timeline) return [];
  const isSame = (one: FrameAddress | undefined, other: FrameAddress | undefined) =>
    one !== undefined && one.at.case === other?.at.case && one.at.value === other?.at.value;
  const lines = timeline.lines.filter((line) => line.newest !== undefined);
  const chosen =
    lines.find((line) => isSame(shown, line.newest)) ?? lines.find((line) => line.shown) ?? lines.find((line) => line.live);
  return lines.reverse().map((line) => ({
    text: lineText(timeline, line),
    newest: line.newest!,
    live: line.live,
    chosen: line === chosen,
  }));
}

function lineText(timeline: Timeline, line: Timeline_Line): string {
  const after = positionOf(timeline, line.after);
  let start = "from the start";
  if (after !== undefined) start = `from frame ${after + 1}`;
  else if (line.after) start = "from another run";
  const frames = line.frames === 1n ? "1 frame" : `${line.frames} frames`;
  return `${frames} ${start}${line.live ? ", now" : ""}`;
}

// Position at a fraction of the track, from 0 to 1.
export function positionAt(fraction: number, length: number): number {
  return Math.max(0, Math.min(length - 1, Math.floor(fraction * length)));
}

// Fraction of the track at the middle of a frame.
export function fractionOf(position: number, length: number): number {
  return length > 0 ? (position + 0.5) / length : 1;
}
