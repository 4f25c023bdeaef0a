//! Movies and pictures, decoded again: pixels, delays, numbers of plays, and files that are left behind.
//!
//! The decoders are those of the libraries, and ffmpeg and Pillow where they are installed.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs::{self, File};
use std::io::BufReader;
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;

use mlipview_viewer::app::movie::encode::{
    AlphaKind, FrameRate, FrameSize, Loops, MAX_SIDE, MovieError, MovieFormat, MovieOptions,
    MovieWriter, PictureOptions, write_picture,
};
use tempfile::TempDir;

/// Animated images that need no other program.
const ANIMATED_IMAGES: [&str; 3] = ["a.gif", "a.png", "a.webp"];

/// All targets that need no other program.
const WITHOUT_FFMPEG: [&str; 5] = ["a.gif", "a.png", "a.webp", "a-%03d.png", "folder/"];

/// Sizes with odd sides, and the smallest one.
const SIZES: [[u32; 2]; 4] = [[1, 1], [7, 5], [33, 16], [64, 49]];

fn size([width, height]: [u32; 2]) -> FrameSize {
    FrameSize::new(width, height).unwrap()
}

fn rate(frames_per_second: f64) -> FrameRate {
    FrameRate::new(frames_per_second).unwrap()
}

fn transparent() -> MovieOptions {
    MovieOptions {
        transparent: true,
        ..MovieOptions::default()
    }
}

