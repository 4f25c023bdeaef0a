// Creation of the renderer, with a text in its place if the browser lacks WebGL 2.

import { element } from "../panel/dom";
import { SceneRenderer } from "./renderer";

// Calls `onDrawn` when the GPU has finished a picture. Returns undefined without WebGL 2: the panel still works.
export function createRenderer(canvas: HTMLCanvasElement, onDrawn: () => void): SceneRenderer | undefined {
  try {
    return new SceneRenderer(canvas, onDrawn);
  } catch {
    const blank = element("blank");
    const title = document.createElement("strong");
    title.textContent = "This browser cannot draw the atoms";
    blank.replaceChildren(
      title,
      "WebGL 2 is not available. Enable hardware acceleration, or use another browser. The numbers are shown without it.",
    );
    blank.dataset["fixed"] = "yes";
    blank.hidden = false;
    return undefined;
  }
}
