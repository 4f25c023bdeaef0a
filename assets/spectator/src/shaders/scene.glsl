// What every vertex shader of the scene knows: the eye, where the atoms are, what they look like.

precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;

uniform mat4 projectionMatrix;
uniform mat4 viewMatrix;
// Three 16-bit numbers for each atom, as they came: place = origin + extent * number / 65535, Å.
uniform usampler2D places;
uniform vec3 origin;
uniform vec3 extent;
// The atomic number of each atom; the highest bit says that it is fixed.
uniform usampler2D kinds;
// Color (sRGB) and radius (Å) by atomic number.
uniform vec4 palette[119];
// The atom in this page's hand (-1: none) is drawn where the hand is.
uniform int heldAtom;
uniform vec3 heldPlace;
// Drawn pixels of a length of 1 at a distance of 1.
uniform float pixels;

// Four vertices for each square, and none of its own to be read: drawing them all at once is faster
// than so many instances of one.
int square() {
  return gl_VertexID >> 2;
}

vec2 cornerOf() {
  return vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1) * 2.0 - 1.0;
}

// Outside of every picture: where what is not drawn goes.
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);

// Where a number is in a texture: rows of 2048, as in src/scene/textures.ts.
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

vec3 placeOf(int atom) {
  if (atom == heldAtom) return heldPlace;
  uvec3 number = uvec3(
    texelFetch(places, texelOf(3 * atom), 0).x,
    texelFetch(places, texelOf(3 * atom + 1), 0).x,
    texelFetch(places, texelOf(3 * atom + 2), 0).x
  );
  return origin + extent * (vec3(number) / 65535.0);
}

uint kindOf(int atom) {
  return texelFetch(kinds, texelOf(atom), 0).x;
}

vec4 lookOf(uint kind) {
  return palette[min(kind & 127u, 118u)];
}

vec3 toView(vec3 place) {
  return (viewMatrix * vec4(place, 1.0)).xyz;
}

float pixelsAt(vec3 place) {
  return pixels / max(-place.z, 1e-6);
}
