//! The program ffmpeg: its encoders and its arguments.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::error::MovieError;
use super::format::MovieFormat;
use super::options::MovieOptions;
use super::rate::FrameRate;
use super::size::FrameSize;

/// Constant rate factors of the lowest and the highest quality: H.264 by libx264 (0 to 51),
const X264_FACTORS: [f64; 2] = [40.0, 12.0];

/// and VP9 by libvpx (0 to 63).
const VP9_FACTORS: [f64; 2] = [60.0, 15.0];

/// Bits per pixel of the lowest and the highest quality, for encoders without a rate factor.
const BITS_PER_PIXEL: [f64; 2] = [0.02, 0.4];

/// A video encoder of ffmpeg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    /// H.264 by libx264.
    X264,
    /// H.264 by OpenH264, in builds of ffmpeg without parts under the GPL.
    OpenH264,
    /// VP9 by libvpx.
    Vp9,
}

impl Codec {
    /// Name of the encoder in ffmpeg.
    fn name(self) -> &'static str {
        match self {
            Codec::X264 => "libx264",
            Codec::OpenH264 => "libopenh264",
            Codec::Vp9 => "libvpx-vp9",
        }
    }

    /// Encoders for a format, the best first.
    fn choices(format: MovieFormat) -> &'static [Codec] {
        if format == MovieFormat::Webm {
            &[Codec::Vp9]
        } else {
            &[Codec::X264, Codec::OpenH264]
        }
    }

    /// Finds an encoder for a format by running ffmpeg.
    ///
    /// # Errors
    /// If ffmpeg cannot be run or has no such encoder.
    pub(super) fn find(program: &Path, format: MovieFormat) -> Result<Codec, MovieError> {
        let missing = |reason| MovieError::NoFfmpeg {
            program: program.to_owned(),
            reason,
        };
        let listed = command(program)
            .args(["-hide_banner", "-encoders"])
            .stdin(Stdio::null())
            .output()
            .map_err(missing)?;
        if !listed.status.success() {
            let status = listed.status;
            return Err(missing(io::Error::other(format!("it ends with {status}"))));
        }
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        // Lines such as " V....D libx264   libx264 H.264 / AVC".
        let is_listed = |codec: &&Codec| {
            let mut names = listed
                .lines()
                .filter_map(|line| line.split_whitespace().nth(1));
            names.any(|name| name == codec.name())
        };
        let choices = Codec::choices(format);
        let found = choices.iter().find(is_listed).copied();
        found.ok_or_else(|| MovieError::NoEncoder {
            program: program.to_owned(),
            format,
            names: choices
                .iter()
                .map(|it| it.name())
                .collect::<Vec<_>>()
                .join(", "),
        })
    }
}

/// A run of ffmpeg from raw frames to a file.
pub(super) struct Run<'a> {
    pub(super) codec: Codec,
    pub(super) size: FrameSize,
    pub(super) rate: FrameRate,
    pub(super) options: &'a MovieOptions,
    pub(super) output: &'a Path,
}

impl Run<'_> {
    /// Arguments: RGBA frames of even size on the standard input, a new file as output.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let [width, height] = even(self.size);
        let [numerator, denominator] = self.rate.delay();
        let mut text = format!(
            "-hide_banner -nostats -loglevel error -y -f rawvideo -pixel_format rgba -video_size \
             {width}x{height} -framerate {denominator}/{numerator} -i pipe:0 -an -c:v {}",
            self.codec.name()
        );
        text += &self.codec_arguments();
        // sRGB as BT.709, which players assume for videos of this kind.
        text += " -vf scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int \
                 -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv";
        let mut arguments: Vec<OsString> = text.split_whitespace().map(OsString::from).collect();
        // The protocol is named, so that no colon in a path names another one.
        let mut output = OsString::from("file:");
        output.push(self.output);
        arguments.push(output);
        arguments
    }

    fn codec_arguments(&self) -> String {
        let options = self.options;
        let between = |[low, high]: [f64; 2]| low + options.quality_fraction() * (high - low);
        match self.codec {
            Codec::X264 => format!(
                " -crf {:.0} -pix_fmt yuv420p -movflags +faststart -f mp4",
                between(X264_FACTORS)
            ),
            Codec::OpenH264 => {
                let pixels = self.size.pixels() as f64 * self.rate.frames_per_second();
                let bits = (pixels * between(BITS_PER_PIXEL)).max(1e5);
                format!(" -b:v {bits:.0} -pix_fmt yuv420p -movflags +faststart -f mp4")
            }
            Codec::Vp9 => {
                let pixels = if options.transparent {
                    "yuva420p -auto-alt-ref 0"
                } else {
                    "yuv420p"
                };
                format!(
                    " -crf {:.0} -b:v 0 -row-mt 1 -cpu-used 4 -pix_fmt {pixels} -f webm",
                    between(VP9_FACTORS)
                )
            }
        }
    }
}

/// Width and height, each extended to an even number: colors are stored for 2 × 2 pixels.
pub(super) fn even(size: FrameSize) -> [u32; 2] {
    [size.width(), size.height()].map(|side| side.next_multiple_of(2))
}

/// A command that is no part of the terminal's job: Ctrl-C ends it by way of this program, which then
/// deletes the file. Opens no console window.
pub(super) fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    #[cfg(windows)]
    {
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        std::os::windows::process::CommandExt::creation_flags(&mut command, CREATE_NO_WINDOW);
    }
    command
}
