// Sparkline: a small curve of the last values between fixed limits.

import { cssColor, prepare } from "./canvas";

export function drawSparkline(canvas: HTMLCanvasElement, values: readonly number[], max: number, length: number, color: string): void {
  const prepared = prepare(canvas);
  if (!prepared || values.length === 0 || !(max > 0)) return;
  const { context, width, height } = prepared;
  const x = (index: number) => width - 1 - ((values.length - 1 - index) / Math.max(1, length - 1)) * (width - 2);
  const y = (value: number) => height - 1.5 - Math.min(1, Math.max(0, value / max)) * (height - 3);
  context.strokeStyle = context.fillStyle = cssColor(color);
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.beginPath();
  values.forEach((value, index) => context.lineTo(x(index), y(value)));
  context.stroke();
  context.lineTo(x(values.length - 1), height);
  context.lineTo(x(0), height);
  context.globalAlpha = 0.18;
  context.fill();
  context.globalAlpha = 1;
}
