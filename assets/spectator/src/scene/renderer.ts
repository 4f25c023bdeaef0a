// Renderer of the scene: atoms, bonds, forces, lines and rings.

import { Matrix3, PerspectiveCamera, Scene, Vector2, Vector3, WebGLRenderer, type WebGLRenderTarget } from "three";
import { palette, radiusOf, STICK_RADIUS, defaultRepresentation, type Representation } from "../appearance";
import { FIELD_OF_VIEW, type Orbit } from "../orbit";
import type { Room } from "../room";
import { bondOpacitiesOf, haveSameBondOpacities, opacitiesOf } from "../script_opacities";
import { unpack, type Positions } from "../vectors";
import type { ScriptState } from "../wire/session_pb";
import arrowVertex from "../shaders/arrow.vert.glsl";
import coneFragment from "../shaders/cone.frag.glsl";
import coneCommon from "../shaders/cone.glsl";
import haloFragment from "../shaders/halo.frag.glsl";
import haloVertex from "../shaders/halo.vert.glsl";
import sceneCommon from "../shaders/scene.glsl";
import sphereFragment from "../shaders/sphere.frag.glsl";
import sphereVertex from "../shaders/sphere.vert.glsl";
import stickVertex from "../shaders/stick.vert.glsl";
import lineVertex from "../shaders/line.vert.glsl";
import surfaceCommon from "../shaders/surface.glsl";
import { GpuFence } from "./gpu_fence";
import { Impostors, type Uniforms } from "./impostors";
import { AdaptiveResolution } from "./adaptive_resolution";
import { PostProcessing } from "./post_processing";
import { fadeSticks, fillSticks } from "./sticks";
import { NumberTexture } from "./textures";

// Quads lie in front of their spheres, so that early depth tests are possible with this extension.
const CONSERVATIVE_DEPTH = `#extension GL_EXT_conservative_depth : require
layout(depth_greater) out highp float gl_FragDepth;
`;

export class SceneRenderer {
  readonly halos: Impostors;
  readonly lines: Impostors;
  readonly postProcessing = new PostProcessing();
  representation: Representation = "ball-and-stick";
  // Draws double, triple and aromatic bonds by their order.
  orders = true;
  positions: Positions = { numbers: new Uint16Array(0), origin: [0, 0, 0], extent: [0, 0, 0] };
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera();
  private readonly atoms: Impostors;
  private readonly sticks: Impostors;
  private readonly arrows: Impostors;
  private readonly positionTexture = NumberTexture.ofShorts();
  private readonly kindTexture = NumberTexture.ofBytes();
  private readonly forceTexture = NumberTexture.ofFloats();
  private readonly opacityTexture = NumberTexture.ofBytes();
  // The script whose opacities are drawn.
  private script: ScriptState | undefined;
  // Atoms of sticks, three for each.
  private stickAtoms: Float32Array | Uint32Array = new Uint32Array(0);
  private readonly uniforms: Uniforms;
  private readonly fence: GpuFence;
  private readonly resolution = new AdaptiveResolution();
  private readonly size = new Vector2(1, 1);
  // Whether anything may be in the faded layer.
  private fades = false;
  private drawnScale = 0;
  private middle = new Vector3();
  private radius = 1;

