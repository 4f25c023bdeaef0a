// Shared by all fragment shaders of the scene: the outputs for shading.

precision highp float;
precision highp int;

uniform mat4 projectionMatrix;
uniform mat4 viewMatrix;

// Color (sRGB). Alpha: in the opaque layer 1 for surfaces, LINE for unlit pixels without outlines; in the
// faded layer the opacity.
layout(location = 0) out vec4 color;
// Normal in view coordinates, x and y in 16 bits each.
layout(location = 1) out vec4 facing;

const float LINE = 0.5;

float depthOf(vec3 position) {
  vec2 clip = position.z * vec2(projectionMatrix[2][2], projectionMatrix[2][3])
    + vec2(projectionMatrix[3][2], projectionMatrix[3][3]);
  return 0.5 * clip.x / clip.y + 0.5;
}

// Dark bands mark fixed atoms.
vec3 banded(vec3 normal, vec3 plain) {
  vec3 turned = transpose(mat3(viewMatrix)) * normal;
  float band = abs(fract((turned.x + turned.y + turned.z) * 2.5) - 0.5);
  return mix(plain * 0.5, plain, smoothstep(0.16, 0.22, band));
}

void surface(vec3 position, vec3 normal, vec3 plain, float opacity) {
  color = vec4(plain, opacity);
  vec2 share = floor((normal.xy * 0.5 + 0.5) * 65535.0 + 0.5);
  vec2 high = floor(share / 256.0);
  facing = vec4(high, share - high * 256.0) / 255.0;
  gl_FragDepth = depthOf(position);
}
