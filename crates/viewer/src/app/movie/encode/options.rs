//! Options of a movie file.

use std::num::NonZeroU16;
use std::path::PathBuf;

use super::format::MovieFormat;

/// Maximum of [`MovieOptions::quality`].
pub const MAX_QUALITY: u8 = 100;

/// Lowest quality at which the colors of GIF frames are dithered.
const DITHERED_FROM: u8 = 50;

/// How a movie is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieOptions {
    /// Whether alpha is kept. Without it, alpha is ignored: each pixel is opaque.
    pub transparent: bool,
    /// Quality of lossy formats, 1 to [`MAX_QUALITY`]; values outside count as the nearest. MP4 and WebM:
    /// the rate factor of the codec. GIF: dithered from 50 on. Other formats are lossless.
    pub quality: u8,
    /// How often animated images are shown. Video players decide for themselves.
    pub loops: Loops,
    /// The ffmpeg to run: a path, or a name to look up in `PATH`.
    pub ffmpeg: PathBuf,
}

/// How often an animated image is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loops {
    /// Until it is closed.
    #[default]
    Forever,
    /// This many times.
    Times(NonZeroU16),
}

impl Default for MovieOptions {
    fn default() -> MovieOptions {
        MovieOptions {
            transparent: false,
            quality: 80,
            loops: Loops::Forever,
            ffmpeg: PathBuf::from("ffmpeg"),
        }
    }
}

impl MovieOptions {
    /// Whether the colors of GIF frames are dithered.
    pub(super) fn dithers(&self) -> bool {
        self.quality >= DITHERED_FROM
    }

    /// Quality as a fraction from 0 to 1.
    pub(super) fn quality_fraction(&self) -> f64 {
        f64::from(self.quality.clamp(1, MAX_QUALITY)) / f64::from(MAX_QUALITY)
    }

    /// Whether a format can keep what the options ask for.
    pub(super) fn suit(&self, format: MovieFormat) -> bool {
        !self.transparent || format.has_transparency()
    }
}

impl Loops {
    /// Number of plays in animated PNG and WebP; 0: without end.
    pub(super) fn plays(self) -> u16 {
        match self {
            Loops::Forever => 0,
            Loops::Times(times) => times.get(),
        }
    }
}
