//! Color palettes of frames that have more colors than a GIF can hold.

use std::collections::HashMap;
use std::io;

use quantette::deps::palette::{Srgb, cast};
use quantette::dither::FloydSteinberg;
use quantette::{ImageRef, PaletteSize, Pipeline};

/// An image as indices into a palette.
pub(super) struct IndexedImage {
    /// Colors, sRGB.
    pub(super) palette: Vec<[u8; 3]>,
    /// Index of each pixel.
    pub(super) indices: Vec<u8>,
}

/// Image with at most `maximum` colors (1 to 256), rows of `width` pixels. Exact if it has no more; else
/// the colors are chosen by variance in the Oklab color space (Wu, Graphics Gems II, 1991), and mapped with
/// or without Floyd–Steinberg dithering.
///
/// # Errors
/// If `width` is not the length of the rows.
pub(super) fn reduce(
    colors: &[[u8; 3]],
    width: u32,
    maximum: u16,
    dithers: bool,
) -> io::Result<IndexedImage> {
    if let Some(image) = exact(colors, usize::from(maximum)) {
        return Ok(image);
    }
    let height = colors.len() / width.max(1) as usize;
    let pixels: &[Srgb<u8>] = cast::from_array_slice(colors);
    let image = ImageRef::new(width, height as u32, pixels)
        .map_err(|error| io::Error::other(error.to_string()))?;
    let reduced = Pipeline::new()
        .palette_size(PaletteSize::try_from(maximum).map_err(io::Error::other)?)
        .ditherer(dithers.then(FloydSteinberg::new))
        .input_image(image)
        .output_srgb8_indexed_image();
    let (palette, indices) = reduced.into_parts();
    Ok(IndexedImage {
        palette: palette.into_iter().map(cast::into_array).collect(),
        indices,
    })
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
