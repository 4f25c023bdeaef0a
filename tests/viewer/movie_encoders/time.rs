//! Delays and numbers of plays of animated images.

use std::num::NonZeroU16;

use mlipview_viewer::app::movie::encode::{Loops, MovieOptions};

use super::decoded::decode;
use super::frames::{ANIMATED_IMAGES, ball, balls, rate, size, write_movie};

#[test]
fn movies_last_as_long_as_their_frames() {
    let size = size([7, 5]);
    for frames_per_second in [1.0, 12.5, 24.0, 29.97, 30.0, 50.0, 60.0, 144.0] {
        for name in ANIMATED_IMAGES {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            let frames: Vec<Vec<u8>> = (0..90).map(|at| ball(size, at, true)).collect();
            let options = MovieOptions::default();
            write_movie(&path, size, rate(frames_per_second), &options, &frames).unwrap();
            let total: f64 = decode(&path, size).delays.iter().sum();
            let error = (total - 90.0 / frames_per_second).abs();
            // The last frame of a GIF is shown for at least 20 ms.
            assert!(
                error < 0.0151,
                "{name} at {frames_per_second} frames/s: {total} s"
            );
        }
    }
}

#[test]
fn movies_are_shown_as_often_as_asked() {
    let size = size([3, 2]);
    for plays in [0, 1, 2, 1000] {
        let loops = NonZeroU16::new(plays).map_or(Loops::Forever, Loops::Times);
        for name in ANIMATED_IMAGES {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            let options = MovieOptions {
                loops,
                ..MovieOptions::default()
            };
            write_movie(&path, size, rate(10.0), &options, &balls(size, true)).unwrap();
            assert_eq!(decode(&path, size).plays, u32::from(plays), "{name}");
        }
    }
}
