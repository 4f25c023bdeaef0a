// What is drawn: atoms, bonds, forces, lines and rings, and the eye that looks at them.

import { Matrix3, PerspectiveCamera, Scene, Vector2, Vector3, WebGLRenderer } from "three";
import { palette, radiusOf, STICK, suited, type Representation } from "../looks";
import { FIELD_OF_VIEW, type Orbit } from "../orbit";
import type { Room } from "../room";
import { unpack, type Places } from "../vectors";
import arrowVertex from "../shaders/arrow.vert.glsl";
import coneFragment from "../shaders/cone.frag.glsl";
import coneCommon from "../shaders/cone.glsl";
import haloFragment from "../shaders/halo.frag.glsl";
import haloVertex from "../shaders/halo.vert.glsl";
import sceneCommon from "../shaders/scene.glsl";
import sphereFragment from "../shaders/sphere.frag.glsl";
import sphereVertex from "../shaders/sphere.vert.glsl";
import stickVertex from "../shaders/stick.vert.glsl";
import strokeVertex from "../shaders/stroke.vert.glsl";
import surfaceCommon from "../shaders/surface.glsl";
import { Fence } from "./fence";
import { Impostors, type Uniforms } from "./impostors";
import { Pace } from "./pace";
import { Screen } from "./screen";
import { fillSticks } from "./sticks";
import { NumberTexture } from "./textures";

// Spheres are drawn by squares in front of them; where the card may be told so, it skips what is
// hidden.
const AHEAD = `#extension GL_EXT_conservative_depth : require
layout(depth_greater) out highp float gl_FragDepth;
`;

export class Stage {
  readonly halos: Impostors;
  readonly strokes: Impostors;
  readonly screen = new Screen();
  representation: Representation = "balls";
  // Whether double, triple and aromatic bonds are drawn as such.
  orders = true;
  places: Places = { numbers: new Uint16Array(0), origin: [0, 0, 0], extent: [0, 0, 0] };
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera();
  private readonly atoms: Impostors;
  private readonly sticks: Impostors;
  private readonly arrows: Impostors;
  private readonly placeTexture = NumberTexture.ofShorts();
  private readonly kindTexture = NumberTexture.ofBytes();
  private readonly forceTexture = NumberTexture.ofFloats();
  private readonly uniforms: Uniforms;
  private readonly fence: Fence;
  private readonly pace = new Pace();
  private readonly size = new Vector2(1, 1);
  private drawnScale = 0;
  private middle = new Vector3();
  private radius = 1;

  // Tells when a picture is ready. Throws where there is no WebGL 2.
  constructor(canvas: HTMLCanvasElement, ready: () => void) {
    const wanted = { antialias: false, depth: false, stencil: false, powerPreference: "high-performance" } as const;
    const context = canvas.getContext("webgl2", wanted) as WebGL2RenderingContext | null;
    if (!context) throw new Error("there is no WebGL 2");
    this.renderer = new WebGLRenderer({ canvas, context, ...wanted });
    this.renderer.autoClear = false;
    this.renderer.setPixelRatio(1);
    this.uniforms = {
      places: { value: this.placeTexture.texture },
      kinds: { value: this.kindTexture.texture },
      forces: { value: this.forceTexture.texture },
      origin: { value: new Vector3() },
      extent: { value: new Vector3() },
      palette: { value: palette("balls") },
      heldAtom: { value: -1 },
      heldPlace: { value: new Vector3() },
      pixels: { value: 1 },
      cell: { value: new Matrix3() },
      stick: { value: new Vector2(STICK, 0.6) },
      arrowScale: { value: 1 },
    };
    this.fence = new Fence(context, (took) => {
      this.pace.took(took);
      ready();
    });
    const early = context.getExtension("EXT_conservative_depth") ? AHEAD : "";
    const cone = (vertex: string) =>
      new Impostors(sceneCommon + coneCommon + vertex, surfaceCommon + coneFragment, this.uniforms);
    this.atoms = new Impostors(
      sceneCommon + sphereVertex,
      early + surfaceCommon + sphereFragment,
      this.uniforms,
    );
    this.sticks = cone(stickVertex);
    this.arrows = cone(arrowVertex);
    this.strokes = cone(strokeVertex);
    this.halos = new Impostors(sceneCommon + haloVertex, surfaceCommon + haloFragment, this.uniforms);
    for (const part of [this.atoms, this.sticks, this.arrows, this.strokes, this.halos]) {
      this.scene.add(part.mesh);
    }
    this.camera.matrixAutoUpdate = false;
  }

