//! The tablet with the panels, and hands that point at it.

use bevy::app::PostUpdate;
use bevy::image::Image;
use bevy::prelude::*;
use bevy::render::camera::camera_system;
use bevy::render::texture::ManualTextureViews;
use mlipview_viewer::app::panels;
use mlipview_viewer::app::panels::{Panels, Section};
use mlipview_viewer::interact::aim::Aims;
use mlipview_viewer::scene::selection::Selection;
use mlipview_viewer::scene::tablet::{Board, Tablet};
use mlipview_viewer::xr::hand;
use mlipview_viewer::xr::seen::{HandKind, HandSeen, Side};
use mlipview_viewer::xr::{Ask, Headset};

use crate::grasping::three;
use crate::headset::{EYES, Visitor, open, pinching, pointing};

/// Places on the tablet, points from the upper left: the field for choosing atoms, two keys.
const QUERY: Vec2 = Vec2::new(215.0, 237.0);
const TWO: Vec2 = Vec2::new(226.0, 306.0);
const ENTER: Vec2 = Vec2::new(500.0, 450.0);

/// Where the left hand is when it asks for the tablet, m: on the left, where no atom is.
const LEFT: Vec3 = Vec3::new(-0.5, 1.2, -0.3);

fn visitor_with_panels() -> Visitor {
    Visitor::furnished("lj:sigma=0.1,epsilon=1e-12", three(), |app| {
        app.init_asset::<Image>();
        app.init_resource::<ManualTextureViews>();
        app.add_systems(PostUpdate, camera_system);
        app.add_plugins(panels::plugin);
    })
}

/// Presses the menu button of the left hand for so many frames.
fn menu(visitor: &mut Visitor, frames: usize) {
    let hand = open(LEFT, Quat::IDENTITY);
    for _ in 0..frames {
        visitor.hand(Side::Left, Some(HandSeen { menu: true, ..hand }));
    }
    visitor.hand(Side::Left, Some(hand));
}

fn board(visitor: &Visitor) -> Board {
    visitor.desk.get::<Tablet>().board.unwrap()
}

/// A right hand half a metre before a place of the tablet (points) that points at it.
fn at(visitor: &Visitor, place: Vec2) -> HandSeen {
    let there = visitor.rig().to_room(board(visitor).place(place));
    let away = (EYES - there).normalize_or_zero();
    pointing(there + 0.5 * away, there)
}

fn points_into_the_scene(visitor: &Visitor) -> bool {
    let aims = visitor.desk.get::<Aims>();
    aims.of(hand::name(Side::Right)).is_some()
}

fn update(visitor: &mut Visitor) {
    for _ in 0..4 {
        visitor.desk.app.update();
    }
}

#[test]
fn the_menu_button_hangs_the_tablet_before_the_hand_where_the_head_can_read_it() {
    let mut visitor = visitor_with_panels();
    assert_eq!(visitor.desk.get::<Tablet>().board, None);
    menu(&mut visitor, 5);
    let board = board(&visitor);
    let middle = visitor.rig().to_room(board.pose.translation.into());
    assert!(middle.distance(LEFT) < 0.3, "{middle}");
    let facing = visitor.rig().turn.inverse() * (board.pose.rotation * Vec3::Z);
    assert!(facing.dot((EYES - middle).normalize_or_zero()) > 0.999);
    // Letters of 13 points are more than half a degree high from there.
    let letter = 13.0 * board.point / visitor.rig().scale;
    let angle = (letter / middle.distance(EYES)).to_degrees();
    assert!(angle > 0.5, "{angle}°");
    // It stays in the room when the world is moved, and goes by the same button.
    menu(&mut visitor, 5);
    assert_eq!(visitor.desk.get::<Tablet>().board, None);
}

#[test]
fn a_hand_presses_the_buttons_that_its_ray_meets() {
    let mut visitor = visitor_with_panels();
    menu(&mut visitor, 3);
    update(&mut visitor);
    assert_eq!(visitor.desk.get::<Panels>().section, Some(Section::Run));
    // The second button of the strip at the left opens the library.
    let hand = at(&visitor, Vec2::new(31.0, 72.0));
    visitor.hand(Side::Right, Some(hand));
    update(&mut visitor);
    visitor.hand(Side::Right, Some(pinching(hand)));
    update(&mut visitor);
    visitor.hand(Side::Right, Some(hand));
    update(&mut visitor);
    assert_eq!(visitor.desk.get::<Panels>().section, Some(Section::Library));
}