/// A shaded ball that moves over a background; around it, alpha falls to 0 at the edge.
fn ball(size: FrameSize, number: usize, is_opaque: bool) -> Vec<u8> {
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

fn balls(size: FrameSize, is_opaque: bool) -> Vec<Vec<u8>> {
    (0..6)
        .map(|number| ball(size, number / 2 * 2, is_opaque))
        .collect()
}

fn write_movie(
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
fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A decoded movie.
struct Decoded {
    /// Composed frames, RGBA.
    frames: Vec<Vec<u8>>,
    /// Delays, s.
    delays: Vec<f64>,
    /// Number of plays; 0: without end.
    plays: u32,
}

fn decode(path: &Path, size: FrameSize) -> Decoded {
    match path.extension().unwrap().to_str().unwrap() {
        "gif" => decode_gif(path, size),
        "png" => decode_png(path, size),
        _ => decode_webp(path, size),
    }
}

fn decode_gif(path: &Path, size: FrameSize) -> Decoded {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options
        .read_info(BufReader::new(File::open(path).unwrap()))
        .unwrap();
    let mut canvas = vec![0; size.bytes()];
    let (mut frames, mut delays) = (Vec::new(), Vec::new());
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        let [left, top, width] = [frame.left, frame.top, frame.width].map(usize::from);
        let place =
            |at: usize| 4 * ((top + at / width) * size.width() as usize + left + at % width);
        for (at, pixel) in frame.buffer.chunks_exact(4).enumerate() {
            if pixel[3] != 0 {
                canvas[place(at)..][..4].copy_from_slice(pixel);
            }
        }
        frames.push(canvas.clone());
        delays.push(f64::from(frame.delay) / 100.0);
        if frame.dispose == gif::DisposalMethod::Background {
            for at in 0..frame.buffer.len() / 4 {
                canvas[place(at)..][..4].fill(0);
            }
        }
    }
    let plays = match decoder.repeat() {
        gif::Repeat::Infinite => 0,
        gif::Repeat::Finite(repetitions) => u32::from(repetitions) + 1,
    };
    Decoded {
        frames,
        delays,
        plays,
    }
}

fn decode_png(path: &Path, size: FrameSize) -> Decoded {
    let decoder = png::Decoder::new(BufReader::new(File::open(path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let control = reader.info().animation_control.unwrap();
    let channels = reader.info().color_type.samples();
    let mut canvas = vec![0; size.bytes()];
    let (mut frames, mut delays) = (Vec::new(), Vec::new());
    for _ in 0..control.num_frames {
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let frame = *reader.info().frame_control().unwrap();
        assert_eq!(frame.blend_op, png::BlendOp::Source);
        assert_eq!(frame.dispose_op, png::DisposeOp::None);
        let width = frame.width as usize;
        let count = width * frame.height as usize;
        for (at, pixel) in pixels.chunks_exact(channels).take(count).enumerate() {
            let row = frame.y_offset as usize + at / width;
            let column = frame.x_offset as usize + at % width;
            let place = &mut canvas[4 * (row * size.width() as usize + column)..][..4];
            place[3] = 255;
            place[..channels].copy_from_slice(pixel);
        }
        frames.push(canvas.clone());
        delays.push(f64::from(frame.delay_num) / f64::from(frame.delay_den));
    }
    Decoded {
        frames,
        delays,
        plays: control.num_plays,
    }
}

fn decode_webp(path: &Path, size: FrameSize) -> Decoded {
    let file = BufReader::new(File::open(path).unwrap());
    let mut decoder = image_webp::WebPDecoder::new(file).unwrap();
    assert_eq!(decoder.dimensions(), (size.width(), size.height()));
    let plays = match decoder.loop_count() {
        image_webp::LoopCount::Forever => 0,
        image_webp::LoopCount::Times(times) => u32::from(times.get()),
    };
    let (mut frames, mut delays) = (Vec::new(), Vec::new());
    for _ in 0..decoder.num_frames() {
        let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
        delays.push(f64::from(decoder.read_frame(&mut pixels).unwrap()) / 1000.0);
        if !decoder.has_alpha() {
            let opaque = pixels.chunks_exact(3).map(|it| [it[0], it[1], it[2], 255]);
            pixels = opaque.flatten().collect();
        }
        frames.push(pixels);
    }
    Decoded {
        frames,
        delays,
        plays,
    }
}

/// RGBA of a PNG file.
fn decode_picture(path: &Path) -> (Vec<u8>, png::Info<'static>) {
    let decoder = png::Decoder::new(BufReader::new(File::open(path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let info = reader.info().clone();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    if info.color_type == png::ColorType::Rgb {
        let opaque = pixels.chunks_exact(3).map(|it| [it[0], it[1], it[2], 255]);
        pixels = opaque.flatten().collect();
    }
    (pixels, info)
}

/// Root mean square difference of the colors of two frames.
fn difference(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let pixels = one.chunks_exact(4).zip(other.chunks_exact(4));
    let squares = pixels.flat_map(|(one, other)| {
        (0..3).map(|channel| f64::from(one[channel]) - f64::from(other[channel]))
    });
    let sum: f64 = squares.map(|it| it * it).sum();
    (sum / (one.len() as f64 * 0.75)).sqrt()
}

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

#[test]
fn a_canceled_movie_leaves_nothing_behind() {
    let size = size([33, 16]);
    let mut targets = WITHOUT_FFMPEG.to_vec();
    if has_ffmpeg() {
        targets.extend(["a.mp4", "a.webm"]);
    }
    for name in targets {
        for count in [0, 1, 6] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            let options = MovieOptions::default();
            let mut writer = MovieWriter::create(&path, size, rate(10.0), &options).unwrap();
            for frame in balls(size, true).iter().take(count) {
                writer.frame(frame).unwrap();
            }
            assert_eq!(names(&folder).len(), 1, "{name}: the incomplete movie");
            assert!(!path.exists());
            drop(writer);
            assert!(names(&folder).is_empty(), "{name}");
        }
    }
}

#[test]
fn a_movie_without_frames_is_an_error() {
    for name in WITHOUT_FFMPEG {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let options = MovieOptions::default();
        let writer = MovieWriter::create(&path, size([4, 4]), rate(10.0), &options).unwrap();
        assert!(matches!(writer.finish(), Err(MovieError::NoFrames)));
        assert!(names(&folder).is_empty(), "{name}");
    }
}

#[test]
fn frames_of_a_wrong_length_change_nothing() {
    let size = size([7, 5]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    let frames = balls(size, true);
    let options = MovieOptions::default();
    let mut writer = MovieWriter::create(&path, size, rate(10.0), &options).unwrap();
    for frame in &frames {
        let error = writer.frame(&frame[4..]).unwrap_err();
        assert!(matches!(
            error,
            MovieError::FrameLength {
                found: 136,
                expected: 140
            }
        ));
        writer.frame(frame).unwrap();
    }
    assert_eq!(writer.count(), 6);
    writer.finish().unwrap();
    assert!(decode(&path, size).frames == frames);
}

#[test]
fn an_existing_file_is_replaced_only_by_a_complete_movie() {
    let size = size([7, 5]);
    for name in ANIMATED_IMAGES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, "old").unwrap();
        let options = MovieOptions::default();
        let mut writer = MovieWriter::create(&path, size, rate(10.0), &options).unwrap();
        writer.frame(&ball(size, 0, true)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        drop(writer);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write_movie(&path, size, rate(10.0), &options, &balls(size, true)).unwrap();
        assert_eq!(decode(&path, size).frames.len(), 6);
        assert_eq!(names(&folder), [name]);
    }
}

#[test]
fn png_frames_are_numbered_and_never_mixed_with_others() {
    let size = size([4, 3]);
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let path = folder.path().join(name);
        write_movie(
            &path,
            size,
            rate(10.0),
            &MovieOptions::default(),
            &balls(size, true),
        )
    };
    fs::write(folder.path().join("b-1.txt"), "").unwrap();
    write("b-%d.png").unwrap();
    let expected = [
        "b-1.png", "b-1.txt", "b-2.png", "b-3.png", "b-4.png", "b-5.png", "b-6.png",
    ];
    assert_eq!(names(&folder), expected);
    assert!(matches!(write("b-%d.png"), Err(MovieError::Exists { .. })));

    write("new/").unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    write("empty").unwrap();
    for inner in ["new", "empty"] {
        let frame = folder.path().join(inner).join("frames-0006.png");
        assert!(decode_picture(&frame).0 == ball(size, 4, true));
        assert!(matches!(write(inner), Err(MovieError::Exists { .. })));
    }
    assert_eq!(names(&folder).len(), 9);
}

#[test]
fn formats_follow_from_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let expected = [
        ("a.GIF", MovieFormat::Gif),
        ("a.png", MovieFormat::AnimatedPng),
        ("a.apng", MovieFormat::AnimatedPng),
        ("a.b.webp", MovieFormat::AnimatedWebp),
        ("a%05d.png", MovieFormat::PngFrames),
        ("a/", MovieFormat::PngFrames),
        ("a.mp4", MovieFormat::Mp4),
        ("a.webm", MovieFormat::Webm),
    ];
    for (name, format) in expected {
        assert_eq!(MovieFormat::of(Path::new(name)).unwrap(), format);
    }
    assert_eq!(
        MovieFormat::of(folder.path()).unwrap(),
        MovieFormat::PngFrames
    );
    for name in ["a", "a.avi", "", ".gif"] {
        let error = MovieFormat::of(Path::new(name)).unwrap_err().to_string();
        assert!(error.contains(".webm"), "{name}: {error}");
    }
}

#[test]
fn impossible_targets_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let create = |name: &str, options: &MovieOptions| {
        let path = folder.path().join(name);
        MovieWriter::create(&path, size([4, 4]), rate(10.0), options).map(drop)
    };
    let error = create("a.mp4", &transparent()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("MP4 (H.264) has no transparency")
    );
    let missing = create("none/a.gif", &MovieOptions::default()).unwrap_err();
    assert!(matches!(missing, MovieError::Write { .. }));
    let invalid = create("a-%x.png", &MovieOptions::default()).unwrap_err();
    assert!(matches!(invalid, MovieError::Pattern { .. }));
    assert!(names(&folder).is_empty());
}

#[test]
fn sizes_and_rates_have_bounds() {
    assert!(FrameSize::new(MAX_SIDE, 4096).is_ok());
    for [width, height] in [
        [0, 1],
        [1, 0],
        [MAX_SIDE + 1, 1],
        [MAX_SIDE, MAX_SIDE],
        [u32::MAX; 2],
    ] {
        assert!(FrameSize::new(width, height).is_err());
    }
    for invalid in [0.0, -30.0, f64::NAN, f64::INFINITY, 1000.0] {
        assert!(FrameRate::new(invalid).is_err());
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

#[test]
fn a_missing_ffmpeg_is_named_with_the_formats_that_need_none() {
    let folder = tempfile::tempdir().unwrap();
    let options = MovieOptions {
        ffmpeg: folder.path().join("no-ffmpeg"),
        ..MovieOptions::default()
    };
    for name in ["a.mp4", "a.webm"] {
        let path = folder.path().join(name);
        let created = MovieWriter::create(&path, size([4, 4]), rate(10.0), &options);
        let Err(error @ MovieError::NoFfmpeg { .. }) = created.map(drop) else {
            panic!("ffmpeg does not exist");
        };
        let error = error.to_string();
        assert!(
            error.contains("no-ffmpeg") && error.contains(".gif"),
            "{error}"
        );
        assert!(names(&folder).is_empty());
    }
}

#[cfg(unix)]
#[test]
fn a_failing_ffmpeg_says_why_and_leaves_nothing_behind() {
    use std::os::unix::fs::PermissionsExt;
    let programs = tempfile::tempdir().unwrap();
    let list = "[ \"$2\" = -encoders ] && { echo ' V....D libx264 H.264'; exit 0; }\n";
    let scripts = [
        ("at the start", "echo 'no space left' >&2; exit 1"),
        (
            "at the end",
            "cat > /dev/null; echo 'no space left' >&2; exit 1",
        ),
    ];
    for (name, script) in scripts {
        let ffmpeg = programs.path().join(name);
        fs::write(&ffmpeg, format!("#!/bin/sh\n{list}{script}\n")).unwrap();
        fs::set_permissions(&ffmpeg, fs::Permissions::from_mode(0o755)).unwrap();
        let options = MovieOptions {
            ffmpeg,
            ..MovieOptions::default()
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.mp4");
        let size = size([256, 256]);
        let frames: Vec<Vec<u8>> = (0..9).map(|at| ball(size, at, true)).collect();
        let error = write_movie(&path, size, rate(10.0), &options, &frames).unwrap_err();
        assert!(
            error.to_string().ends_with("ffmpeg failed: no space left"),
            "{error}"
        );
        assert!(names(&folder).is_empty(), "{name}");

        let created = MovieWriter::create(&path.with_extension("webm"), size, rate(10.0), &options);
        assert!(matches!(
            created.map(drop),
            Err(MovieError::NoEncoder { .. })
        ));
        assert!(names(&folder).is_empty(), "{name}");
    }
}

fn has_ffmpeg() -> bool {
    let version = Command::new("ffmpeg").arg("-version").output();
    version.is_ok_and(|output| output.status.success())
}

/// Frames of a file by ffmpeg, RGBA. `decoder` precedes the name of the file.
fn by_ffmpeg(path: &Path, decoder: &[&str], size: FrameSize) -> Vec<Vec<u8>> {
    let output = Command::new("ffmpeg")
        .args(["-loglevel", "error"])
        .args(decoder)
        .arg("-i")
        .arg(path)
        .args([
            "-fps_mode",
            "passthrough",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgba",
            "-",
        ])
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    assert_eq!(
        output.stdout.len() % size.bytes(),
        0,
        "{}",
        output.stdout.len()
    );
    output
        .stdout
        .chunks_exact(size.bytes())
        .map(<[u8]>::to_vec)
        .collect()
}

#[test]
fn videos_have_the_frames_and_the_rate_that_were_written() {
    if !has_ffmpeg() {
        return;
    }
    for sides in [[1, 1], [64, 48], [161, 97]] {
        let [width, height] = sides.map(|side: u32| side.next_multiple_of(2));
        let even = size([width, height]);
        let size = size(sides);
        let frames: Vec<Vec<u8>> = (0..25).map(|at| ball(size, at / 3, true)).collect();
        for name in ["a.mp4", "a.webm"] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            write_movie(&path, size, rate(29.97), &MovieOptions::default(), &frames).unwrap();
            assert_eq!(names(&folder), [name]);
            let decoded = by_ffmpeg(&path, &[], even);
            assert_eq!(decoded.len(), frames.len(), "{name}");
            for (decoded, frame) in decoded.iter().zip(&frames) {
                let rows = decoded
                    .chunks_exact(4 * width as usize)
                    .take(sides[1] as usize);
                let cut = rows.flat_map(|row| &row[..4 * sides[0] as usize]);
                let error = difference(&cut.copied().collect::<Vec<u8>>(), frame);
                assert!(error < 8.0, "{name} {sides:?}: {error}");
            }
            let probe = Command::new("ffmpeg")
                .arg("-i")
                .arg(&path)
                .output()
                .unwrap();
            let text = String::from_utf8_lossy(&probe.stderr).into_owned();
            assert!(
                text.contains("29.97 fps") && text.contains("bt709"),
                "{text}"
            );
        }
    }
}

#[test]
fn transparent_videos_keep_alpha() {
    if !has_ffmpeg() {
        return;
    }
    let size = size([64, 48]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.webm");
    let frames = balls(size, false);
    write_movie(&path, size, rate(10.0), &transparent(), &frames).unwrap();
    let decoded = by_ffmpeg(&path, &["-c:v", "libvpx-vp9"], size);
    assert_eq!(decoded.len(), frames.len());
    for (decoded, frame) in decoded.iter().zip(&frames) {
        let alphas = decoded.chunks_exact(4).zip(frame.chunks_exact(4));
        let errors = alphas.map(|(one, other)| one[3].abs_diff(other[3]));
        let mean = errors.map(f64::from).sum::<f64>() / size.pixels() as f64;
        assert!(mean < 4.0, "{mean}");
    }
}

#[test]
fn ffmpeg_decodes_animated_images_to_the_same_frames() {
    if !has_ffmpeg() {
        return;
    }
    let size = size([64, 49]);
    let frames: Vec<Vec<u8>> = (0..6).map(|at| ball(size, at, true)).collect();
    for name in ["a.gif", "a.png"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        write_movie(&path, size, rate(10.0), &MovieOptions::default(), &frames).unwrap();
        // By its name alone, the file would be a PNG without animation.
        let format: &[&str] = if name == "a.png" {
            &["-f", "apng"]
        } else {
            &[]
        };
        let decoded = by_ffmpeg(&path, format, size);
        assert!(decoded == decode(&path, size).frames, "{name}");
    }
}

/// A program for Pillow: number of frames and of plays, then delay in ms and RGBA of each frame.
const PILLOW: &str = "
import sys
from PIL import Image
image = Image.open(sys.argv[1])
loop = image.info.get('loop')
out = sys.stdout.buffer
out.write(f'{image.n_frames} {-1 if loop is None else loop}\\n'.encode())
for number in range(image.n_frames):
    image.seek(number)
    image.load()
    out.write(f'{image.info[\"duration\"]}\\n'.encode())
    out.write(image.convert('RGBA').tobytes())
";

fn has_pillow() -> bool {
    let imported = Command::new("python3")
        .args(["-c", "import PIL.Image"])
        .output();
    imported.is_ok_and(|output| output.status.success())
}

/// A movie decoded by Pillow.
fn by_pillow(path: &Path, size: FrameSize) -> Decoded {
    let mut python = Command::new("python3");
    let output = python.args(["-c", PILLOW]).arg(path).output().unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    let mut rest = output.stdout.as_slice();
    let first = line(&mut rest);
    let (count, plays) = first.split_once(' ').unwrap();
    let (mut frames, mut delays) = (Vec::new(), Vec::new());
    for _ in 0..count.parse::<usize>().unwrap() {
        delays.push(line(&mut rest).parse::<f64>().unwrap() / 1000.0);
        let (frame, after) = rest.split_at(size.bytes());
        frames.push(frame.to_vec());
        rest = after;
    }
    // A GIF counts repetitions; without the number there are none.
    let is_gif = path.extension().unwrap() == "gif";
    let plays = match plays.parse::<i64>().unwrap() {
        -1 => 1,
        0 => 0,
        repetitions if is_gif => repetitions as u32 + 1,
        plays => plays as u32,
    };
    Decoded {
        frames,
        delays,
        plays,
    }
}

/// Takes a line of text from the start of bytes.
fn line<'a>(bytes: &mut &'a [u8]) -> &'a str {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let line = std::str::from_utf8(&bytes[..end]).unwrap();
    *bytes = &bytes[end + 1..];
    line
}

#[test]
fn pillow_decodes_animated_images_to_the_same_movie() {
    if !has_pillow() {
        return;
    }
    for (is_opaque, plays) in [(true, 0), (false, 3), (true, 1)] {
        let size = size([64, 49]);
        let frames: Vec<Vec<u8>> = (0..6).map(|at| ball(size, at, is_opaque)).collect();
        for name in ANIMATED_IMAGES {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            let options = MovieOptions {
                transparent: !is_opaque,
                loops: NonZeroU16::new(plays).map_or(Loops::Forever, Loops::Times),
                ..MovieOptions::default()
            };
            write_movie(&path, size, rate(30.0), &options, &frames).unwrap();
            let pillow = by_pillow(&path, size);
            let decoded = decode(&path, size);
            assert_eq!(pillow.plays, u32::from(plays), "{name}");
            let delays = pillow.delays.iter().zip(&decoded.delays);
            assert_eq!(delays.clone().count(), 6);
            for (one, other) in delays {
                assert!((one - other).abs() < 1e-4, "{name}: {one} {other}");
            }
            for (one, other) in pillow.frames.iter().zip(&decoded.frames) {
                for (one, other) in one.chunks_exact(4).zip(other.chunks_exact(4)) {
                    assert!(one == other || (one[3] == 0 && other[3] == 0), "{name}");
                }
            }
        }
    }
}

#[test]
fn pictures_keep_pixels_alpha_and_resolution() {
    let size = size([33, 16]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    let image = ball(size, 0, false);
    let options = PictureOptions {
        transparent: true,
        scale: 2.0,
        ..PictureOptions::default()
    };
    write_picture(&path, size, &image, &options).unwrap();
    let (pixels, info) = decode_picture(&path);
    assert!(pixels == image);
    let dots = info.pixel_dims.unwrap();
    assert!(dots.unit == png::Unit::Meter);
    // 192 dots per inch of 25.4 mm.
    assert_eq!([dots.xppu, dots.yppu], [7559; 2]);
    assert!(info.srgb.is_some());

    write_picture(&path, size, &image, &PictureOptions::default()).unwrap();
    let (pixels, info) = decode_picture(&path);
    assert_eq!(info.color_type, png::ColorType::Rgb);
    assert_eq!(difference(&pixels, &image), 0.0);
    assert_eq!(names(&folder), ["a.png"]);
}

#[test]
fn premultiplied_pictures_are_written_with_straight_alpha() {
    // sRGB of linear light: to multiply by alpha as a GPU does.
    let linear = |value: f64| {
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    let encoded = |light: f64| {
        if light <= 0.003_130_8 {
            12.92 * light
        } else {
            1.055 * light.powf(1.0 / 2.4) - 0.055
        }
    };
    let size = size([256, 1]);
    let straight: Vec<u8> = (0..=255).flat_map(|alpha| [200, 120, 40, alpha]).collect();
    let premultiplied: Vec<u8> = straight
        .chunks_exact(4)
        .flat_map(|pixel| {
            let alpha = f64::from(pixel[3]) / 255.0;
            let color = |at: usize| {
                let light = alpha * linear(f64::from(pixel[at]) / 255.0);
                (255.0 * encoded(light)).round() as u8
            };
            [color(0), color(1), color(2), pixel[3]]
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    let options = PictureOptions {
        transparent: true,
        alpha: AlphaKind::Premultiplied,
        ..PictureOptions::default()
    };
    write_picture(&path, size, &premultiplied, &options).unwrap();
    let pixels = decode_picture(&path).0;
    assert_eq!(pixels[..4], [0; 4]);
    for (pixel, expected) in pixels.chunks_exact(4).zip(straight.chunks_exact(4)).skip(1) {
        assert_eq!(pixel[3], expected[3]);
        // Half a step of the premultiplied value, enlarged by the division.
        let bound = 2.0 + 255.0 / f64::from(pixel[3]);
        for channel in 0..3 {
            let error = f64::from(pixel[channel].abs_diff(expected[channel]));
            assert!(error <= bound, "{pixel:?}");
        }
    }
}

#[test]
fn invalid_pictures_are_rejected_and_leave_nothing_behind() {
    let size = size([2, 2]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    assert!(write_picture(&path, size, &[0; 15], &PictureOptions::default()).is_err());
    for scale in [0.0, -1.0, f64::NAN, 1e9] {
        let options = PictureOptions {
            scale,
            ..PictureOptions::default()
        };
        assert!(write_picture(&path, size, &[0; 16], &options).is_err());
    }
    assert!(write_picture(folder.path(), size, &[0; 16], &PictureOptions::default()).is_err());
    assert!(names(&folder).is_empty());
}
