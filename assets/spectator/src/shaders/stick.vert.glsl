// Sticks of bonds between the current positions of two atoms.

// The two atoms, and a third one that defines the plane of parallel sticks.
in uvec3 atoms;
// Image of the third atom relative to the first, cell vectors.
in vec3 planeShift;
// Image of the second atom, cell vectors; w is 1 if only the half at the first atom is drawn.
in vec4 shift;
// Lengths between which the bond fades, Å.
in vec2 limits;
// Index and number of parallel sticks; z is 1 for a dashed one.
in vec3 lane;
// Opacity, 0 to 1.
in float bondOpacity;

uniform mat3 cell;
// Radius of sticks, Å; smallest radius, pixels.
uniform vec2 stick;

// Direction from stick to stick, normal to the bond, in view coordinates: as `lane_direction` in shaders/cylinder.wgsl.
vec3 sideways(vec3 one, vec3 other, vec3 neighbor) {
  vec3 along = normalize(other - one);
  vec3 away = neighbor - one;
  vec3 off = away - along * dot(away, along);
  if (lane.y < 2.5 && dot(off, off) > 0.04 * dot(away, away)) return normalize(off);
  vec3 beside = cross(along, one + other);
  if (dot(beside, beside) > 1e-6 * dot(one + other, one + other)) return normalize(beside);
  return normalize(cross(along, vec3(0.0, 1.0, 0.01)));
}

void main() {
  vec3 from = positionOf(int(atoms.x));
  vec3 to = positionOf(int(atoms.y)) + cell * shift.xyz;
  float apart = length(to - from);
  // As `Limits::strength` in crates/core/src/chem/bonds/lengths.rs; atoms move between two lists of bonds.
  strength = 1.0 - smoothstep(limits.x, limits.y, apart);
  opacity = bondOpacity;
  if (strength <= 0.0 || !isDrawn(opacity) || apart < 1e-4) {
    hide();
    return;
  }
  startColor = appearanceOf(kindOf(int(atoms.x))).rgb;
  endColor = appearanceOf(kindOf(int(atoms.y))).rgb;
  float thick = stick.x;
  vec3 one = toView(from);
  vec3 other = toView(to);
  if (lane.y > 1.5) {
    // As `stick` in shaders/cylinder.wgsl.
    vec3 neighbor = toView(positionOf(int(atoms.z)) + cell * planeShift);
    vec3 offset = sideways(one, other, neighbor) * (lane.x - 0.5 * (lane.y - 1.0)) * 3.68 * thick / lane.y;
    thick *= 0.85 / lane.y;
    one += offset;
    other += offset;
  }
  float scale = pixelsAt((one + other) * 0.5);
  float radius = max(thick * (0.5 + 0.5 * strength), stick.y / scale);
  bool dashed = strength < 0.999 || lane.z > 0.5;
  // The inner stick of an aromatic bond is dashed at any strength.
  strength = lane.z > 0.5 ? min(strength, 0.4) : strength;
  flags = (shift.w > 0.5 ? 1u : 0u) | (dashed ? 2u : 0u) | (radius * scale < 1.0 ? 4u : 0u);
  cover(vec4(one, radius), vec4(other, radius));
}