#[test]
fn a_finger_presses_the_button_that_it_touches() {
    let mut visitor = visitor_with_panels();
    menu(&mut visitor, 3);
    update(&mut visitor);
    let board = board(&visitor);
    let rig = visitor.rig();
    let button = rig.to_room(board.place(Vec2::new(31.0, 72.0)));
    let before = rig.turn.inverse() * (board.pose.rotation * Vec3::Z);
    for away in [0.1, 0.03, 0.01, -0.01, 0.01, 0.03, 0.1] {
        let finger = button + away * before;
        // The ray of the hand goes past the tablet.
        let hand = HandSeen {
            kind: HandKind::Bare,
            fingertip: Some(finger),
            ..open(finger + 0.1 * before, Quat::from_rotation_y(2.0))
        };
        visitor.hand(Side::Right, Some(hand));
        update(&mut visitor);
    }
    assert_eq!(visitor.desk.get::<Panels>().section, Some(Section::Library));
}

#[test]
fn what_is_typed_on_the_tablet_goes_to_the_field_that_is_pressed() {
    let mut visitor = visitor_with_panels();
    visitor.desk.get_mut::<Panels>().section = Some(Section::Edit);
    menu(&mut visitor, 3);
    update(&mut visitor);
    let mut press = |place: Vec2| {
        let hand = at(&visitor, place);
        for hand in [hand, pinching(hand), hand] {
            visitor.hand(Side::Right, Some(hand));
            update(&mut visitor);
        }
    };
    press(QUERY);
    // 2, and the key that enters it.
    press(TWO);
    press(ENTER);
    assert_eq!(visitor.desk.get::<Selection>().atoms(), [2]);
}

#[test]
fn a_hand_that_points_at_the_tablet_points_at_nothing_behind_it() {
    let mut visitor = visitor_with_panels();
    menu(&mut visitor, 3);
    let hand = at(&visitor, Board::POINTS / 2.0);
    visitor.hand(Side::Right, Some(hand));
    assert!(visitor.desk.get::<Tablet>().pointer.is_some());
    assert!(!points_into_the_scene(&visitor));
    // A press that began on it stays there, wherever the hand goes.
    visitor.hand(Side::Right, Some(pinching(hand)));
    let beside = at(&visitor, Vec2::new(-200.0, 100.0));
    visitor.hand(Side::Right, Some(pinching(beside)));
    assert!(!points_into_the_scene(&visitor));
    visitor.hand(Side::Right, Some(beside));
    visitor.hand(Side::Right, Some(beside));
    assert!(points_into_the_scene(&visitor));
    // And one that began elsewhere does not press it.
    visitor.hand(Side::Right, Some(pinching(beside)));
    visitor.hand(Side::Right, Some(pinching(hand)));
    assert_eq!(visitor.desk.get::<Tablet>().pointer, None);
}

#[test]
fn a_long_press_of_the_menu_button_puts_the_molecule_before_the_head() {
    let mut visitor = visitor_with_panels();
    let mut asked = Vec::new();
    let held = HandSeen {
        menu: true,
        ..open(LEFT, Quat::IDENTITY)
    };
    // Frames of 16 ms.
    for _ in 0..70 {
        visitor.hand(Side::Left, Some(held));
        let asks = visitor.desk.get::<Messages<Ask>>();
        asked.extend(asks.iter_current_update_messages().copied());
    }
    assert_eq!(asked, [Ask::Recentre]);
    assert_eq!(visitor.desk.get::<Tablet>().board, None);
}

#[test]
fn two_quick_pinches_of_a_bare_hand_beside_everything_do_as_the_menu_button() {
    let mut visitor = visitor_with_panels();
    let away = Quat::from_rotation_y(std::f32::consts::PI);
    let mut pinch_twice = |kind: HandKind| {
        let hand = HandSeen {
            kind,
            ..open(LEFT, away)
        };
        for _ in 0..2 {
            visitor.hand(Side::Left, Some(hand));
            visitor.hand(Side::Left, Some(pinching(hand)));
            visitor.hand(Side::Left, Some(hand));
        }
        // Long enough that the next pinch is a first one.
        for _ in 0..40 {
            visitor.hand(Side::Left, Some(hand));
        }
        visitor.desk.get::<Tablet>().board.is_some()
    };
    assert!(!pinch_twice(HandKind::Controller));
    assert!(pinch_twice(HandKind::Bare));
    assert!(!pinch_twice(HandKind::Bare));
}

#[test]
fn the_tablet_goes_with_the_headset() {
    let mut visitor = visitor_with_panels();
    menu(&mut visitor, 3);
    update(&mut visitor);
    *visitor.desk.get_mut::<Headset>() = Headset::Away { why: None };
    update(&mut visitor);
    assert_eq!(visitor.desk.get::<Tablet>().board, None);
    visitor.put_on();
    menu(&mut visitor, 3);
    update(&mut visitor);
    assert!(visitor.desk.get::<Tablet>().board.is_some());
}
