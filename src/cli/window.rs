//! The arguments of the window: `mlipview` without a command.

use std::path::PathBuf;

use clap::Args;
#[cfg(feature = "xr")]
use mlipview_viewer::xr::Mode;

use super::{Network, PotentialChoice, Speed, StructureChoice};

/// Arguments of the window: `mlipview` without a command.
#[derive(Args, Clone)]
pub(crate) struct View {
    /// The structure to open in a window; a built-in one unless given.
    #[arg(value_name = "FILE")]
    pub(crate) input: Option<String>,
    #[command(flatten)]
    pub(crate) potential: PotentialChoice,
    #[command(flatten)]
    pub(crate) structure: StructureChoice,
    #[command(flatten)]
    pub(crate) speed: Speed,
    /// Writes a picture (PNG) instead of opening a window; needs no display.
    #[arg(long, value_name = "FILE", help_heading = "Picture")]
    pub(crate) screenshot: Option<PathBuf>,
    /// Size of the picture, pixels.
    #[arg(
        long,
        value_name = "WxH",
        default_value = "1280x720",
        help_heading = "Picture"
    )]
    pub(crate) size: PictureSize,
    /// How atoms are drawn: automatic, ball-and-stick, space-filling, licorice, lines.
    #[arg(long, value_name = "NAME", help_heading = "Picture")]
    pub(crate) style: Option<String>,
    /// Plays a tour of what the window can do; any key ends it.
    #[arg(long, conflicts_with_all = ["input", "screenshot"], help_heading = "Tour")]
    pub(crate) demo: bool,
    /// Writes the pictures of the tour into a folder, and quits after it.
    #[arg(long, value_name = "FOLDER", requires = "demo", help_heading = "Tour")]
    pub(crate) pictures: Option<PathBuf>,
    /// What is behind them: slate, white, black, transparent.
    #[arg(long, value_name = "NAME", help_heading = "Picture")]
    pub(crate) background: Option<String>,
    /// Lets nobody in by the network; otherwise a window does as `mlipview serve` does.
    #[arg(long, help_heading = "Network")]
    pub(crate) no_serve: bool,
    #[command(flatten)]
    pub(crate) network: Network,
    #[cfg(feature = "xr")]
    #[command(flatten)]
    pub(crate) headset: Headset,
}

/// Whether a headset is entered at once.
#[cfg(feature = "xr")]
#[derive(Args, Clone, Copy)]
pub(crate) struct Headset {
    /// Shows the scene in a headset, by OpenXR, and in the window, too; both are drawn by the graphics
    /// card that the headset is on.
    #[arg(long, conflicts_with = "screenshot", help_heading = "Headset")]
    pub(crate) vr: bool,
    /// The same, with the room around it where the headset can show that.
    #[arg(long, conflicts_with_all = ["screenshot", "vr"], help_heading = "Headset")]
    pub(crate) ar: bool,
}

#[cfg(feature = "xr")]
impl Headset {
    /// What is to be around the molecule, if a headset is entered.
    pub(crate) fn mode(self) -> Option<Mode> {
        let augmented = self.ar.then_some(Mode::Augmented);
        augmented.or(self.vr.then_some(Mode::Virtual))
    }
}

/// Width and height of a picture, pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PictureSize(pub(crate) u32, pub(crate) u32);

/// Textures larger than this are refused by many graphics cards.
const LARGEST_PICTURE: u32 = 8192;

impl std::str::FromStr for PictureSize {
    type Err = String;

    fn from_str(words: &str) -> Result<PictureSize, String> {
        let side = |text: &str| text.trim().parse::<u32>().ok();
        let sides = words.split_once(['x', 'X', '×']);
        let sides = sides.and_then(|(width, height)| Some((side(width)?, side(height)?)));
        let (width, height) = sides.ok_or("write width and height in pixels, as in 1280x720")?;
        let sensible = 16..=LARGEST_PICTURE;
        if sensible.contains(&width) && sensible.contains(&height) {
            Ok(PictureSize(width, height))
        } else {
            Err(format!("each side is from 16 to {LARGEST_PICTURE} pixels"))
        }
    }
}
