// Lines and cones between two points: cell edges, springs, viewpoints.

in vec4 from;
in vec4 to;
// Color (sRGB); flags: 1: radii are in pixels; 2: dashed.
in vec4 colorFlags;

void main() {
  if (fadedLayer) {
    hide();
    return;
  }
  opacity = 1.0;
  uint lineFlags = uint(colorFlags.w);
  vec3 one = toView(from.xyz);
  vec3 other = toView(to.xyz);
  float scale = (lineFlags & 1u) != 0u ? 1.0 / pixelsAt((one + other) * 0.5) : 1.0;
  startColor = colorFlags.rgb;
  endColor = colorFlags.rgb;
  strength = 0.5;
  flags = (lineFlags & 2u) | ((lineFlags & 1u) != 0u ? 8u : 0u);
  cover(vec4(one, from.w * scale), vec4(other, to.w * scale));
}
