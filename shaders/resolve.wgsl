// From drawn pixels to the pixels of the picture, with smooth edges: the mean of four where they
// were drawn, else along edges after T. Lottes, "FXAA" (NVIDIA white paper, 2009); between pixels
// where fewer were drawn.

#import mlipview::scene::{NOTHING, eye}

struct Corner {
    @builtin(position) clip: vec4<f32>,
}

@group(1) @binding(0) var drawn: texture_2d<f32>;
@group(1) @binding(1) var between: sampler;

@vertex
fn cover(@builtin(vertex_index) vertex: u32) -> Corner {
    let corner = vec2(f32(vertex & 1u), f32(vertex >> 1u)) * 4.0 - 1.0;
    return Corner(vec4(corner, 0.0, 1.0));
}

fn at(pixel: vec2<f32>) -> vec4<f32> {
    return textureSampleLevel(drawn, between, pixel / eye.size, 0.0);
}

// A whole pixel, which is read faster than what lies between pixels.
fn pixel_at(pixel: vec2<i32>) -> vec4<f32> {
    return textureLoad(drawn, clamp(pixel, vec2(0), vec2<i32>(eye.size) - 1), 0);
}

fn brightness(color: vec4<f32>) -> f32 {
    return sqrt(dot(color.rgb, vec3(0.299, 0.587, 0.114))) + 0.5 * color.a;
}

// Pictures carry their color apart from their opacity, but for displays that add it to what is seen
// through them.
fn apart(color: vec4<f32>) -> vec4<f32> {
    if eye.surroundings == NOTHING {
        return color;
    }
    return vec4(color.rgb / max(color.a, 1e-4), color.a);
}

@fragment
fn resolve(in: Corner) -> @location(0) vec4<f32> {
    if eye.samples > 1.5 {
        // Between four drawn pixels: their mean.
        return apart(at(in.clip.xy * 2.0));
    }
    let here = in.clip.xy * eye.samples;
    let pixel = vec2<i32>(here);
    var center = pixel_at(pixel);
    if eye.samples < 1.0 {
        center = at(here);
    }
    let up_left = brightness(pixel_at(pixel + vec2(-1, -1)));
    let up_right = brightness(pixel_at(pixel + vec2(1, -1)));
    let down_left = brightness(pixel_at(pixel + vec2(-1, 1)));
    let down_right = brightness(pixel_at(pixel + vec2(1, 1)));
    let middle = brightness(center);
    let low = min(middle, min(min(up_left, up_right), min(down_left, down_right)));
    let high = max(middle, max(max(up_left, up_right), max(down_left, down_right)));
    if high - low < max(0.04, high * 0.125) {
        return apart(center);
    }
    // Along the edge: at right angles to where brightness grows.
    var along = vec2(down_left + down_right - up_left - up_right, up_left + down_left - up_right - down_right);
    let weakest = max((up_left + up_right + down_left + down_right) * 0.03125, 0.0078125);
    along /= min(abs(along.x), abs(along.y)) + weakest;
    along = clamp(along, vec2(-8.0), vec2(8.0));
    let near = 0.5 * (at(here + along * (-1.0 / 6.0)) + at(here + along * (1.0 / 6.0)));
    let wide = 0.5 * near + 0.25 * (at(here - along * 0.5) + at(here + along * 0.5));
    let bright = brightness(wide);
    return apart(select(wide, near, bright < low || bright > high));
}
