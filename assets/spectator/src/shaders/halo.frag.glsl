// Ring around an atom, at the depth of the atom's center.

in vec2 across;
flat in vec3 ring;
flat in vec3 center;
flat in float inner;

void main() {
  float away = length(across);
  if (away > 1.0 || away < inner) discard;
  surface(center, vec3(0.0, 0.0, 1.0), ring, 1.0);
  color.a = LINE;
}
