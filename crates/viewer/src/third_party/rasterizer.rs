//! Rasterizer of egui on the CPU, for pictures of plots: any size, no window, no GPU.

use std::collections::HashMap;

use super::egui::epaint::{ImageDelta, Primitive, Vertex};
use super::egui::{
    Color32, ColorImage, Context, ImageData, Mesh, RawInput, Rect, TextureId, Ui, Vec2, ViewportId,
    pos2, vec2,
};

/// Passes until the layout is final: axes take their width from the labels of the pass before.
const PASSES: usize = 3;
/// Fractions of a pixel that positions are rounded to.
const SUBPIXELS: f32 = 256.0;

/// Draws contents over a color; returns opaque sRGB pixels, RGBA, rows from the top.
///
/// Colors are multiplied and blended in gamma space, as egui does on a GPU.
pub(crate) fn draw(
    size: [usize; 2],
    pixels_per_point: f32,
    fill: Color32,
    apply_theme: impl FnOnce(&Context),
    mut contents: impl FnMut(&mut Ui),
) -> Vec<u8> {
    let context = Context::default();
    apply_theme(&context);
    let points = vec2(size[0] as f32, size[1] as f32) / pixels_per_point;
    let mut canvas = Canvas::new(size, fill);
    for pass in 0..PASSES {
        let mut output = context.run_ui(input(points, pixels_per_point), &mut contents);
        for (id, deltas) in output.textures_delta.set.drain() {
            for delta in deltas {
                canvas.update(id, &delta);
            }
        }
        output.textures_delta.clear();
        let shapes = std::mem::take(&mut output.shapes);
        if pass + 1 < PASSES {
            continue;
        }
        for clipped in context.tessellate(shapes, pixels_per_point) {
            if let Primitive::Mesh(mesh) = clipped.primitive {
                canvas.mesh(&mesh, clipped.clip_rect, pixels_per_point);
            }
        }
    }
    canvas.bytes()
}

fn input(size: Vec2, pixels_per_point: f32) -> RawInput {
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
        ..RawInput::default()
    };
    let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
    viewport.native_pixels_per_point = Some(pixels_per_point);
    input
}

/// Pixels with premultiplied colors, and the textures of egui.
struct Canvas {
    size: [usize; 2],
    pixels: Vec<[f32; 4]>,
    textures: HashMap<TextureId, ColorImage>,
}

impl Canvas {
    fn new(size: [usize; 2], fill: Color32) -> Canvas {
        Canvas {
            size,
            pixels: vec![fill.to_array().map(f32::from); size[0] * size[1]],
            textures: HashMap::new(),
        }
    }

    fn update(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let Some([left, top]) = delta.pos else {
            self.textures.insert(id, ColorImage::clone(image));
            return;
        };
        let Some(texture) = self.textures.get_mut(&id) else {
            return;
        };
        let rows = image.pixels.chunks_exact(image.size[0].max(1));
        for (row, pixels) in rows.enumerate() {
            let start = (top + row) * texture.size[0] + left;
            if let Some(old) = texture.pixels.get_mut(start..start + pixels.len()) {
                old.copy_from_slice(pixels);
            }
        }
    }

    fn mesh(&mut self, mesh: &Mesh, clip: Rect, pixels_per_point: f32) {
        let Some(texture) = self.textures.get(&mesh.texture_id) else {
            return;
        };
        let edge = |value: f32, size: usize| {
            (value * pixels_per_point).round().clamp(0.0, size as f32) as usize
        };
        let [width, height] = self.size;
        let columns = edge(clip.min.x, width)..edge(clip.max.x, width);
        let rows = edge(clip.min.y, height)..edge(clip.max.y, height);
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |index: usize| mesh.vertices.get(corners[index] as usize);
            let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2)) else {
                continue;
            };
            let Some(triangle) = Triangle::of([a, b, c], pixels_per_point) else {
                continue;
            };
            let [across, down] = triangle.bounds();
            for row in clamp(&down, &rows) {
                for column in clamp(&across, &columns) {
                    if let Some(weights) = triangle.weights(column, row) {
                        let color = triangle.color(weights, texture);
                        let pixel = &mut self.pixels[row * width + column];
                        let rest = 1.0 - color[3] / 255.0;
                        *pixel =
                            std::array::from_fn(|channel| color[channel] + rest * pixel[channel]);
                    }
                }
            }
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let opaque = |[red, green, blue, _]: &[f32; 4]| {
            let byte = |value: f32| value.round().clamp(0.0, 255.0) as u8;
            [byte(*red), byte(*green), byte(*blue), 255]
        };
        self.pixels.iter().flat_map(opaque).collect()
    }
}

/// A range of pixels within another.
fn clamp(range: &[i64; 2], within: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let bound = |value: i64| {
        let value = usize::try_from(value.max(0)).unwrap_or(within.end);
        value.clamp(within.start, within.end.max(within.start))
    };
    bound(range[0])..bound(range[1])
}

/// A triangle with positive orientation, in parts of pixels.
struct Triangle<'a> {
    corners: [&'a Vertex; 3],
    positions: [[i64; 2]; 3],
    /// Twice its area.
    area: i64,
}

