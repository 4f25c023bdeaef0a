//! Frames of a simulation in a session, and as a source of the timeline.

use mlipview_core::chem::Element;
use mlipview_core::potential::Emt;
use mlipview_core::session_file::{
    EmbeddedFrames, EmbeddedSource, Session, StructureRecord, TimelineContents, read, write,
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
