//! Videos by ffmpeg, and animated images decoded by it; where it is installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use mlipview_viewer::app::movie::encode::{FrameSize, MovieError, MovieOptions, MovieWriter};

use super::decoded::decode;
use super::frames::{
    ball, balls, difference, has_ffmpeg, names, rate, size, transparent, write_movie,
};

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
