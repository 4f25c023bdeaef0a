//! Pixels of decoded movies.

use std::fs;

use mlipview_viewer::app::movie::encode::{MAX_SIDE, MovieOptions};

use super::decoded::{decode, decode_picture};
use super::frames::{
    ANIMATED_IMAGES, SIZES, balls, difference, rate, size, transparent, write_movie,
};

#[test]
fn lossless_formats_keep_every_pixel() {
    for size in SIZES.map(size) {
        for is_opaque in [true, false] {
            let folder = tempfile::tempdir().unwrap();
            let frames = balls(size, is_opaque);
            let options = MovieOptions {
                transparent: !is_opaque,
                ..MovieOptions::default()
            };
            for name in ["a.png", "a.apng", "a.webp"] {
                let path = folder.path().join(name);
                write_movie(&path, size, rate(30.0), &options, &frames).unwrap();
                let renamed = path.with_file_name(name.replace(".apng", ".png"));
                fs::rename(&path, &renamed).unwrap();
                assert!(decode(&renamed, size).frames == frames, "{name} {size:?}");
            }
            let path = folder.path().join("b-%03d.png");
            write_movie(&path, size, rate(30.0), &options, &frames).unwrap();
            for (number, frame) in frames.iter().enumerate() {
                let path = folder.path().join(format!("b-{:03}.png", number + 1));
                assert!(decode_picture(&path).0 == *frame);
            }
        }
    }
}

#[test]
fn gif_frames_of_few_colors_are_exact() {
    for size in SIZES.map(size) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gif");
        let mut frames = balls(size, true);
        for value in frames.iter_mut().flatten() {
            *value |= 0x3f;
        }
        write_movie(&path, size, rate(10.0), &MovieOptions::default(), &frames).unwrap();
        assert!(decode(&path, size).frames == frames);
    }
}

#[test]
fn gif_frames_of_many_colors_stay_close() {
    let size = size([128, 97]);
    let mut frames = balls(size, true);
    // A gradient of thousands of colors beside the balls.
    for (number, frame) in frames.iter_mut().enumerate() {
        for (at, pixel) in frame.chunks_exact_mut(4).enumerate() {
            let (x, y) = (at % 128, at / 128);
            if x > 90 {
                pixel.copy_from_slice(&[(6 * (x - 90)) as u8, 2 * y as u8, 40 * number as u8, 255]);
            }
        }
    }
    for (quality, bound) in [(20, 4.0), (80, 6.0)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gif");
        let options = MovieOptions {
            quality,
            ..MovieOptions::default()
        };
        write_movie(&path, size, rate(10.0), &options, &frames).unwrap();
        let decoded = decode(&path, size);
        assert_eq!(decoded.frames.len(), frames.len());
        for (decoded, frame) in decoded.frames.iter().zip(&frames) {
            let error = difference(decoded, frame);
            assert!(error < bound, "quality {quality}: {error}");
            // The background is flat, and so frequent that the palette has its color.
            for (decoded, pixel) in decoded.chunks_exact(4).zip(frame.chunks_exact(4)) {
                assert!(pixel != [24, 28, 36, 255] || decoded == pixel);
            }
        }
    }
}

#[test]
fn gif_pixels_that_do_not_change_keep_their_color() {
    let size = size([64, 49]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gif");
    let frames = balls(size, true);
    write_movie(&path, size, rate(10.0), &MovieOptions::default(), &frames).unwrap();
    let decoded = decode(&path, size).frames;
    for number in 1..frames.len() {
        let pixels = |frames: &[Vec<u8>], at: usize| {
            [number - 1, number].map(|it| frames[it][4 * at..][..4].to_vec())
        };
        for at in 0..size.pixels() {
            let [before, after] = pixels(&frames, at);
            let [shown_before, shown_after] = pixels(&decoded, at);
            assert!(before != after || shown_before == shown_after);
        }
    }
}

#[test]
fn gif_pixels_are_visible_from_half_alpha_on() {
    for size in SIZES.map(size) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gif");
        let frames = balls(size, false);
        write_movie(&path, size, rate(10.0), &transparent(), &frames).unwrap();
        let decoded = decode(&path, size).frames;
        assert_eq!(decoded.len(), frames.len());
        for (decoded, frame) in decoded.iter().zip(&frames) {
            for (decoded, pixel) in decoded.chunks_exact(4).zip(frame.chunks_exact(4)) {
                assert_eq!(decoded[3], if pixel[3] >= 128 { 255 } else { 0 });
            }
        }
    }
}

#[test]
fn alpha_is_ignored_in_opaque_movies() {
    let size = size([7, 5]);
    let frames = balls(size, false);
    for name in ANIMATED_IMAGES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        write_movie(&path, size, rate(10.0), &MovieOptions::default(), &frames).unwrap();
        for (decoded, frame) in decode(&path, size).frames.iter().zip(&frames) {
            assert!(decoded.chunks_exact(4).all(|pixel| pixel[3] == 255));
            assert_eq!(difference(decoded, frame), 0.0, "{name}");
        }
    }
}

#[test]
fn the_widest_frames_can_be_written() {
    for sides in [[MAX_SIDE, 1], [1, MAX_SIDE]] {
        let size = size(sides);
        let frames = balls(size, true);
        for name in ANIMATED_IMAGES {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            write_movie(&path, size, rate(10.0), &MovieOptions::default(), &frames).unwrap();
            assert!(decode(&path, size).frames == frames, "{name}");
        }
    }
}
