// Shading: lighting, ambient occlusion, outlines, highlights and depth cueing.
//
// color = base (sky O + (0.62 key + 0.10 fill) mix(1, O, 0.55)) + 0.16 O (n·h)⁴⁸, with the openness O
// (1 - occlusion), wrapped diffuse key = (n·l + 0.25) / 1.25, and h half way between light and eye.

#import mlipview::scene::{SKY, TRANSPARENT, eye, globals, pixels_at, sight_from}
#import mlipview::screen::{
    Corner, colors, depth_at, distance_at, inside, noise, normal_at, place_at,
}

@group(1) @binding(3) var occlusions: texture_2d<f32>;
// Depth of the opaque layer.
@group(1) @binding(4) var opaque_depths: texture_depth_2d;

// Unit vectors towards the lights in head space: key light over the left shoulder, fill light from the
// other side.
const KEY: vec3<f32> = vec3<f32>(-0.371, 0.557, 0.743);
const FILL: vec3<f32> = vec3<f32>(0.707, -0.141, 0.693);

fn background(in: Corner) -> vec4<f32> {
    if eye.background == TRANSPARENT {
        return vec4(0.0);
    }
    var share = in.clip.y / eye.size.y;
    if eye.background == SKY {
        // The depth does not matter for the direction.
        share = 0.5 + 0.5 * dot(sight_from(place_at(vec2<i32>(in.clip.xy), 0.5)), eye.up);
    }
    var color = mix(globals.background[0], globals.background[1], share);
    if eye.background == SKY {
        color.a = 1.0;
    }
    // Dithering against banding.
    let grain = (noise(in.clip.xy) - 0.5) / 255.0;
    return vec4(max(color.rgb + grain * step(vec3(0.001), color.rgb), vec3(0.0)), color.a);
}

// Bilateral mean over the 4×4 pixels of a noise tile: O = Σ w O / Σ w, w = 1 / (0.02 + |Δ|), where Δ is the
// distance from the tangent plane of the pixel's surface along the line of sight, Å.
fn occlusion_at(pixel: vec2<i32>, place: vec3<f32>, normal: vec3<f32>) -> f32 {
    // Dynamic loop bounds: CPU drivers would otherwise unroll the loop and run it with the effect off.
    let reach = i32(2.0 * ceil(globals.light.x));
    // Distance of the tangent plane per pixel to the right and down.
    let sight = sight_from(place);
    let facing = max(dot(normal, sight) / sight.z, 0.1);
    let slope = vec2(normal.x, -normal.y) / (facing * pixels_at(place));
    var sum = 1e-6;
    var weight = 1e-6;
    for (var i = -reach; i < reach; i += 1) {
        for (var j = -reach; j < reach; j += 1) {
            let other = inside(pixel + vec2(i, j));
            let expected = dot(slope, vec2(f32(i), f32(j))) - place.z;
            let same = 1.0 / (0.02 + abs(distance_at(other) - expected));
            sum += same * textureLoad(occlusions, other, 0).r;
            weight += same;
        }
    }
    return sum / weight;
}

// Rotates a direction from eye to head space, v + 2 q × (q × v + w v): both eyes see the same light.
fn of_head(direction: vec3<f32>) -> vec3<f32> {
    let axis = eye.head_from_eye.xyz;
    return direction + 2.0 * cross(axis, cross(axis, direction) + eye.head_from_eye.w * direction);
}

fn lit(color: vec3<f32>, normal: vec3<f32>, sight: vec3<f32>, openness: f32) -> vec3<f32> {
    let key = clamp((dot(normal, KEY) + 0.25) / 1.25, 0.0, 1.0);
    let fill = max(dot(normal, FILL), 0.0);
    let half_way = normalize(KEY + sight);
    let gloss = pow(max(dot(normal, half_way), 0.0), 48.0) * 0.16 * openness;
    let sky = 0.34 + 0.08 * normal.y;
    return color * (sky * openness + (0.62 * key + 0.10 * fill) * mix(1.0, openness, 0.55)) + gloss;
}

// Outline: 1 next to a much more distant surface or the background.
fn outline_at(pixel: vec2<i32>, distance: f32) -> f32 {
    let step = max(i32(round(eye.samples)), 1);
    // As above: no iterations without outlines.
    let last = step * i32(ceil(globals.light.y));
    var jump = 0.0;
    for (var at = select(step, -step, last > 0); at <= last; at += 2 * step) {
        jump = max(jump, distance_at(pixel + vec2(at, 0)) - distance);
        jump = max(jump, distance_at(pixel + vec2(0, at)) - distance);
    }
    return smoothstep(0.35, 1.2, jump);
}

// The strongest highlight mark nearby, in the alpha channel of the color texture.
fn highlight_at(pixel: vec2<i32>, own: f32) -> f32 {
    var strongest = 0.0;
    let reach = 2.5 * eye.samples * globals.extent.z;
    let steps = i32(ceil(reach));
    for (var i = -steps; i <= steps; i += 1) {
        for (var j = -steps; j <= steps; j += 1) {
            if f32(i * i + j * j) <= reach * reach {
                strongest = max(strongest, textureLoad(colors, inside(pixel + vec2(i, j)), 0).a);
            }
        }
    }
    return select(0.0, strongest, strongest > own + 0.1);
}

fn highlight_color(mark: f32) -> vec3<f32> {
    return globals.highlights[clamp(i32(round(mark * 3.0)) - 1, 0, 2)].rgb;
}

// A surface over the background, with premultiplied alpha; `mark` is its highlight, 0 to 1.
fn shaded(pixel: vec2<i32>, depth: f32, base: vec3<f32>, mark: f32, behind: vec4<f32>) -> vec4<f32> {
    let place = place_at(pixel, depth);
    let seen = normal_at(pixel);
    let normal = of_head(seen);
    let sight = of_head(sight_from(place));
    let openness = mix(1.0, occlusion_at(pixel, place, seen), globals.light.x);
    var color = lit(base, normal, sight, openness);
    if mark > 0.1 {
        color = mix(color, highlight_color(mark), 0.18);
    }
    color *= 1.0 - globals.light.y * 0.85 * outline_at(pixel, -place.z);
    let far = (-place.z - globals.extent.x) / max(globals.extent.y, 1.0);
    let fade = globals.light.z * smoothstep(-0.6, 1.3, far) * 0.85;
    return mix(vec4(color, 1.0), behind, fade);
}

// The faded layer, blended over the opaque one: its nearest surface with its opacity.
@fragment
fn blend(in: Corner) -> @location(0) vec4<f32> {
    let pixel = vec2<i32>(in.clip.xy);
    let depth = depth_at(pixel);
    // Reversed depth: nearer surfaces have larger ones, and 0 is nothing.
    if depth <= textureLoad(opaque_depths, pixel, 0) {
        discard;
    }
    let own = textureLoad(colors, pixel, 0);
    let behind = background(in);
    return own.a * shaded(pixel, depth, own.rgb, 0.0, vec4(behind.rgb * behind.a, behind.a));
}

@fragment
fn shade(in: Corner) -> @location(0) vec4<f32> {
    let pixel = vec2<i32>(in.clip.xy);
    let behind = background(in);
    let depth = depth_at(pixel);
    let own = textureLoad(colors, pixel, 0);
    var picture = vec4(behind.rgb * behind.a, behind.a);
    if depth > 0.0 {
        picture = shaded(pixel, depth, own.rgb, own.a, picture);
    }
    let mark = highlight_at(pixel, select(0.0, own.a, depth > 0.0));
    if mark > 0.1 {
        picture = vec4(highlight_color(mark), 1.0);
    }
    return picture;
}
