// Impostors of atoms: a quad just large enough to cover the sphere on the picture, and in front of it, so
// that hidden fragments fail the depth test early.
//
// With the center c at distance d and radius r, the rays that touch the sphere make a cone of
// half-angle asin(r/d); at distance d - r it is (d - r) r / sqrt(d² - r²) wide.

out vec3 position;
flat out vec3 center;
flat out vec4 look;
flat out uint marks;
flat out float opacity;

// Atoms below this radius are drawn as discs, pixels.
const float DISC = 1.5;

void main() {
  int atom = quad();
  vec2 corner = cornerOf();
  uint kind = kindOf(atom);
  opacity = opacityOf(atom);
  look = appearanceOf(kind);
  center = toView(positionOf(atom));
  marks = kind >> 7u;
  float size = look.w * pixelsAt(center);
  // Atoms smaller than a pixel cover one.
  if (size < 0.6 && center.z < 0.0) look.w *= 0.6 / size;
  if (size < DISC) marks |= 2u;
  float radius = look.w;
  float away = length(center);
  if (radius <= 0.0 || !isDrawn(opacity) || away <= 1.05 * radius) {
    gl_Position = OUTSIDE;
    return;
  }
  vec3 towards = center / away;
  vec3 right = normalize(cross(towards, vec3(0.0, 1.0, 0.0001)));
  vec3 up = cross(right, towards);
  float front = away - radius;
  float wide = front * radius / sqrt(away * away - radius * radius);
  position = towards * front + (right * corner.x + up * corner.y) * wide;
  gl_Position = projectionMatrix * vec4(position, 1.0);
}
