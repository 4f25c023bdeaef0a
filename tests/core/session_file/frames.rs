//! Frames of a simulation in a session, and as a source of the timeline.

use mlipview_core::chem::Element;
use mlipview_core::potential::Emt;
use mlipview_core::session_file::{
    EmbeddedFrames, EmbeddedSource, LinkedFrames, LinkedSource, Session, StructureRecord,
    TimelineContents, read, write,
};
use mlipview_core::sim::playback::FrameAddress;
use mlipview_core::sim::timeline::{FrameSource, MarkKind};
use mlipview_core::sim::{Command, Edit, Engine, Frame};

use crate::fixtures;

/// Frames of a run, an edit, and a run of the edited structure.
fn recorded() -> Vec<std::sync::Arc<Frame>> {
    let copper = fixtures::built_in("copper");
    let mut engine = Engine::new(copper, Some(Box::new(Emt::new())), 1);
    engine.apply(1, Command::Run(fixtures::langevin(2.0, 300.0)));
    let mut frames = fixtures::frames(&mut engine, 3);
    let element = Element::from_symbol("Ni").unwrap();
    engine.apply(2, Command::Edit(Edit::SetElement(0, element)));
    frames.extend(fixtures::frames(&mut engine, 2));
    frames
}

fn session(frames: &[std::sync::Arc<Frame>]) -> Session {
    let structure = frames[0].structure();
    let mut session = Session {
        structure: StructureRecord::new(&structure, None),
        ..Session::default()
    };
    let embedded = EmbeddedFrames::of(frames, &structure);
    session.timeline.contents = TimelineContents::Embedded(embedded);
    read(&write(&session).unwrap()).unwrap().session
}

#[test]
fn recorded_frames_come_back_bit_for_bit() {
    let frames = recorded();
    let session = session(&frames);
    let source = EmbeddedSource::new("test", &session).unwrap().unwrap();
    assert_eq!(source.len(), frames.len() as u64);
    for (index, frame) in frames.iter().enumerate() {
        let read = source.read(index as u64).unwrap();
        assert_eq!(read.positions, frame.positions);
        assert_eq!(read.velocities, frame.velocities);
        assert_eq!(read.structure().elements(), frame.structure().elements());
        assert_eq!(read.cell, frame.cell);
        assert_eq!((read.step, read.time), (frame.step, frame.time));
        assert_eq!(read.temperature, frame.temperature);
        let (one, other) = (read.evaluation.as_ref(), frame.evaluation.as_ref());
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!((one.energy, &one.forces), (other.energy, &other.forces));
        assert_eq!(one.stress, other.stress);
        assert_eq!(source.energy(index as u64), Some(other.energy));
    }
    assert!(source.read(frames.len() as u64).is_err());
}

#[test]
fn frames_of_the_same_atoms_share_their_structure() {
    let session = session(&recorded());
    let TimelineContents::Embedded(embedded) = &session.timeline.contents else {
        panic!("no frames");
    };
    let structures: Vec<Option<usize>> = embedded.frames.iter().map(|it| it.structure).collect();
    assert_eq!(structures, [None, None, None, Some(0), Some(0)]);
    assert_eq!(embedded.structures.len(), 1);
    let source = EmbeddedSource::new("test", &session).unwrap().unwrap();
    let identity = |index: u64| source.read(index).unwrap().identity.clone();
    assert!(std::sync::Arc::ptr_eq(&identity(0), &identity(2)));
    assert!(std::sync::Arc::ptr_eq(&identity(3), &identity(4)));
}

#[test]
fn an_edit_is_marked() {
    let source = EmbeddedSource::new("test", &session(&recorded()))
        .unwrap()
        .unwrap();
    let edits: Vec<FrameAddress> = source
        .marks()
        .into_iter()
        .filter(|mark| mark.kind == MarkKind::Edit)
        .map(|mark| mark.address)
        .collect();
    assert_eq!(edits, [FrameAddress::File(3)]);
}

#[test]
fn a_session_without_frames_has_no_source() {
    assert!(
        EmbeddedSource::new("test", &Session::default())
            .unwrap()
            .is_none()
    );
}

/// The session of two frames, of which the second is in a run, continued from a file with these frames.
fn linked(frames: &[std::sync::Arc<Frame>], count: Option<u64>) -> Session {
    let mut session = session(&frames[..2]);
    let continued = session.timeline.contents.embedded().unwrap().clone();
    session.timeline.contents = TimelineContents::Linked(LinkedFrames {
        file: "run.mcap".to_owned(),
        count,
        continued,
    });
    read(&write(&session).unwrap()).unwrap().session
}

#[test]
fn frames_of_a_linked_file_come_first_and_those_of_the_session_continue_them() {
    let frames = recorded();
    let file = session(&frames);
    let file = EmbeddedSource::new("file", &file).unwrap().unwrap();
    let file: std::sync::Arc<dyn FrameSource> = std::sync::Arc::new(file);
    for count in [0, 3, 5, 9] {
        let session = linked(&frames, Some(count));
        let continued = EmbeddedSource::new("test", &session).unwrap().unwrap();
        let source = LinkedSource::new(std::sync::Arc::clone(&file), count, continued);
        let first = count.min(5);
        assert_eq!(source.len(), first + 2);
        for index in 0..source.len() {
            let expected = &frames[if index < first { index } else { index - first } as usize];
            let read = source.read(index).unwrap();
            assert_eq!(read.positions, expected.positions, "{count} {index}");
            let energy = expected.evaluation.as_ref().map(|it| it.energy);
            assert_eq!(source.energy(index), energy);
        }
        assert!(source.read(first + 2).is_err());
        let marks = source.marks();
        assert!(
            marks
                .iter()
                .any(|mark| mark.address == FrameAddress::File(first))
        );
        assert!(marks.is_sorted_by_key(|mark| mark.address));
    }
}

#[test]
fn a_link_without_a_path_is_an_error() {
    let mut session = linked(&recorded(), None);
    if let TimelineContents::Linked(linked) = &mut session.timeline.contents {
        linked.file.clear();
    }
    let error = write(&session).unwrap_err().to_string();
    assert!(error.contains("timeline.contents.linked.file"), "{error}");
}
