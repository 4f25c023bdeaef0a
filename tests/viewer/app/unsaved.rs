//! Unsaved changes: asked about at quitting, saved automatically, restored after a crash.

use std::fs;
use std::path::{Path, PathBuf};

use bevy::app::AppExit;
use bevy::ecs::message::Messages;
use mlipview_core::files::Source;
use mlipview_core::script::{Action as ScriptAction, FrameRange, ScreenText};
use mlipview_core::sim::Activity;
use mlipview_viewer::app::document::{Document, DocumentRequest};
use mlipview_viewer::app::notices::Severity;
use mlipview_viewer::app::script::{EditedScript, ScriptEdit};
use mlipview_viewer::app::timeline::TimelineView;
use mlipview_viewer::app::unsaved::{AutosaveFolder, Quit, QuitAnswer, Recovery};
use mlipview_viewer::interact::action::Action;

use super::{has_notice, request};
use crate::interact::{argon, lennard_jones};
use crate::test_viewer::TestViewer;

/// A window whose quitting asks, with automatic saving to a folder.
fn window(folder: &Path) -> TestViewer {
    TestViewer::with_plugins(argon(), Some(lennard_jones()), |app| {
        app.insert_resource(Quit::with_question())
            .insert_resource(AutosaveFolder::new(folder.to_path_buf()));
    })
}

/// A window with an opened file of argon.
fn opened(folder: &Path) -> TestViewer {
    let path = folder.join("argon.xyz");
    fs::write(&path, "2\n\nAr 0 0 0\nAr 0 0 3.8\n").unwrap();
    let mut viewer = window(&folder.join("state"));
    request(&mut viewer, DocumentRequest::Open(Source::file(&path)));
    viewer.wait_until("the file", |viewer| viewer.frame().positions.len() == 2);
    viewer
}

fn run(viewer: &mut TestViewer) {
    viewer.act(Action::StartDynamics);
    viewer.wait_until("a run", |viewer| viewer.frame().step > 5);
    viewer.act(Action::Stop);
    viewer.wait_until("its end", |viewer| {
        viewer.frame().activity == Activity::Idle
    });
}

fn has_exit(viewer: &TestViewer) -> bool {
    !viewer.get::<Messages<AppExit>>().is_empty()
}

fn answer(viewer: &mut TestViewer, answer: QuitAnswer) {
    viewer.app.world_mut().write_message(answer);
    viewer.app.update();
}

/// The automatically saved sessions in a folder.
fn sessions(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.join("state")) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect()
}

#[test]
fn an_unchanged_document_quits_at_once_also_after_a_look_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut viewer = opened(folder.path());
    viewer.act(Action::FirstFrame);
    viewer.act(Action::Quit);
    assert!(has_exit(&viewer));
    assert!(sessions(folder.path()).is_empty());
}

#[test]
fn changes_are_asked_about_and_every_answer_does_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut viewer = opened(folder.path());
    run(&mut viewer);
    viewer.act(Action::Quit);
    assert!(viewer.get::<Quit>().shows_question() && !has_exit(&viewer));
    answer(&mut viewer, QuitAnswer::Cancel);
    assert!(!viewer.get::<Quit>().shows_question() && !has_exit(&viewer));

    // Saved, it quits at once.
    let path = folder.path().join("argon.json");
    request(&mut viewer, DocumentRequest::SaveSession(path.clone()));
    viewer.wait_until("the session", |viewer| {
        has_notice(viewer, Severity::Info, "Saved the session")
    });
    run(&mut viewer);
    viewer.act(Action::Quit);
    let before = fs::read(&path).unwrap();
    answer(&mut viewer, QuitAnswer::Save);
    viewer.wait_until("the end", has_exit);
    assert_ne!(fs::read(&path).unwrap(), before);

    let mut viewer = opened(folder.path());
    run(&mut viewer);
    viewer.act(Action::Quit);
    answer(&mut viewer, QuitAnswer::Discard);
    assert!(has_exit(&viewer));
    viewer.app.update();
    assert!(sessions(folder.path()).is_empty());
}

