//! Session files can be read by people.

use mlipview_core::chem::library;
use mlipview_core::session_file::{
    EmbeddedFrame, EmbeddedFrames, Session, StructureRecord, TimelineContents, nine_digits, write,
};
use proptest::prelude::*;

#[test]
fn each_atom_has_a_row_and_no_line_is_long() {
    let copper = library::find("copper").unwrap().structure().unwrap();
    let session = Session {
        structure: StructureRecord::new(&copper, None),
        ..Session::default()
    };
    let text = write(&session).unwrap();
    for position in copper.positions() {
        let [x, y, z] = position.to_array();
        let row = format!("      [{x:?}, {y:?}, {z:?}]");
        assert!(
            text.lines().any(|line| line.trim_end_matches(',') == row),
            "{row}"
        );
    }
    assert!(text.lines().all(|line| line.len() <= 120));
    let first = "{\n  \"format\": \"mlipview session\",\n  \"version\": 1,\n  \"title\": \"\",";
    assert!(text.starts_with(first), "{text:.200}");
}

#[test]
fn frames_rounded_to_nine_digits_take_three_quarters_of_the_file() {
    let positions: Vec<[f64; 3]> = (1..2000_u32)
        .map(|it| [1, 2, 3].map(|axis| (f64::from(it) * f64::from(axis)).sqrt()))
        .collect();
    let file = |shorten: bool| {
        let mut frame = EmbeddedFrame {
            positions: positions.clone(),
            ..EmbeddedFrame::default()
        };
        if shorten {
            frame.shorten();
        }
        let structure = StructureRecord {
            elements: vec![mlipview_core::chem::Element::AR; positions.len()],
            positions: vec![[0.0; 3]; positions.len()],
            ..StructureRecord::default()
        };
        let mut session = Session {
            structure,
            ..Session::default()
        };
        session.timeline.contents = TimelineContents::Embedded(EmbeddedFrames {
            frames: vec![frame; 10],
            ..EmbeddedFrames::default()
        });
        write(&session).unwrap().len()
    };
    let (long, short) = (file(false), file(true));
    assert!(short * 4 < long * 3, "{short} of {long} bytes");
}

proptest! {
    #[test]
    fn nine_digits_keep_a_number_of_single_precision(number in proptest::num::f32::NORMAL) {
        prop_assert_eq!(nine_digits(f64::from(number)) as f32, number);
    }
}