  // Calls `onDrawn` when the GPU has finished a picture. Throws without WebGL 2.
  constructor(canvas: HTMLCanvasElement, onDrawn: () => void) {
    const options = { antialias: false, depth: false, stencil: false, powerPreference: "high-performance" } as const;
    const context = canvas.getContext("webgl2", options) as WebGL2RenderingContext | null;
    if (!context) throw new Error("WebGL 2 is not available");
    this.renderer = new WebGLRenderer({ canvas, context, ...options });
    this.renderer.autoClear = false;
    this.renderer.setPixelRatio(1);
    this.uniforms = {
      positions: { value: this.positionTexture.texture },
      kinds: { value: this.kindTexture.texture },
      forces: { value: this.forceTexture.texture },
      opacities: { value: this.opacityTexture.texture },
      fades: { value: false },
      fadedLayer: { value: false },
      origin: { value: new Vector3() },
      extent: { value: new Vector3() },
      palette: { value: palette("ball-and-stick") },
      heldAtom: { value: -1 },
      heldPosition: { value: new Vector3() },
      pixels: { value: 1 },
      cell: { value: new Matrix3() },
      stick: { value: new Vector2(STICK_RADIUS, 0.6) },
      arrowScale: { value: 1 },
    };
    this.fence = new GpuFence(context, (took) => {
      this.resolution.adapt(took);
      onDrawn();
    });
    const early = context.getExtension("EXT_conservative_depth") ? CONSERVATIVE_DEPTH : "";
    const cone = (vertex: string) =>
      new Impostors(sceneCommon + coneCommon + vertex, surfaceCommon + coneFragment, this.uniforms);
    this.atoms = new Impostors(
      sceneCommon + sphereVertex,
      early + surfaceCommon + sphereFragment,
      this.uniforms,
    );
    this.sticks = cone(stickVertex);
    this.arrows = cone(arrowVertex);
    this.lines = cone(lineVertex);
    this.halos = new Impostors(sceneCommon + haloVertex, surfaceCommon + haloFragment, this.uniforms);
    for (const part of [this.atoms, this.sticks, this.arrows, this.lines, this.halos]) {
      this.scene.add(part.mesh);
    }
    this.camera.matrixAutoUpdate = false;
  }

  // Sets the structure.
  setStructure(room: Room): void {
    this.representation = defaultRepresentation(room.numbers);
    this.uniforms["palette"]!.value = palette(this.representation);
    const kinds = room.numbers.slice();
    for (const atom of room.fixed) if (atom < kinds.length) kinds[atom]! |= 128;
    this.kindTexture.set(kinds);
    this.uniforms["kinds"]!.value = this.kindTexture.texture;
    this.atoms.count = kinds.length;
    this.setBonds(room);
    this.setFrame(room);
  }

  // Sets the positions of a frame.
  setFrame(room: Room): void {
    this.positions = room.positions;
    this.positionTexture.set(room.positions.numbers);
    this.uniforms["positions"]!.value = this.positionTexture.texture;
    this.uniforms["origin"]!.value.fromArray(room.positions.origin);
    this.uniforms["extent"]!.value.fromArray(room.positions.extent);
    const [x, y, z] = room.positions.extent;
    this.middle.fromArray(room.positions.origin).add(new Vector3(x, y, z).multiplyScalar(0.5));
    this.radius = 0.5 * Math.hypot(x, y, z) + 2;
    this.uniforms["cell"]!.value.fromArray(room.cell ?? [0, 0, 0, 0, 0, 0, 0, 0, 0]);
    if (room.forces) {
      this.forceTexture.set(room.forces);
      this.uniforms["forces"]!.value = this.forceTexture.texture;
    }
    this.arrows.count = room.forces ? 2 * room.numbers.length : 0;
  }

  setBonds(room: Room): void {
    const shown = this.representation === "ball-and-stick" && room.bonds?.revision === room.revision;
    this.stickAtoms = fillSticks(this.sticks, shown ? room.bonds : undefined, room.numbers.length, this.orders);
    fadeSticks(this.sticks, this.stickAtoms, bondOpacitiesOf(this.script));
  }

  // Fades atoms and bonds as a script says; without one, all are opaque.
  fade(script: ScriptState | undefined): void {
    if (script === this.script) return;
    const before = this.script;
    this.script = script;
    const bonds = bondOpacitiesOf(script);
    if (!haveSameBondOpacities(before, script)) fadeSticks(this.sticks, this.stickAtoms, bonds);
    const drawn = opacitiesOf(script?.opacities, this.positions.numbers.length / 3);
    this.fades = drawn !== undefined || bonds !== undefined;
    this.uniforms["fades"]!.value = drawn !== undefined;
    if (!drawn) return;
    this.opacityTexture.set(drawn);
    this.uniforms["opacities"]!.value = this.opacityTexture.texture;
  }