impl<'a> Triangle<'a> {
    /// A triangle in points; `None` if it has no area.
    fn of(mut corners: [&'a Vertex; 3], pixels_per_point: f32) -> Option<Triangle<'a>> {
        let scale = pixels_per_point * SUBPIXELS;
        let fixed = |corner: &Vertex| [corner.pos.x, corner.pos.y].map(|it| (it * scale) as i64);
        let mut positions = corners.map(fixed);
        let mut area = side(positions[0], positions[1], positions[2]);
        if area < 0 {
            corners.swap(1, 2);
            positions.swap(1, 2);
            area = -area;
        }
        (area > 0).then_some(Triangle {
            corners,
            positions,
            area,
        })
    }

    /// First and last + 1 column, and row, that it may cover.
    fn bounds(&self) -> [[i64; 2]; 2] {
        std::array::from_fn(|axis| {
            let of_axis = self.positions.map(|position| position[axis]);
            let [low, high] = [of_axis.iter().min(), of_axis.iter().max()];
            let pixel = |value: Option<&i64>| value.copied().unwrap_or(0) / SUBPIXELS as i64;
            [pixel(low) - 1, pixel(high) + 2]
        })
    }

    /// Barycentric coordinates of the center of a pixel; `None` outside. A center on an edge that two
    /// triangles share belongs to one of them.
    fn weights(&self, column: usize, row: usize) -> Option<[f32; 3]> {
        let center = [column, row].map(|it| it as i64 * SUBPIXELS as i64 + SUBPIXELS as i64 / 2);
        let mut weights = [0.0; 3];
        for (corner, weight) in weights.iter_mut().enumerate() {
            let (from, to) = (
                self.positions[(corner + 1) % 3],
                self.positions[(corner + 2) % 3],
            );
            let inside = side(from, to, center);
            let [x, y] = [to[0] - from[0], to[1] - from[1]];
            let has_edge = y < 0 || (y == 0 && x > 0);
            if inside < 0 || (inside == 0 && !has_edge) {
                return None;
            }
            *weight = inside as f32 / self.area as f32;
        }
        Some(weights)
    }

    /// Color with premultiplied alpha, 0 to 255: that of the corners times that of the texture.
    fn color(&self, weights: [f32; 3], texture: &ColorImage) -> [f32; 4] {
        let mut color = [0.0; 4];
        let mut place = Vec2::ZERO;
        for (corner, weight) in self.corners.iter().zip(weights) {
            let of_corner = corner.color.to_array();
            for (channel, sum) in color.iter_mut().enumerate() {
                *sum += weight * f32::from(of_corner[channel]);
            }
            place += weight * corner.uv.to_vec2();
        }
        let texel = sample(texture, place);
        std::array::from_fn(|channel| color[channel] * texel[channel] / 255.0)
    }
}

/// Twice the area of a triangle of points, positive if they turn clockwise on screen.
fn side(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Bilinear interpolation of a texture, 0 to 255; its edge continues outside.
fn sample(texture: &ColorImage, place: Vec2) -> [f32; 4] {
    let [width, height] = texture.size;
    if width == 0 || height == 0 {
        return [255.0; 4];
    }
    let x = (place.x * width as f32 - 0.5).clamp(0.0, width as f32 - 1.0);
    let y = (place.y * height as f32 - 0.5).clamp(0.0, height as f32 - 1.0);
    let [left, top] = [x as usize, y as usize];
    let [right, bottom] = [(left + 1).min(width - 1), (top + 1).min(height - 1)];
    let [across, down] = [x.fract(), y.fract()];
    let texel = |x: usize, y: usize| texture.pixels[y * width + x].to_array().map(f32::from);
    let mix = |one: [f32; 4], other: [f32; 4], fraction: f32| -> [f32; 4] {
        std::array::from_fn(|it| one[it] + fraction * (other[it] - one[it]))
    };
    let upper = mix(texel(left, top), texel(right, top), across);
    let lower = mix(texel(left, bottom), texel(right, bottom), across);
    mix(upper, lower, down)
}

#[cfg(test)]
mod tests {
    use super::super::egui::{Sense, Stroke};
    use super::*;

    /// A picture of 40 × 40 pixels at two pixels per point, over black.
    fn picture(contents: impl FnMut(&mut Ui)) -> Vec<u8> {
        draw([40, 40], 2.0, Color32::BLACK, |_| {}, contents)
    }

    fn pixel(bytes: &[u8], x: usize, y: usize) -> [u8; 3] {
        let at = 4 * (y * 40 + x);
        [bytes[at], bytes[at + 1], bytes[at + 2]]
    }

    #[test]
    fn a_translucent_rectangle_covers_each_pixel_once() {
        let half = Color32::from_rgba_premultiplied(128, 0, 0, 128);
        let bytes = picture(|ui| {
            let rect = Rect::from_min_max(pos2(5.0, 5.0), pos2(15.0, 15.0));
            ui.painter().rect_filled(rect, 0.0, half);
        });
        for x in 12..28 {
            for y in 12..28 {
                assert_eq!(pixel(&bytes, x, y), [128, 0, 0], "{x} {y}");
            }
        }
        assert_eq!(pixel(&bytes, 4, 20), [0; 3]);
        assert_eq!(pixel(&bytes, 36, 20), [0; 3]);
    }

    #[test]
    fn a_line_and_text_are_drawn_where_they_are() {
        let bytes = picture(|ui| {
            let line = [pos2(0.0, 10.0), pos2(20.0, 10.0)];
            ui.painter()
                .line_segment(line, Stroke::new(2.0, Color32::GREEN));
        });
        assert_eq!(pixel(&bytes, 20, 20), [0, 255, 0]);
        assert_eq!(pixel(&bytes, 20, 30), [0; 3]);
        let bytes = picture(|ui| {
            ui.allocate_response(vec2(1.0, 1.0), Sense::hover());
            ui.colored_label(Color32::WHITE, "MM");
        });
        let lit = bytes.chunks_exact(4).filter(|it| it[0] > 128).count();
        assert!((20..800).contains(&lit), "{lit}");
    }
}
