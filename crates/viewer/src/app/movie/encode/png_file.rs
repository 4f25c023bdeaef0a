//! PNG images, without animation.

use std::io::{self, Write};

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, SrgbRenderingIntent, Unit};

use super::changed;
use super::size::FrameSize;

/// Millimeters, and so thousandths of a meter, per inch.
const MILLIMETERS_PER_INCH: f64 = 25.4;

/// Header of an sRGB image with or without alpha.
pub(super) fn header<W: Write>(
    writer: W,
    size: FrameSize,
    with_alpha: bool,
    compression: Compression,
) -> Encoder<'static, W> {
    let mut encoder = Encoder::new(writer, size.width(), size.height());
    encoder.set_color(if with_alpha {
        ColorType::Rgba
    } else {
        ColorType::Rgb
    });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(compression);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    encoder
}

/// Writes an image, with a resolution in dots per inch if it has one.
///
/// # Errors
/// If writing fails.
pub(super) fn write<W: Write>(
    writer: W,
    size: FrameSize,
    rgba: &[u8],
    with_alpha: bool,
    compression: Compression,
    dots_per_inch: Option<f64>,
) -> io::Result<()> {
    let mut encoder = header(writer, size, with_alpha, compression);
    encoder.set_pixel_dims(dots_per_inch.map(|dots| {
        let per_meter = (1000.0 * dots / MILLIMETERS_PER_INCH).round() as u32;
        PixelDimensions {
            xppu: per_meter,
            yppu: per_meter,
            unit: Unit::Meter,
        }
    }));
    let mut image = encoder.write_header().map_err(io_error)?;
    let written = if with_alpha {
        image.write_image_data(rgba)
    } else {
        image.write_image_data(&changed::whole(size).cut(size, rgba, false))
    };
    written.and_then(|()| image.finish()).map_err(io_error)
}

/// Error of the library as an I/O error.
pub(super) fn io_error(error: png::EncodingError) -> io::Error {
    match error {
        png::EncodingError::IoError(error) => error,
        other => io::Error::other(other),
    }
}
