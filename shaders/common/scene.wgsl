// What every drawing shader knows: the eye, the figure, the atoms. The layouts are those of
// `crates/viewer/src/scene`: `impostor/{eye,uniforms}.rs`, `appearance.rs`, `bonds.rs` and `lines.rs`.

#define_import_path mlipview::scene

// One eye, or the one eye of a flat window.
struct Eye {
    clip_from_view: mat4x4<f32>,
    view_from_clip: mat4x4<f32>,
    view_from_world: mat4x4<f32>,
    // Width and height of what is drawn, in drawn pixels.
    size: vec2<f32>,
    // Drawn pixels per pixel of the picture, along each axis.
    samples: f32,
    // Drawn pixels of a length of 1 at a distance of 1; of a length of 1 at any, without perspective.
    pixels: f32,
    // What turns directions as the eye has them to those as the head has them: a quaternion.
    head_from_eye: vec4<f32>,
    // Upwards, as the eye sees it, and what is behind everything (BACKDROP, SPACE, NOTHING).
    up: vec3<f32>,
    surroundings: u32,
}

struct Figure {
    // The vectors of the cell, Å.
    cell: array<vec4<f32>, 3>,
    // How often the cell is drawn along each of them; the number of atoms.
    images: vec4<u32>,
    // The number of sticks; unused.
    counts: vec4<u32>,
    // sRGB, made linear; with opacity.
    background: array<vec4<f32>, 2>,
    // Colors of outlines: chosen, under the pointer, about to move.
    outlines: array<vec4<f32>, 3>,
    // Radius of sticks, Å (0: lines); smallest radius of sticks, half the width of lines, drawn
    // pixels of the picture; unused.
    stick: vec4<f32>,
    // Å per eV/Å; Å per Å/fs; 1 where lengths are logarithmic; unused.
    arrows: vec4<f32>,
    // Occlusion, contours, depth cue (0 to 1); radius of occlusion, Å.
    light: vec4<f32>,
    // Distance from the eye to the middle of what is drawn, and its radius, Å; 1 where anything has an
    // outline; unused.
    extent: vec4<f32>,
}

struct Look {
    // Red, green, blue (sRGB), marks; lowest byte first.
    color: u32,
    radius: f32,
}

struct Stick {
    atoms: array<u32, 2>,
    plane: u32,
    plane_shift: u32,
    packed: u32,
    // Between which lengths the bond fades, Å.
    limits: array<f32, 2>,
}

struct Stroke {
    from_place: vec3<f32>,
    from_radius: f32,
    to_place: vec3<f32>,
    to_radius: f32,
    color: u32,
    // 1: radii are in pixels of the picture; 2: dashed.
    flags: u32,
    padding: vec2<u32>,
}

@group(0) @binding(0) var<uniform> eye: Eye;
@group(0) @binding(1) var<uniform> figure: Figure;
@group(1) @binding(0) var<storage, read> positions: array<f32>;
@group(1) @binding(1) var<storage, read> looks: array<Look>;
@group(1) @binding(2) var<storage, read> sticks: array<Stick>;
@group(1) @binding(3) var<storage, read> strokes: array<Stroke>;
@group(1) @binding(4) var<storage, read> forces: array<f32>;
@group(1) @binding(5) var<storage, read> velocities: array<f32>;

// What is behind everything: colors from the upper edge of the picture to the lower, the same from
// above to below in the space around a person, or what the display shows.
const BACKDROP: u32 = 0u;
const SPACE: u32 = 1u;
const NOTHING: u32 = 2u;

// Outside of every picture: where what is not drawn goes.
const NOWHERE: vec4<f32> = vec4<f32>(2.0, 2.0, 2.0, 1.0);

const MARK_OUTLINE: u32 = 3u;
const MARK_FIXED: u32 = 4u;

fn is_orthographic() -> bool {
    return eye.clip_from_view[3][3] == 1.0;
}

fn place_of(atom: u32) -> vec3<f32> {
    return vec3(positions[3u * atom], positions[3u * atom + 1u], positions[3u * atom + 2u]);
}

