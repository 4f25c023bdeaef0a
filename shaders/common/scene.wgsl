// Shared declarations: eye, globals and atoms. The layouts are those of
// `crates/viewer/src/scene`: `impostor/{eye,uniforms}.rs`, `appearance.rs`, `bonds.rs` and `lines.rs`.

#define_import_path mlipview::scene

// One eye; the window has one, a headset two.
struct Eye {
    clip_from_view: mat4x4<f32>,
    view_from_clip: mat4x4<f32>,
    view_from_world: mat4x4<f32>,
    // Width and height, rendered pixels.
    size: vec2<f32>,
    // Rendered pixels per pixel of a line width, along each axis.
    samples: f32,
    // Rendered pixels per Å at a distance of 1 Å (perspective), or at any distance (orthographic).
    pixels: f32,
    // Rotation from eye to head space, a quaternion.
    head_from_eye: vec4<f32>,
    // Up in view space, and the kind of background (IMAGE, SKY, TRANSPARENT).
    up: vec3<f32>,
    background: u32,
    // Rendered pixels per image pixel, along each axis.
    render_scale: f32,
    // Atoms and bonds that are drawn: OPAQUE or FADED.
    layer: u32,
}

struct Globals {
    // Cell vectors, Å.
    cell: array<vec4<f32>, 3>,
    // Number of images along each cell vector; number of atoms.
    images: vec4<u32>,
    // Number of sticks; unused.
    counts: vec4<u32>,
    // Linear RGB with alpha, top and bottom.
    background: array<vec4<f32>, 2>,
    // Highlight colors: selected, hovered, moving.
    highlights: array<vec4<f32>, 3>,
    // Radius of sticks, Å (0: lines); minimum radius of sticks and half width of lines, image pixels;
    // unused.
    stick: vec4<f32>,
    // Å per eV/Å; Å per Å/fs; 1 for logarithmic lengths; unused.
    arrows: vec4<f32>,
    // Ambient occlusion, outlines, depth cueing (0 to 1); radius of ambient occlusion, Å.
    light: vec4<f32>,
    // Distance from the eye to the center of the scene, and its radius, Å; 1 if anything is highlighted;
    // unused.
    extent: vec4<f32>,
}

struct AtomAppearance {
    // Red, green, blue (sRGB), lowest byte first; marks (3 bits); fading (5 bits).
    color: u32,
    // Å; negative: not drawn.
    radius: f32,
}

struct Stick {
    atoms: array<u32, 2>,
    plane: u32,
    plane_shift: u32,
    packed: u32,
    // Lengths between which the bond fades out, Å.
    limits: array<f32, 2>,
}

struct Line {
    from_place: vec3<f32>,
    from_radius: f32,
    to_place: vec3<f32>,
    to_radius: f32,
    color: u32,
    // 1: radii in image pixels; 2: dashed.
    flags: u32,
    padding: vec2<u32>,
}

@group(0) @binding(0) var<uniform> eye: Eye;
@group(0) @binding(1) var<uniform> globals: Globals;
@group(1) @binding(0) var<storage, read> positions: array<f32>;
@group(1) @binding(1) var<storage, read> appearances: array<AtomAppearance>;
@group(1) @binding(2) var<storage, read> sticks: array<Stick>;
@group(1) @binding(3) var<storage, read> lines: array<Line>;
@group(1) @binding(4) var<storage, read> forces: array<f32>;
@group(1) @binding(5) var<storage, read> velocities: array<f32>;

// Kinds of background: a vertical gradient of the image, the same gradient as a sky around the viewer, or
// transparent.
const BACKDROP: u32 = 0u;
const SKY: u32 = 1u;
const TRANSPARENT: u32 = 2u;

// Outside of the clip volume, for primitives that are not drawn.
const NOWHERE: vec4<f32> = vec4<f32>(2.0, 2.0, 2.0, 1.0);

const MARK_HIGHLIGHT: u32 = 3u;
const MARK_FIXED: u32 = 4u;

// Layers of the image: opaque atoms and bonds, and faded ones, which are blended over them.
const OPAQUE: u32 = 0u;
const FADED: u32 = 1u;

fn is_orthographic() -> bool {
    return eye.clip_from_view[3][3] == 1.0;
}

fn place_of(atom: u32) -> vec3<f32> {
    return vec3(positions[3u * atom], positions[3u * atom + 1u], positions[3u * atom + 2u]);
}

// The translation of an image of the cell, by its number.
fn translation(image: u32) -> vec3<f32> {
    let i = image % globals.images.x;
    let j = (image / globals.images.x) % globals.images.y;
    let k = image / (globals.images.x * globals.images.y);
    return f32(i) * globals.cell[0].xyz + f32(j) * globals.cell[1].xyz + f32(k) * globals.cell[2].xyz;
}

fn to_view(place: vec3<f32>) -> vec3<f32> {
    return (eye.view_from_world * vec4(place, 1.0)).xyz;
}

// Rendered pixels per Å at a position in view space.
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

// The ray from the eye through a position in view space.
fn ray_through(place: vec3<f32>) -> Ray {
    if is_orthographic() {
        return Ray(vec3(place.xy, 0.0), vec3(0.0, 0.0, -1.0));
    }
    return Ray(vec3(0.0), normalize(place));
}

// Unit vector from a position to the eye.
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
    return extractBits(packed, 24u, 3u);
}

// 0 for opaque; n for an opacity of 1 - n/32.
fn fading_of(packed: u32) -> u32 {
    return packed >> 27u;
}

fn with_fading(packed: u32, fading: u32) -> u32 {
    return insertBits(packed, fading, 27u, 5u);
}

fn is_drawn(fading: u32) -> bool {
    return (fading > 0u) == (eye.layer == FADED);
}

// Octahedral encoding of a unit vector (Q. Meyer et al., Eurographics Symposium on Rendering 2010):
// p = n.xy / (|x| + |y| + |z|), with the lower half folded out: p' = (1 - |p.yx|) sign(p) for z < 0.
// Wide images show surfaces whose normals point away from the image plane, so z may be negative.
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

// Output of a surface pixel for shading: color with highlight (opaque) or opacity (faded), and normal.
struct Surface {
    @location(0) color: vec4<f32>,
    @location(1) normal: vec2<f32>,
    @builtin(frag_depth) depth: f32,
}

fn surface(place: vec3<f32>, normal: vec3<f32>, packed: u32) -> Surface {
    let marks = marks_of(packed);
    var painted = color_of(packed);
    if (marks & MARK_FIXED) != 0u {
        painted = hatched(normal, painted);
    }
    let highlight = f32(marks & MARK_HIGHLIGHT) / 3.0;
    let opacity = 1.0 - f32(fading_of(packed)) / 32.0;
    var out: Surface;
    out.color = vec4(painted, select(highlight, opacity, eye.layer == FADED));
    out.normal = octahedral(normal);
    out.depth = depth_of(place);
    return out;
}

// Dark bands mark fixed atoms.
fn hatched(normal: vec3<f32>, color: vec3<f32>) -> vec3<f32> {
    let turned = transpose(mat3x3(
        eye.view_from_world[0].xyz,
        eye.view_from_world[1].xyz,
        eye.view_from_world[2].xyz,
    )) * normal;
    let band = abs(fract((turned.x + turned.y + turned.z) * 2.5) - 0.5);
    return mix(color * 0.25, color, smoothstep(0.16, 0.22, band));
}
