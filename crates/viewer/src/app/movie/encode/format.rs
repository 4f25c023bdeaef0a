//! File formats of movies.

use std::path::{Path, PathBuf};

/// File format of a movie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovieFormat {
    /// A PNG file per frame, in a folder or with a pattern of names such as `frames-%04d.png`.
    PngFrames,
    /// GIF: at most 256 colors per frame, transparent or opaque pixels, at most 50 frames/s.
    Gif,
    /// Animated PNG: lossless, with alpha.
    AnimatedPng,
    /// Animated WebP: lossless, with alpha.
    AnimatedWebp,
    /// MP4 with H.264, by ffmpeg.
    Mp4,
    /// WebM with VP9, by ffmpeg; with alpha if asked for.
    Webm,
}

impl MovieFormat {
    /// All formats.
    pub const ALL: [MovieFormat; 6] = [
        MovieFormat::PngFrames,
        MovieFormat::Gif,
        MovieFormat::AnimatedPng,
        MovieFormat::AnimatedWebp,
        MovieFormat::Mp4,
        MovieFormat::Webm,
    ];

    /// Endings of names, for help texts and errors.
    pub const ENDINGS: &str = ".gif, .png or .apng (animated), .webp, .mp4, .webm, frames-%04d.png or a \
                               folder (PNG frames)";

    /// Format of a path, by its extension. A folder that exists, or a path that ends with a slash,
    /// gets PNG frames.
    ///
    /// # Errors
    /// If the extension is unknown.
    pub fn of(path: &Path) -> Result<MovieFormat, UnknownFormat> {
        if is_folder(path) {
            return Ok(MovieFormat::PngFrames);
        }
        let unknown = || UnknownFormat {
            path: path.to_owned(),
        };
        let name = path.file_name().ok_or_else(unknown)?;
        let has_number = name.to_string_lossy().contains('%');
        let extension = path.extension().ok_or_else(unknown)?.to_string_lossy();
        match extension.to_lowercase().as_str() {
            "png" if has_number => Ok(MovieFormat::PngFrames),
            "png" | "apng" => Ok(MovieFormat::AnimatedPng),
            "gif" => Ok(MovieFormat::Gif),
            "webp" => Ok(MovieFormat::AnimatedWebp),
            "mp4" | "m4v" => Ok(MovieFormat::Mp4),
            "webm" => Ok(MovieFormat::Webm),
            _ => Err(unknown()),
        }
    }

    /// Extension of file names, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            MovieFormat::PngFrames | MovieFormat::AnimatedPng => "png",
            MovieFormat::Gif => "gif",
            MovieFormat::AnimatedWebp => "webp",
            MovieFormat::Mp4 => "mp4",
            MovieFormat::Webm => "webm",
        }
    }

    /// Title, for dialogs and errors.
    pub fn title(self) -> &'static str {
        match self {
            MovieFormat::PngFrames => "PNG frames",
            MovieFormat::Gif => "GIF",
            MovieFormat::AnimatedPng => "animated PNG",
            MovieFormat::AnimatedWebp => "animated WebP",
            MovieFormat::Mp4 => "MP4 (H.264)",
            MovieFormat::Webm => "WebM (VP9)",
        }
    }

    /// Whether frames may have transparent pixels.
    pub fn has_transparency(self) -> bool {
        self != MovieFormat::Mp4
    }

    /// Whether ffmpeg encodes it.
    pub fn needs_ffmpeg(self) -> bool {
        matches!(self, MovieFormat::Mp4 | MovieFormat::Webm)
    }
}

/// Error of a path whose extension names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format of {path}: expected {endings}", endings = MovieFormat::ENDINGS)]
pub struct UnknownFormat {
    /// The path.
    pub path: PathBuf,
}

/// Whether a path is a folder, or its spelling says that it is to be one.
pub(super) fn is_folder(path: &Path) -> bool {
    let spelling = path.as_os_str().to_string_lossy();
    spelling.ends_with(std::path::is_separator) || path.is_dir()
}
