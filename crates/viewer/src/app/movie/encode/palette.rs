//! Color palettes of frames that have more colors than a GIF can hold.

use std::collections::HashMap;

use color_quant::NeuQuant;

use super::dithering;

/// Pixels that a palette is trained with, about; more take longer and change little.
const SAMPLES: usize = 40_000;

/// Maximum of pixels per training sample.
const MAX_STRIDE: usize = 30;

/// An image as indices into a palette.
pub(super) struct IndexedImage {
    /// Colors, sRGB.
    pub(super) palette: Vec<[u8; 3]>,
    /// Index of each pixel.
    pub(super) indices: Vec<u8>,
}

/// Image with at most `maximum` colors (64 to 256), rows of `width` pixels. Exact if it has no more; else
/// the colors are chosen by a neural network (NeuQuant: Dekker, Network 5, 351, 1994), and mapped with or
/// without dithering. Pixels whose color is in the palette are exact.
pub(super) fn reduce(colors: &[[u8; 3]], width: u32, maximum: u16, dithers: bool) -> IndexedImage {
    if let Some(image) = exact(colors, usize::from(maximum)) {
        return image;
    }
    let opaque: Vec<u8> = colors.iter().flat_map(|color| rgba(*color)).collect();
    let stride = (colors.len() / SAMPLES).clamp(1, MAX_STRIDE);
    let network = NeuQuant::new(stride as i32, usize::from(maximum), &opaque);
    drop(opaque);
    let channels = network.color_map_rgb();
    let palette: Vec<[u8; 3]> = channels.as_chunks().0.to_vec();
    let numbered = palette.iter().zip(0..=u8::MAX);
    let numbers: HashMap<[u8; 3], u8> = numbered.map(|(color, index)| (*color, index)).collect();
    let in_palette = |color: [u8; 3]| numbers.get(&color).copied();
    let nearest = |color: [u8; 3]| network.index_of(&rgba(color)) as u8;
    let indices = if dithers {
        dithering::indices(colors, width as usize, &palette, in_palette, nearest)
    } else {
        let index = |color: &[u8; 3]| in_palette(*color).unwrap_or_else(|| nearest(*color));
        colors.iter().map(index).collect()
    };
    IndexedImage { palette, indices }
}

fn rgba([red, green, blue]: [u8; 3]) -> [u8; 4] {
    [red, green, blue, 255]
}

/// Image with all of its colors; `None` if there are more than `maximum`.
fn exact(colors: &[[u8; 3]], maximum: usize) -> Option<IndexedImage> {
    let mut numbers: HashMap<[u8; 3], u8> = HashMap::new();
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut indices = Vec::with_capacity(colors.len());
    // Neighboring pixels are often equal.
    let mut last: Option<([u8; 3], u8)> = None;
    for color in colors {
        let index = match last {
            Some((same, index)) if same == *color => index,
            _ => match numbers.get(color) {
                Some(index) => *index,
                None if palette.len() == maximum => return None,
                None => {
                    let index = palette.len() as u8;
                    numbers.insert(*color, index);
                    palette.push(*color);
                    index
                }
            },
        };
        last = Some((*color, index));
        indices.push(index);
    }
    Some(IndexedImage { palette, indices })
}
