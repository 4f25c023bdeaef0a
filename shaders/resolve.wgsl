// Resolves rendered pixels to image pixels with anti-aliasing: the mean of a square if supersampled, otherwise
// along edges after T. Lottes, "FXAA" (NVIDIA white paper, 2009); interpolated at reduced render scale.

#import mlipview::scene::{TRANSPARENT, eye}

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

// An unfiltered pixel, faster than a sampled one.
fn pixel_at(pixel: vec2<i32>) -> vec4<f32> {
    return textureLoad(drawn, clamp(pixel, vec2(0), vec2<i32>(eye.size) - 1), 0);
}

fn brightness(color: vec4<f32>) -> f32 {
    return sqrt(dot(color.rgb, vec3(0.299, 0.587, 0.114))) + 0.5 * color.a;
}

// Straight instead of premultiplied alpha, except for additive displays.
fn straight_alpha(color: vec4<f32>) -> vec4<f32> {
    if eye.background == TRANSPARENT {
        return color;
    }
    return vec4(color.rgb / max(color.a, 1e-4), color.a);
}

// Mean of the n × n rendered pixels of an image pixel, in linear light with premultiplied alpha.
fn mean(pixel: vec2<i32>, n: i32) -> vec4<f32> {
    var sum = vec4(0.0);
    for (var row = 0; row < n; row += 1) {
        for (var column = 0; column < n; column += 1) {
            sum += pixel_at(n * pixel + vec2(column, row));
        }
    }
    return sum / f32(n * n);
}

@fragment
fn resolve(in: Corner) -> @location(0) vec4<f32> {
    if eye.render_scale > 2.5 {
        return straight_alpha(mean(vec2<i32>(in.clip.xy), i32(round(eye.render_scale))));
    }
    if eye.render_scale > 1.5 {
        // Sampled between four rendered pixels: their mean.
        return straight_alpha(at(in.clip.xy * 2.0));
    }
    let here = in.clip.xy * eye.render_scale;
    let pixel = vec2<i32>(here);
    var center = pixel_at(pixel);
    if eye.render_scale < 1.0 {
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
        return straight_alpha(center);
    }
    // Along the edge: perpendicular to the brightness gradient.
    var along = vec2(down_left + down_right - up_left - up_right, up_left + down_left - up_right - down_right);
    let weakest = max((up_left + up_right + down_left + down_right) * 0.03125, 0.0078125);
    along /= min(abs(along.x), abs(along.y)) + weakest;
    along = clamp(along, vec2(-8.0), vec2(8.0));
    let near = 0.5 * (at(here + along * (-1.0 / 6.0)) + at(here + along * (1.0 / 6.0)));
    let wide = 0.5 * near + 0.25 * (at(here - along * 0.5) + at(here + along * 0.5));
    let bright = brightness(wide);
    return straight_alpha(select(wide, near, bright < low || bright > high));
}
