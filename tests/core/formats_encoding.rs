//! Text in UTF-16, with lone carriage returns, and with both.

use std::fs;
use std::path::Path;

use mlipview_core::chem::format::{Compression, Format, FrameSelection, read};
use mlipview_core::files;

/// The test files in formats of text, with their names.
pub(crate) fn text_files() -> Vec<(String, Vec<u8>)> {
    let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data"));
    let mut files = Vec::new();
    for folder in ["good", "extxyz"] {
        for entry in fs::read_dir(data.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let format = Format::of_name(&name);
            if format.is_some_and(|format| !format.info().needs_topology()) {
                files.push((name, fs::read(path).unwrap()));
            }
        }
    }
    assert!(files.len() > 20, "the data are gone");
    files
}

/// A text with other line ends; `None` for binary content.
fn with_line_ends(bytes: &[u8], end: &str) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Some(text.replace("\r\n", "\n").replace('\n', end))
}

/// UTF-16 with and without byte order mark, in both byte orders.
fn in_utf16(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let little = |mark: &str| -> Vec<u8> {
        let units = mark.encode_utf16().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let swapped = |bytes: Vec<u8>| -> Vec<u8> {
        bytes
            .chunks_exact(2)
            .flat_map(|unit| [unit[1], unit[0]])
            .collect()
    };
    vec![
        ("little-endian with a mark", little("\u{feff}")),
        ("big-endian with a mark", swapped(little("\u{feff}"))),
        ("little-endian", little("")),
        ("big-endian", swapped(little(""))),
    ]
}

/// The frames or the error as debug text, in which NaN equals NaN.
pub(crate) fn debug_text(bytes: &[u8], name: &str) -> String {
    format!("{:?}", read(bytes, name, FrameSelection::ALL))
}

#[test]
fn utf16_files_are_read_as_their_utf8_versions() {
    for (name, bytes) in text_files() {
        let Some(text) = with_line_ends(&bytes, "\n") else {
            continue;
        };
        let plain = debug_text(text.as_bytes(), &name);
        for (variant, bytes) in in_utf16(&text) {
            // Without a byte order mark, UTF-16 is detected only by ASCII at the beginning.
            if variant.contains("mark") || text.is_ascii() {
                assert_eq!(debug_text(&bytes, &name), plain, "{name}, {variant}");
            }
        }
    }
}

#[test]
fn lone_carriage_returns_end_lines() {
    for (name, bytes) in text_files() {
        let Some([lines, returns, both]) = ["\n", "\r", "\r\n"]
            .map(|end| with_line_ends(&bytes, end))
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .and_then(|texts| <[String; 3]>::try_from(texts).ok())
        else {
            continue;
        };
        let plain = debug_text(lines.as_bytes(), &name);
        assert_eq!(debug_text(both.as_bytes(), &name), plain, "{name}, CR LF");
        assert_eq!(debug_text(returns.as_bytes(), &name), plain, "{name}, CR");
        for (variant, bytes) in in_utf16(&returns) {
            if variant.contains("mark") {
                assert_eq!(debug_text(&bytes, &name), plain, "{name}, CR, {variant}");
            }
        }
    }
}

#[test]
fn streamed_files_are_decoded() {
    // Long enough for many pieces; a letter outside of the basic plane is two units.
    let frame = |x: usize| format!("2\ncomment=\"é 𝛼 {x}\"\nH {x} 0 0\nO 0 {x} 0\n");
    let text: String = (0..5000).map(frame).collect();
    let plain = read(text.as_bytes(), "a.xyz", FrameSelection::ALL).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut variants = in_utf16(&text.replace('\n', "\r"));
    variants.truncate(2);
    variants.push(("UTF-8 with CR", text.replace('\n', "\r").into_bytes()));
    for (variant, bytes) in variants {
        let compressed = Compression::Gzip.compress(&bytes);
        for (name, bytes) in [("a.xyz", &bytes), ("a.xyz.gz", &compressed), ("a", &bytes)] {
            fs::write(path(name), bytes).unwrap();
            let streamed = files::frames(&path(name), FrameSelection::ALL).unwrap();
            let streamed: Vec<_> = streamed.map(Result::unwrap).collect();
            assert!(streamed == plain, "{name}, {variant}");
        }
    }
}

#[test]
fn incomplete_code_units_and_surrogate_pairs_are_replaced() {
    let mut bytes: Vec<u8> = "1\n\nH 0 0 0\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.splice(..0, [0xff, 0xfe]);
    assert_eq!(read(&bytes, "a.xyz", FrameSelection::ALL).unwrap().len(), 1);
    for end in [&[0x41][..], &[0x00, 0xd8], &[0x00, 0xdc, 0x41]] {
        let damaged = [&bytes[..], end].concat();
        let frames = read(&damaged, "a.xyz", FrameSelection::ALL).unwrap();
        let note = frames[0].notes.list()[0].text.as_str();
        assert!(note.contains("not read: \"\u{fffd}"), "{note}");
    }
}
