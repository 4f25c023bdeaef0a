//! Names of movies, and files that are left behind.

use std::fs;
use std::path::Path;

use mlipview_viewer::app::movie::encode::{
    FrameRate, FrameSize, MAX_SIDE, MovieError, MovieFormat, MovieOptions, MovieWriter,
};

use super::decoded::{decode, decode_picture};
use super::frames::{
    ANIMATED_IMAGES, WITHOUT_FFMPEG, ball, balls, has_ffmpeg, names, rate, size, transparent,
    write_movie,
};

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
