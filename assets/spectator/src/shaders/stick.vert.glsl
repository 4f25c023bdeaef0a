// A bond between two atoms, wherever they are now.

in uvec2 atoms;
// How many cell vectors away the second atom is meant; 1 if only the half at the first is drawn.
in vec4 shift;
// Summed covalent radii, Å; opacity as the server saw it.
in vec2 bond;

uniform mat3 cell;
// Radius of sticks, Å; smallest radius, pixels.
uniform vec2 stick;

void main() {
  vec3 from = placeOf(int(atoms.x));
  vec3 to = placeOf(int(atoms.y)) + cell * shift.xyz;
  float apart = length(to - from);
  // As `strength` in src/chem/bonds/mod.rs; atoms move between two lists of bonds.
  strength = min(bond.y, 1.0 - smoothstep(0.9, 1.15, apart / (1.15 * bond.x)));
  if (strength <= 0.0 || apart < 1e-4) {
    hide();
    return;
  }
  startColor = lookOf(kindOf(int(atoms.x))).rgb;
  endColor = lookOf(kindOf(int(atoms.y))).rgb;
  vec3 one = toView(from);
  vec3 other = toView(to);
  float scale = pixelsAt((one + other) * 0.5);
  float radius = max(stick.x * (0.5 + 0.5 * strength), stick.y / scale);
  flags = (shift.w > 0.5 ? 1u : 0u) | (strength < 0.999 ? 2u : 0u) | (radius * scale < 1.0 ? 4u : 0u);
  cover(vec4(one, radius), vec4(other, radius));
}
