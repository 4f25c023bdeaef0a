// One pixel of an atom: the ray from the eye met with the sphere.

in vec3 place;
flat in vec3 center;
flat in vec4 look;
flat in uint marks;

void main() {
  vec3 direction = normalize(place);
  float along = dot(center, direction);
  vec3 beside = direction * along - center;
  float inside = look.w * look.w - dot(beside, beside);
  if (inside < 0.0) discard;
  if ((marks & 2u) != 0u) {
    surface(center, vec3(0.0, 0.0, 1.0), look.rgb);
    return;
  }
  vec3 met = direction * (along - sqrt(inside));
  vec3 normal = (met - center) / look.w;
  surface(met, normal, (marks & 1u) != 0u ? banded(normal, look.rgb) : look.rgb);
}
