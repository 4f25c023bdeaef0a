// Antialiasing after T. Lottes, "FXAA" (NVIDIA white paper, 2009).

precision highp float;
precision highp sampler2D;

uniform sampler2D drawn;
uniform vec2 size;

out vec4 picture;

vec3 at(vec2 position) {
  return texture(drawn, position / size).rgb;
}

float brightness(vec3 color) {
  return dot(color, vec3(0.299, 0.587, 0.114));
}

float brightnessAt(ivec2 position) {
  return brightness(texelFetch(drawn, clamp(position, ivec2(0), ivec2(size) - 1), 0).rgb);
}

void main() {
  vec2 here = gl_FragCoord.xy;
  ivec2 position = ivec2(here);
  vec3 center = texelFetch(drawn, position, 0).rgb;
  float middle = brightness(center);
  float downLeft = brightnessAt(position + ivec2(-1, -1));
  float downRight = brightnessAt(position + ivec2(1, -1));
  float upLeft = brightnessAt(position + ivec2(-1, 1));
  float upRight = brightnessAt(position + ivec2(1, 1));
  float low = min(middle, min(min(upLeft, upRight), min(downLeft, downRight)));
  float high = max(middle, max(max(upLeft, upRight), max(downLeft, downRight)));
  picture = vec4(center, 1.0);
  if (high - low < max(0.04, high * 0.125)) return;
  // Along the edge: normal to the gradient of brightness.
  vec2 along = vec2(downLeft + downRight - upLeft - upRight, downRight + upRight - downLeft - upLeft);
  float weakest = max((downLeft + downRight + upLeft + upRight) * 0.03125, 0.0078125);
  along /= min(abs(along.x), abs(along.y)) + weakest;
  along = clamp(along, -8.0, 8.0);
  vec3 near = 0.5 * (at(here - along / 6.0) + at(here + along / 6.0));
  vec3 wide = 0.5 * near + 0.25 * (at(here - along * 0.5) + at(here + along * 0.5));
  float bright = brightness(wide);
  picture.rgb = bright < low || bright > high ? near : wide;
}
