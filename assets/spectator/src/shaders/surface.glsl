// What every fragment shader of the scene shares: the light, and what one pixel leaves behind.

precision highp float;
precision highp int;

uniform mat4 projectionMatrix;
uniform mat4 viewMatrix;

layout(location = 0) out vec4 pixel;

// The opacity by which lines are told from surfaces: they get no contours.
const float LINE = 0.5;

// Unit vectors towards the lights, as the eye sees them: over the left shoulder, and a faint one from
// the other side.
const vec3 KEY = vec3(-0.371, 0.557, 0.743);
const vec3 FILL = vec3(0.707, -0.141, 0.693);

float depthOf(vec3 place) {
  vec2 clip = place.z * vec2(projectionMatrix[2][2], projectionMatrix[2][3])
    + vec2(projectionMatrix[3][2], projectionMatrix[3][3]);
  return 0.5 * clip.x / clip.y + 0.5;
}

vec3 encoded(vec3 color) {
  return mix(color * 12.92, 1.055 * pow(color, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, color));
}

vec3 lit(vec3 color, vec3 normal, vec3 sight) {
  float key = clamp((dot(normal, KEY) + 0.25) / 1.25, 0.0, 1.0);
  float fill = max(dot(normal, FILL), 0.0);
  float gloss = pow(max(dot(normal, normalize(KEY + sight)), 0.0), 48.0) * 0.16;
  float sky = 0.34 + 0.08 * normal.y;
  return color * (sky + 0.62 * key + 0.10 * fill) + gloss;
}

// Fixed atoms wear dark bands.
vec3 banded(vec3 normal, vec3 color) {
  vec3 turned = transpose(mat3(viewMatrix)) * normal;
  float band = abs(fract((turned.x + turned.y + turned.z) * 2.5) - 0.5);
  return mix(color * 0.25, color, smoothstep(0.16, 0.22, band));
}

// The color of a surface, with opacity 1 where there is one.
void paint(vec3 place, vec3 normal, vec3 color) {
  pixel = vec4(encoded(min(lit(color, normal, -normalize(place)), vec3(1.0))), 1.0);
  gl_FragDepth = depthOf(place);
}
