//! The headset, the window and other people: buttons, reported frame times, presence.

use bevy::prelude::*;
use glam::{DQuat, DVec3};
use mlipview_core::presence::{Pose, Presence, Role};
use mlipview_viewer::Simulation;
use mlipview_viewer::app::people::People;
use mlipview_viewer::app::xr_status::{FrameBudget, XrStatus};
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::scene::lines::Lines;
use mlipview_viewer::xr::display::FrameTimes;
use mlipview_viewer::xr::{Headset, HeadsetDisplay, HeadsetRequest, Mode, Side};

use crate::grab_atoms::three;
use crate::wearer::{EYES, Wearer, open};

/// Requests to the headset in the last frame.
fn requests(wearer: &Wearer) -> Vec<HeadsetRequest> {
    let requests = wearer.viewer.get::<Messages<HeadsetRequest>>();
    requests.iter_current_update_messages().copied().collect()
}

#[test]
fn the_buttons_of_the_window_request_the_headset_and_show_its_state() {
    let mut wearer = Wearer::at(three());
    assert_eq!(
        *wearer.viewer.get::<XrStatus>(),
        XrStatus::Active(Mode::Virtual)
    );
    for (headset, expected) in [
        (Headset::Off { error: None }, XrStatus::Inactive),
        (Headset::Connecting, XrStatus::Changing),
        (Headset::Stopping, XrStatus::Changing),
    ] {
        *wearer.viewer.get_mut::<Headset>() = headset;
        wearer.viewer.app.update();
        assert_eq!(*wearer.viewer.get::<XrStatus>(), expected);
    }
    *wearer.viewer.get_mut::<Headset>() = Headset::Off { error: None };
    wearer.viewer.act(Action::ToggleHeadset(Mode::Augmented));
    assert_eq!(requests(&wearer), [HeadsetRequest::Toggle(Mode::Augmented)]);
    wearer.viewer.act(Action::Recenter);
    assert_eq!(requests(&wearer), [HeadsetRequest::Recenter]);
}

#[test]
fn the_frame_budget_reports_mean_frame_times_while_the_headset_runs() {
    let mut wearer = Wearer::at(three());
    for number in 0..200 {
        // 2 and 4 ms of CPU time in turn.
        let cpu = if number % 2 == 0 { 0.002 } else { 0.004 };
        let mut display = wearer.viewer.get_mut::<HeadsetDisplay>();
        display.times = FrameTimes {
            cpu,
            gpu: Some(0.005),
        };
        display.dropped_frames = 7;
        wearer.viewer.app.update();
    }
    let budget = *wearer.viewer.get::<FrameBudget>();
    assert!((budget.cpu - 0.003).abs() < 2e-4, "{budget:?}");
    assert!((budget.gpu.unwrap() - 0.005).abs() < 1e-4, "{budget:?}");
    assert_eq!((budget.period, budget.dropped), (1.0 / 90.0, 7));
    *wearer.viewer.get_mut::<Headset>() = Headset::Off { error: None };
    wearer.viewer.app.update();
    assert_eq!(*wearer.viewer.get::<FrameBudget>(), FrameBudget::default());
}

#[test]
fn others_see_the_head_and_hands_of_the_wearer_while_the_headset_runs() {
    let mut wearer = Wearer::at(three());
    let position = Vec3::new(0.2, 1.1, -0.3);
    wearer.hand(Side::Left, Some(open(position, Quat::IDENTITY)));
    wearer.viewer.wait_until("the presence", |viewer| {
        let people = viewer.get::<Simulation>().roster().people();
        people.len() == 1 && !people[0].presence.hands.is_empty()
    });
    let rig = wearer.rig();
    let presence = wearer.viewer.get::<Simulation>().roster().people()[0]
        .presence
        .clone();
    let head = presence.head.unwrap().position.as_vec3();
    assert!(head.distance(rig.to_world(EYES)) < 1e-3);
    let hand = presence.hands[0].position.as_vec3();
    assert!(hand.distance(rig.to_world(position)) < 1e-3);
    // The list of others does not contain the wearer.
    assert!(wearer.viewer.get::<People>().list().is_empty());
    *wearer.viewer.get_mut::<Headset>() = Headset::Off { error: None };
    wearer.viewer.app.update();
    assert!(wearer.viewer.get::<Simulation>().roster().is_empty());
    // A second session joins again.
    wearer.put_on();
    assert_eq!(wearer.viewer.get::<Simulation>().roster().len(), 1);
}

#[test]
fn heads_of_others_have_natural_size_in_the_room() {
    let mut wearer = Wearer::at(three());
    let color = [10, 200, 30];
    let roster = wearer.viewer.get::<Simulation>().roster();
    let ada = roster.join(Role::Driver, "").unwrap();
    roster.set_profile(ada, None, Some(color));
    let head = Pose {
        position: DVec3::new(0.0, 30.0, 0.0),
        orientation: DQuat::IDENTITY,
    };
    let presence = Presence {
        head: Some(head),
        hands: Vec::new(),
    };
    roster.set_presence(ada, presence);
    wearer.viewer.app.update();
    let strokes = wearer.viewer.get::<Lines>().list().iter();
    let lines = strokes.filter(|stroke| stroke.color[..3] == color);
    let length = |from: [f32; 3], to: [f32; 3]| Vec3::from(from).distance(Vec3::from(to));
    let longest = lines
        .map(|stroke| length(stroke.from, stroke.to))
        .fold(0.0, f32::max);
    let meters = longest / wearer.rig().scale;
    assert!((0.1..0.3).contains(&meters), "{meters}");
}
