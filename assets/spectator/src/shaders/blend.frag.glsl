// Shading of the faded layer, blended over the picture of the opaque one: its nearest surface with its opacity.

// Picture (sRGB) and depths of the opaque layer.
uniform sampler2D behind;
uniform sampler2D opaqueDepths;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 below = texelFetch(behind, at, 0);
  vec4 drawn = texelFetch(colors, at, 0);
  bool isNearer = texelFetch(depths, at, 0).x < texelFetch(opaqueDepths, at, 0).x;
  if (drawn.a == 0.0 || !isNearer) {
    picture = below;
    return;
  }
  picture = finished(mix(linear(below.rgb), shaded(at, drawn.rgb, true), drawn.a));
}
