// Quad that covers a cone on the picture, for sticks, lines and arrows.

out vec3 position;
flat out vec4 start;
flat out vec4 end;
flat out vec3 startColor;
flat out vec3 endColor;
// Drawn fraction of each dash; 1: solid.
flat out float strength;
// 1: only the first half is drawn; 2: dashed; 4: flat; 8: unlit.
flat out uint flags;
// Opacity, 0 to 1.
flat out float opacity;

void hide() {
  gl_Position = OUTSIDE;
}

// Projected overhang of an end disc along the axis, in the plane through the axis that faces the eye most:
// where the rays to the nearest and farthest point of the disc intersect that plane.
float overhang(vec4 end, vec3 along, vec3 outward) {
  vec3 one = normalize(end.xyz + outward * end.w);
  vec3 other = normalize(end.xyz - outward * end.w);
  vec2 slopes = abs(vec2(dot(one, along), dot(other, along)))
    / max(abs(vec2(dot(one, outward), dot(other, outward))), vec2(1e-6));
  return end.w * max(slopes.x, slopes.y);
}

// Covers a cone between two points in view coordinates; w is the radius, Å.
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
  // Distance of the axis from the eye; the tangent rays spread more the smaller it is.
  float passing = length(cross(middle, along));
  vec3 outward = normalize(cross(beside, along));
  vec2 over = vec2(overhang(from, along, outward), overhang(to, along, outward));
  if (dot(beside, beside) < 0.01 || passing < 2.0 * radius || max(over.x, over.y) > 4.0 * radius) {
    // View along the axis: a quad that covers the bounding sphere.
    float around = size * 0.5 + radius;
    float away = length(middle);
    float wide = around / sqrt(max(1.0 - (around * around) / (away * away), 0.02));
    vec3 right = normalize(cross(sight, vec3(0.0, 1.0, 0.0001)));
    position = middle + (right * corner.x + cross(right, sight) * corner.y) * wide;
  } else {
    float wide = radius / sqrt(1.0 - (radius * radius) / (passing * passing));
    float beyond = max(corner.y < 0.0 ? over.x : over.y, 1.5 * wide);
    position = middle + along * corner.y * (size * 0.5 + beyond)
      + normalize(beside) * corner.x * wide * 1.02;
  }
  gl_Position = projectionMatrix * vec4(position, 1.0);
}
