//! The headset among others: the desk's buttons, and people who came by the network.

use bevy::prelude::*;
use glam::{DQuat, DVec3};
use mlipview_core::presence::{Pose, Presence, Role};
use mlipview_viewer::Simulation;
use mlipview_viewer::app::people::People;
use mlipview_viewer::app::xr_status::{FrameBudget, Immersion};
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::scene::lines::Strokes;
use mlipview_viewer::xr::seen::{Costs, Seen, Side};
use mlipview_viewer::xr::{Ask, Headset, Mode};

use crate::grasping::three;
use crate::headset::{EYES, Visitor, open};

/// What was asked of the headset in the last frame.
fn asked(visitor: &Visitor) -> Vec<Ask> {
    let asks = visitor.desk.get::<Messages<Ask>>();
    asks.iter_current_update_messages().copied().collect()
}

#[test]
fn the_buttons_at_the_desk_ask_for_the_headset_and_show_what_it_does() {
    let mut visitor = Visitor::at(three());
    assert_eq!(
        *visitor.desk.get::<Immersion>(),
        Immersion::Inside(Mode::Virtual)
    );
    for (headset, expected) in [
        (Headset::Away { why: None }, Immersion::Desk),
        (Headset::Asking, Immersion::OnTheWay),
        (Headset::Leaving, Immersion::OnTheWay),
    ] {
        *visitor.desk.get_mut::<Headset>() = headset;
        visitor.desk.app.update();
        assert_eq!(*visitor.desk.get::<Immersion>(), expected);
    }
    *visitor.desk.get_mut::<Headset>() = Headset::Away { why: None };
    visitor.desk.ask(Action::Immerse(Mode::Augmented));
    assert_eq!(asked(&visitor), [Ask::Toggle(Mode::Augmented)]);
    visitor.desk.ask(Action::Recentre);
    assert_eq!(asked(&visitor), [Ask::Recentre]);
}

#[test]
fn the_desk_is_told_what_pictures_take_on_the_mean_until_the_headset_goes() {
    let mut visitor = Visitor::at(three());
    for number in 0..200 {
        // Every second one takes 2 ms of the program, the others 4.
        let app = if number % 2 == 0 { 0.002 } else { 0.004 };
        let mut seen = visitor.desk.get_mut::<Seen>();
        seen.costs = Costs {
            app,
            card: Some(0.005),
        };
        seen.missed = 7;
        visitor.desk.app.update();
    }
    let told = *visitor.desk.get::<FrameBudget>();
    assert!((told.app - 0.003).abs() < 2e-4, "{told:?}");
    assert!((told.card.unwrap() - 0.005).abs() < 1e-4, "{told:?}");
    assert_eq!((told.period, told.missed), (1.0 / 90.0, 7));
    *visitor.desk.get_mut::<Headset>() = Headset::Away { why: None };
    visitor.desk.app.update();
    assert_eq!(*visitor.desk.get::<FrameBudget>(), FrameBudget::default());
}

#[test]
fn others_see_head_and_hands_where_they_are_in_the_scene_until_the_headset_goes() {
    let mut visitor = Visitor::at(three());
    let place = Vec3::new(0.2, 1.1, -0.3);
    visitor.hand(Side::Left, Some(open(place, Quat::IDENTITY)));
    visitor.desk.wait_until("the presence", |desk| {
        let people = desk.get::<Simulation>().roster().people();
        people.len() == 1 && !people[0].presence.hands.is_empty()
    });
    let rig = visitor.rig();
    let seen = visitor.desk.get::<Simulation>().roster().people()[0]
        .presence
        .clone();
    let head = seen.head.unwrap().position.as_vec3();
    assert!(head.distance(rig.to_world(EYES)) < 1e-3);
    let hand = seen.hands[0].position.as_vec3();
    assert!(hand.distance(rig.to_world(place)) < 1e-3);
    // At this desk nobody is told of oneself.
    assert!(visitor.desk.get::<People>().list().is_empty());
    *visitor.desk.get_mut::<Headset>() = Headset::Away { why: None };
    visitor.desk.app.update();
    assert!(visitor.desk.get::<Simulation>().roster().is_empty());
    // And again.
    visitor.put_on();
    assert_eq!(visitor.desk.get::<Simulation>().roster().len(), 1);
}

#[test]
fn heads_of_others_have_their_natural_size_in_the_room() {
    let mut visitor = Visitor::at(three());
    let color = [10, 200, 30];
    let roster = visitor.desk.get::<Simulation>().roster();
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
    visitor.desk.app.update();
    let strokes = visitor.desk.get::<Strokes>().list().iter();
    let lines = strokes.filter(|stroke| stroke.color[..3] == color);
    let length = |from: [f32; 3], to: [f32; 3]| Vec3::from(from).distance(Vec3::from(to));
    let longest = lines
        .map(|stroke| length(stroke.from, stroke.to))
        .fold(0.0, f32::max);
    let metres = longest / visitor.rig().scale;
    assert!((0.1..0.3).contains(&metres), "{metres}");
}