#[test]
fn a_session_that_cannot_be_saved_keeps_the_program_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut viewer = opened(folder.path());
    let path = folder.path().join("argon.json");
    request(&mut viewer, DocumentRequest::SaveSession(path.clone()));
    viewer.wait_until("the session", |viewer| {
        has_notice(viewer, Severity::Info, "Saved the session")
    });
    run(&mut viewer);
    // A folder stands where the file was.
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    viewer.act(Action::Quit);
    answer(&mut viewer, QuitAnswer::Save);
    viewer.wait_until("the error", |viewer| {
        has_notice(viewer, Severity::Error, "Cannot save")
    });
    for _ in 0..10 {
        viewer.app.update();
    }
    assert!(!has_exit(&viewer) && !viewer.get::<Quit>().shows_question());
}

#[test]
fn a_crash_loses_nothing_that_was_saved_automatically() {
    let folder = tempfile::tempdir().unwrap();
    let mut crashed = opened(folder.path());
    run(&mut crashed);
    crashed.wait_until("a saved session", |_| !sessions(folder.path()).is_empty());
    let height = saved_height(&sessions(folder.path())[0]);

    // A second window leaves the sessions of the first alone while it lives.
    let mut second = opened(folder.path());
    wait_for_scan(&mut second);
    assert!(second.get::<Recovery>().sessions.is_empty());
    second.act(Action::Quit);
    assert!(has_exit(&second));
    drop(second);

    // Dropped without its end, as by a crash.
    drop(crashed);
    let mut viewer = opened(folder.path());
    viewer.wait_until("an offer", |viewer| {
        !viewer.get::<Recovery>().sessions.is_empty()
    });
    assert_eq!(viewer.get::<Recovery>().sessions[0].title, "argon.xyz");
    let restore = viewer.get_mut::<Recovery>().restore(0).unwrap();
    request(&mut viewer, restore);
    viewer.wait_until("the session", |viewer| {
        viewer.get::<Document>().restored_from.is_some()
    });
    viewer.wait_until("its atoms", |viewer| {
        viewer.frame().positions[1].z == height
    });
    assert_eq!(viewer.get::<Document>().name, "argon.xyz");
    assert!(viewer.get::<TimelineView>().frames_of_file > 0);
    // No file has it: quitting asks, and discarding removes it.
    viewer.act(Action::Quit);
    assert!(viewer.get::<Quit>().shows_question());
    answer(&mut viewer, QuitAnswer::Discard);
    viewer.app.update();
    assert!(sessions(folder.path()).is_empty());
}

/// z of the second atom in a session file, Å.
fn saved_height(path: &Path) -> f64 {
    let text = fs::read_to_string(path).unwrap();
    let session: serde_json::Value = serde_json::from_str(&text).unwrap();
    session["structure"]["positions"][1][2].as_f64().unwrap()
}

fn wait_for_scan(viewer: &mut TestViewer) {
    for _ in 0..20 {
        viewer.app.update();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn an_edit_of_the_script_alone_is_saved_automatically_and_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let mut viewer = opened(folder.path());
    let text = ScriptAction::Text(ScreenText::caption("Argon"));
    let edit = ScriptEdit::Add(text, FrameRange::default());
    viewer.get_mut::<EditedScript>().edit(&edit, 2).unwrap();
    viewer.wait_until("a saved session", |_| !sessions(folder.path()).is_empty());
    viewer.act(Action::Quit);
    assert!(viewer.get::<Quit>().shows_question());
    viewer.get_mut::<EditedScript>().undo();
    answer(&mut viewer, QuitAnswer::Cancel);
    viewer.act(Action::Quit);
    assert!(has_exit(&viewer));
}

#[test]
fn of_many_crashes_the_newest_sessions_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    fs::create_dir(&state).unwrap();
    let now = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(2_000_000_000);
    for number in 0..20_u64 {
        let path = state.join(format!("1-{number}.json"));
        fs::write(&path, "{}").unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        let age = std::time::Duration::from_secs(60 * number);
        file.set_modified(now - age).unwrap();
        fs::write(path.with_extension("lock"), format!("crash {number}")).unwrap();
    }
    // A lock alone was left before anything was saved.
    fs::write(state.join("1-99.lock"), "").unwrap();
    let found = AutosaveFolder::new(state.clone()).abandoned(now).unwrap();
    let titles: Vec<_> = found.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles.len(), 16);
    assert_eq!([titles[0], titles[15]], ["crash 0", "crash 15"]);
    assert_eq!(found[3].age.as_secs(), 180);
    assert_eq!(sessions(folder.path()).len(), 16);
    assert!(!state.join("1-99.lock").exists());
}
