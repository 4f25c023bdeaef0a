// Keys on the scene: arrows turn or move it, plus and minus zoom, F fits all into view.

import type { Orbit } from "./orbit";

const ANGLE = Math.PI / 24;
const SHARE = 0.05;
const NEARER = 1.15;

export function listenToKeys(
  canvas: HTMLCanvasElement,
  orbit: Orbit,
  on: { looked(): void; fit(): void; letGo(): void },
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
    if (arrow && event.shiftKey) orbit.pan(arrow[0] * SHARE, -arrow[1] * SHARE);
    else if (arrow) orbit.turn(arrow[0] * ANGLE, arrow[1] * ANGLE);
    else if (event.key === "+" || event.key === "=") orbit.zoom(NEARER);
    else if (event.key === "-" || event.key === "_") orbit.zoom(1 / NEARER);
    else if (event.key === "[") orbit.roll(ANGLE);
    else if (event.key === "]") orbit.roll(-ANGLE);
    else if (event.key === "f" || event.key === "F" || event.key === "Home") return on.fit();
    else if (event.key === "Escape") return on.letGo();
    else return;
    event.preventDefault();
    on.looked();
  });
}
