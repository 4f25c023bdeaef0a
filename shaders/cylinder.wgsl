// Cylinder and cone impostors for bonds, lines and arrows: a rectangle that covers the projected cone,
// with a ray–cone intersection per pixel.
//
// A cone from p (radius r₀) along the unit vector a with length L (radius r₁ at the end) is
// |q|² - (q·a)² = (r₀ + k q·a)², with q relative to p and k = (r₁ - r₀) / L. The ray q = o + t v gives
// A t² + 2 B t + C = 0 with w = r₀ + k o·a and
// A = 1 - (v·a)² (1 + k²), B = o·v - (o·a)(v·a) - w k (v·a), C = |o|² - (o·a)² - w².
// The caps are discs: t = -(o·a)/(v·a) and (L - o·a)/(v·a).

#import mlipview::scene::{
    FADED, NOWHERE, Surface, appearances, eye, fading_of, forces, globals, is_drawn, is_orthographic, lines,
    pixels_at, place_of, ray_through, sight_from, sticks, surface, to_view, translation, velocities,
    with_fading,
}

// Sticks with a smaller radius, in image pixels, are shaded flat.
const FLAT: f32 = 1.0;

const HALF: u32 = 1u;
const DASHED: u32 = 2u;

struct Corner {
    @builtin(position) clip: vec4<f32>,
    @location(0) place: vec3<f32>,
    @location(1) @interpolate(flat) start: vec4<f32>,
    @location(2) @interpolate(flat) end: vec4<f32>,
    @location(3) @interpolate(flat) colors: vec2<u32>,
    // Drawn fraction of each dash; 1 for solid.
    @location(4) @interpolate(flat) strength: f32,
    // Bit 0: only the first half is drawn; bit 1: dashed; bit 2: flat.
    @location(5) @interpolate(flat) flags: u32,
}

fn nothing() -> Corner {
    var out: Corner;
    out.clip = NOWHERE;
    return out;
}

// A corner of the rectangle that covers a cone between two positions in view space.
fn corner_of(
    vertex: u32,
    start: vec3<f32>,
    start_radius: f32,
    end: vec3<f32>,
    end_radius: f32,
) -> Corner {
    var out: Corner;
    out.start = vec4(start, start_radius);
    out.end = vec4(end, end_radius);
    out.strength = 1.0;
    let radius = max(start_radius, end_radius);
    let axis = end - start;
    let length = length(axis);
    let middle = (start + end) * 0.5;
    if length < 1e-6 || (!is_orthographic() && max(start.z, end.z) > -1e-3) {
        out.clip = NOWHERE;
        return out;
    }
    let along = axis / length;
    let sight = select(normalize(middle), vec3(0.0, 0.0, -1.0), is_orthographic());
    let beside = cross(along, sight);
    // Distance of the axis from the eye: the nearer, the wider the cone of tangent rays.
    let passing = select(length_of_cross(middle, along), 1e9, is_orthographic());
    let side = vec2(f32(vertex & 1u), f32(vertex >> 1u)) * 2.0 - 1.0;
    let outward = normalize(cross(beside, along));
    let over = vec2(overhang(start, start_radius, along, outward), overhang(end, end_radius, along, outward));
    if dot(beside, beside) < 0.01 || passing < 2.0 * radius || max(over.x, over.y) > 4.0 * radius {
        // Viewed nearly along the axis: a square that covers the bounding sphere.
        let around = length * 0.5 + radius;
        let distance = select(length_of(middle), 1e9, is_orthographic());
        let wide = around / sqrt(max(1.0 - (around * around) / (distance * distance), 0.02));
        let right = normalize(cross(sight, vec3(0.0, 1.0, 0.0001)));
        out.place = middle + (right * side.x + cross(right, sight) * side.y) * wide;
    } else {
        let wide = radius / sqrt(1.0 - (radius * radius) / (passing * passing));
        let beyond = max(select(over.y, over.x, side.y < 0.0), 1.5 * wide);
        out.place = middle + along * side.y * (length * 0.5 + beyond)
            + normalize(beside) * side.x * wide * 1.02;
    }
    out.clip = eye.clip_from_view * vec4(out.place, 1.0);
    return out;
}

// Projected extent of a cap beyond the end of the axis, in the plane through the axis that faces the eye:
// where the rays to its foremost and rearmost point intersect that plane.
fn overhang(end: vec3<f32>, radius: f32, along: vec3<f32>, outward: vec3<f32>) -> f32 {
    let one = sight_from(end + outward * radius);
    let other = sight_from(end - outward * radius);
    let slopes = abs(vec2(dot(one, along), dot(other, along)))
        / max(abs(vec2(dot(one, outward), dot(other, outward))), vec2(1e-6));
    return radius * max(slopes.x, slopes.y);
}

