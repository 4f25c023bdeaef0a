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
use crate::test_viewer::TestViewer;

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

/// A viewer that has run dynamics from frame 2 of a trajectory of five frames.
fn continued(trajectory: &std::path::Path) -> TestViewer {
    let frame = |index: usize| format!("2\n\nAr 0 0 0\nAr 0 0 {}\n", 3.8 + 0.1 * index as f64);
    std::fs::write(trajectory, (0..5).map(frame).collect::<String>()).unwrap();
    let mut viewer = argon_viewer();
    request(&mut viewer, DocumentRequest::Open(Source::file(trajectory)));
    viewer.wait_until("the trajectory", |viewer| {
        viewer.get::<TimelineView>().frames_of_file == 5
    });
    let third = viewer.get::<TimelineView>().address(2).unwrap();
    viewer.act(Action::ShowFrame(third));
    // An opened trajectory shows its first frame.
    viewer.wait_until("the frame", |viewer| {
        let shown = viewer.frame().playback;
        shown.is_some_and(|shown| shown.address == third)
    });
    viewer.act(Action::ContinueFromHere);
    viewer.act(Action::StartDynamics);
    viewer.wait_until("a run", |viewer| viewer.frame().step > 20);
    viewer.act(Action::Stop);
    viewer.wait_until("the end", |viewer| {
        viewer.frame().activity == Activity::Idle
    });
    viewer
}

/// Heights of the second atom in all frames of the shown line, Å.
fn heights(viewer: &TestViewer) -> Vec<f64> {
    let timeline = viewer.get::<mlipview_viewer::Simulation>().timeline();
    let address = |position| timeline.address(position).unwrap();
    let frames = (0..timeline.len()).map(|position| timeline.frame(address(position)).unwrap());
    frames.map(|frame| frame.positions[1].z).collect()
}

#[test]
fn a_run_that_continues_a_trajectory_is_saved_with_a_link_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let [trajectory, path, again] =
        ["run.xyz", "argon.json", "again.json"].map(|name| folder.path().join(name));
    let mut saved = continued(&trajectory);
    request(&mut saved, DocumentRequest::SaveSession(path.clone()));
    saved.wait_until("the file", |viewer| {
        has_notice(
            viewer,
            Severity::Info,
            "Saved the session with a link to its file as",
        )
    });
    let expected = heights(&saved);
    assert!(expected.len() > 23);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("\"file\": \"run.xyz\"") && text.contains("\"count\": 3"),
        "{text}"
    );

    // Also when the opened session is saved again.
    for path in [&path, &again] {
        let mut opened = argon_viewer();
        request(&mut opened, DocumentRequest::Open(Source::file(path)));
        opened.wait_until("the frames", |viewer| {
            viewer.get::<TimelineView>().frames_of_file == expected.len() as u64
        });
        let heights = heights(&opened);
        // The opened structure is one more frame.
        for (one, other) in heights.iter().zip(&expected) {
            assert!((one - other).abs() < 1e-7, "{one} {other}");
        }
        request(&mut opened, DocumentRequest::SaveSession(again.clone()));
        opened.wait_until("the file", |viewer| {
            has_notice(viewer, Severity::Info, "Saved the session with a link")
        });
    }

    // Of a trajectory that was cut, what is left is shown, and said.
    let whole = std::fs::read_to_string(&trajectory).unwrap();
    let two: Vec<&str> = whole.lines().take(8).collect();
    std::fs::write(&trajectory, two.join("\n") + "\n").unwrap();
    let mut opened = argon_viewer();
    request(&mut opened, DocumentRequest::Open(Source::file(&path)));
    opened.wait_until("the frames", |viewer| {
        viewer.get::<TimelineView>().frames_of_file == expected.len() as u64 - 1
    });
    assert!(has_notice(
        &opened,
        Severity::Warning,
        "run.xyz has 2 of 3 frames"
    ));

    // Without the trajectory, the frames of the simulation remain.
    std::fs::remove_file(&trajectory).unwrap();
    let mut opened = argon_viewer();
    request(&mut opened, DocumentRequest::Open(Source::file(&path)));
    opened.wait_until("the frames", |viewer| {
        viewer.get::<TimelineView>().frames_of_file == expected.len() as u64 - 3
    });
    assert!(has_notice(&opened, Severity::Warning, "run.xyz is missing"));
}
