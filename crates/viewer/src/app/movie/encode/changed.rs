//! Rectangles of a frame that hold all pixels of interest.

use super::size::FrameSize;

/// A rectangle inside a frame, pixels; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rectangle {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The whole frame.
pub(super) fn whole(size: FrameSize) -> Rectangle {
    Rectangle {
        left: 0,
        top: 0,
        width: size.width(),
        height: size.height(),
    }
}

/// Smallest rectangle with all pixels that differ between two frames; the first pixel if none do.
pub(super) fn changed(size: FrameSize, before: &[u8], after: &[u8]) -> Rectangle {
    let row = 4 * size.width() as usize;
    let rows = before.chunks_exact(row).zip(after.chunks_exact(row));
    bounds(rows, |(before, after)| {
        let differs = |at: &usize| before[4 * at..4 * at + 4] != after[4 * at..4 * at + 4];
        if before == after {
            return None;
        }
        let mut columns = 0..row / 4;
        let first = columns.find(differs)?;
        Some([first, columns.rev().find(differs).unwrap_or(first)])
    })
}

/// Smallest rectangle with all pixels that are more opaque than transparent; the first pixel if none are.
pub(super) fn visible(size: FrameSize, rgba: &[u8]) -> Rectangle {
    let row = 4 * size.width() as usize;
    bounds(rgba.chunks_exact(row), |pixels| {
        let is_visible = |at: &usize| is_visible(&pixels[4 * at..4 * at + 4]);
        let mut columns = 0..row / 4;
        let first = columns.find(is_visible)?;
        Some([first, columns.rev().find(is_visible).unwrap_or(first)])
    })
}

/// Whether a pixel is more opaque than transparent.
pub(super) fn is_visible(pixel: &[u8]) -> bool {
    pixel[3] >= 128
}

/// Rectangle around the first and last columns of each row.
fn bounds<T>(
    rows: impl Iterator<Item = T>,
    columns: impl Fn(T) -> Option<[usize; 2]>,
) -> Rectangle {
    let mut found: Option<[usize; 4]> = None;
    for (y, row) in rows.enumerate() {
        if let Some([first, last]) = columns(row) {
            let [left, right, top, _] = found.unwrap_or([first, last, y, y]);
            found = Some([left.min(first), right.max(last), top, y]);
        }
    }
    let [left, right, top, bottom] = found.unwrap_or([0; 4]).map(|it| it as u32);
    Rectangle {
        left,
        top,
        width: right - left + 1,
        height: bottom - top + 1,
    }
}

impl Rectangle {
    /// The rectangle, extended to the left and up to even coordinates.
    pub(super) fn at_even_corner(self) -> Rectangle {
        let [odd_left, odd_top] = [self.left % 2, self.top % 2];
        Rectangle {
            left: self.left - odd_left,
            top: self.top - odd_top,
            width: self.width + odd_left,
            height: self.height + odd_top,
        }
    }

    /// The pixels of a frame in the rectangle, row by row.
    pub(super) fn pixels(self, size: FrameSize, rgba: &[u8]) -> impl Iterator<Item = &[u8]> {
        let frame_row = 4 * size.width() as usize;
        let [left, width] = [self.left, self.width].map(|it| 4 * it as usize);
        let rows = rgba.chunks_exact(frame_row).skip(self.top as usize);
        let rows = rows.take(self.height as usize);
        rows.flat_map(move |row| row[left..left + width].chunks_exact(4))
    }

    /// The pixels of a frame in the rectangle as RGBA, or as RGB without alpha.
    pub(super) fn cut(self, size: FrameSize, rgba: &[u8], with_alpha: bool) -> Vec<u8> {
        let channels = if with_alpha { 4 } else { 3 };
        let mut cut = Vec::with_capacity(channels * self.width as usize * self.height as usize);
        for pixel in self.pixels(size, rgba) {
            cut.extend_from_slice(&pixel[..channels]);
        }
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::{Rectangle, changed, visible};
    use crate::app::movie::encode::size::FrameSize;

    #[test]
    fn a_rectangle_holds_exactly_the_changed_pixels() {
        let size = FrameSize::new(7, 5).expect("a small size");
        let before = vec![0; size.bytes()];
        let mut after = before.clone();
        for (x, y) in [(2, 1), (5, 3), (3, 2)] {
            after[4 * (7 * y + x) + 1] = 255;
        }
        let expected = Rectangle {
            left: 2,
            top: 1,
            width: 4,
            height: 3,
        };
        assert_eq!(changed(size, &before, &after), expected);
        after.iter_mut().skip(3).step_by(4).for_each(|it| *it = 127);
        after[4 * (7 * 4) + 3] = 128;
        after[4 * (7 * 4 + 6) + 3] = 255;
        let expected = Rectangle {
            left: 0,
            top: 4,
            width: 7,
            height: 1,
        };
        assert_eq!(visible(size, &after), expected);
    }

    #[test]
    fn equal_frames_still_have_a_pixel() {
        let size = FrameSize::new(3, 2).expect("a small size");
        let frame = vec![9; size.bytes()];
        let rectangle = changed(size, &frame, &frame);
        assert_eq!([rectangle.width, rectangle.height], [1, 1]);
    }
}
