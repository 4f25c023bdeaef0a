// Shading of the opaque layer.

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 drawn = texelFetch(colors, at, 0);
  vec3 color = drawn.a > 0.0 ? shaded(at, drawn.rgb, drawn.a > 0.9) : backgroundAt();
  picture = finished(color);
}
