// Spheres of atoms: intersects the view ray with the sphere.

in vec3 position;
flat in vec3 center;
flat in vec4 look;
flat in uint marks;
flat in float opacity;

void main() {
  vec3 direction = normalize(position);
  float along = dot(center, direction);
  vec3 beside = direction * along - center;
  float inside = look.w * look.w - dot(beside, beside);
  if (inside < 0.0) discard;
  if ((marks & 2u) != 0u) {
    surface(center, vec3(0.0, 0.0, 1.0), look.rgb, opacity);
    return;
  }
  vec3 hit = direction * (along - sqrt(inside));
  vec3 normal = (hit - center) / look.w;
  surface(hit, normal, (marks & 1u) != 0u ? banded(normal, look.rgb) : look.rgb, opacity);
}
