// A label: letters on a panel with round corners, as a quad.

struct Label {
    clip_from_label: mat4x4<f32>,
    // Linear red, green, blue, and alpha.
    color: vec4<f32>,
    background: vec4<f32>,
    // Width and height, in heights of a letter.
    size: vec2<f32>,
    padding: vec2<f32>,
}

struct Corner {
    @builtin(position) clip: vec4<f32>,
    @location(0) place: vec2<f32>,
}

// In heights of a letter.
const CORNER_RADIUS: f32 = 0.35;

@group(0) @binding(0) var<uniform> shown: Label;
@group(0) @binding(1) var letters: texture_2d<f32>;
@group(0) @binding(2) var between: sampler;

@vertex
fn panel(@builtin(vertex_index) vertex: u32) -> Corner {
    let place = vec2(f32(vertex & 1u), f32(vertex >> 1u));
    let own = vec2(place.x - 0.5, 0.5 - place.y);
    return Corner(shown.clip_from_label * vec4(own, 0.0, 1.0), place);
}

// Signed distance from the edge of the panel, negative inside, in heights of a letter.
fn distance_from_edge(place: vec2<f32>) -> f32 {
    let radius = min(CORNER_RADIUS, 0.5 * min(shown.size.x, shown.size.y));
    let beyond = abs((place - 0.5) * shown.size) - (0.5 * shown.size - radius);
    return length(max(beyond, vec2(0.0))) + min(max(beyond.x, beyond.y), 0.0) - radius;
}

// Premultiplied color.
@fragment
fn label(corner: Corner) -> @location(0) vec4<f32> {
    let edge = distance_from_edge(corner.place);
    let inside = clamp(0.5 - edge / max(fwidth(edge), 1e-6), 0.0, 1.0);
    let ink = shown.color.a * textureSample(letters, between, corner.place).r;
    let behind = shown.background.a * inside * (1.0 - ink);
    return vec4(shown.color.rgb * ink + shown.background.rgb * behind, ink + behind);
}
