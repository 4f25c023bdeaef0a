// One pixel of a ring; behind what is in front of its atom's middle.

in vec2 across;
flat in vec3 color;
flat in vec3 center;
flat in float inner;

void main() {
  float out_from = length(across);
  if (out_from > 1.0 || out_from < inner) discard;
  pixel = vec4(encoded(color), LINE);
  gl_FragDepth = depthOf(center);
}
