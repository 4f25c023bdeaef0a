//! Arguments of the window: `mlipview` without a command.

use std::path::PathBuf;

use clap::Args;
#[cfg(feature = "xr")]
use mlipview_viewer::xr::Mode;

use super::{NetworkArgs, SimulationArgs};

/// Arguments of the window.
#[derive(Args, Clone)]
#[command(mut_arg("input", |input| input.help("Structure to open in a window")))]
pub(crate) struct WindowArgs {
    #[command(flatten)]
    pub(crate) simulation: SimulationArgs,
    /// Write an image (PNG) instead of opening a window; needs no display.
    #[arg(long, value_name = "FILE", help_heading = "Picture")]
    #[cfg_attr(feature = "xr", arg(conflicts_with_all = ["vr", "ar"]))]
    pub(crate) screenshot: Option<PathBuf>,
    /// Size of the image before --scale, pixels.
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
    /// Background: slate, white, black, transparent [default: slate].
    #[arg(long, value_name = "NAME", help_heading = "Picture")]
    pub(crate) background: Option<String>,
    /// Multiply width, height, lines and text of the image, 0.1 to 16.
    #[arg(
        long,
        value_name = "FACTOR",
        default_value_t = 1.0,
        help_heading = "Picture"
    )]
    pub(crate) scale: f64,
    /// Leave the background of the image transparent, as --background transparent.
    #[arg(long, conflicts_with = "background", help_heading = "Picture")]
    pub(crate) transparent: bool,
    /// Anti-aliasing of the image: rendered pixels along each side of a pixel, 1 to 8.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 2,
        value_parser = clap::value_parser!(u32).range(1..=8),
        help_heading = "Picture"
    )]
    pub(crate) antialias: u32,
    /// Play a tour of the window; any key ends it.
    #[arg(long, conflicts_with_all = ["input", "screenshot"], help_heading = "Tour")]
    pub(crate) demo: bool,
    /// Write the images of the tour into a folder, then quit.
    #[arg(long, value_name = "FOLDER", requires = "demo", help_heading = "Tour")]
    pub(crate) pictures: Option<PathBuf>,
    /// Do not start the server.
    #[arg(long, help_heading = "Network")]
    pub(crate) no_serve: bool,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[cfg(feature = "imd")]
    #[command(flatten)]
    pub(crate) imd: super::ImdArgs,
    #[cfg(feature = "xr")]
    #[command(flatten)]
    pub(crate) headset: HeadsetArgs,
}

/// Arguments that enter a headset at the start.
#[cfg(feature = "xr")]
#[derive(Args, Clone, Copy)]
pub(crate) struct HeadsetArgs {
    /// Virtual reality: show the scene in an OpenXR headset too, drawn by the headset's GPU.
    #[arg(long, help_heading = "Headset")]
    pub(crate) vr: bool,
    /// Augmented reality: like --vr, with passthrough where the headset supports it.
    #[arg(long, conflicts_with = "vr", help_heading = "Headset")]
    pub(crate) ar: bool,
}

#[cfg(feature = "xr")]
impl HeadsetArgs {
    /// Mode to enter at the start, if any.
    pub(crate) fn mode(self) -> Option<Mode> {
        let augmented = self.ar.then_some(Mode::Augmented);
        augmented.or(self.vr.then_some(Mode::Virtual))
    }
}

/// Width and height of an image, pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PictureSize(pub(crate) u32, pub(crate) u32);

/// Invalid text of an image size.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PictureSizeError {
    #[error("expected width and height in pixels, as in 1280x720")]
    Form,
    #[error("each side must be {MIN_SIDE} to {MAX_SIDE} pixels")]
    Range,
}

/// Minimum side of an image, pixels.
const MIN_SIDE: u32 = 16;

/// Maximum side of an image, pixels; many GPUs support no larger textures.
const MAX_SIDE: u32 = 8192;

impl std::str::FromStr for PictureSize {
    type Err = PictureSizeError;

    fn from_str(text: &str) -> Result<PictureSize, PictureSizeError> {
        let side = |text: &str| text.trim().parse::<u32>().ok();
        let sides = text.split_once(['x', 'X', '×']);
        let sides = sides.and_then(|(width, height)| Some((side(width)?, side(height)?)));
        let (width, height) = sides.ok_or(PictureSizeError::Form)?;
        let valid = MIN_SIDE..=MAX_SIDE;
        if valid.contains(&width) && valid.contains(&height) {
            Ok(PictureSize(width, height))
        } else {
            Err(PictureSizeError::Range)
        }
    }
}