fn length_of(v: vec3<f32>) -> f32 {
    return length(v);
}

fn length_of_cross(a: vec3<f32>, b: vec3<f32>) -> f32 {
    return length(cross(a, b));
}

// Fading of a stick that is not drawn, as in `crates/viewer/src/scene/opacities.rs`.
const HIDDEN: u32 = 255u;

// Cell translation along a, b and c, packed as signed bytes as in `Stick` of
// `crates/viewer/src/scene/bonds.rs`.
fn shift_of(packed: u32) -> vec3<f32> {
    let cells = bitcast<i32>(packed);
    return f32(extractBits(cells, 0u, 8u)) * globals.cell[0].xyz
        + f32(extractBits(cells, 8u, 8u)) * globals.cell[1].xyz
        + f32(extractBits(cells, 16u, 8u)) * globals.cell[2].xyz;
}

@vertex
fn stick(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Corner {
    let count = globals.counts.x;
    let bond = sticks[instance % count];
    let lane = extractBits(bond.packed, 24u, 2u);
    let lanes = extractBits(bond.packed, 26u, 2u);
    let moved = translation(instance / count);
    let start = place_of(bond.atoms[0]) + moved;
    let end = place_of(bond.atoms[1]) + shift_of(bond.packed) + moved;
    let distance = length(end - start);
    // As `Limits::strength` in `crates/core/src/chem/bonds/lengths.rs`.
    let strength = 1.0 - smoothstep(bond.limits[0], bond.limits[1], distance);
    if strength <= 0.0 || distance < 1e-4 {
        return nothing();
    }
    let one = appearances[bond.atoms[0]];
    let other = appearances[bond.atoms[1]];
    let fading = extractBits(bond.plane_shift, 24u, 8u);
    if fading == HIDDEN || !is_drawn(fading) {
        return nothing();
    }
    var radius = globals.stick.x;
    var from_view = to_view(start);
    var to = to_view(end);
    if lanes > 1u {
        let beside = place_of(bond.plane) + shift_of(bond.plane_shift) + moved;
        let apart = lane_direction(from_view, to, to_view(beside), lanes);
        // As `breadth` in `crates/viewer/src/scene/bonds.rs`.
        let offset = apart * (f32(lane) - 0.5 * f32(lanes - 1u)) * 3.68 * radius / f32(lanes);
        radius *= 0.85 / f32(lanes);
        from_view += offset;
        to += offset;
    }
    let pixels = pixels_at((from_view + to) * 0.5) / eye.samples;
    let smallest = select(globals.stick.y, globals.stick.z, globals.stick.x == 0.0) / pixels;
    radius = max(radius * (0.5 + 0.5 * strength), smallest);
    var out = corner_of(vertex, from_view, radius, to, radius);
    out.colors = vec2(with_fading(one.color, fading), with_fading(other.color, fading));
    // The inner stick of an aromatic bond is always dashed.
    let is_aromatic = extractBits(bond.packed, 29u, 1u) == 1u;
    out.strength = select(strength, min(strength, 0.4), is_aromatic);
    out.flags = select(0u, HALF, extractBits(bond.packed, 28u, 1u) == 1u)
        | select(0u, DASHED, strength < 0.999 || is_aromatic)
        | select(0u, 4u, radius * pixels < FLAT);
    return out;
}

// Direction between the sticks of a bond: two lie in the plane of a neighbor; three, or two without a
// neighbor more than 12° off the axis, lie side by side for the eye.
fn lane_direction(start: vec3<f32>, end: vec3<f32>, neighbor: vec3<f32>, lanes: u32) -> vec3<f32> {
    let along = normalize(end - start);
    let away = neighbor - start;
    let off = away - along * dot(away, along);
    if lanes == 2u && dot(off, off) > 0.04 * dot(away, away) {
        return normalize(off);
    }
    let beside = cross(along, sight_from((start + end) * 0.5));
    if dot(beside, beside) > 1e-6 {
        return normalize(beside);
    }
    return normalize(cross(along, vec3(0.0, 1.0, 0.01)));
}

@vertex
fn line(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Corner {
    if eye.layer == FADED {
        return nothing();
    }
    let segment = lines[instance];
    let start = to_view(segment.from_place);
    let end = to_view(segment.to_place);
    var radii = vec2(segment.from_radius, segment.to_radius);
    if (segment.flags & 1u) != 0u {
        radii = radii * eye.samples / pixels_at((start + end) * 0.5);
    }
    var out = corner_of(vertex, start, radii.x, end, radii.y);
    out.colors = vec2(segment.color);
    out.strength = 0.5;
    out.flags = segment.flags & DASHED;
    return out;
}

// Two instances per arrow, shaft and head; first the forces of all atoms, then the velocities.
@vertex
fn arrow(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Corner {
    let atoms = globals.images.w;
    let atom = (instance / 2u) % atoms;
    let is_velocity = instance >= 2u * atoms;
    var vector: vec3<f32>;
    if is_velocity {
        vector = vec3(velocities[3u * atom], velocities[3u * atom + 1u], velocities[3u * atom + 2u]);
    } else {
        vector = vec3(forces[3u * atom], forces[3u * atom + 1u], forces[3u * atom + 2u]);
    }
    let scale = select(globals.arrows.x, globals.arrows.y, is_velocity);
    let size = length(vector);
    var long = size * scale;
    if globals.arrows.z == 1.0 {
        long = log2(1.0 + 8.0 * long) * 0.4;
    }
    let fading = fading_of(appearances[atom].color);
    if scale <= 0.0 || !(long > 0.02) || appearances[atom].radius < 0.0 || !is_drawn(fading) {
        return nothing();
    }
    let along = vector / size;
    let start = place_of(atom) + along * appearances[atom].radius * 0.9;
    let head = min(0.36, 0.5 * long);
    let neck = start + along * (long - head);
    let thick = min(0.055, 0.25 * long);
    var out: Corner;
    if instance % 2u == 0u {
        out = corner_of(vertex, to_view(start), thick, to_view(neck), thick);
    } else {
        out = corner_of(vertex, to_view(neck), 2.4 * thick, to_view(start + along * long), 0.0);
    }
    // Forces orange, velocities teal.
    out.colors = vec2(with_fading(select(0x001a80f2u, 0x00b09e1au, is_velocity), fading));
    return out;
}

@fragment
fn cylinder(in: Corner) -> Surface {
    let axis = in.end.xyz - in.start.xyz;
    let length = length(axis);
    let along = axis / length;
    let ray = ray_through(in.place);
    let slope = (in.end.w - in.start.w) / length;
    // Start near the cone to avoid cancellation for distant eyes.
    let skip = dot(in.start.xyz + axis * 0.5 - ray.origin, ray.direction) - length;
    let origin = ray.origin + ray.direction * skip - in.start.xyz;
    let o = dot(origin, along);
    let d = dot(ray.direction, along);
    let wide = in.start.w + slope * o;
    let a = 1.0 - d * d * (1.0 + slope * slope);
    let b = dot(origin, ray.direction) - o * d - wide * slope * d;
    let c = dot(origin, origin) - o * o - wide * wide;
    let discriminant = b * b - a * c;
    var best = 1e30;
    var normal = vec3(0.0);
    if discriminant >= 0.0 && abs(a) > 1e-9 {
        let root = sqrt(discriminant);
        // Ascending roots; for a < 0 the order is reversed.
        let roots = vec2((-b - root) / a, (-b + root) / a);
        let ordered = vec2(min(roots.x, roots.y), max(roots.x, roots.y));
        for (var i = 0; i < 2; i += 1) {
            let t = select(ordered.y, ordered.x, i == 0);
            let y = o + t * d;
            if y >= 0.0 && y <= length && in.start.w + slope * y >= 0.0 && t < best {
                best = t;
                let q = origin + t * ray.direction;
                normal = normalize(q - along * y - along * (in.start.w + slope * y) * slope);
            }
        }
    }
    if abs(d) > 1e-6 {
        let ends = vec2(-o / d, (length - o) / d);
        let radii = vec2(in.start.w, in.end.w);
        for (var i = 0; i < 2; i += 1) {
            let t = select(ends.y, ends.x, i == 0);
            let r = select(radii.y, radii.x, i == 0);
            let q = origin + t * ray.direction - along * select(length, 0.0, i == 0);
            if t < best && dot(q, q) <= r * r {
                best = t;
                normal = select(along, -along, i == 0);
            }
        }
    }
    if best > 1e29 {
        discard;
    }
    let place = ray.origin + ray.direction * (skip + best);
    let share = dot(place - in.start.xyz, along) / length;
    if (in.flags & HALF) != 0u && share > 0.5 {
        discard;
    }
    if (in.flags & DASHED) != 0u && abs(fract(share * 7.0) - 0.5) > 0.15 + 0.35 * in.strength {
        discard;
    }
    if (in.flags & 4u) != 0u {
        normal = sight_from(place);
    }
    let color = select(in.colors.y, in.colors.x, share < 0.5);
    // Bonds of fixed atoms have no bands.
    return surface(place, normal, insertBits(color, 0u, 26u, 1u));
}
