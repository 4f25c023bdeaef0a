// A ring around an atom that somebody holds.

in float atom;
in vec3 tint;

out vec2 across;
flat out vec3 ring;
flat out vec3 center;
// Where the ring begins, as a share of the square.
flat out float inner;

void main() {
  vec2 corner = cornerOf();
  int index = int(atom);
  float radius = lookOf(kindOf(index)).w;
  center = toView(placeOf(index));
  float thick = max(0.1 * radius, 2.5 / pixelsAt(center));
  float outer = radius * 1.12 + thick;
  inner = 1.0 - thick / outer;
  across = corner;
  ring = tint;
  vec3 towards = normalize(center);
  vec3 right = normalize(cross(towards, vec3(0.0, 1.0, 0.0001)));
  vec3 place = center + (right * corner.x + cross(right, towards) * corner.y) * outer;
  gl_Position = center.z > -outer ? NOWHERE : projectionMatrix * vec4(place, 1.0);
}
