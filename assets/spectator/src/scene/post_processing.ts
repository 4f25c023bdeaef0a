// Post-processing: shading, blending of the faded layer, antialiasing (FXAA), each as one fullscreen triangle.

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
import blendFragment from "../shaders/blend.frag.glsl";
import shadeCommon from "../shaders/shade.glsl";
import shadeFragment from "../shaders/shade.frag.glsl";
import fxaaFragment from "../shaders/fxaa.frag.glsl";
import type { Uniforms } from "./impostors";

const CAMERA = new OrthographicCamera();

export class PostProcessing {
  // Render targets of the opaque layer of the scene, and of the faded one: colors, normals, depth.
  readonly drawn = surfaces();
  readonly faded = surfaces();
  private readonly shaded = picture();
  private readonly blended = picture();
  private readonly size = new Vector2(1, 1);
  private readonly range = new Vector4();
  private readonly slope = new Vector2();
  private readonly reach = { value: 1 };
  private readonly shade: Scene;
  private readonly blend: Scene;
  private readonly antialias: Scene;
  // The picture to antialias.
  private readonly finished = { value: this.shaded.texture };

  constructor() {
    const size = { value: this.size };
    const uniforms = (layer: WebGLRenderTarget): Uniforms => ({
      colors: { value: layer.textures[0] },
      normals: { value: layer.textures[1] },
      depths: { value: layer.depthTexture },
      slope: { value: this.slope },
      range: { value: this.range },
      reach: this.reach,
      size,
    });
    this.shade = triangle(shadeCommon + shadeFragment, uniforms(this.drawn));
    this.blend = triangle(shadeCommon + blendFragment, {
      ...uniforms(this.faded),
      behind: { value: this.shaded.texture },
      opaqueDepths: { value: this.drawn.depthTexture },
    });
    this.antialias = triangle(fxaaFragment, { drawn: this.finished, size });
  }

  // Width and height in rendered pixels; `scale` is rendered pixels per CSS pixel.
  resize(width: number, height: number, scale: number): void {
    this.size.set(width, height);
    this.drawn.setSize(width, height);
    this.shaded.setSize(width, height);
    // Allocated again when something fades.
    this.faded.setSize(1, 1);
    this.blended.setSize(1, 1);
    this.reach.value = Math.max(1, Math.round(scale));
    const up = Math.tan(FIELD_OF_VIEW / 2);
    this.slope.set((up * width) / height, up);
  }

  // Prepares the target of the faded layer.
  prepareFaded(): WebGLRenderTarget {
    this.faded.setSize(this.size.x, this.size.y);
    this.blended.setSize(this.size.x, this.size.y);
    return this.faded;
  }

  // Shows the opaque layer, with the faded one if it was drawn.
  show(renderer: WebGLRenderer, middle: number, radius: number, near: number, far: number, fades: boolean): void {
    this.range.set(middle, radius, near, far);
    renderer.setRenderTarget(this.shaded);
    renderer.render(this.shade, CAMERA);
    if (fades) {
      renderer.setRenderTarget(this.blended);
      renderer.render(this.blend, CAMERA);
    }
    this.finished.value = (fades ? this.blended : this.shaded).texture;
    renderer.setRenderTarget(null);
    renderer.render(this.antialias, CAMERA);
  }
}

function surfaces(): WebGLRenderTarget {
  return new WebGLRenderTarget(1, 1, {
    count: 2,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
    depthTexture: new DepthTexture(1, 1, FloatType),
  });
}

function picture(): WebGLRenderTarget {
  return new WebGLRenderTarget(1, 1, { minFilter: LinearFilter, magFilter: LinearFilter, depthBuffer: false });
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
