//! Request of a picture: file, size and quality, within their bounds.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use bevy::math::UVec2;

use crate::app::movie::encode::{
    FrameSize, PictureFileError, PictureOptions, SizeError, write_picture,
};
use crate::scene::image_options::{ImageOptions, ImageOptionsError, MAX_SAMPLES};
use crate::scene::style::Style;

/// Range of [`PictureSettings::scale`](super::PictureSettings::scale).
const SCALES: std::ops::RangeInclusive<f64> = 0.1..=16.0;

/// A picture to write.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureRequest {
    path: PathBuf,
    size: FrameSize,
    scale: f64,
    samples: u32,
    transparent: bool,
}

/// Why a picture cannot be requested.
#[derive(Debug, thiserror::Error)]
pub enum PictureRequestError {
    /// The file name is not one of a PNG file.
    #[error("invalid name {0}: pictures are PNG; end the name with .png")]
    Name(PathBuf),
    /// The scale is out of range.
    #[error("invalid scale {0}: expected 0.1 to 16")]
    Scale(f64),
    /// The size, multiplied by the scale, is out of range.
    #[error(transparent)]
    Size(#[from] SizeError),
    /// The number of samples is out of range.
    #[error(transparent)]
    Samples(#[from] ImageOptionsError),
}

impl PictureRequest {
    /// A picture of `scale` times a size in pixels, with `samples` rendered pixels along each side of a
    /// pixel.
    ///
    /// # Errors
    /// If the name does not end with `.png`, or a number is out of range.
    pub fn new(
        path: &Path,
        size: [u32; 2],
        scale: f64,
        samples: u32,
        transparent: bool,
    ) -> Result<PictureRequest, PictureRequestError> {
        let extension = path.extension().and_then(OsStr::to_str);
        if !extension.is_some_and(|extension| extension.eq_ignore_ascii_case("png")) {
            return Err(PictureRequestError::Name(path.to_owned()));
        }
        if !SCALES.contains(&scale) {
            return Err(PictureRequestError::Scale(scale));
        }
        if !(1..=MAX_SAMPLES).contains(&samples) {
            return Err(ImageOptionsError::Samples(samples).into());
        }
        // The conversion saturates.
        let [width, height] = size.map(|side| (f64::from(side) * scale).round() as u32);
        Ok(PictureRequest {
            path: path.to_owned(),
            size: FrameSize::new(width, height)?,
            scale,
            samples,
            transparent,
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The style to draw in, for a scene of another style.
    pub fn style(&self, style: Style) -> Style {
        if self.transparent {
            style.on_transparent()
        } else {
            style
        }
    }

    /// Aspect ratio (width / height).
    pub fn aspect(&self) -> f32 {
        self.size.width() as f32 / self.size.height() as f32
    }

    /// Options of the image to draw.
    pub fn image_options(&self) -> ImageOptions {
        ImageOptions {
            size: UVec2::new(self.size.width(), self.size.height()),
            samples: Some(self.samples),
            scale: self.scale as f32,
        }
    }

    /// Writes the drawn image: RGBA with straight alpha.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, rgba: &[u8]) -> Result<(), PictureFileError> {
        let options = PictureOptions {
            transparent: self.transparent,
            scale: self.scale,
            ..PictureOptions::default()
        };
        write_picture(&self.path, self.size, rgba, &options)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{PictureRequest, PictureRequestError};

    fn request(
        name: &str,
        size: [u32; 2],
        scale: f64,
        samples: u32,
    ) -> Result<PictureRequest, PictureRequestError> {
        PictureRequest::new(Path::new(name), size, scale, samples, false)
    }

    #[test]
    fn the_scale_multiplies_both_sides() {
        let size = |scale| {
            request("a.png", [641, 480], scale, 1)
                .unwrap()
                .image_options()
                .size
        };
        assert_eq!(size(1.0).to_array(), [641, 480]);
        assert_eq!(size(2.0).to_array(), [1282, 960]);
        assert_eq!(size(0.5).to_array(), [321, 240]);
    }

    #[test]
    fn options_out_of_range_are_rejected() {
        assert!(request("a.PNG", [64, 64], 16.0, 8).is_ok());
        assert!(matches!(
            request("a.jpg", [64, 64], 1.0, 1),
            Err(PictureRequestError::Name(_))
        ));
        assert!(request("a", [64, 64], 1.0, 1).is_err());
        for scale in [0.0, 0.09, 16.1, f64::NAN] {
            assert!(request("a.png", [64, 64], scale, 1).is_err(), "{scale}");
        }
        for samples in [0, 9] {
            assert!(request("a.png", [64, 64], 1.0, samples).is_err());
        }
        assert!(matches!(
            request("a.png", [8000, 8000], 4.0, 1),
            Err(PictureRequestError::Size(_))
        ));
        assert!(request("a.png", [0, 64], 1.0, 1).is_err());
    }
}
