//! Where the molecule is when the headset is put on, and the room around it.

use bevy::prelude::*;
use mlipview_viewer::app::notices::Notices;
use mlipview_viewer::xr::seen::{Blend, Pose, Seen};
use mlipview_viewer::xr::{Ask, Mode, Rig, Wishes};

use crate::grasping::three;
use crate::headset::{EYES, Visitor};

/// The middle of the box around the three atoms, in the room, m.
fn middle(visitor: &Visitor) -> Vec3 {
    visitor.rig().to_room(Vec3::new(1.5, 0.0, -1.5))
}

fn ask(visitor: &mut Visitor, ask: Ask) {
    visitor.desk.app.world_mut().write_message(ask);
    visitor.desk.app.update();
}

#[test]
fn it_is_put_before_the_chest_and_again_when_that_is_asked_elsewhere() {
    let mut visitor = Visitor::at(three());
    let there = middle(&visitor);
    assert!(
        (there - Vec3::new(0.0, EYES.y - 0.35, -1.15)).length() < 1e-3,
        "{there}"
    );
    // The head walks about: the molecule stays.
    let head = Pose {
        place: EYES + Vec3::new(2.0, 0.0, 1.0),
        turn: Quat::from_rotation_y(1.0),
    };
    visitor.desk.get_mut::<Seen>().head = Some(head);
    visitor.desk.app.update();
    assert_eq!(middle(&visitor), there);
    ask(&mut visitor, Ask::Recentre);
    let expected = head.place + Quat::from_rotation_y(1.0) * Vec3::new(0.0, -0.35, -1.15);
    assert!((middle(&visitor) - expected).length() < 1e-3);
}

#[test]
fn when_the_space_of_the_room_has_another_origin_it_is_put_there_anew() {
    let mut visitor = Visitor::at(three());
    let there = middle(&visitor);
    let mut seen = visitor.desk.get_mut::<Seen>();
    seen.recentred = true;
    seen.head = seen.head.map(|head| Pose {
        place: head.place + Vec3::X,
        ..head
    });
    visitor.desk.app.update();
    assert!((middle(&visitor) - there - Vec3::X).length() < 1e-3);
}

#[test]
fn with_the_room_around_it_is_smaller_and_nearer() {
    let mut visitor = Visitor::at(three());
    visitor.desk.get_mut::<Seen>().blends = vec![Blend::Opaque, Blend::Alpha];
    let large = visitor.rig().scale;
    *visitor.desk.get_mut::<Mode>() = Mode::Augmented;
    visitor.desk.app.update();
    visitor.desk.app.update();
    assert!((visitor.rig().scale / large - 2.0).abs() < 1e-3);
    assert!((middle(&visitor).z + 0.8).abs() < 1e-3);
    assert_eq!(visitor.desk.get::<Wishes>().blend, Blend::Alpha);
    *visitor.desk.get_mut::<Mode>() = Mode::Virtual;
    visitor.desk.app.update();
    assert_eq!(visitor.desk.get::<Wishes>().blend, Blend::Opaque);
}

#[test]
fn a_headset_that_shows_no_room_says_so_and_shows_the_molecule() {
    let mut visitor = Visitor::at(three());
    *visitor.desk.get_mut::<Mode>() = Mode::Augmented;
    visitor.desk.app.update();
    assert!(visitor.desk.last_said().contains("shows no room"));
    assert_eq!(*visitor.desk.get::<Mode>(), Mode::Virtual);
    assert_eq!(visitor.desk.get::<Wishes>().blend, Blend::Opaque);
    let said = visitor.desk.get::<Notices>().list().len();
    visitor.desk.app.update();
    assert_eq!(visitor.desk.get::<Notices>().list().len(), said);
}

#[test]
fn nothing_is_placed_before_the_head_is_seen() {
    let mut visitor = Visitor::at(three());
    visitor.desk.get_mut::<Seen>().head = None;
    let before = visitor.rig();
    ask(&mut visitor, Ask::Recentre);
    assert_eq!(visitor.rig(), before);
    visitor.desk.get_mut::<Seen>().head = Some(Pose {
        place: EYES + Vec3::Z,
        turn: Quat::IDENTITY,
    });
    visitor.desk.app.update();
    assert_ne!(visitor.rig(), before);
    assert_ne!(before, Rig::default());
}
