// A rectangle along the axis of a cone that covers it on the picture: for sticks, lines and arrows.

out vec3 place;
flat out vec4 start;
flat out vec4 end;
flat out vec3 startColor;
flat out vec3 endColor;
// Share of each dash that is drawn; 1 for unbroken.
flat out float strength;
// 1: only the first half is drawn; 2: dashed; 4: flat; 8: unlit.
flat out uint flags;

void hide() {
  gl_Position = NOWHERE;
}

// How far along the axis beyond its end a disc seems to reach for the eye, on the plane through the axis
// that faces it most: where the rays to its foremost and hindmost point meet that plane.
float overhang(vec4 end, vec3 along, vec3 outward) {
  vec3 one = normalize(end.xyz + outward * end.w);
  vec3 other = normalize(end.xyz - outward * end.w);
  vec2 slopes = abs(vec2(dot(one, along), dot(other, along)))
    / max(abs(vec2(dot(one, outward), dot(other, outward))), vec2(1e-6));
  return end.w * max(slopes.x, slopes.y);
}

// Seen by the eye: from one place (radius, Å) to another.
void cover(vec4 from, vec4 to) {
  vec2 corner = cornerOf();
  start = from;
  end = to;
  float radius = max(from.w, to.w);
  vec3 axis = to.xyz - from.xyz;
  vec3 middle = (from.xyz + to.xyz) * 0.5;
  float size = length(axis);
  if (size < 1e-6 || max(from.z, to.z) > -1e-3) {
    hide();
    return;
  }
  vec3 along = axis / size;
  vec3 sight = normalize(middle);
  vec3 beside = cross(along, sight);
  // How far the axis passes the eye: the nearer, the wider the cone of rays that touch.
  float passing = length(cross(middle, along));
  vec3 outward = normalize(cross(beside, along));
  vec2 over = vec2(overhang(from, along, outward), overhang(to, along, outward));
  if (dot(beside, beside) < 0.01 || passing < 2.0 * radius || max(over.x, over.y) > 4.0 * radius) {
    // Seen along the axis, or nearly so: a square that covers the sphere around all of it.
    float around = size * 0.5 + radius;
    float away = length(middle);
    float wide = around / sqrt(max(1.0 - (around * around) / (away * away), 0.02));
    vec3 right = normalize(cross(sight, vec3(0.0, 1.0, 0.0001)));
    place = middle + (right * corner.x + cross(right, sight) * corner.y) * wide;
  } else {
    float wide = radius / sqrt(1.0 - (radius * radius) / (passing * passing));
    float beyond = max(corner.y < 0.0 ? over.x : over.y, 1.5 * wide);
    place = middle + along * corner.y * (size * 0.5 + beyond)
      + normalize(beside) * corner.x * wide * 1.02;
  }
  gl_Position = projectionMatrix * vec4(place, 1.0);
}
