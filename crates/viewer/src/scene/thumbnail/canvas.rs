//! Where balls and rods meet the pixels: the nearest surface in each of them.

use bevy::color::{LinearRgba, Srgba};
use bevy::math::{Vec2, Vec3};

/// What a thing is painted with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    /// Linear red, green, blue.
    pub(super) color: Vec3,
    /// Whether light and shadow fall on it.
    pub(super) is_lit: bool,
}

impl Paint {
    /// Of a thing with a round surface, sRGB.
    pub(super) fn lit(color: [u8; 3]) -> Paint {
        let [red, green, blue] = color;
        let linear = LinearRgba::from(Srgba::rgb_u8(red, green, blue));
        Paint {
            color: Vec3::new(linear.red, linear.green, linear.blue),
            is_lit: true,
        }
    }

    /// Of a line, sRGB.
    pub(super) fn flat(color: [u8; 3]) -> Paint {
        Paint {
            is_lit: false,
            ..Paint::lit(color)
        }
    }
}

/// What is seen in one pixel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surface {
    /// How near it is to the eye, Å.
    pub(super) height: f32,
    /// Unit vector away from the thing.
    pub(super) normal: Vec3,
    pub(super) paint: Paint,
}

/// A cylinder without ends.
pub(super) struct Rod {
    pub(super) from: Vec3,
    pub(super) to: Vec3,
    pub(super) radius: f32,
    pub(super) paint: Paint,
}

/// The surfaces that are seen along parallel lines of sight: x to the right, y up, z to the eye.
pub(super) struct Canvas {
    pub(super) side: usize,
    /// Pixels per Å.
    pub(super) scale: f32,
    center: Vec2,
    surfaces: Vec<Option<Surface>>,
}

impl Canvas {
    /// Nothing yet, on so many pixels squared, with this point in the middle.
    pub(super) fn new(side: usize, center: Vec2, scale: f32) -> Canvas {
        Canvas {
            side,
            scale,
            center,
            surfaces: vec![None; side * side],
        }
    }

    /// What is seen in a pixel; nothing beside the picture.
    pub(super) fn at(&self, column: isize, row: isize) -> Option<&Surface> {
        let inside = 0..self.side.cast_signed();
        if !inside.contains(&column) || !inside.contains(&row) {
            return None;
        }
        let index = row.cast_unsigned() * self.side + column.cast_unsigned();
        self.surfaces[index].as_ref()
    }

    pub(super) fn ball(&mut self, center: Vec3, radius: f32, paint: Paint) {
        let middle = center.truncate();
        self.cover(middle - radius, middle + radius, |place| {
            let aside = place - middle;
            let squared = radius * radius - aside.length_squared();
            (squared > 0.0).then(|| {
                let up = squared.sqrt();
                Surface {
                    height: center.z + up,
                    normal: aside.extend(up) / radius,
                    paint,
                }
            })
        });
    }

    /// With q = w + t z from the rod's beginning to a point on the line of sight and a along the
    /// axis, |q|² − (q·a)² = r² is a quadratic equation in t; the larger root is nearer.
    pub(super) fn rod(&mut self, rod: &Rod) {
        let axis = rod.to - rod.from;
        let length = axis.length();
        let Some(along) = axis.try_normalize() else {
            return;
        };
        let quadratic = 1.0 - along.z * along.z;
        if quadratic < 1e-6 {
            return;
        }
        let [one, other] = [rod.from.truncate(), rod.to.truncate()];
        let (low, high) = (one.min(other) - rod.radius, one.max(other) + rod.radius);
        self.cover(low, high, |place| {
            let w = (place - one).extend(0.0);
            let shadow = w.dot(along);
            let half = shadow * along.z;
            let rest = w.length_squared() - shadow * shadow - rod.radius * rod.radius;
            let discriminant = half * half - quadratic * rest;
            if discriminant < 0.0 {
                return None;
            }
            let t = (half + discriminant.sqrt()) / quadratic;
            let passed = shadow + t * along.z;
            (0.0..=length).contains(&passed).then(|| Surface {
                height: rod.from.z + t,
                normal: (w + Vec3::Z * t - along * passed) / rod.radius,
                paint: rod.paint,
            })
        });
    }

    /// Asks for the surface at each pixel between two corners (Å), and keeps those that are nearer
    /// than what is there.
    fn cover(&mut self, low: Vec2, high: Vec2, surface: impl Fn(Vec2) -> Option<Surface>) {
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

    /// The pixels between two distances from the middle, Å.
    fn pixels(&self, low: f32, high: f32) -> std::ops::Range<usize> {
        let half = self.side as f32 / 2.0;
        let bound = |place: f32| (half + place * self.scale).clamp(0.0, self.side as f32);
        // A float that is clamped to the picture becomes the number of a pixel.
        bound(low).floor() as usize..bound(high).ceil() as usize
    }
}
