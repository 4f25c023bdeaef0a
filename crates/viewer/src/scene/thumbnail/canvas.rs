//! Rasterizer of thumbnails: the nearest sphere or cylinder at each pixel.

use bevy::color::{LinearRgba, Srgba};
use bevy::math::{Vec2, Vec3};

/// Material of a primitive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Material {
    /// Linear red, green, blue.
    pub(super) color: Vec3,
    /// Whether it is shaded.
    pub(super) is_lit: bool,
}

impl Material {
    /// Shaded, sRGB.
    pub(super) fn lit(color: [u8; 3]) -> Material {
        let [red, green, blue] = color;
        let linear = LinearRgba::from(Srgba::rgb_u8(red, green, blue));
        Material {
            color: Vec3::new(linear.red, linear.green, linear.blue),
            is_lit: true,
        }
    }

    /// Unshaded, sRGB: for lines.
    pub(super) fn flat(color: [u8; 3]) -> Material {
        Material {
            is_lit: false,
            ..Material::lit(color)
        }
    }
}

/// The visible surface at one pixel.
#[derive(Clone, Copy, Debug)]
pub(super) struct PixelSurface {
    /// Height towards the eye, Å.
    pub(super) height: f32,
    /// Unit normal.
    pub(super) normal: Vec3,
    pub(super) material: Material,
}

/// A cylinder without caps.
pub(super) struct Cylinder {
    pub(super) from: Vec3,
    pub(super) to: Vec3,
    pub(super) radius: f32,
    pub(super) material: Material,
}

/// Visible surfaces in parallel projection: x right, y up, z towards the eye.
pub(super) struct Canvas {
    pub(super) side: usize,
    /// Pixels per Å.
    pub(super) scale: f32,
    center: Vec2,
    surfaces: Vec<Option<PixelSurface>>,
}

impl Canvas {
    /// An empty square canvas with this point at its center.
    pub(super) fn new(side: usize, center: Vec2, scale: f32) -> Canvas {
        Canvas {
            side,
            scale,
            center,
            surfaces: vec![None; side * side],
        }
    }

    /// The surface at a pixel; `None` outside of the canvas.
    pub(super) fn at(&self, column: isize, row: isize) -> Option<&PixelSurface> {
        let inside = 0..self.side.cast_signed();
        if !inside.contains(&column) || !inside.contains(&row) {
            return None;
        }
        let index = row.cast_unsigned() * self.side + column.cast_unsigned();
        self.surfaces[index].as_ref()
    }

    pub(super) fn sphere(&mut self, center: Vec3, radius: f32, material: Material) {
        let middle = center.truncate();
        self.rasterize(middle - radius, middle + radius, |position| {
            let aside = position - middle;
            let squared = radius * radius - aside.length_squared();
            (squared > 0.0).then(|| {
                let up = squared.sqrt();
                PixelSurface {
                    height: center.z + up,
                    normal: aside.extend(up) / radius,
                    material,
                }
            })
        });
    }

    /// Ray–cylinder intersection: with q = w + t ẑ from the start of the rod and a along its axis,
    /// |q|² − (q·a)² = r² is quadratic in t; the larger root is nearer to the eye.
    pub(super) fn cylinder(&mut self, cylinder: &Cylinder) {
        let axis = cylinder.to - cylinder.from;
        let length = axis.length();
        let Some(along) = axis.try_normalize() else {
            return;
        };
        let quadratic = 1.0 - along.z * along.z;
        if quadratic < 1e-6 {
            return;
        }
        let [one, other] = [cylinder.from.truncate(), cylinder.to.truncate()];
        let (low, high) = (
            one.min(other) - cylinder.radius,
            one.max(other) + cylinder.radius,
        );
        self.rasterize(low, high, |position| {
            let w = (position - one).extend(0.0);
            let shadow = w.dot(along);
            let half = shadow * along.z;
            let rest = w.length_squared() - shadow * shadow - cylinder.radius * cylinder.radius;
            let discriminant = half * half - quadratic * rest;
            if discriminant < 0.0 {
                return None;
            }
            let t = (half + discriminant.sqrt()) / quadratic;
            let passed = shadow + t * along.z;
            (0.0..=length).contains(&passed).then(|| PixelSurface {
                height: cylinder.from.z + t,
                normal: (w + Vec3::Z * t - along * passed) / cylinder.radius,
                material: cylinder.material,
            })
        });
    }

    /// Evaluates a surface at each pixel of a rectangle (Å), and keeps it where it is nearer than
    /// what is there.
    fn rasterize(&mut self, low: Vec2, high: Vec2, surface: impl Fn(Vec2) -> Option<PixelSurface>) {
        let half = self.side as f32 / 2.0;
        let columns = self.pixels(low.x - self.center.x, high.x - self.center.x);
        let rows = self.pixels(self.center.y - high.y, self.center.y - low.y);
        for row in rows {
            for column in columns.clone() {
                let pixel = Vec2::new(column as f32 + 0.5 - half, half - row as f32 - 0.5);
                let Some(found) = surface(self.center + pixel / self.scale) else {
                    continue;
                };
                let there = &mut self.surfaces[row * self.side + column];
                if there.is_none_or(|there| there.height < found.height) {
                    *there = Some(found);
                }
            }
        }
    }

    /// The pixel range between two offsets from the center, Å.
    fn pixels(&self, low: f32, high: f32) -> std::ops::Range<usize> {
        let half = self.side as f32 / 2.0;
        let bound = |position: f32| (half + position * self.scale).clamp(0.0, self.side as f32);
        // Truncation is safe: the value is clamped to the canvas.
        bound(low).floor() as usize..bound(high).ceil() as usize
    }
}
