// Textures of per-atom numbers for shaders: one texel for each number, in rows.

import {
  DataTexture,
  FloatType,
  NearestFilter,
  RedFormat,
  RedIntegerFormat,
  UnsignedByteType,
  UnsignedShortType,
  type PixelFormat,
  type TextureDataType,
} from "three";

// Texels in a row, as in shaders/scene.glsl; WebGL 2 guarantees this size.
const WIDTH = 2048;

type Numbers = Uint8Array | Uint16Array | Float32Array;

export class NumberTexture<T extends Numbers> {
  texture: DataTexture;
  private data: T;

  private constructor(
    private readonly make: (length: number) => T,
    private readonly format: PixelFormat,
    private readonly type: TextureDataType,
  ) {
    this.data = make(WIDTH);
    this.texture = this.create();
  }

  static ofBytes(): NumberTexture<Uint8Array> {
    return new NumberTexture((length) => new Uint8Array(length), RedIntegerFormat, UnsignedByteType);
  }

  static ofShorts(): NumberTexture<Uint16Array> {
    return new NumberTexture((length) => new Uint16Array(length), RedIntegerFormat, UnsignedShortType);
  }

  static ofFloats(): NumberTexture<Float32Array> {
    return new NumberTexture((length) => new Float32Array(length), RedFormat, FloatType);
  }

  // Sets the numbers. They are copied once, into complete rows, and uploaded without conversion.
  set(values: T): void {
    const length = Math.max(1, Math.ceil(values.length / WIDTH)) * WIDTH;
    if (length !== this.data.length) {
      this.texture.dispose();
      this.data = this.make(length);
      this.texture = this.create();
    }
    this.data.set(values);
    this.texture.needsUpdate = true;
  }

  private create(): DataTexture {
    const height = this.data.length / WIDTH;
    const texture = new DataTexture(this.data, WIDTH, height, this.format, this.type);
    texture.minFilter = texture.magFilter = NearestFilter;
    texture.generateMipmaps = false;
    texture.needsUpdate = true;
    return texture;
  }
}
