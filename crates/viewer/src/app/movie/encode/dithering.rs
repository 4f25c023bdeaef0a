//! Dithering of an image to the colors of a palette.

/// Sum of the weights of an error.
const WEIGHTS: i32 = 16;

/// Index of each pixel, rows of `width` pixels: the error of a pixel is passed on to the right and down, in
/// every second row to the left and down. Pixels with a color of the palette keep it, and take no error.
///
/// Weights · 7 / 3 5 1 of 16: Floyd and Steinberg, Proceedings of the SID 17, 75 (1976).
pub(super) fn indices(
    colors: &[[u8; 3]],
    width: usize,
    palette: &[[u8; 3]],
    in_palette: impl Fn([u8; 3]) -> Option<u8>,
    nearest: impl Fn([u8; 3]) -> u8,
) -> Vec<u8> {
    let mut indices = vec![0; colors.len()];
    // Errors times the sum of the weights, with a pixel on either side of the row.
    let mut current = vec![[0; 3]; width + 2];
    let mut below = current.clone();
    let rows = colors.chunks_exact(width);
    for (y, (row, indices)) in rows.zip(indices.chunks_exact_mut(width)).enumerate() {
        std::mem::swap(&mut current, &mut below);
        below.fill([0; 3]);
        let is_forward = y % 2 == 0;
        for step in 0..width {
            let x = if is_forward { step } else { width - 1 - step };
            if let Some(index) = in_palette(row[x]) {
                indices[x] = index;
                continue;
            }
            let place = x + 1;
            let wanted = with_error(row[x], current[place]);
            indices[x] = nearest(wanted);
            let error = difference(wanted, palette[usize::from(indices[x])]);
            let [ahead, behind] = if is_forward {
                [place + 1, x]
            } else {
                [x, place + 1]
            };
            add(&mut current[ahead], 7, error);
            add(&mut below[behind], 3, error);
            add(&mut below[place], 5, error);
            add(&mut below[ahead], 1, error);
        }
    }
    indices
}

fn with_error(color: [u8; 3], error: [i32; 3]) -> [u8; 3] {
    [0, 1, 2].map(|at| (i32::from(color[at]) + error[at] / WEIGHTS).clamp(0, 255) as u8)
}

fn difference(one: [u8; 3], other: [u8; 3]) -> [i32; 3] {
    [0, 1, 2].map(|at| i32::from(one[at]) - i32::from(other[at]))
}

fn add(sum: &mut [i32; 3], weight: i32, error: [i32; 3]) {
    for (sum, error) in sum.iter_mut().zip(error) {
        *sum += weight * error;
    }
}

#[cfg(test)]
mod tests {
    use super::indices;

    #[test]
    fn gray_of_black_and_white_has_the_right_mean() {
        let palette = [[0; 3], [255; 3]];
        let in_palette = |color| {
            palette
                .iter()
                .position(|it| *it == color)
                .map(|it| it as u8)
        };
        let nearest = |color: [u8; 3]| u8::from(color[0] >= 128);
        for value in [20, 64, 128, 200, 250] {
            let gray = vec![[value; 3]; 64 * 64];
            let dithered = indices(&gray, 64, &palette, in_palette, nearest);
            let white: u32 = dithered.iter().map(|index| u32::from(*index)).sum();
            let mean = f64::from(white) * 255.0 / (64.0 * 64.0);
            assert!((mean - f64::from(value)).abs() < 4.0, "{value}: {mean}");
        }
    }

    #[test]
    fn colors_of_the_palette_stay_flat() {
        let palette = [[0; 3], [100; 3], [255; 3]];
        let in_palette = |color| {
            palette
                .iter()
                .position(|it| *it == color)
                .map(|it| it as u8)
        };
        let image: Vec<[u8; 3]> = (0..1024).map(|at| [[100, 177][at / 512]; 3]).collect();
        let dithered = indices(&image, 32, &palette, in_palette, |color| {
            1 + u8::from(color[0] > 177)
        });
        assert!(dithered[..512].iter().all(|index| *index == 1));
        assert!(dithered[512..].contains(&1) && dithered[512..].contains(&2));
    }
}