  // Draws the atom in this page's hand at the hand.
  hold(atom: number | undefined, position?: Vector3): void {
    this.uniforms["heldAtom"]!.value = atom ?? -1;
    if (position) this.uniforms["heldPosition"]!.value.copy(position);
  }

  // Size in the page's pixels, and how many are drawn for each along each axis at most.
  resize(width: number, height: number, pixelRatio: number): void {
    this.size.set(width, height);
    this.resolution.pixelRatio = pixelRatio;
    this.drawnScale = 0;
  }

  // Depths of the near and far plane of the last picture, Å.
  get clip(): readonly [number, number] {
    return [this.camera.near, this.camera.far];
  }

  // Whether the last picture is still being drawn.
  get busy(): boolean {
    return this.fence.busy;
  }

  // Render scale, and duration of the last picture, ms.
  get speed(): { scale: number; took: number } {
    return { scale: this.drawnScale, took: this.resolution.last };
  }

  // Draws a picture in motion.
  draw(orbit: Orbit): void {
    this.drawAt(orbit, this.resolution.scaleInMotion());
  }

  // Draws a sharper picture after this time at rest (ms), unless there is nothing to gain.
  sharpen(orbit: Orbit, since: number): boolean {
    const scale = this.resolution.scaleAtRest(since);
    if (scale !== undefined) this.drawAt(orbit, scale);
    return scale !== undefined;
  }

  private drawAt(orbit: Orbit, scale: number): void {
    const start = performance.now();
    if (scale !== this.drawnScale) this.rescale(scale);
    this.updateCamera(orbit);
    const { fades } = this;
    this.drawLayer(this.postProcessing.drawn, false);
    if (fades) this.drawLayer(this.postProcessing.prepareFaded(), true);
    const ahead = this.middle.clone().applyMatrix4(orbit.view());
    const { near, far } = this.camera;
    this.postProcessing.show(this.renderer, -ahead.z, this.radius, near, far, fades);
    this.fence.set(start);
  }

  // Draws the opaque or the faded layer of the scene.
  private drawLayer(target: WebGLRenderTarget, faded: boolean): void {
    this.uniforms["fadedLayer"]!.value = faded;
    this.renderer.setRenderTarget(target);
    this.renderer.setClearColor(0x000000, 0);
    this.renderer.clear();
    this.renderer.render(this.scene, this.camera);
  }

  private rescale(scale: number): void {
    this.drawnScale = scale;
    const { pixelRatio } = this.resolution;
    const [width, height] = [this.size.x, this.size.y].map((length) =>
      Math.max(1, Math.round(length * pixelRatio * scale)),
    ) as [number, number];
    this.renderer.setSize(width, height, false);
    this.postProcessing.resize(width, height, pixelRatio * scale);
    this.camera.aspect = width / height;
    this.uniforms["pixels"]!.value = height / (2 * Math.tan(FIELD_OF_VIEW / 2));
  }

  private updateCamera(orbit: Orbit): void {
    const middle = this.middle.distanceTo(orbit.eye());
    // Tight near and far planes; markers of other people may be farther out.
    const reach = Math.max(this.radius, orbit.distance) * 2;
    this.camera.near = Math.max(0.05, middle - reach);
    this.camera.far = middle + reach * 2;
    this.camera.fov = (FIELD_OF_VIEW * 180) / Math.PI;
    this.camera.updateProjectionMatrix();
    this.camera.matrix.copy(orbit.view()).invert();
    this.camera.updateMatrixWorld(true);
  }

  // Drawn radius by atomic number, Å.
  radiusOf(number: number): number {
    return radiusOf(number, this.representation);
  }

  // Drawn positions, Å.
  drawnPositions(): Float32Array {
    const values = unpack(this.positions);
    const held = this.uniforms["heldAtom"]!.value as number;
    if (held >= 0) (this.uniforms["heldPosition"]!.value as Vector3).toArray(values, 3 * held);
    return values;
  }
}
