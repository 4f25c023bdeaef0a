//! Frames to encode, and where they are written.

use std::fs;
use std::path::Path;
use std::process::Command;

use mlipview_viewer::app::movie::encode::{
    FrameRate, FrameSize, MovieError, MovieOptions, MovieWriter,
};
use tempfile::TempDir;

/// Animated images that need no other program.
pub(crate) const ANIMATED_IMAGES: [&str; 3] = ["a.gif", "a.png", "a.webp"];

/// All targets that need no other program.
pub(crate) const WITHOUT_FFMPEG: [&str; 5] = ["a.gif", "a.png", "a.webp", "a-%03d.png", "folder/"];

/// Sizes with odd sides, and the smallest one.
pub(crate) const SIZES: [[u32; 2]; 4] = [[1, 1], [7, 5], [33, 16], [64, 49]];

pub(crate) fn size([width, height]: [u32; 2]) -> FrameSize {
    FrameSize::new(width, height).unwrap()
}

pub(crate) fn rate(frames_per_second: f64) -> FrameRate {
    FrameRate::new(frames_per_second).unwrap()
}

pub(crate) fn transparent() -> MovieOptions {
    MovieOptions {
        transparent: true,
        ..MovieOptions::default()
    }
}

/// A shaded ball that moves over a background; around it, alpha falls to 0 at the edge.
pub(crate) fn ball(size: FrameSize, number: usize, is_opaque: bool) -> Vec<u8> {
    let mut frame = Vec::with_capacity(size.bytes());
    let side = f64::from(size.width().min(size.height()));
    let center = [0.3 + 0.05 * number as f64, 0.5].map(|it| it * side);
    for y in 0..size.height() {
        for x in 0..size.width() {
            let [dx, dy] = [f64::from(x) - center[0], f64::from(y) - center[1]];
            let distance = dx.hypot(dy) / (0.3 * side);
            let shade = (1.0 - distance * distance).max(0.0).sqrt();
            let color = |base: f64| (base * (0.2 + 0.8 * shade)) as u8;
            frame.extend(if distance < 1.0 {
                [color(230.0), color(90.0), color(40.0), 255]
            } else if is_opaque {
                [24, 28, 36, 255]
            } else {
                let alpha = (255.0 * (2.0 - distance)).clamp(0.0, 255.0) as u8;
                [90, 30, 200, alpha]
            });
        }
    }
    frame
}

pub(crate) fn balls(size: FrameSize, is_opaque: bool) -> Vec<Vec<u8>> {
    (0..6)
        .map(|number| ball(size, number / 2 * 2, is_opaque))
        .collect()
}

pub(crate) fn write_movie(
    path: &Path,
    size: FrameSize,
    rate: FrameRate,
    options: &MovieOptions,
    frames: &[Vec<u8>],
) -> Result<(), MovieError> {
    let mut writer = MovieWriter::create(path, size, rate, options)?;
    for frame in frames {
        writer.frame(frame)?;
    }
    writer.finish()
}

/// Names in a folder, sorted.
pub(crate) fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Root mean square difference of the colors of two frames.
pub(crate) fn difference(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let pixels = one.chunks_exact(4).zip(other.chunks_exact(4));
    let squares = pixels.flat_map(|(one, other)| {
        (0..3).map(|channel| f64::from(one[channel]) - f64::from(other[channel]))
    });
    let sum: f64 = squares.map(|it| it * it).sum();
    (sum / (one.len() as f64 * 0.75)).sqrt()
}

pub(crate) fn has_ffmpeg() -> bool {
    let version = Command::new("ffmpeg").arg("-version").output();
    version.is_ok_and(|output| output.status.success())
}