  // Another structure.
  setStructure(room: Room): void {
    this.representation = suited(room.numbers);
    this.uniforms["palette"]!.value = palette(this.representation);
    const kinds = room.numbers.slice();
    for (const atom of room.fixed) if (atom < kinds.length) kinds[atom]! |= 128;
    this.kindTexture.set(kinds);
    this.uniforms["kinds"]!.value = this.kindTexture.texture;
    this.atoms.count = kinds.length;
    this.setBonds(room);
    this.setFrame(room);
  }

  // Other places of the same atoms.
  setFrame(room: Room): void {
    this.places = room.places;
    this.placeTexture.set(room.places.numbers);
    this.uniforms["places"]!.value = this.placeTexture.texture;
    this.uniforms["origin"]!.value.fromArray(room.places.origin);
    this.uniforms["extent"]!.value.fromArray(room.places.extent);
    const [x, y, z] = room.places.extent;
    this.middle.fromArray(room.places.origin).add(new Vector3(x, y, z).multiplyScalar(0.5));
    this.radius = 0.5 * Math.hypot(x, y, z) + 2;
    this.uniforms["cell"]!.value.fromArray(room.cell ?? [0, 0, 0, 0, 0, 0, 0, 0, 0]);
    if (room.forces) {
      this.forceTexture.set(room.forces);
      this.uniforms["forces"]!.value = this.forceTexture.texture;
    }
    this.arrows.count = room.forces ? 2 * room.numbers.length : 0;
  }

  setBonds(room: Room): void {
    const shown = this.representation === "balls" && room.bonds?.revision === room.revision;
    fillSticks(this.sticks, shown ? room.bonds : undefined, room.numbers.length, this.orders);
  }

  // The atom in this page's hand is drawn where the hand is.
  hold(atom: number | undefined, place?: Vector3): void {
    this.uniforms["heldAtom"]!.value = atom ?? -1;
    if (place) this.uniforms["heldPlace"]!.value.copy(place);
  }

  // Size in the page's pixels, and how many are drawn for each along each axis at most.
  resize(width: number, height: number, finest: number): void {
    this.size.set(width, height);
    this.pace.finest = finest;
    this.drawnScale = 0;
  }

  // Whether the last picture is still being drawn.
  get busy(): boolean {
    return this.fence.busy;
  }

  // Share of the finest at which pictures are drawn, and how long the last one took, ms.
  get speed(): { scale: number; took: number } {
    return { scale: this.drawnScale, took: this.pace.last };
  }

  // Draws anew what moves.
  draw(orbit: Orbit): void {
    this.drawAt(orbit, this.pace.moving());
  }

  // Draws finer what has not moved for so long (ms); true if there was anything to gain.
  sharpen(orbit: Orbit, since: number): boolean {
    const scale = this.pace.resting(since);
    if (scale !== undefined) this.drawAt(orbit, scale);
    return scale !== undefined;
  }

  private drawAt(orbit: Orbit, scale: number): void {
    const began = performance.now();
    if (scale !== this.drawnScale) this.rescale(scale);
    this.aim(orbit);
    this.renderer.setRenderTarget(this.screen.drawn);
    this.renderer.setClearColor(0x000000, 0);
    this.renderer.clear();
    this.renderer.render(this.scene, this.camera);
    const ahead = this.middle.clone().applyMatrix4(orbit.view());
    this.screen.show(this.renderer, -ahead.z, this.radius, this.camera.near, this.camera.far);
    this.fence.set(began);
  }

  private rescale(scale: number): void {
    this.drawnScale = scale;
    const { finest } = this.pace;
    const [width, height] = [this.size.x, this.size.y].map((length) =>
      Math.max(1, Math.round(length * finest * scale)),
    ) as [number, number];
    this.renderer.setSize(width, height, false);
    this.screen.resize(width, height, finest * scale);
    this.camera.aspect = width / height;
    this.uniforms["pixels"]!.value = height / (2 * Math.tan(FIELD_OF_VIEW / 2));
  }

  private aim(orbit: Orbit): void {
    const middle = this.middle.distanceTo(orbit.eye());
    // Near and far as close as what is drawn allows; lines of others may be farther out.
    const reach = Math.max(this.radius, orbit.distance) * 2;
    this.camera.near = Math.max(0.05, middle - reach);
    this.camera.far = middle + reach * 2;
    this.camera.fov = (FIELD_OF_VIEW * 180) / Math.PI;
    this.camera.updateProjectionMatrix();
    this.camera.matrix.copy(orbit.view()).invert();
    this.camera.updateMatrixWorld(true);
  }

  // How large atoms of an atomic number are drawn, Å.
  radiusOf(number: number): number {
    return radiusOf(number, this.representation);
  }

  // Where atoms are drawn, Å.
  drawnPlaces(): Float32Array {
    const values = unpack(this.places);
    const held = this.uniforms["heldAtom"]!.value as number;
    if (held >= 0) (this.uniforms["heldPlace"]!.value as Vector3).toArray(values, 3 * held);
    return values;
  }
}
