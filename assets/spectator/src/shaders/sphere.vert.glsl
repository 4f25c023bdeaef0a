// Atoms as spheres that are not there: a square just large enough to cover the sphere on the picture,
// in front of it everywhere, so that hidden pixels can be dropped before they are computed.
//
// With the center c at distance d and radius r, the rays that touch the sphere make a cone of
// half-angle asin(r/d); at distance d - r it is (d - r) r / sqrt(d² - r²) wide.

out vec3 place;
flat out vec3 center;
flat out vec4 look;
flat out uint marks;

// Below this radius in pixels an atom is a disc.
const float DISC = 1.5;

void main() {
  int atom = square();
  vec2 corner = cornerOf();
  uint kind = kindOf(atom);
  look = lookOf(kind);
  center = toView(placeOf(atom));
  marks = kind >> 7u;
  float size = look.w * pixelsAt(center);
  // What is smaller than a pixel keeps one.
  if (size < 0.6 && center.z < 0.0) look.w *= 0.6 / size;
  if (size < DISC) marks |= 2u;
  float radius = look.w;
  float away = length(center);
  if (radius <= 0.0 || away <= 1.05 * radius) {
    gl_Position = NOWHERE;
    return;
  }
  vec3 towards = center / away;
  vec3 right = normalize(cross(towards, vec3(0.0, 1.0, 0.0001)));
  vec3 up = cross(right, towards);
  float front = away - radius;
  float wide = front * radius / sqrt(away * away - radius * radius);
  place = towards * front + (right * corner.x + up * corner.y) * wide;
  gl_Position = projectionMatrix * vec4(place, 1.0);
}
