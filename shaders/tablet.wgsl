// The tablet: a textured quad in the scene.

struct Corner {
    @builtin(position) clip: vec4<f32>,
    @location(0) place: vec2<f32>,
}

@group(0) @binding(0) var<uniform> clip_from_board: mat4x4<f32>;
@group(0) @binding(1) var picture: texture_2d<f32>;
@group(0) @binding(2) var between: sampler;

@vertex
fn board(@builtin(vertex_index) vertex: u32) -> Corner {
    let place = vec2(f32(vertex & 1u), f32(vertex >> 1u));
    let own = vec2(place.x - 0.5, 0.5 - place.y);
    return Corner(clip_from_board * vec4(own, 0.0, 1.0), place);
}

@fragment
fn tablet(corner: Corner) -> @location(0) vec4<f32> {
    return textureSampleLevel(picture, between, corner.place, 0.0);
}
