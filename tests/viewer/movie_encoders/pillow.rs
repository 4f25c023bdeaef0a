//! Animated images decoded by Pillow, where it is installed.

use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;

use mlipview_viewer::app::movie::encode::{FrameSize, Loops, MovieOptions};

use super::decoded::{Decoded, decode};
use super::frames::{ANIMATED_IMAGES, ball, rate, size, write_movie};

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
