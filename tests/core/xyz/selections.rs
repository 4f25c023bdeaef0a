//! Selection of frames, as in ASE.

use mlipview_core::chem::format::xyz::XyzFrames;
use mlipview_core::chem::format::{FrameSelection, read};

/// A file of five frames, each with one atom at x = its index.
fn five() -> String {
    (0..5)
        .map(|frame| format!("1\n\nH {frame} 0 0\n"))
        .collect()
}

fn selected(selection: &str) -> Result<Vec<usize>, String> {
    let frames = read(
        five().as_bytes(),
        "a.xyz",
        FrameSelection::parse(selection).unwrap(),
    );
    let frames = frames.map_err(|error| error.to_string())?;
    Ok(frames
        .iter()
        .map(|frame| frame.structure.positions()[0].x as usize)
        .collect())
}

#[test]
fn selections_are_those_of_python() {
    for (selection, frames) in [
        ("0", vec![0]),
        ("4", vec![4]),
        ("-1", vec![4]),
        ("-5", vec![0]),
        (":", vec![0, 1, 2, 3, 4]),
        ("::2", vec![0, 2, 4]),
        ("1:3", vec![1, 2]),
        ("3:99", vec![3, 4]),
        ("-2:", vec![3, 4]),
        (":-3", vec![0, 1]),
        ("-99:1", vec![0]),
        ("::-1", vec![4, 3, 2, 1, 0]),
        ("3:0:-2", vec![3, 1]),
        ("1::3", vec![1, 4]),
    ] {
        assert_eq!(selected(selection), Ok(frames), "@{selection}");
    }
}

#[test]
fn the_error_of_an_empty_selection_has_the_number_of_frames() {
    for selection in ["5", "-6", "5:", "3:3", "2:1", "0:3:-1"] {
        let error = selected(selection).unwrap_err();
        let expected = format!(
            "a.xyz: expected a selection of the 5 frames (@0 to @4, or @-5 to @-1), found @{selection}"
        );
        assert_eq!(error, expected);
    }
}

#[test]
fn only_valid_selections_are_split_from_a_path() {
    let range = |start, stop, step| Some(FrameSelection::Range { start, stop, step });
    for (argument, path, selection) in [
        ("a.xyz", "a.xyz", None),
        ("a.xyz@3", "a.xyz", Some(FrameSelection::One(3))),
        ("a.xyz@-1", "a.xyz", Some(FrameSelection::LAST)),
        ("a.xyz@:", "a.xyz", Some(FrameSelection::ALL)),
        ("a.xyz@1:9:2", "a.xyz", range(Some(1), Some(9), 2)),
        ("me@home/a.xyz", "me@home/a.xyz", None),
        ("me@home/a.xyz@::5", "me@home/a.xyz", range(None, None, 5)),
        ("me@1/a.xyz", "me@1/a.xyz", None),
        ("a@b.xyz", "a@b.xyz", None),
        ("a@b@2", "a@b", Some(FrameSelection::One(2))),
        ("a.xyz@", "a.xyz@", None),
        ("a.xyz@1:2:3:4", "a.xyz@1:2:3:4", None),
        ("a.xyz@::0", "a.xyz@::0", None),
        ("@3", "@3", None),
    ] {
        assert_eq!(
            FrameSelection::split(argument),
            (path, selection),
            "{argument}"
        );
    }
}

#[test]
fn frames_that_are_not_selected_are_not_parsed() {
    let file = "1\nnonsense in the rows\n?\n1\n\nH 0 0 0\n1\n\n!\n";
    assert_eq!(
        read(file.as_bytes(), "a.xyz", FrameSelection::One(1))
            .unwrap()
            .len(),
        1
    );
    assert!(read(file.as_bytes(), "a.xyz", FrameSelection::ALL).is_err());
}

#[test]
fn a_stream_ends_after_its_first_error() {
    let file = five() + "1\n\n?\n" + &five();
    let frames = XyzFrames::open(|| Ok(file.as_bytes()), FrameSelection::ALL).unwrap();
    let frames: Vec<bool> = frames.map(|frame| frame.is_ok()).collect();
    assert_eq!(frames, [true, true, true, true, true, false]);
}
