//! Still pictures as PNG.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use png::Compression;

use super::error::MovieError;
use super::linear_light;
use super::part::Part;
use super::png_file;
use super::size::FrameSize;

/// Dots per inch of a picture of scale 1.
pub const STANDARD_DOTS_PER_INCH: f64 = 96.0;

/// Range of scales.
const SCALES: std::ops::RangeInclusive<f64> = 0.01..=100.0;

/// How the colors of an image relate to its alpha.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AlphaKind {
    /// Colors are independent of alpha.
    #[default]
    Straight,
    /// Colors are multiplied by alpha in linear light, as a GPU blends into an sRGB texture.
    Premultiplied,
}

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureOptions {
    /// Whether alpha is kept. Without it, each pixel is opaque.
    pub transparent: bool,
    /// Alpha of the image to write; the file has straight alpha.
    pub alpha: AlphaKind,
    /// Scale: the file states this many times [`STANDARD_DOTS_PER_INCH`]; from 0.01 to 100.
    pub scale: f64,
}

impl Default for PictureOptions {
    fn default() -> PictureOptions {
        PictureOptions {
            transparent: false,
            alpha: AlphaKind::Straight,
            scale: 1.0,
        }
    }
}

/// Why a picture cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PictureFileError {
    /// The image has a wrong length.
    #[error("image of {found} bytes: expected {expected} (RGBA)")]
    Length {
        /// Bytes that were given.
        found: usize,
        /// Bytes of an image of its size.
        expected: usize,
    },
    /// The scale is out of range.
    #[error("invalid scale {0}: expected 0.01 to 100")]
    Scale(f64),
    /// The file cannot be created.
    #[error(transparent)]
    Create(MovieError),
    /// The file cannot be written.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        reason: io::Error,
    },
}

/// Writes an sRGB image as a PNG file. An existing file is replaced only by the complete new one.
///
/// # Errors
/// If the image has a wrong length, the scale is out of range, or the file cannot be written.
pub fn write_picture(
    path: &Path,
    size: FrameSize,
    rgba: &[u8],
    options: &PictureOptions,
) -> Result<(), PictureFileError> {
    let (file, part) = Part::file(path).map_err(PictureFileError::Create)?;
    let failed = |reason| PictureFileError::Write {
        path: path.to_owned(),
        reason,
    };
    let mut file = BufWriter::new(file);
    encode_picture(&mut file, size, rgba, options).map_err(|error| match error {
        PictureFileError::Write { reason, .. } => failed(reason),
        other => other,
    })?;
    file.flush().map_err(failed)?;
    drop(file);
    part.finish(1).map_err(failed)
}

/// Writes an sRGB image as PNG.
///
/// # Errors
/// If the image has a wrong length, the scale is out of range, or writing fails; the error has no path.
pub fn encode_picture(
    writer: impl Write,
    size: FrameSize,
    rgba: &[u8],
    options: &PictureOptions,
) -> Result<(), PictureFileError> {
    let (found, expected) = (rgba.len(), size.bytes());
    if found != expected {
        return Err(PictureFileError::Length { found, expected });
    }
    if !SCALES.contains(&options.scale) {
        return Err(PictureFileError::Scale(options.scale));
    }
    let straight;
    let rgba = match options.alpha {
        AlphaKind::Premultiplied if options.transparent => {
            straight = unpremultiplied(rgba);
            &straight
        }
        _ => rgba,
    };
    let compression = Compression::Balanced;
    let dots = Some(STANDARD_DOTS_PER_INCH * options.scale);
    png_file::write(writer, size, rgba, options.transparent, compression, dots).map_err(|reason| {
        PictureFileError::Write {
            path: PathBuf::new(),
            reason,
        }
    })
}

/// Image with straight alpha, from one that is premultiplied in linear light.
fn unpremultiplied(rgba: &[u8]) -> Vec<u8> {
    let table = linear_light::decoding_table();
    let mut straight = Vec::with_capacity(rgba.len());
    for pixel in rgba.chunks_exact(4) {
        let alpha = pixel[3];
        straight.extend(match alpha {
            0 => [0; 4],
            255 => [pixel[0], pixel[1], pixel[2], 255],
            _ => {
                let light = |value: u8| table[usize::from(value)] * 255.0 / f32::from(alpha);
                let [red, green, blue] =
                    [0, 1, 2].map(|channel| linear_light::encode(light(pixel[channel])));
                [red, green, blue, alpha]
            }
        });
    }
    straight
}
