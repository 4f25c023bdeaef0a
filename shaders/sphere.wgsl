// Sphere impostors: a square that covers the projected sphere, with a ray–sphere intersection per pixel.
//
// Vertex: for a sphere with center c (distance d from the eye) and radius r, tangent rays form a cone of
// half-angle asin(r/d). A square perpendicular to c at distance d - r covers it with the half-width
// (d - r) tan(asin(r/d)) = (d - r) r / sqrt(d² - r²). The square lies in front of the sphere, so that
// hidden pixels can be rejected by an early depth test: most of them when the eye is among the atoms.
//
// Fragment: ray o + t v, |v| = 1: with t₀ = (c - o)·v and b = o + t₀ v - c (closest approach),
// t = t₀ - sqrt(r² - |b|²), normal n = (o + t v - c) / r.

#import mlipview::scene::{
    NOWHERE, Surface, appearances, depth_of, eye, fading_of, globals, is_drawn, is_orthographic, pixels_at,
    place_of, ray_through, sight_from, surface, to_view, translation,
}

// Atoms with a smaller radius, in image pixels, are flat discs; those below POINT are points.
const DISC: f32 = 1.5;
const POINT: f32 = 0.6;

struct Corner {
    @builtin(position) clip: vec4<f32>,
    @location(0) place: vec3<f32>,
    @location(1) @interpolate(flat) center: vec3<f32>,
    @location(2) @interpolate(flat) radius: f32,
    @location(3) @interpolate(flat) color: u32,
    @location(4) @interpolate(flat) is_disc: u32,
}

@vertex
fn square(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Corner {
    let atom = instance % globals.images.w;
    let appearance = appearances[atom];
    let center = to_view(place_of(atom) + translation(instance / globals.images.w));
    let radius = appearance.radius;
    let pixels = radius * pixels_at(center) / eye.render_scale;
    var out: Corner;
    out.clip = NOWHERE;
    out.center = center;
    out.radius = radius;
    out.color = appearance.color;
    out.is_disc = select(0u, 1u, pixels < DISC);
    let distance = select(length(center), -center.z, is_orthographic());
    // In the other layer, too small, or the eye is inside.
    if !is_drawn(fading_of(appearance.color)) || radius <= 0.0 || pixels < POINT || (distance <= 1.05 * radius && !is_orthographic()) {
        return out;
    }
    let corner = vec2(f32(vertex & 1u), f32(vertex >> 1u)) * 2.0 - 1.0;
    if is_orthographic() {
        out.place = center + vec3(corner * radius, radius);
    } else {
        let towards = center / distance;
        let right = normalize(cross(towards, vec3(0.0, 1.0, 0.0001)));
        let up = cross(right, towards);
        let front = distance - radius;
        let half = front * radius / sqrt(distance * distance - radius * radius);
        out.place = towards * front + (right * corner.x + up * corner.y) * half;
    }
    out.clip = eye.clip_from_view * vec4(out.place, 1.0);
    return out;
}

#ifdef HIDDEN_FIRST
@fragment @early_depth_test(less_equal)
#else
@fragment
#endif
fn sphere(in: Corner) -> Surface {
    let ray = ray_through(in.place);
    let along = dot(in.center - ray.origin, ray.direction);
    let beside = ray.origin + ray.direction * along - in.center;
    let inside = in.radius * in.radius - dot(beside, beside);
    if inside < 0.0 {
        discard;
    }
    var place = in.center;
    var normal = sight_from(in.center);
    if in.is_disc == 0u {
        place = ray.origin + ray.direction * (along - sqrt(inside));
        normal = (place - in.center) / in.radius;
    }
    var out = surface(place, normal, in.color);
    // The early depth test requires a depth behind the square, despite rounding.
    out.depth = min(out.depth, in.clip.z);
    return out;
}

@vertex
fn point(@builtin(vertex_index) instance: u32) -> Corner {
    let atom = instance % globals.images.w;
    let appearance = appearances[atom];
    let center = to_view(place_of(atom) + translation(instance / globals.images.w));
    var out: Corner;
    out.clip = NOWHERE;
    out.center = center;
    out.radius = appearance.radius;
    out.color = appearance.color;
    let pixels = appearance.radius * pixels_at(center) / eye.render_scale;
    let is_shown = is_drawn(fading_of(appearance.color)) && appearance.radius > 0.0;
    if is_shown && pixels < POINT && (center.z < 0.0 || is_orthographic()) {
        out.clip = eye.clip_from_view * vec4(center, 1.0);
    }
    return out;
}

@fragment
fn dot_of_atom(in: Corner) -> Surface {
    return surface(in.center, sight_from(in.center), in.color);
}
