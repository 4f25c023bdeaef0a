//! Shading of thumbnails: lighting, ambient occlusion and outlines as in the shaders.

use std::f32::consts::TAU;

use bevy::color::{ColorToPacked, LinearRgba, Srgba};
use bevy::math::{Vec2, Vec3};

use super::canvas::{Canvas, PixelSurface};
use crate::scene::style::Style;

/// Directions of the lights, as in `shaders/shade.wgsl`.
const KEY_LIGHT: Vec3 = Vec3::new(-0.371, 0.557, 0.743);
const FILL_LIGHT: Vec3 = Vec3::new(0.707, -0.141, 0.693);
/// Half vector of the key light and the eye: (KEY_LIGHT + ẑ) / |KEY_LIGHT + ẑ|.
const HALF_VECTOR: Vec3 = Vec3::new(-0.198_7, 0.298_3, 0.933_6);
/// Radius of ambient occlusion, Å, as in `impostor/uniforms.rs`.
const OCCLUSION_RADIUS: f32 = 2.5;
/// Samples of ambient occlusion, on a spiral around the pixel.
const SAMPLES: usize = 20;
/// Turns of the spiral, coprime with the number of samples.
const TURNS: f32 = 7.0;

/// Shades a canvas and averages this many samples per pixel along each axis.
pub(super) fn shade(canvas: &Canvas, style: &Style, samples: usize) -> Vec<[u8; 4]> {
    let side = canvas.side / samples;
    let spiral = spiral(canvas.scale);
    let step = samples.cast_signed();
    let mut pixels = Vec::with_capacity(side * side);
    for row in 0..side {
        for column in 0..side {
            let (mut sum, mut covered) = (Vec3::ZERO, 0);
            for sample in 0..samples * samples {
                let column = (column * samples + sample % samples).cast_signed();
                let row = (row * samples + sample / samples).cast_signed();
                let Some(surface) = canvas.at(column, row) else {
                    continue;
                };
                sum += color(canvas, style, &spiral, surface, [column, row], step);
                covered += 1;
            }
            pixels.push(encoded(sum, covered, samples * samples));
        }
    }
    pixels
}

fn color(
    canvas: &Canvas,
    style: &Style,
    spiral: &[[isize; 2]],
    surface: &PixelSurface,
    [column, row]: [isize; 2],
    step: isize,
) -> Vec3 {
    if !surface.material.is_lit {
        return surface.material.color;
    }
    let occlusion = occlusion(canvas, spiral, surface, [column, row]) * style.ambient_occlusion;
    let lit = lit(surface.material.color, surface.normal, 1.0 - occlusion);
    let beside = [(step, 0), (-step, 0), (0, step), (0, -step)];
    let depth_step = beside.into_iter().map(|(right, down)| {
        let other = canvas.at(column + right, row + down);
        other.map_or(f32::INFINITY, |other| surface.height - other.height)
    });
    let outline = smoothstep(0.35, 1.2, depth_step.fold(0.0, f32::max));
    lit * (1.0 - style.outlines * 0.85 * outline)
}

/// As `lit` in `shaders/shade.wgsl`, for an eye at infinity above.
fn lit(color: Vec3, normal: Vec3, visibility: f32) -> Vec3 {
    let key = ((normal.dot(KEY_LIGHT) + 0.25) / 1.25).clamp(0.0, 1.0);
    let fill = normal.dot(FILL_LIGHT).max(0.0);
    let gloss = normal.dot(HALF_VECTOR).max(0.0).powi(48) * 0.16 * visibility;
    let sky = 0.34 + 0.08 * normal.y;
    let direct = (0.62 * key + 0.10 * fill) * (1.0 + (visibility - 1.0) * 0.55);
    color * (sky * visibility + direct) + gloss
}

/// Scalable ambient obscurance of `shaders/ambient_occlusion.wgsl`: A = 5 / (r⁶ n) Σ max(r² − v²,
/// 0)³ max((v·n̂ − β) / (v² + ε), 0).
fn occlusion(
    canvas: &Canvas,
    spiral: &[[isize; 2]],
    surface: &PixelSurface,
    [column, row]: [isize; 2],
) -> f32 {
    let mut occlusion = 0.0;
    for [right, down] in spiral {
        let Some(other) = canvas.at(column + right, row + down) else {
            continue;
        };
        let aside = Vec2::new(*right as f32, -*down as f32) / canvas.scale;
        let towards = aside.extend(other.height - surface.height);
        let squared = towards.length_squared();
        let above = towards.dot(surface.normal) - 0.03;
        let near = (OCCLUSION_RADIUS * OCCLUSION_RADIUS - squared).max(0.0);
        occlusion += near.powi(3) * (above / (squared + 0.02)).max(0.0);
    }
    let mean = occlusion * 5.0 / (OCCLUSION_RADIUS.powi(6) * SAMPLES as f32) * OCCLUSION_RADIUS;
    mean.clamp(0.0, 1.0)
}

/// Offsets in pixels that cover a disc evenly.
fn spiral(scale: f32) -> Vec<[isize; 2]> {
    let offsets = (0..SAMPLES).map(|index| {
        let fraction = (index as f32 + 0.5) / SAMPLES as f32;
        let offset = Vec2::from_angle(fraction * TURNS * TAU) * fraction * OCCLUSION_RADIUS * scale;
        // Rounded to whole pixels.
        [offset.x.round() as isize, offset.y.round() as isize]
    });
    offsets.collect()
}

fn smoothstep(low: f32, high: f32, value: f32) -> f32 {
    let fraction = ((value - low) / (high - low)).clamp(0.0, 1.0);
    fraction * fraction * (3.0 - 2.0 * fraction)
}

/// Mean color of the covered samples, with their fraction as alpha.
fn encoded(sum: Vec3, covered: usize, samples: usize) -> [u8; 4] {
    if covered == 0 {
        return [0; 4];
    }
    let mean = sum / covered as f32;
    let color = Srgba::from(LinearRgba::rgb(mean.x, mean.y, mean.z));
    let [red, green, blue, _] = color.to_u8_array();
    let opacity = covered as f32 / samples as f32 * 255.0;
    [red, green, blue, opacity.round() as u8]
}
