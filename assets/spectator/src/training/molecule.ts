// Picture of atoms on a canvas: shaded circles and bonds, the far ones first.

import { covalentRadius } from "../appearance";
import { ELEMENTS } from "../elements";
import { cssColor as colorText } from "../panel/format";
import { cssColor, prepare } from "./canvas";
import { project, type Projection } from "./projection";
import type { Atoms } from "./xyz";

// Radius of an atom and of a bond, as a fraction of the covalent radius and in Å.
const ATOM_SCALE = 0.62;
const BOND_RADIUS = 0.13;
// Bonds are shorter than this times the sum of the covalent radii.
const BOND_TOLERANCE = 1.2;
// Maximum number of atoms whose bonds are drawn: every pair is looked at.
const MAX_BONDED = 400;
const MARGIN = 10;

export function drawAtoms(canvas: HTMLCanvasElement, atoms: Atoms): void {
  const prepared = prepare(canvas);
  if (!prepared || atoms.numbers.length === 0) return;
  const { context, width, height } = prepared;
  const view = project(atoms);
  const scale = Math.min((width - 2 * MARGIN) / Math.max(2, view.width), (height - 2 * MARGIN) / Math.max(2, view.height), 42);
  const place = (index: number) => [width / 2 + scale * view.x[index]!, height / 2 - scale * view.y[index]!] as const;
  drawCell(context, view, scale, width, height);
  type Part = { depth: number; draw: () => void };
  const parts: Part[] = atoms.numbers.map((number, index) => ({
    depth: view.z[index]!,
    draw: () => drawBall(context, ...place(index), Math.max(1.2, scale * ATOM_SCALE * covalentRadius(number)), colorOf(number)),
  }));
  for (const [one, other] of bonds(atoms)) {
    const middle = (view.z[one]! + view.z[other]!) / 2;
    parts.push({
      depth: Math.min(view.z[one]!, view.z[other]!) * 0.5 + middle * 0.5,
      draw: () => drawBond(context, place(one), place(other), Math.max(1, scale * BOND_RADIUS), colorOf(atoms.numbers[one]!), colorOf(atoms.numbers[other]!)),
    });
  }
  parts.sort((one, other) => one.depth - other.depth).forEach((part) => part.draw());
}

function colorOf(number: number): number {
  return ELEMENTS[number - 1]?.[3] ?? 0xff69b4;
}

function drawBall(context: CanvasRenderingContext2D, x: number, y: number, radius: number, color: number): void {
  const shade = context.createRadialGradient(x - 0.35 * radius, y - 0.4 * radius, 0.1 * radius, x, y, radius);
  shade.addColorStop(0, colorText(mix(color, 0xffffff, 0.55)));
  shade.addColorStop(0.45, colorText(color));
  shade.addColorStop(1, colorText(mix(color, 0x000000, 0.5)));
  context.fillStyle = shade;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

// A bond has the colors of its atoms, each up to its middle.
function drawBond(
  context: CanvasRenderingContext2D,
  from: readonly [number, number],
  to: readonly [number, number],
  radius: number,
  ...colors: readonly [number, number]
): void {
  const middle = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const;
  context.lineCap = "butt";
  for (const [end, color] of [[from, colors[0]], [to, colors[1]]] as const) {
    for (const [width, shade] of [[2 * radius, mix(color, 0x000000, 0.45)], [1.1 * radius, mix(color, 0x000000, 0.12)]] as const) {
      context.strokeStyle = colorText(shade);
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(...end);
      context.lineTo(...middle);
      context.stroke();
    }
  }
}

function drawCell(context: CanvasRenderingContext2D, view: Projection, scale: number, width: number, height: number): void {
  context.strokeStyle = cssColor("--weak");
  context.lineWidth = 1;
  context.beginPath();
  for (const [a, b] of view.edges) {
    context.moveTo(width / 2 + scale * a[0], height / 2 - scale * a[1]);
    context.lineTo(width / 2 + scale * b[0], height / 2 - scale * b[1]);
  }
  context.stroke();
}

function mix(color: number, other: number, share: number): number {
  const part = (bits: number) => Math.round(((color >> bits) & 255) * (1 - share) + ((other >> bits) & 255) * share) << bits;
  return part(16) | part(8) | part(0);
}

function bonds(atoms: Atoms): [number, number][] {
  const { numbers, positions } = atoms;
  const found: [number, number][] = [];
  if (numbers.length > MAX_BONDED) return found;
  for (let i = 0; i < numbers.length; i++) {
    for (let j = 0; j < i; j++) {
      const distance = Math.hypot(...[0, 1, 2].map((axis) => positions[3 * i + axis]! - positions[3 * j + axis]!));
      const limit = BOND_TOLERANCE * (covalentRadius(numbers[i]!) + covalentRadius(numbers[j]!));
      if (distance > 0.1 && distance < limit) found.push([i, j]);
    }
  }
  return found;
}