// The translation of an image of the cell, by its number.
fn translation(image: u32) -> vec3<f32> {
    let i = image % figure.images.x;
    let j = (image / figure.images.x) % figure.images.y;
    let k = image / (figure.images.x * figure.images.y);
    return f32(i) * figure.cell[0].xyz + f32(j) * figure.cell[1].xyz + f32(k) * figure.cell[2].xyz;
}

fn to_view(place: vec3<f32>) -> vec3<f32> {
    return (eye.view_from_world * vec4(place, 1.0)).xyz;
}

// Drawn pixels of a length of 1 Å at a place seen by the eye.
fn pixels_at(place: vec3<f32>) -> f32 {
    if is_orthographic() {
        return eye.pixels;
    }
    return eye.pixels / max(-place.z, 1e-6);
}

struct Ray {
    origin: vec3<f32>,
    direction: vec3<f32>,
}

// The ray from the eye through a place.
fn ray_through(place: vec3<f32>) -> Ray {
    if is_orthographic() {
        return Ray(vec3(place.xy, 0.0), vec3(0.0, 0.0, -1.0));
    }
    return Ray(vec3(0.0), normalize(place));
}

// The direction from a place to the eye.
fn sight_from(place: vec3<f32>) -> vec3<f32> {
    if is_orthographic() {
        return vec3(0.0, 0.0, 1.0);
    }
    return -normalize(place);
}

fn depth_of(place: vec3<f32>) -> f32 {
    let clip = eye.clip_from_view * vec4(place, 1.0);
    return clip.z / clip.w;
}

fn linear(color: vec3<f32>) -> vec3<f32> {
    let low = color / 12.92;
    let high = pow((color + 0.055) / 1.055, vec3(2.4));
    return select(high, low, color <= vec3(0.04045));
}

fn color_of(packed: u32) -> vec3<f32> {
    return linear(unpack4x8unorm(packed).rgb);
}

fn marks_of(packed: u32) -> u32 {
    return packed >> 24u;
}

// A unit vector as two numbers: folded onto an octahedron, whose lower half is turned out over the
// corners of the upper (Q. Meyer et al., Eurographics Symposium on Rendering 2010). Far from the axis
// of a wide picture surfaces are seen whose normals point away from its plane.
fn octahedral(normal: vec3<f32>) -> vec2<f32> {
    let flat = normal / (abs(normal.x) + abs(normal.y) + abs(normal.z));
    return select(turned_out(flat.xy), flat.xy, flat.z >= 0.0);
}

fn from_octahedral(flat: vec2<f32>) -> vec3<f32> {
    let height = 1.0 - abs(flat.x) - abs(flat.y);
    return normalize(vec3(select(turned_out(flat), flat, height >= 0.0), height));
}

fn turned_out(flat: vec2<f32>) -> vec2<f32> {
    return (1.0 - abs(flat.yx)) * select(vec2(-1.0), vec2(1.0), flat >= vec2(0.0));
}

// What one pixel of a surface leaves for the shading: color and outline, and the normal.
struct Surface {
    @location(0) color: vec4<f32>,
    @location(1) normal: vec2<f32>,
    @builtin(frag_depth) depth: f32,
}

fn surface(place: vec3<f32>, normal: vec3<f32>, color: vec3<f32>, marks: u32) -> Surface {
    var painted = color;
    if (marks & MARK_FIXED) != 0u {
        painted = hatched(normal, color);
    }
    var out: Surface;
    out.color = vec4(painted, f32(marks & MARK_OUTLINE) / 3.0);
    out.normal = octahedral(normal);
    out.depth = depth_of(place);
    return out;
}

// Fixed atoms wear dark bands.
fn hatched(normal: vec3<f32>, color: vec3<f32>) -> vec3<f32> {
    let turned = transpose(mat3x3(
        eye.view_from_world[0].xyz,
        eye.view_from_world[1].xyz,
        eye.view_from_world[2].xyz,
    )) * normal;
    let band = abs(fract((turned.x + turned.y + turned.z) * 2.5) - 0.5);
    return mix(color * 0.25, color, smoothstep(0.16, 0.22, band));
}
