//! Size and quality of an offscreen image, within the limits of the GPU.

use bevy::math::UVec2;
use bevy::render::render_resource::WgpuLimits;

/// Maximum of [`ImageOptions::samples`].
pub const MAX_SAMPLES: u32 = 8;

/// Maximum number of rendered pixels of an image, 2²⁷: about 2.3 GB of textures, at 17 bytes per pixel.
pub const MAX_RENDERED_PIXELS: u64 = 1 << 27;

/// Size and quality of an offscreen image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImageOptions {
    /// Width and height, pixels.
    pub size: UVec2,
    /// Anti-aliasing: rendered pixels along each side of a pixel, 1 to [`MAX_SAMPLES`]; `None`: by the style.
    pub samples: Option<u32>,
    /// Pixels per point: thickness of lines and size of text, relative to those of the window.
    pub scale: f32,
}

/// Why an image cannot be drawn in this size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageOptionsError {
    /// The number of samples is out of range.
    #[error(
        "invalid anti-aliasing {0}: expected 1 to {MAX_SAMPLES} samples along each side of a pixel"
    )]
    Samples(u32),
    /// A side is longer than the textures of the GPU.
    #[error(
        "an image of {}x{} pixels with {samples} samples along each side of a pixel needs textures of up to \
         {} pixels; this GPU has at most {limit}: lower the size, the scale or the anti-aliasing",
        size.x, size.y, size.max_element().saturating_mul(*samples)
    )]
    Side {
        /// Size of the image, pixels.
        size: UVec2,
        /// Rendered pixels along each side of a pixel.
        samples: u32,
        /// Maximum side of a texture, pixels.
        limit: u32,
    },
    /// The image has too many pixels.
    #[error(
        "an image of {}x{} pixels with {samples} samples along each side of a pixel has {} million pixels to \
         render; the limit is {}: lower the size, the scale or the anti-aliasing",
        size.x, size.y, rendered_pixels(*size, *samples) / 1_000_000, limit / 1_000_000
    )]
    Pixels {
        /// Size of the image, pixels.
        size: UVec2,
        /// Rendered pixels along each side of a pixel.
        samples: u32,
        /// Maximum number of rendered pixels.
        limit: u64,
    },
}

/// Number of rendered pixels of an image.
fn rendered_pixels(size: UVec2, samples: u32) -> u64 {
    let side = |length: u32| u64::from(length) * u64::from(samples);
    side(size.x).saturating_mul(side(size.y))
}

impl ImageOptions {
    /// An image of a size (pixels) in the quality of the style.
    pub fn of_size(size: UVec2) -> ImageOptions {
        ImageOptions {
            size,
            samples: None,
            scale: 1.0,
        }
    }

    /// Checks the options against the limits of a GPU.
    ///
    /// # Errors
    /// If the number of samples is out of range, or the image is too large.
    pub fn check(&self, limits: &WgpuLimits) -> Result<(), ImageOptionsError> {
        // The style has at most 2.
        let (size, samples) = (self.size, self.samples.unwrap_or(2));
        if !(1..=MAX_SAMPLES).contains(&samples) {
            return Err(ImageOptionsError::Samples(samples));
        }
        let limit = limits.max_texture_dimension_2d;
        if size.max_element().saturating_mul(samples) > limit {
            return Err(ImageOptionsError::Side {
                size,
                samples,
                limit,
            });
        }
        // The finished image is copied through a buffer of 4 bytes per pixel.
        let in_buffer = limits.max_buffer_size / 4 * u64::from(samples * samples);
        let limit = MAX_RENDERED_PIXELS.min(in_buffer);
        if rendered_pixels(size, samples) > limit {
            return Err(ImageOptionsError::Pixels {
                size,
                samples,
                limit,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use bevy::math::UVec2;
    use bevy::render::render_resource::WgpuLimits;

    use super::{ImageOptions, ImageOptionsError};

    fn check(size: [u32; 2], samples: u32) -> Result<(), ImageOptionsError> {
        let options = ImageOptions {
            samples: Some(samples),
            ..ImageOptions::of_size(UVec2::from_array(size))
        };
        options.check(&WgpuLimits {
            max_texture_dimension_2d: 16_384,
            max_buffer_size: 1 << 28,
            ..WgpuLimits::default()
        })
    }

    #[test]
    fn images_up_to_the_limits_are_accepted() {
        assert_eq!(check([1280, 800], 8), Ok(()));
        assert_eq!(check([3840, 2160], 4), Ok(()));
        assert_eq!(check([8192, 8192], 1), Ok(()));
        assert_eq!(check([16_384, 4096], 1), Ok(()));
    }

    #[test]
    fn larger_images_are_errors_that_name_the_limit() {
        let text = |size, samples| check(size, samples).unwrap_err().to_string();
        let side = text([8192, 100], 3);
        assert!(side.contains("8192x100") && side.contains("24576") && side.contains("16384"));
        let pixels = text([8000, 8000], 2);
        assert!(
            pixels.contains("256 million") && pixels.contains("134"),
            "{pixels}"
        );
        assert!(check([8193, 8192], 1).is_err(), "the buffer");
        assert!(check([u32::MAX, u32::MAX], 8).is_err());
    }

    #[test]
    fn samples_out_of_range_are_errors() {
        assert_eq!(check([64, 64], 0), Err(ImageOptionsError::Samples(0)));
        assert_eq!(check([64, 64], 9), Err(ImageOptionsError::Samples(9)));
    }
}
