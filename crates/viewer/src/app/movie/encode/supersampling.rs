//! Supersampled images, averaged to their final size.

use super::linear_light;
use super::size::FrameSize;

/// Maximum of the factor between the sides of a supersampled image and of the final one.
pub const MAX_FACTOR: u32 = 8;

/// Image of a size, from one that is `factor` times as wide and high: the mean of each square of pixels in
/// linear light, where pixels count by their alpha. Both are sRGB with straight alpha. `None` if the factor
/// is not 1 to [`MAX_FACTOR`], or the image has another length.
///
/// α = Σ αᵢ / n², c = Σ αᵢ cᵢ / Σ αᵢ (Porter and Duff, SIGGRAPH 1984).
pub fn downscale(rgba: &[u8], size: FrameSize, factor: u32) -> Option<Vec<u8>> {
    let factor = (1..=MAX_FACTOR)
        .contains(&factor)
        .then_some(factor as usize)?;
    if rgba.len() != size.bytes() * factor * factor {
        return None;
    }
    let table = linear_light::decoding_table();
    let row = 4 * size.width() as usize * factor;
    let mut small = Vec::with_capacity(size.bytes());
    for rows in rgba.chunks_exact(row * factor) {
        for column in 0..size.width() as usize {
            let start = 4 * factor * column;
            let lines = rows.chunks_exact(row);
            let pixels = lines.flat_map(|line| line[start..][..4 * factor].chunks_exact(4));
            small.extend(mean(pixels, &table));
        }
    }
    Some(small)
}

/// Mean of pixels.
fn mean<'a>(pixels: impl Iterator<Item = &'a [u8]>, table: &[f32; 256]) -> [u8; 4] {
    let mut count = 0.0;
    // Sums of αᵢ cᵢ, and of αᵢ.
    let mut sums = [0.0_f32; 4];
    for pixel in pixels {
        let alpha = f32::from(pixel[3]);
        for channel in 0..3 {
            sums[channel] += alpha * table[usize::from(pixel[channel])];
        }
        sums[3] += alpha;
        count += 1.0;
    }
    let [red, green, blue, alpha] = sums;
    if alpha == 0.0 {
        return [0; 4];
    }
    let [red, green, blue] = [red, green, blue].map(|sum| linear_light::encode(sum / alpha));
    [red, green, blue, (alpha / count).round() as u8]
}

#[cfg(test)]
mod tests {
    use super::downscale;
    use crate::app::movie::encode::size::FrameSize;

    fn size(width: u32, height: u32) -> FrameSize {
        FrameSize::new(width, height).expect("a small size")
    }

    #[test]
    fn a_uniform_image_keeps_its_color() {
        for value in 0..=255 {
            let pixel = [value, 255 - value, 7, value.max(1)];
            for factor in 1..=8 {
                let large = pixel.repeat(6 * (factor * factor) as usize);
                let small = downscale(&large, size(3, 2), factor);
                assert_eq!(small, Some(pixel.repeat(6)));
            }
        }
    }

    #[test]
    fn black_and_white_average_in_linear_light() {
        let large = [[0, 0, 0, 255], [255; 4], [255; 4], [0, 0, 0, 255]].concat();
        assert_eq!(
            downscale(&large, size(1, 1), 2),
            Some(vec![188, 188, 188, 255])
        );
    }

    #[test]
    fn transparent_pixels_do_not_color_their_neighbors() {
        let large = [
            [200, 10, 10, 255],
            [0, 255, 0, 0],
            [0, 255, 0, 0],
            [200, 10, 10, 255],
        ];
        assert_eq!(
            downscale(&large.concat(), size(1, 1), 2),
            Some(vec![200, 10, 10, 128])
        );
        assert_eq!(downscale(&[9, 9, 9, 0], size(1, 1), 1), Some(vec![0; 4]));
    }

    #[test]
    fn squares_of_pixels_stay_where_they_are() {
        let mut large = Vec::new();
        for y in 0..4_u8 {
            for x in 0..6_u8 {
                large.extend([10 * (x / 2), 10 * (y / 2), 0, 255]);
            }
        }
        let small = downscale(&large, size(3, 2), 2).expect("fitting lengths");
        let expected: Vec<u8> = [[0, 0], [10, 0], [20, 0], [0, 10], [10, 10], [20, 10]]
            .iter()
            .flat_map(|[x, y]| [*x, *y, 0, 255])
            .collect();
        assert_eq!(small, expected);
    }

    #[test]
    fn lengths_and_factors_that_do_not_fit_are_rejected() {
        assert_eq!(downscale(&[0; 12], size(2, 2), 1), None);
        assert_eq!(downscale(&[0; 16], size(2, 2), 0), None);
        assert_eq!(downscale(&[0; 4 * 81], size(1, 1), 9), None);
    }
}
