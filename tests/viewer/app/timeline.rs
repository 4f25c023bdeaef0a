//! The timeline in the window: look back, play, branch, and return.

use bevy::prelude::KeyCode;
use mlipview_core::sim::playback::Repeat;
use mlipview_core::sim::{Activity, FrameAddress};
use mlipview_viewer::app::run::RunSettings;
use mlipview_viewer::app::timeline::{TimelineView, columns};
use mlipview_viewer::interact::action::Action;

use crate::interact::argon_viewer;
use crate::test_viewer::TestViewer;

/// A viewer that has run dynamics for some steps, and runs on.
fn running(steps: u64) -> TestViewer {
    let mut viewer = argon_viewer();
    viewer.get_mut::<RunSettings>().speed_limit = None;
    viewer.act(Action::StartDynamics);
    viewer.wait_until("the run", |viewer| viewer.frame().step > steps);
    viewer
}

fn shown(viewer: &TestViewer) -> Option<FrameAddress> {
    Some(viewer.frame().playback?.address)
}

fn position(viewer: &TestViewer) -> Option<u64> {
    viewer.get::<TimelineView>().position(shown(viewer)?)
}

fn is_in_past(viewer: &TestViewer) -> bool {
    viewer.frame().activity == Activity::Playback
}

#[test]
fn keys_look_back_while_a_run_waits_and_return_to_it() {
    let mut viewer = running(30);
    viewer.press_key(&[], KeyCode::Home, None);
    viewer.wait_until("the first frame", |viewer| position(viewer) == Some(0));
    let waiting = viewer.get::<TimelineView>().len();
    for expected in 1..4 {
        viewer.press_key(&[], KeyCode::PageDown, None);
        viewer.wait_until("the next frame", |viewer| {
            position(viewer) == Some(expected)
        });
    }
    viewer.press_key(&[KeyCode::ShiftLeft], KeyCode::PageDown, None);
    viewer.wait_until("ten more", |viewer| position(viewer) == Some(13));
    viewer.press_key(&[], KeyCode::PageUp, None);
    viewer.wait_until("one back", |viewer| position(viewer) == Some(12));
    assert_eq!(viewer.get::<TimelineView>().len(), waiting, "the run waits");
    let step = viewer.frame().step;
    viewer.press_key(&[], KeyCode::End, None);
    viewer.wait_until("the run", |viewer| {
        !is_in_past(viewer) && viewer.frame().step > step + 30
    });
}

#[test]
fn playback_runs_through_a_range_and_space_pauses_it() {
    let mut viewer = running(30);
    let ends = [5, 9].map(|at| viewer.get::<TimelineView>().address(at).unwrap());
    let mut view = viewer.get_mut::<TimelineView>();
    view.options.range = Some(ends);
    view.options.repeat = Repeat::Loop;
    view.options.rate = 200.0;
    viewer.act(Action::TogglePlayback);
    for expected in [5, 9, 5] {
        viewer.wait_until("the range", |viewer| {
            position(viewer).is_some_and(|at| at.abs_diff(expected) < 3)
        });
        let at = position(&viewer).unwrap();
        assert!((5..=9).contains(&at), "{at}");
    }
    viewer.press_key(&[], KeyCode::Space, None);
    viewer.wait_until("a pause", |viewer| {
        viewer
            .frame()
            .playback
            .is_some_and(|playback| playback.play.is_none())
    });
    assert!(
        is_in_past(&viewer),
        "Space does not start a run in the past"
    );
}

#[test]
fn a_run_started_in_the_past_continues_from_the_shown_frame() {
    let mut viewer = running(30);
    viewer.act(Action::FirstFrame);
    viewer.wait_until("the past", is_in_past);
    viewer.act(Action::StepFrames(8));
    viewer.wait_until("frame 8", |viewer| position(viewer) == Some(8));
    let (step, there) = (viewer.frame().step, viewer.frame().positions.clone());
    viewer.get_mut::<RunSettings>().temperature = 5.0;
    viewer.act(Action::StartDynamics);
    viewer.wait_until("the branch", |viewer| {
        matches!(viewer.frame().activity, Activity::Running(_)) && viewer.frame().step > step
    });
    let view = viewer.get::<TimelineView>();
    let frame = view.address(8).unwrap();
    let sim = viewer.get::<mlipview_viewer::Simulation>();
    assert_eq!(sim.timeline().frame(frame).unwrap().positions, there);
    let lines = sim.timeline().lines();
    assert_eq!(lines.len(), 2, "the run before is kept: {lines:?}");
}

#[test]
fn continuing_from_the_past_stops_there_and_undo_returns() {
    let mut viewer = running(20);
    viewer.act(Action::Stop);
    viewer.wait_until("the end", |viewer| {
        viewer.frame().activity == Activity::Idle
    });
    let end = viewer.frame().positions.clone();
    viewer.act(Action::FirstFrame);
    viewer.wait_until("the past", is_in_past);
    let first = viewer.frame().positions.clone();
    viewer.act(Action::ContinueFromHere);
    viewer.wait_until("the first frame, live", |viewer| {
        !is_in_past(viewer) && viewer.frame().positions == first
    });
    viewer.act(Action::Undo);
    viewer.wait_until("the end", |viewer| viewer.frame().positions == end);
}

#[test]
fn the_curve_of_the_bar_spans_all_energies() {
    let mut viewer = running(50);
    viewer.act(Action::Stop);
    viewer.wait_until("the end", |viewer| {
        viewer.frame().activity == Activity::Idle
    });
    let view = viewer.get::<TimelineView>();
    let energies = || view.samples.iter().map(|sample| sample.energy);
    let low = energies().fold(f64::INFINITY, f64::min);
    let high = energies().fold(f64::NEG_INFINITY, f64::max);
    for count in [1, 2, 17, 400] {
        let columns = columns(view, None, count);
        assert_eq!(columns.len(), count);
        let known = || columns.iter().flatten();
        assert_eq!(
            known()
                .map(|column| column.low)
                .fold(f64::INFINITY, f64::min),
            low
        );
        assert_eq!(
            known()
                .map(|column| column.high)
                .fold(f64::NEG_INFINITY, f64::max),
            high
        );
    }
    assert!(
        view.samples.iter().any(|sample| sample.mark.is_some()),
        "the start is marked"
    );
}
