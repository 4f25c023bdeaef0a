//! Sessions: saved to a file, and brought back in another window.

use mlipview_core::files::Source;
use mlipview_core::sim::Activity;
use mlipview_viewer::Style;
use mlipview_viewer::app::document::DocumentRequest;
use mlipview_viewer::app::notices::Severity;
use mlipview_viewer::app::run::RunSettings;
use mlipview_viewer::app::timeline::TimelineView;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::selection::Selection;

use super::{has_notice, request};
use crate::interact::argon_viewer;

#[test]
fn a_session_brings_everything_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("argon.json");
    let mut saved = argon_viewer();
    let mut settings = saved.get_mut::<RunSettings>();
    (settings.temperature, settings.speed_limit) = (45.0, None);
    saved.act(Action::StartDynamics);
    saved.wait_until("a run", |viewer| viewer.frame().step > 40);
    saved.act(Action::Stop);
    saved.wait_until("the end", |viewer| {
        viewer.frame().activity == Activity::Idle
    });
    saved.get_mut::<Selection>().set([3, 1]);
    saved.get_mut::<Style>().stick = 0.2;
    saved.act(Action::Rotate {
        right: 30.0,
        down: 10.0,
    });
    saved.act(Action::NextLabels);
    request(&mut saved, DocumentRequest::SaveSession(path.clone()));
    saved.wait_until("the file", |viewer| {
        has_notice(viewer, Severity::Info, "Saved the session")
    });
    let frames = saved.get::<TimelineView>().len();

    let mut opened = argon_viewer();
    request(&mut opened, DocumentRequest::Open(Source::file(&path)));
    opened.wait_until("the session", |viewer| {
        has_notice(viewer, Severity::Info, "Opened argon.json")
    });
    opened.wait_until("its atoms", |viewer| {
        viewer.frame().positions == saved.frame().positions
    });
    assert_eq!(opened.frame().velocities, saved.frame().velocities);
    assert_eq!(*opened.get::<Style>(), *saved.get::<Style>());
    assert_eq!(*opened.get::<RunSettings>(), *saved.get::<RunSettings>());
    assert_eq!(opened.get::<Selection>().atoms(), [3, 1]);
    let [one, other] = [&opened, &saved].map(|viewer| *viewer.get::<Orbit>());
    assert!(one.rotation.angle_between(other.rotation) < 1e-3);
    assert!((one.distance - other.distance).abs() < 1e-3);
    let view = opened.get::<TimelineView>();
    assert_eq!(view.frames_of_file, frames, "the recorded frames");
    opened.act(Action::FirstFrame);
    opened.wait_until("the first frame", |viewer| {
        viewer.frame().playback.is_some()
    });
    let sim = saved.get::<mlipview_viewer::Simulation>();
    let first = sim
        .timeline()
        .frame(sim.timeline().address(0).unwrap())
        .unwrap();
    let distance = opened.frame().positions[0].distance(first.positions[0]);
    assert!(distance < 1e-6, "{distance} Å");
}

#[test]
fn a_file_that_is_no_session_is_an_error_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.json");
    std::fs::write(&path, "{\"name\": \"x\"}").unwrap();
    let mut viewer = argon_viewer();
    let before = viewer.frame().positions.clone();
    request(&mut viewer, DocumentRequest::Open(Source::file(&path)));
    viewer.wait_until("the error", |viewer| {
        has_notice(viewer, Severity::Error, "not a session")
    });
    assert_eq!(viewer.frame().positions, before);
}
