//! Text rasterized with egui's fonts: the coverage of each pixel, for labels drawn in the scene.

use bevy::math::{UVec2, Vec2};
use bevy_egui::egui::epaint::text::{FontDefinitions, Fonts, LayoutJob, TextOptions};
use bevy_egui::egui::{Color32, FontId, Galley};

/// Size of the font, pixels.
const FONT_PIXELS: f32 = 48.0;

/// Maximum width of a row before it wraps, in sizes of the font.
const MAX_WIDTH: f32 = 40.0;

/// Maximum number of rows; the last ends with `…` if there are more.
const MAX_ROWS: usize = 40;

/// Minimum distance of the text from the edges of the image, in sizes of the font.
const MARGIN: Vec2 = Vec2::new(0.5, 0.25);

/// Sides of an image are multiples of this, pixels, so that each mip level has half the sides of the one
/// before.
const BLOCK: u32 = 16;

/// An image of text.
pub(crate) struct TextImage {
    /// Width and height of the largest mip level, pixels.
    pub(crate) size: UVec2,
    /// Coverage of each pixel, row by row, from the largest mip level to the smallest.
    pub(crate) coverage: Vec<u8>,
}

impl TextImage {
    /// Number of mip levels.
    pub(crate) const LEVELS: u32 = BLOCK.ilog2() + 1;

    /// Width and height in sizes of the font.
    pub(crate) fn size_in_letters(&self) -> Vec2 {
        self.size.as_vec2() / FONT_PIXELS
    }
}

/// The fonts that draw text into images.
pub(crate) struct TextRasterizer {
    fonts: Fonts,
}

impl Default for TextRasterizer {
    fn default() -> TextRasterizer {
        TextRasterizer {
            fonts: Fonts::new(TextOptions::default(), FontDefinitions::default()),
        }
    }
}

impl TextRasterizer {
    /// Draws a text with its line breaks.
    pub(crate) fn draw(&mut self, text: &str) -> TextImage {
        self.fonts.begin_pass(TextOptions::default());
        let font = FontId::proportional(FONT_PIXELS);
        let width = MAX_WIDTH * FONT_PIXELS;
        let mut job = LayoutJob::simple(text.to_owned(), font, Color32::WHITE, width);
        job.wrap.max_rows = MAX_ROWS;
        let galley = self.fonts.with_pixels_per_point(1.0).layout_job(job);
        let extent = Vec2::new(galley.rect.width(), galley.rect.height());
        let needed = (extent + 2.0 * MARGIN * FONT_PIXELS).ceil().as_uvec2();
        let size = UVec2::new(
            needed.x.next_multiple_of(BLOCK),
            needed.y.next_multiple_of(BLOCK),
        );
        let start =
            (size.as_vec2() - extent) / 2.0 - Vec2::new(galley.rect.min.x, galley.rect.min.y);
        let largest = self.rasterize(&galley, size, start.round());
        TextImage {
            size,
            coverage: with_mip_levels(largest, size),
        }
    }

    /// Copies the glyphs of a text from the atlas of the fonts.
    fn rasterize(&self, galley: &Galley, size: UVec2, start: Vec2) -> Vec<u8> {
        let atlas = self.fonts.image();
        let mut coverage = vec![0; (size.x * size.y) as usize];
        let rows = galley.rows.iter();
        let glyphs = rows.flat_map(|row| row.row.glyphs.iter().map(move |glyph| (row.pos, glyph)));
        for (row, glyph) in glyphs {
            let source = glyph.uv_rect;
            let corner = row + glyph.pos.to_vec2() + source.offset;
            let corner = (start + Vec2::new(corner.x, corner.y)).round().as_ivec2();
            let [left, top] = source.min.map(i32::from);
            for y in top..i32::from(source.max[1]) {
                for x in left..i32::from(source.max[0]) {
                    let target = corner
                        .with_x(corner.x + x - left)
                        .with_y(corner.y + y - top);
                    // Glyphs of some scripts reach out of their row.
                    if target.min_element() < 0 || target.cmpge(size.as_ivec2()).any() {
                        continue;
                    }
                    let alpha = atlas[(x as usize, y as usize)].a();
                    let pixel = &mut coverage[(target.y * size.x as i32 + target.x) as usize];
                    *pixel = alpha.max(*pixel);
                }
            }
        }
        coverage
    }
}

/// An image followed by its smaller mip levels, each pixel the mean of four of the level before.
fn with_mip_levels(largest: Vec<u8>, size: UVec2) -> Vec<u8> {
    let mut all = largest;
    let (mut start, mut size) = (0, size);
    for _ in 1..TextImage::LEVELS {
        let width = size.x as usize;
        let end = all.len();
        for y in 0..size.y as usize / 2 {
            for x in 0..width / 2 {
                let corner = start + 2 * y * width + 2 * x;
                let four = [corner, corner + 1, corner + width, corner + width + 1];
                let sum: u32 = four.iter().map(|&pixel| u32::from(all[pixel])).sum();
                all.push(((sum + 2) / 4) as u8);
            }
        }
        start = end;
        size /= 2;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(image: &TextImage) -> usize {
        let largest = &image.coverage[..(image.size.x * image.size.y) as usize];
        largest.iter().filter(|pixel| **pixel > 128).count()
    }

    #[test]
    fn letters_cover_pixels_and_a_longer_text_covers_more_and_is_wider() {
        let mut rasterizer = TextRasterizer::default();
        let [one, two] = ["O", "OO"].map(|text| rasterizer.draw(text));
        assert!(ink(&one) > 100, "{}", ink(&one));
        // Letters lie at different fractions of a pixel.
        assert!(ink(&two).abs_diff(2 * ink(&one)) < ink(&one) / 10);
        assert!(two.size.x > one.size.x && two.size.y == one.size.y);
        assert_eq!(ink(&rasterizer.draw("")), 0);
    }

    #[test]
    fn lines_are_below_each_other_and_long_texts_are_bounded() {
        let mut rasterizer = TextRasterizer::default();
        let [one, two] = ["O", "O\nO"].map(|text| rasterizer.draw(text));
        assert!(two.size.x == one.size.x && two.size.y > one.size.y + 32);
        for text in [
            "word ".repeat(2000),
            "x".repeat(10_000),
            "\n".repeat(10_000),
        ] {
            let size = rasterizer.draw(&text).size;
            assert!(size.x <= 2048 && size.y <= 4096, "{size}");
        }
    }

    #[test]
    fn every_mip_level_has_the_mean_of_the_one_before() {
        let image = TextRasterizer::default().draw("Å₂ é");
        let mut rest = &image.coverage[..];
        let mut means = Vec::new();
        for level in 0..TextImage::LEVELS {
            let count = ((image.size.x >> level) * (image.size.y >> level)) as usize;
            let (these, others) = rest.split_at(count);
            let sum: u64 = these.iter().map(|pixel| u64::from(*pixel)).sum();
            means.push(sum as f64 / count as f64);
            rest = others;
        }
        assert!(rest.is_empty());
        assert!(means[0] > 1.0);
        assert!(
            means.iter().all(|mean| (mean - means[0]).abs() < 0.6),
            "{means:?}"
        );
    }
}
