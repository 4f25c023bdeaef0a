//! Arguments of `mlipview movie`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use mlipview_viewer::app::movie::encode::MovieFormat;

use super::{PictureSize, StructureArgs};

/// Axis of a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TurnAxisArg {
    /// The x axis of the structure.
    X,
    /// The y axis of the structure.
    Y,
    /// The z axis of the structure.
    Z,
}

/// Arguments of `mlipview movie`.
#[derive(Args)]
pub(crate) struct MovieArgs {
    /// Recording, trajectory or structure to show.
    #[arg(value_name = "INPUT")]
    pub(crate) input: String,
    #[arg(
        short,
        long,
        value_name = "FILE",
        help = format!(
            "Movie to write, in the format of its name: {}; MP4 and WebM need ffmpeg",
            MovieFormat::ENDINGS
        )
    )]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) structure: StructureArgs,
    /// Size of the movie, pixels.
    #[arg(
        long,
        value_name = "WxH",
        default_value = "1280x720",
        help_heading = "Picture"
    )]
    pub(crate) size: PictureSize,
    /// Drawing style: automatic, ball-and-stick, space-filling, licorice, lines [default: automatic].
    #[arg(long, value_name = "NAME", help_heading = "Picture")]
    pub(crate) style: Option<String>,
    /// Background: slate, white, black [default: slate].
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "transparent",
        help_heading = "Picture"
    )]
    pub(crate) background: Option<String>,
    /// Leave the background transparent; not in MP4.
    #[arg(long, help_heading = "Picture")]
    pub(crate) transparent: bool,
    /// Anti-aliasing: rendered pixels along each side of a pixel, 1 to 8.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 2,
        value_parser = clap::value_parser!(u32).range(1..=8),
        help_heading = "Picture"
    )]
    pub(crate) antialias: u32,
    /// Quality of lossy formats (GIF, MP4, WebM), 1 to 100.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 80,
        value_parser = clap::value_parser!(u8).range(1..=100),
        help_heading = "Picture"
    )]
    pub(crate) quality: u8,
    /// Frame rate of the movie, frames/s; GIF shows at most 50.
    #[arg(long, value_name = "RATE", default_value = "30", help_heading = "Time")]
    pub(crate) fps: Positive,
    /// Frames of the input per second, counted after --every [default: one per frame of the movie].
    #[arg(long, value_name = "RATE", help_heading = "Time")]
    pub(crate) speed: Option<Positive>,
    /// Show positions between two frames of the input.
    #[arg(long, requires = "speed", help_heading = "Time")]
    pub(crate) interpolate: bool,
    /// Frames of the input, from A up to, but without, B; negative: from the end [default: all].
    #[arg(
        long,
        value_name = "A:B",
        allow_hyphen_values = true,
        help_heading = "Time"
    )]
    pub(crate) range: Option<FrameRange>,
    /// Take each n-th frame of the input.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        value_parser = clap::value_parser!(u64).range(1..),
        help_heading = "Time"
    )]
    pub(crate) every: u64,
    /// Duration of the movie of a structure, s.
    #[arg(long, value_name = "S", default_value = "6", help_heading = "Time")]
    pub(crate) duration: Positive,
    /// Rotate by this angle over the whole movie, degrees; 360 for a movie that loops.
    #[arg(
        long,
        value_name = "DEGREES",
        allow_hyphen_values = true,
        help_heading = "Rotation"
    )]
    pub(crate) turn: Option<f64>,
    /// Axis of the rotation [default: the vertical of the screen].
    #[arg(long, value_enum, requires = "turn", help_heading = "Rotation")]
    pub(crate) axis: Option<TurnAxisArg>,
}

/// A positive finite number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Positive(pub(crate) f64);

/// Text that is no positive number.
#[derive(Debug, thiserror::Error)]
#[error("expected a positive number")]
pub(crate) struct PositiveError;

impl std::str::FromStr for Positive {
    type Err = PositiveError;

    fn from_str(text: &str) -> Result<Positive, PositiveError> {
        match text.parse::<f64>() {
            Ok(number) if number > 0.0 && number.is_finite() => Ok(Positive(number)),
            _ => Err(PositiveError),
        }
    }
}

/// A range of frames as in Python: start and end, either from the end if negative, or open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FrameRange {
    start: Option<i64>,
    end: Option<i64>,
}

/// Invalid text of a range of frames.
#[derive(Debug, thiserror::Error)]
#[error("expected two frame numbers, each may be left out, as in 100:200, 100: or -50:")]
pub(crate) struct FrameRangeError;

impl std::str::FromStr for FrameRange {
    type Err = FrameRangeError;

    fn from_str(text: &str) -> Result<FrameRange, FrameRangeError> {
        let bound = |text: &str| match text.trim() {
            "" => Ok(None),
            number => number.parse().map(Some).map_err(|_| FrameRangeError),
        };
        let (start, end) = text.split_once(':').ok_or(FrameRangeError)?;
        Ok(FrameRange {
            start: bound(start)?,
            end: bound(end)?,
        })
    }
}

impl FrameRange {
    /// First and last frame of the range in an input of `length` frames; `None` if there are none.
    pub(crate) fn ends(self, length: u64) -> Option<[u64; 2]> {
        let place = |bound: i64| {
            let from_start = bound.unsigned_abs().min(length);
            if bound < 0 {
                length - from_start
            } else {
                from_start
            }
        };
        let start = self.start.map_or(0, place);
        let end = self.end.map_or(length, place);
        (start < end).then(|| [start, end - 1])
    }
}
