// Full-screen triangle, and access to the surface textures.

#define_import_path mlipview::screen

#import mlipview::scene::{eye, from_octahedral}

@group(1) @binding(0) var colors: texture_2d<f32>;
@group(1) @binding(1) var normals: texture_2d<f32>;
@group(1) @binding(2) var depths: texture_depth_2d;

struct Corner {
    @builtin(position) clip: vec4<f32>,
}

@vertex
fn cover(@builtin(vertex_index) vertex: u32) -> Corner {
    let corner = vec2(f32(vertex & 1u), f32(vertex >> 1u)) * 4.0 - 1.0;
    return Corner(vec4(corner, 0.0, 1.0));
}

fn inside(pixel: vec2<i32>) -> vec2<i32> {
    return clamp(pixel, vec2(0), vec2<i32>(eye.size) - 1);
}

// 0 where nothing was drawn.
fn depth_at(pixel: vec2<i32>) -> f32 {
    return textureLoad(depths, inside(pixel), 0);
}

// View-space position of a pixel.
fn place_at(pixel: vec2<i32>, depth: f32) -> vec3<f32> {
    let share = (vec2<f32>(inside(pixel)) + 0.5) / eye.size;
    let place = eye.view_from_clip * vec4(share.x * 2.0 - 1.0, 1.0 - share.y * 2.0, depth, 1.0);
    return place.xyz / place.w;
}

// Distance in front of the eye; very large where nothing was drawn. The depth suffices: the projections do
// not mix it with the position in the image.
fn distance_at(pixel: vec2<i32>) -> f32 {
    let depth = depth_at(pixel);
    if depth == 0.0 {
        return 1e9;
    }
    let unproject = eye.view_from_clip;
    return -(unproject[2].z * depth + unproject[3].z) / (unproject[2].w * depth + unproject[3].w);
}

fn normal_at(pixel: vec2<i32>) -> vec3<f32> {
    return from_octahedral(textureLoad(normals, inside(pixel), 0).xy);
}

// Interleaved gradient noise, 0 to 1 (J. Jimenez, "Next generation post processing in Call of Duty",
// SIGGRAPH 2014): frac(52.98 frac(p · (0.0671, 0.00584))).
fn noise(pixel: vec2<f32>) -> f32 {
    return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715))));
}
