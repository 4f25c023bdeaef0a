// Force arrows: two quads for each atom, shaft and head.

uniform sampler2D forces;
// Length of the arrow of 1 eV/Å, Å.
uniform float arrowScale;

const vec3 ORANGE = vec3(0.949, 0.502, 0.102);

void main() {
  int atom = quad() / 2;
  vec3 force = vectorOf(forces, atom);
  float size = length(force);
  float reach = size * arrowScale;
  opacity = opacityOf(atom);
  if (!(reach > 0.02) || reach > 1e4 || !isDrawn(opacity)) {
    hide();
    return;
  }
  vec3 along = force / size;
  vec3 base = positionOf(atom) + along * appearanceOf(kindOf(atom)).w * 0.9;
  float head = min(0.36, 0.5 * reach);
  vec3 neck = base + along * (reach - head);
  float thick = min(0.055, 0.25 * reach);
  startColor = ORANGE;
  endColor = ORANGE;
  strength = 1.0;
  flags = 0u;
  if (quad() % 2 == 0) {
    cover(vec4(toView(base), thick), vec4(toView(neck), thick));
  } else {
    cover(vec4(toView(neck), 2.4 * thick), vec4(toView(base + along * reach), 0.0));
  }
}
