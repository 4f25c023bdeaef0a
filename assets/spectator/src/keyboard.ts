// Keys: arrows rotate or pan, plus and minus zoom, brackets roll, F fits all into view.

import type { Orbit } from "./orbit";

// radians
const ROTATION_STEP = Math.PI / 24;
// Fraction of the picture height.
const PAN_STEP = 0.05;
const ZOOM_STEP = 1.15;

export function listenToKeys(
  canvas: HTMLCanvasElement,
  orbit: Orbit,
  on: { onViewChange(): void; fit(): void; release(): void },
): void {
  const arrows: Record<string, [number, number]> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    if (arrow && event.shiftKey) orbit.pan(arrow[0] * PAN_STEP, -arrow[1] * PAN_STEP);
    else if (arrow) orbit.rotate(arrow[0] * ROTATION_STEP, arrow[1] * ROTATION_STEP);
    else if (event.key === "+" || event.key === "=") orbit.zoom(ZOOM_STEP);
    else if (event.key === "-" || event.key === "_") orbit.zoom(1 / ZOOM_STEP);
    else if (event.key === "[") orbit.roll(ROTATION_STEP);
    else if (event.key === "]") orbit.roll(-ROTATION_STEP);
    else if (event.key === "f" || event.key === "F" || event.key === "Home") return on.fit();
    else if (event.key === "Escape") return on.release();
    else return;
    event.preventDefault();
    on.onViewChange();
  });
}
