// Ambient occlusion: scalable ambient obscurance (M. McGuire, M. Mara, D. Luebke, High Performance
// Graphics 2012), from N samples on a spiral around each pixel.
//
// A = 1 - 5 / (r⁶ N) · r · Σᵢ max(r² - |vᵢ|², 0)³ max((vᵢ·n - β) / (|vᵢ|² + ε), 0),
// with vᵢ from the pixel's position to that of sample i, radius r (Å), β = 0.03 Å and ε = 0.02 Å².

#import mlipview::scene::{eye, globals, pixels_at}
#import mlipview::screen::{Corner, depth_at, normal_at, place_at}

const SAMPLES: i32 = 14;
// Turns of the spiral, coprime with the number of samples for even coverage.
const TURNS: f32 = 5.0;
// Maximum radius of the spiral, as a fraction of the height.
const WIDEST: f32 = 0.18;

// Order of a pixel in tiles of 4×4, 0 to 15, far apart for neighbors (B. E. Bayer, IEEE International Conference
// on Communications 1973). Any 4×4 pixels, which shade.wgsl averages, have all 16.
fn tile_order(pixel: vec2<i32>) -> f32 {
    let both = pixel.x ^ pixel.y;
    return f32(((both & 1) << 3u) | ((pixel.y & 1) << 2u) | (both & 2) | ((pixel.y >> 1u) & 1));
}

@fragment
fn ambient_occlusion(in: Corner) -> @location(0) f32 {
    let pixel = vec2<i32>(in.clip.xy);
    let depth = depth_at(pixel);
    if depth == 0.0 || globals.light.x <= 0.0 {
        return 1.0;
    }
    let place = place_at(pixel, depth);
    let normal = normal_at(pixel);
    let radius = globals.light.w;
    let reach = min(radius * pixels_at(place), WIDEST * eye.size.y);
    if reach < 2.0 {
        return 1.0;
    }
    let turn = tile_order(pixel) / 16.0 * 6.2831853;
    var hidden = 0.0;
    // Dynamic loop bound, as in shade.wgsl.
    let last = SAMPLES * i32(ceil(globals.light.x));
    for (var i = 0; i < last; i += 1) {
        let share = (f32(i) + 0.5) / f32(SAMPLES);
        let angle = share * TURNS * 6.2831853 + turn;
        let other = pixel + vec2<i32>(vec2(cos(angle), sin(angle)) * share * reach);
        let other_depth = depth_at(other);
        if other_depth == 0.0 {
            continue;
        }
        let towards = place_at(other, other_depth) - place;
        let squared = dot(towards, towards);
        let above = dot(towards, normal) - 0.03;
        let near = max(radius * radius - squared, 0.0);
        hidden += near * near * near * max(above / (squared + 0.02), 0.0);
    }
    let sixth = pow(radius, 6.0);
    let sum = hidden * 5.0 / (sixth * f32(SAMPLES)) * radius;
    return clamp(1.0 - sum, 0.0, 1.0);
}
