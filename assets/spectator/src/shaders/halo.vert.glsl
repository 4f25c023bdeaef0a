// Ring around a held atom.

in float atom;
in vec3 tint;

out vec2 across;
flat out vec3 ring;
flat out vec3 center;
// Inner radius of the ring, as a fraction of the quad.
flat out float inner;

void main() {
  vec2 corner = cornerOf();
  int index = int(atom);
  float radius = appearanceOf(kindOf(index)).w;
  center = toView(positionOf(index));
  float thick = max(0.1 * radius, 2.5 / pixelsAt(center));
  float outer = radius * 1.12 + thick;
  inner = 1.0 - thick / outer;
  across = corner;
  ring = tint;
  vec3 towards = normalize(center);
  vec3 right = normalize(cross(towards, vec3(0.0, 1.0, 0.0001)));
  vec3 position = center + (right * corner.x + cross(right, towards) * corner.y) * outer;
  gl_Position = center.z > -outer || fadedLayer ? OUTSIDE : projectionMatrix * vec4(position, 1.0);
}
