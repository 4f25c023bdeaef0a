// How much of the sky a place sees: the scalable ambient obscurance of M. McGuire, M. Mara and
// D. Luebke (High Performance Graphics 2012), from places on a spiral around each pixel.

#import mlipview::scene::{eye, figure, pixels_at}
#import mlipview::screen::{Corner, depth_at, noise, normal_at, place_at}

const SAMPLES: i32 = 14;
// Turns of the spiral: no common divisor with the number of samples, so that it covers evenly.
const TURNS: f32 = 5.0;
// Widest spiral, drawn pixels per drawn pixel of height.
const WIDEST: f32 = 0.18;

@fragment
fn occlusion(in: Corner) -> @location(0) f32 {
    let pixel = vec2<i32>(in.clip.xy);
    let depth = depth_at(pixel);
    if depth == 0.0 || figure.light.x <= 0.0 {
        return 1.0;
    }
    let place = place_at(pixel, depth);
    let normal = normal_at(pixel);
    let radius = figure.light.w;
    let reach = min(radius * pixels_at(place), WIDEST * eye.size.y);
    if reach < 2.0 {
        return 1.0;
    }
    let turn = noise(in.clip.xy) * 6.2831853;
    var hidden = 0.0;
    // A bound that is known only when it runs, as in shade.wgsl.
    let last = SAMPLES * i32(ceil(figure.light.x));
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
