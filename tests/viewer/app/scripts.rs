//! Timeline scripts of sessions, played in the window.

use mlipview_core::files::Source;
use mlipview_core::potential::LennardJones;
use mlipview_core::script::{
    Action as ScriptAction, Anchor, Callout, FrameRange, Message, ScreenText, Script, Speed,
};
use mlipview_core::session_file::{
    EmbeddedFrames, Session, StructureRecord, TimelineContents, TimelineRecord, write,
};
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Command, Engine};
use mlipview_viewer::Simulation;
use mlipview_viewer::app::document::DocumentRequest;
use mlipview_viewer::app::script::{EditedScript, ScriptEdit};
use mlipview_viewer::app::timeline::TimelineView;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::scene::labels::{LabelPlace, Labels};

use crate::interact::{argon, argon_viewer};
use crate::test_viewer::TestViewer;

/// A session of ten steps of argon, with a callout and a text from frame 3 to 5, and a slow speed.
fn session() -> String {
    let mut engine = Engine::new(argon(), Some(Box::new(LennardJones::noble_gases())), 0);
    engine.apply(1, Command::Steps(DynamicsSettings::default().task(), 10));
    let frames: Vec<_> = std::iter::from_fn(|| engine.step()).collect();
    let message = Message {
        range: FrameRange::between(3, 5),
        actions: vec![
            ScriptAction::Callout(Callout::new("first atom", Anchor::Atom(0))),
            ScriptAction::Text(ScreenText::caption("A caption")),
            ScriptAction::Speed(Speed::frames_per_second(4.0)),
        ],
        ..Message::new("lesson")
    };
    let structure = argon();
    let contents = TimelineContents::Embedded(EmbeddedFrames::of(&frames, &structure));
    write(&Session {
        structure: StructureRecord::new(&structure, None),
        timeline: TimelineRecord {
            contents,
            ..TimelineRecord::default()
        },
        script: Script {
            messages: vec![message],
        },
        ..Session::default()
    })
    .unwrap()
}

/// A viewer that has opened the session, written to this folder.
fn lesson(folder: &std::path::Path) -> TestViewer {
    let path = folder.join("lesson.json");
    std::fs::write(&path, session()).unwrap();
    let mut viewer = argon_viewer();
    viewer
        .app
        .world_mut()
        .write_message(DocumentRequest::Open(Source::file(&path)));
    viewer.wait_until("the frames", |viewer| {
        viewer.get::<TimelineView>().frames_of_file > 5
    });
    viewer
}

#[test]
fn callouts_and_texts_show_in_their_frames_and_the_timeline_has_the_script() {
    let folder = tempfile::tempdir().unwrap();
    let mut viewer = lesson(folder.path());
    let address =
        |viewer: &TestViewer, position| viewer.get::<TimelineView>().address(position).unwrap();
    let shown = address(&viewer, 4);
    viewer.act(Action::ShowFrame(shown));
    viewer.wait_until("the labels", |viewer| viewer.get::<Labels>().0.len() == 2);
    let labels = viewer.get::<Labels>().0.clone();
    assert_eq!(labels[0].text, "first atom");
    let LabelPlace::Scene(place, _) = labels[0].place else {
        panic!("{labels:?}");
    };
    assert!(place.distance(viewer.frame().positions[0].as_vec3()) < 1e-4);
    assert_eq!(labels[1].text, "A caption");
    let timeline = viewer.get::<Simulation>().timeline().clone();
    let rate = |position| timeline.script().rate(position, timeline.extent(20.0));
    assert_eq!([rate(4.0), rate(6.0)], [4.0, 20.0]);
    let shown = address(&viewer, 8);
    viewer.act(Action::ShowFrame(shown));
    viewer.wait_until("no labels", |viewer| viewer.get::<Labels>().0.is_empty());
}

fn texts(viewer: &TestViewer) -> Vec<String> {
    let labels = viewer.get::<Labels>().0.iter();
    labels.map(|label| label.text.clone()).collect()
}

fn edit(viewer: &mut TestViewer, edit: &ScriptEdit) {
    let mut script = viewer.app.world_mut().resource_mut::<EditedScript>();
    script.edit(edit, argon().len()).unwrap();
}

#[test]
fn edits_show_at_once_and_typing_in_one_message_is_one_step_of_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut viewer = lesson(folder.path());
    let shown = viewer.get::<TimelineView>().address(4).unwrap();
    viewer.act(Action::ShowFrame(shown));
    viewer.wait_until("the labels", |viewer| texts(viewer).len() == 2);
    let original = viewer.get::<EditedScript>().script().clone();
    for typed in ["s", "se", "second"] {
        let mut message = original.messages[0].clone();
        message.actions[0] = ScriptAction::Callout(Callout::new(typed, Anchor::Atom(1)));
        edit(&mut viewer, &ScriptEdit::Replace(0, message));
    }
    viewer.wait_until("the edited text", |viewer| texts(viewer)[0] == "second");
    let LabelPlace::Scene(place, _) = viewer.get::<Labels>().0[0].place else {
        panic!("a callout is in the scene");
    };
    assert!(place.distance(viewer.frame().positions[1].as_vec3()) < 1e-4);
    edit(&mut viewer, &ScriptEdit::Delete(0));
    viewer.wait_until("no labels", |viewer| texts(viewer).is_empty());
    for expected in ["second", "first atom"] {
        viewer.app.world_mut().resource_mut::<EditedScript>().undo();
        viewer.wait_until("the text before", |viewer| {
            texts(viewer).first().is_some_and(|text| text == expected)
        });
    }
    assert_eq!(*viewer.get::<EditedScript>().script(), original);
    assert!(!viewer.get::<EditedScript>().has_undo());
}
