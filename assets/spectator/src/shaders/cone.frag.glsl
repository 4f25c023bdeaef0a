// Cones of sticks, lines and arrows: intersects the view ray with the cone.
//
// A cone from p (radius r0) along the unit vector a to the length L (radius r1) is
// |q|² - (q·a)² = (r0 + k q·a)², with q from p and k = (r1 - r0) / L; with q = o + t d the two sides
// make a quadratic equation in t. The ends are flat discs.

in vec3 position;
flat in vec4 start;
flat in vec4 end;
flat in vec3 startColor;
flat in vec3 endColor;
flat in float strength;
flat in uint flags;
flat in float opacity;

void main() {
  vec3 axis = end.xyz - start.xyz;
  float size = length(axis);
  vec3 along = axis / size;
  vec3 direction = normalize(position);
  float slope = (end.w - start.w) / size;
  // The ray starts near the cone, which keeps precision at large distances.
  float skip = dot(start.xyz + axis * 0.5, direction) - size;
  vec3 from = direction * skip - start.xyz;
  float o = dot(from, along);
  float d = dot(direction, along);
  float wide = start.w + slope * o;
  float a = 1.0 - d * d * (1.0 + slope * slope);
  float b = dot(from, direction) - o * d - wide * slope * d;
  float c = dot(from, from) - o * o - wide * wide;
  float discriminant = b * b - a * c;
  float best = 1e30;
  vec3 normal = vec3(0.0);
  if (discriminant >= 0.0 && abs(a) > 1e-9) {
    float root = sqrt(discriminant);
    vec2 roots = vec2((-b - root) / a, (-b + root) / a);
    for (int i = 0; i < 2; i++) {
      float t = i == 0 ? min(roots.x, roots.y) : max(roots.x, roots.y);
      float y = o + t * d;
      if (y >= 0.0 && y <= size && start.w + slope * y >= 0.0 && t < best) {
        best = t;
        normal = normalize(from + t * direction - along * y - along * (start.w + slope * y) * slope);
      }
    }
  }
  if (abs(d) > 1e-6) {
    for (int i = 0; i < 2; i++) {
      float t = i == 0 ? -o / d : (size - o) / d;
      float r = i == 0 ? start.w : end.w;
      vec3 q = from + t * direction - along * (i == 0 ? 0.0 : size);
      if (t < best && dot(q, q) <= r * r) {
        best = t;
        normal = i == 0 ? -along : along;
      }
    }
  }
  if (best > 1e29) discard;
  vec3 hit = direction * (skip + best);
  float share = dot(hit - start.xyz, along) / size;
  if ((flags & 1u) != 0u && share > 0.5) discard;
  if ((flags & 2u) != 0u && abs(fract(share * 7.0) - 0.5) > 0.15 + 0.35 * strength) discard;
  surface(hit, (flags & 4u) != 0u ? vec3(0.0, 0.0, 1.0) : normal, share < 0.5 ? startColor : endColor, opacity);
  if ((flags & 8u) != 0u) color.a = LINE;
}
