// Stage: renderer, lights, camera and its controls; draws when something has changed.

import { ACESFilmicToneMapping, BufferGeometry, Color, DirectionalLight, HemisphereLight, Line, LineBasicMaterial, LineSegments, PCFShadowMap, PerspectiveCamera, Raycaster, Scene, Vector2, Vector3, WebGLRenderer } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { Quality } from "./quality";

// Direction of the light from the center.
const LIGHT = new Vector3(0.45, -0.35, 0.85).normalize();

export class Stage {
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(40, 1, 0.05, 2000);
  readonly controls: OrbitControls;
  private readonly renderer: WebGLRenderer;
  private readonly sun = new DirectionalLight(0xfff2dd, 2.4);
  private readonly handLine = new Line(new BufferGeometry(), new LineBasicMaterial({ color: 0xffb81a, depthTest: false, transparent: true }));
  private readonly quality = new Quality();
  private cell: LineSegments | undefined;
  private requested = false;
  // Whether another picture was requested while one was due.
  private isCrowded = false;
  // Number of pictures, for tests.
  pictures = 0;

  // Throws without WebGL 2. `beforeDraw` moves what has changed.
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly beforeDraw: () => void,
  ) {
    this.renderer = new WebGLRenderer({ canvas, antialias: true, powerPreference: "high-performance" });
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.renderer.toneMapping = ACESFilmicToneMapping;
    this.scene.background = new Color(0x1c2129);
    this.sun.castShadow = true;
    this.sun.shadow.mapSize.set(2048, 2048);
    this.sun.shadow.intensity = 0.7;
    this.scene.add(new HemisphereLight(0xe6eeff, 0x8c8880, 2.1), this.sun, this.sun.target);
    this.handLine.visible = false;
    this.handLine.frustumCulled = false;
    this.handLine.renderOrder = 3;
    this.scene.add(this.handLine);
    this.camera.up.set(0, 0, 1);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.addEventListener("change", () => this.request());
    this.camera.position.set(0.55, -0.95, 0.42);
    this.frame([0, 0, 2], 6);
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
  }

  // Points the camera at a sphere, from the same direction as before.
  frame(center: [number, number, number], radius: number): void {
    const size = Math.max(radius, 0.5);
    const middle = new Vector3(...center);
    const narrow = Math.min(1, this.camera.aspect);
    const distance = (1.15 * size) / Math.sin((this.camera.fov * Math.PI) / 360) / narrow;
    const direction = this.camera.position.clone().sub(this.controls.target).setLength(distance);
    this.controls.target.copy(middle);
    this.camera.position.copy(middle).add(direction);
    this.camera.near = distance / 200;
    this.camera.far = distance * 40;
    this.camera.updateProjectionMatrix();
    this.controls.update();
    this.lightUp(middle, 1.6 * size);
  }

  // Draws the edges of a cell from the origin; undefined for none.
  showCell(edges: [number, number, number] | undefined): void {
    if (this.cell) {
      this.scene.remove(this.cell);
      this.cell.geometry.dispose();
      this.cell = undefined;
    }
    if (edges) {
      this.cell = new LineSegments(new BufferGeometry().setFromPoints(cellEdges(edges)), new LineBasicMaterial({ color: 0x98a1af }));
      this.scene.add(this.cell);
    }
    this.request();
  }

  // Draws a line from a held point to the hand; undefined for none.
  showHand(line: [Vector3, Vector3] | undefined): void {
    this.handLine.visible = line !== undefined;
    if (line) this.handLine.geometry.setFromPoints(line);
  }

  // Smaller side of what is seen at the center of rotation.
  get width(): number {
    const height = 2 * this.controls.getDistance() * Math.tan((this.camera.fov * Math.PI) / 360);
    return height * Math.min(1, this.camera.aspect);
  }

  // Ray through a position of the canvas, in CSS pixels.
  ray(x: number, y: number): Raycaster {
    const at = new Vector2((2 * x) / this.canvas.clientWidth - 1, 1 - (2 * y) / this.canvas.clientHeight);
    const raycaster = new Raycaster();
    raycaster.setFromCamera(at, this.camera);
    return raycaster;
  }

  // Position of a point on the page, CSS pixels; undefined behind the camera.
  project(x: number, y: number, z: number): { x: number; y: number } | undefined {
    const seen = new Vector3(x, y, z).project(this.camera);
    if (seen.z > 1) return undefined;
    const box = this.canvas.getBoundingClientRect();
    return { x: box.left + ((seen.x + 1) / 2) * box.width, y: box.top + ((1 - seen.y) / 2) * box.height };
  }

  // Requests a picture.
  request(): void {
    if (this.requested) this.isCrowded = true;
    if (this.requested) return;
    this.requested = true;
    requestAnimationFrame((now) => {
      this.requested = false;
      if (this.quality.measure(now, this.isCrowded)) this.resize();
      this.isCrowded = false;
      this.beforeDraw();
      this.renderer.render(this.scene, this.camera);
      this.pictures += 1;
    });
  }

  private lightUp(center: Vector3, radius: number): void {
    this.sun.target.position.copy(center);
    this.sun.position.copy(center).addScaledVector(LIGHT, 4 * radius);
    Object.assign(this.sun.shadow.camera, { left: -radius, right: radius, top: radius, bottom: -radius, near: radius, far: 8 * radius });
    this.sun.shadow.camera.updateProjectionMatrix();
    this.sun.shadow.normalBias = radius * 0.004;
    this.request();
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return;
    const { scale, shadows } = this.quality.level;
    this.renderer.setPixelRatio(Math.min(scale, window.devicePixelRatio || 1));
    this.sun.castShadow = shadows;
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.request();
  }
}

function cellEdges([x, y, z]: [number, number, number]): Vector3[] {
  const points: Vector3[] = [];
  for (const a of [0, 1]) {
    for (const b of [0, 1]) {
      points.push(new Vector3(0, a * y, b * z), new Vector3(x, a * y, b * z));
      points.push(new Vector3(a * x, 0, b * z), new Vector3(a * x, y, b * z));
      points.push(new Vector3(a * x, b * y, 0), new Vector3(a * x, b * y, z));
    }
  }
  return points;
}
