// Shading, shared by both layers of the scene: lighting, dark outlines, depth cueing.

precision highp float;
precision highp sampler2D;

uniform sampler2D colors;
uniform sampler2D normals;
uniform sampler2D depths;
// Slope of the view ray per picture coordinate (-1 to 1).
uniform vec2 slope;
uniform vec2 size;
// Distance to the center of the scene, its radius, near and far plane, Å.
uniform vec4 range;
// Distance of the pixels compared for an outline, pixels.
uniform float reach;

out vec4 picture;

// Unit vectors towards the lights in view coordinates: key light from the upper left, faint fill light.
const vec3 KEY = vec3(-0.371, 0.557, 0.743);
const vec3 FILL = vec3(0.707, -0.141, 0.693);
// Background at the top and bottom, linear.
const vec3 TOP = vec3(0.0222, 0.0273, 0.0397);
const vec3 BOTTOM = vec3(0.0060, 0.0072, 0.0100);

vec3 linear(vec3 color) {
  return mix(color / 12.92, pow((color + 0.055) / 1.055, vec3(2.4)), step(0.04045, color));
}

vec3 encoded(vec3 color) {
  return mix(color * 12.92, 1.055 * pow(color, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, color));
}

// Dithering against banding, 0 to 1: interleaved gradient noise of J. Jimenez, "Next generation post
// processing in Call of Duty", SIGGRAPH 2014.
float noise(vec2 at) {
  return fract(52.9829189 * fract(dot(at, vec2(0.06711056, 0.00583715))));
}

float distanceAt(ivec2 at) {
  float depth = texelFetch(depths, clamp(at, ivec2(0), ivec2(size) - 1), 0).x;
  if (depth >= 1.0) return 1e5;
  return range.z * range.w / (range.w - depth * (range.w - range.z));
}

vec3 normalAt(ivec2 at) {
  vec4 bytes = texelFetch(normals, at, 0) * 255.0;
  vec2 flatPart = (bytes.xy * 256.0 + bytes.zw) / 65535.0 * 2.0 - 1.0;
  return vec3(flatPart, sqrt(max(1.0 - dot(flatPart, flatPart), 0.0)));
}

vec3 lit(vec3 color, vec3 normal, vec3 sight) {
  float key = clamp((dot(normal, KEY) + 0.25) / 1.25, 0.0, 1.0);
  float fill = max(dot(normal, FILL), 0.0);
  float gloss = pow(max(dot(normal, normalize(KEY + sight)), 0.0), 48.0) * 0.16;
  float sky = 0.34 + 0.08 * normal.y;
  return color * (sky + 0.62 * key + 0.10 * fill) + gloss;
}

// 1 where a neighboring pixel is much farther away or empty.
float outlineAt(ivec2 at, float here) {
  int steps = int(reach);
  float jump = max(
    max(distanceAt(at + ivec2(steps, 0)), distanceAt(at - ivec2(steps, 0))),
    max(distanceAt(at + ivec2(0, steps)), distanceAt(at - ivec2(0, steps)))
  );
  return smoothstep(0.35, 1.2, jump - here);
}

vec3 backgroundAt() {
  return mix(BOTTOM, TOP, gl_FragCoord.y / size.y);
}

// Linear color of a drawn pixel: lit surfaces, and unlit lines.
vec3 shaded(ivec2 at, vec3 plain, bool isSurface) {
  float here = distanceAt(at);
  vec3 surface = linear(plain);
  if (isSurface) {
    vec3 sight = normalize(vec3(-(gl_FragCoord.xy / size * 2.0 - 1.0) * slope, 1.0));
    surface = lit(surface, normalAt(at), sight) * (1.0 - 0.51 * outlineAt(at, here));
  }
  float fade = 0.425 * smoothstep(-0.6, 1.3, (here - range.x) / max(range.y, 1.0));
  return mix(surface, backgroundAt(), fade);
}

vec4 finished(vec3 color) {
  return vec4(encoded(min(color, vec3(1.0))) + (noise(gl_FragCoord.xy) - 0.5) / 255.0, 1.0);
}
