// Post-processing: shading, then antialiasing (FXAA), each as one fullscreen triangle.

import {
  BufferAttribute,
  BufferGeometry,
  DepthTexture,
  FloatType,
  GLSL3,
  LinearFilter,
  Mesh,
  NearestFilter,
  OrthographicCamera,
  RawShaderMaterial,
  Scene,
  Vector2,
  Vector4,
  WebGLRenderTarget,
  type WebGLRenderer,
} from "three";
import { FIELD_OF_VIEW } from "../orbit";
import fullscreenVertex from "../shaders/fullscreen.vert.glsl";
import shadeFragment from "../shaders/shade.frag.glsl";
import fxaaFragment from "../shaders/fxaa.frag.glsl";
import type { Uniforms } from "./impostors";

const CAMERA = new OrthographicCamera();

export class PostProcessing {
  // Render target of the scene: colors, normals, depth.
  readonly drawn: WebGLRenderTarget;
  private readonly shaded: WebGLRenderTarget;
  private readonly size = new Vector2(1, 1);
  private readonly range = new Vector4();
  private readonly slope = new Vector2();
  private readonly reach = { value: 1 };
  private readonly shade: Scene;
  private readonly antialias: Scene;

  constructor() {
    this.drawn = new WebGLRenderTarget(1, 1, {
      count: 2,
      minFilter: NearestFilter,
      magFilter: NearestFilter,
      depthTexture: new DepthTexture(1, 1, FloatType),
    });
    this.shaded = new WebGLRenderTarget(1, 1, {
      minFilter: LinearFilter,
      magFilter: LinearFilter,
      depthBuffer: false,
    });
    const size = { value: this.size };
    this.shade = triangle(shadeFragment, {
      colors: { value: this.drawn.textures[0] },
      normals: { value: this.drawn.textures[1] },
      slope: { value: this.slope },
      depths: { value: this.drawn.depthTexture },
      range: { value: this.range },
      reach: this.reach,
      size,
    });
    this.antialias = triangle(fxaaFragment, { drawn: { value: this.shaded.texture }, size });
  }

  // Width and height in rendered pixels; `scale` is rendered pixels per CSS pixel.
  resize(width: number, height: number, scale: number): void {
    this.size.set(width, height);
    this.drawn.setSize(width, height);
    this.shaded.setSize(width, height);
    this.reach.value = Math.max(1, Math.round(scale));
    const up = Math.tan(FIELD_OF_VIEW / 2);
    this.slope.set((up * width) / height, up);
  }

  show(renderer: WebGLRenderer, middle: number, radius: number, near: number, far: number): void {
    this.range.set(middle, radius, near, far);
    renderer.setRenderTarget(this.shaded);
    renderer.render(this.shade, CAMERA);
    renderer.setRenderTarget(null);
    renderer.render(this.antialias, CAMERA);
  }
}

function triangle(fragmentShader: string, uniforms: Uniforms): Scene {
  const geometry = new BufferGeometry();
  geometry.setAttribute("corner", new BufferAttribute(new Float32Array([-1, -1, 3, -1, -1, 3]), 2));
  geometry.setDrawRange(0, 3);
  geometry.setIndex([0, 1, 2]);
  const material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: fullscreenVertex,
    fragmentShader,
    uniforms,
    depthTest: false,
    depthWrite: false,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  const scene = new Scene();
  scene.add(mesh);
  return scene;
}
