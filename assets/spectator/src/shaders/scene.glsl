// Shared by all vertex shaders of the scene: camera, positions and appearance of atoms.

precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;

uniform mat4 projectionMatrix;
uniform mat4 viewMatrix;
// Packed positions, three 16-bit numbers for each atom: position = origin + extent * number / 65535, Å.
uniform usampler2D positions;
uniform vec3 origin;
uniform vec3 extent;
// Atomic number of each atom; the highest bit marks fixed atoms.
uniform usampler2D kinds;
// Color (sRGB) and radius (Å) by atomic number.
uniform vec4 palette[119];
// Opacity of each atom, 0 to 255; all are opaque if none fades.
uniform usampler2D opacities;
uniform bool fades;
// Whether this is the layer of faded atoms and bonds, which is blended over that of opaque ones.
uniform bool fadedLayer;
// The atom in this page's hand (-1: none), drawn at heldPosition.
uniform int heldAtom;
uniform vec3 heldPosition;
// Rendered pixels of a length of 1 at a distance of 1.
uniform float pixels;

// Index of the quad, from four vertices without attributes: one draw call is faster than instancing here.
int quad() {
  return gl_VertexID >> 2;
}

vec2 cornerOf() {
  return vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1) * 2.0 - 1.0;
}

// Outside of the clip volume: discards a vertex.
const vec4 OUTSIDE = vec4(2.0, 2.0, 2.0, 1.0);

// Texel of a number: rows of 2048, as in src/scene/textures.ts.
ivec2 texelOf(int number) {
  return ivec2(number & 2047, number >> 11);
}

vec3 vectorOf(sampler2D numbers, int atom) {
  return vec3(
    texelFetch(numbers, texelOf(3 * atom), 0).x,
    texelFetch(numbers, texelOf(3 * atom + 1), 0).x,
    texelFetch(numbers, texelOf(3 * atom + 2), 0).x
  );
}

vec3 positionOf(int atom) {
  if (atom == heldAtom) return heldPosition;
  uvec3 number = uvec3(
    texelFetch(positions, texelOf(3 * atom), 0).x,
    texelFetch(positions, texelOf(3 * atom + 1), 0).x,
    texelFetch(positions, texelOf(3 * atom + 2), 0).x
  );
  return origin + extent * (vec3(number) / 65535.0);
}

uint kindOf(int atom) {
  return texelFetch(kinds, texelOf(atom), 0).x;
}

vec4 appearanceOf(uint kind) {
  return palette[min(kind & 127u, 118u)];
}

// Opacity of an atom, 0 to 1.
float opacityOf(int atom) {
  return fades ? float(texelFetch(opacities, texelOf(atom), 0).x) / 255.0 : 1.0;
}

// Whether something of an opacity belongs to this layer.
bool isDrawn(float opacity) {
  return opacity > 0.0 && (opacity < 1.0) == fadedLayer;
}

vec3 toView(vec3 position) {
  return (viewMatrix * vec4(position, 1.0)).xyz;
}

float pixelsAt(vec3 position) {
  return pixels / max(-position.z, 1e-6);
}
