//! The tablet: showing and hiding it, touch by ray and fingertip, typing.

use bevy::app::PostUpdate;
use bevy::image::Image;
use bevy::prelude::*;
use bevy::render::camera::camera_system;
use bevy::render::texture::ManualTextureViews;
use mlipview_viewer::app::panels::{self, Panels, Section};
use mlipview_viewer::interact::aim::Aims;
use mlipview_viewer::scene::selection::Selection;
use mlipview_viewer::scene::tablet::{Tablet, TabletPlane};
use mlipview_viewer::xr::{HandInput, HandSource, Headset, HeadsetRequest, Side, hand};

use crate::grab_atoms::three;
use crate::wearer::{EYES, Wearer, open, pinching, pointing};

/// Points on the tablet, from the upper left: the field that selects atoms, two keys.
const QUERY: Vec2 = Vec2::new(215.0, 237.0);
const TWO: Vec2 = Vec2::new(226.0, 306.0);
const ENTER: Vec2 = Vec2::new(500.0, 450.0);

/// Position of the left hand when it shows the tablet, m: away from all atoms.
const LEFT: Vec3 = Vec3::new(-0.5, 1.2, -0.3);

fn wearer_with_panels() -> Wearer {
    Wearer::with_plugins("lj:sigma=0.1,epsilon=1e-12", three(), |app| {
        app.init_asset::<Image>();
        app.init_resource::<ManualTextureViews>();
        app.add_systems(PostUpdate, camera_system);
        app.add_plugins(panels::plugin);
    })
}

/// Presses the menu button of the left hand for a number of frames.
fn menu(wearer: &mut Wearer, frames: usize) {
    let hand = open(LEFT, Quat::IDENTITY);
    for _ in 0..frames {
        wearer.hand(Side::Left, Some(HandInput { menu: true, ..hand }));
    }
    wearer.hand(Side::Left, Some(hand));
}

fn board(wearer: &Wearer) -> TabletPlane {
    wearer.viewer.get::<Tablet>().plane.unwrap()
}

/// A right hand half a meter in front of a point of the tablet that points at it.
fn at(wearer: &Wearer, position: Vec2) -> HandInput {
    let there = wearer.rig().to_room(board(wearer).scene_position(position));
    let away = (EYES - there).normalize_or_zero();
    pointing(there + 0.5 * away, there)
}

fn points_into_the_scene(wearer: &Wearer) -> bool {
    let aims = wearer.viewer.get::<Aims>();
    aims.of(hand::id(Side::Right)).is_some()
}

fn update(wearer: &mut Wearer) {
    for _ in 0..4 {
        wearer.viewer.app.update();
    }
}

#[test]
fn the_menu_button_shows_the_tablet_near_the_hand_facing_the_head() {
    let mut wearer = wearer_with_panels();
    assert_eq!(wearer.viewer.get::<Tablet>().plane, None);
    menu(&mut wearer, 5);
    let board = board(&wearer);
    let middle = wearer.rig().to_room(board.pose.translation.into());
    assert!(middle.distance(LEFT) < 0.3, "{middle}");
    let facing = wearer.rig().rotation.inverse() * (board.pose.rotation * Vec3::Z);
    assert!(facing.dot((EYES - middle).normalize_or_zero()) > 0.999);
    // Letters of 13 points are more than half a degree high from there.
    let letter = 13.0 * board.point_size / wearer.rig().scale;
    let angle = (letter / middle.distance(EYES)).to_degrees();
    assert!(angle > 0.5, "{angle}°");
    // The same button hides it.
    menu(&mut wearer, 5);
    assert_eq!(wearer.viewer.get::<Tablet>().plane, None);
}

#[test]
fn a_hand_presses_the_button_that_its_ray_hits() {
    let mut wearer = wearer_with_panels();
    menu(&mut wearer, 3);
    update(&mut wearer);
    assert_eq!(wearer.viewer.get::<Panels>().section, Some(Section::Run));
    // The second button of the toolbar opens the library.
    let hand = at(&wearer, Vec2::new(31.0, 72.0));
    wearer.hand(Side::Right, Some(hand));
    update(&mut wearer);
    wearer.hand(Side::Right, Some(pinching(hand)));
    update(&mut wearer);
    wearer.hand(Side::Right, Some(hand));
    update(&mut wearer);
    assert_eq!(
        wearer.viewer.get::<Panels>().section,
        Some(Section::Library)
    );
}

#[test]
fn a_fingertip_presses_the_button_that_it_touches() {
    let mut wearer = wearer_with_panels();
    menu(&mut wearer, 3);
    update(&mut wearer);
    let board = board(&wearer);
    let rig = wearer.rig();
    let button = rig.to_room(board.scene_position(Vec2::new(31.0, 72.0)));
    let before = rig.rotation.inverse() * (board.pose.rotation * Vec3::Z);
    for away in [0.1, 0.03, 0.01, -0.01, 0.01, 0.03, 0.1] {
        let finger = button + away * before;
        // The ray of the hand goes past the tablet.
        let hand = HandInput {
            source: HandSource::HandTracking,
            fingertip: Some(finger),
            ..open(finger + 0.1 * before, Quat::from_rotation_y(2.0))
        };
        wearer.hand(Side::Right, Some(hand));
        update(&mut wearer);
    }
    assert_eq!(
        wearer.viewer.get::<Panels>().section,
        Some(Section::Library)
    );
}

#[test]
fn the_keyboard_of_the_tablet_types_into_the_pressed_field() {
    let mut wearer = wearer_with_panels();
    wearer.viewer.get_mut::<Panels>().section = Some(Section::Edit);
    menu(&mut wearer, 3);
    update(&mut wearer);
    let mut press = |position: Vec2| {
        let hand = at(&wearer, position);
        for hand in [hand, pinching(hand), hand] {
            wearer.hand(Side::Right, Some(hand));
            update(&mut wearer);
        }
    };
    press(QUERY);
    // The key 2, then Enter.
    press(TWO);
    press(ENTER);
    // The query is evaluated on a task.
    wearer.viewer.wait_for_edits();
    assert_eq!(wearer.viewer.get::<Selection>().atoms(), [2]);
}

#[test]
fn a_hand_that_points_at_the_tablet_points_at_nothing_in_the_scene() {
    let mut wearer = wearer_with_panels();
    menu(&mut wearer, 3);
    let hand = at(&wearer, TabletPlane::SIZE / 2.0);
    wearer.hand(Side::Right, Some(hand));
    assert!(wearer.viewer.get::<Tablet>().pointer.is_some());
    assert!(!points_into_the_scene(&wearer));
    // A press that began on the tablet stays on it outside of its edges.
    wearer.hand(Side::Right, Some(pinching(hand)));
    let beside = at(&wearer, Vec2::new(-200.0, 100.0));
    wearer.hand(Side::Right, Some(pinching(beside)));
    assert!(!points_into_the_scene(&wearer));
    wearer.hand(Side::Right, Some(beside));
    wearer.hand(Side::Right, Some(beside));
    assert!(points_into_the_scene(&wearer));
    // A press that began elsewhere does not press it.
    wearer.hand(Side::Right, Some(pinching(beside)));
    wearer.hand(Side::Right, Some(pinching(hand)));
    assert_eq!(wearer.viewer.get::<Tablet>().pointer, None);
}

#[test]
fn a_long_press_of_the_menu_button_recenters() {
    let mut wearer = wearer_with_panels();
    let mut requested = Vec::new();
    let held = HandInput {
        menu: true,
        ..open(LEFT, Quat::IDENTITY)
    };
    // Frames of 16 ms.
    for _ in 0..70 {
        wearer.hand(Side::Left, Some(held));
        let requests = wearer.viewer.get::<Messages<HeadsetRequest>>();
        requested.extend(requests.iter_current_update_messages().copied());
    }
    assert_eq!(requested, [HeadsetRequest::Recenter]);
    assert_eq!(wearer.viewer.get::<Tablet>().plane, None);
}

#[test]
fn a_double_pinch_beside_everything_acts_as_the_menu_button() {
    let mut wearer = wearer_with_panels();
    let away = Quat::from_rotation_y(std::f32::consts::PI);
    let mut pinch_twice = |source: HandSource| {
        let hand = HandInput {
            source,
            ..open(LEFT, away)
        };
        for _ in 0..2 {
            wearer.hand(Side::Left, Some(hand));
            wearer.hand(Side::Left, Some(pinching(hand)));
            wearer.hand(Side::Left, Some(hand));
        }
        // Long enough that the next pinch is a first one.
        for _ in 0..40 {
            wearer.hand(Side::Left, Some(hand));
        }
        wearer.viewer.get::<Tablet>().plane.is_some()
    };
    assert!(!pinch_twice(HandSource::Controller));
    assert!(pinch_twice(HandSource::HandTracking));
    assert!(!pinch_twice(HandSource::HandTracking));
}

#[test]
fn the_tablet_is_hidden_when_the_session_ends() {
    let mut wearer = wearer_with_panels();
    menu(&mut wearer, 3);
    update(&mut wearer);
    *wearer.viewer.get_mut::<Headset>() = Headset::Off { error: None };
    update(&mut wearer);
    assert_eq!(wearer.viewer.get::<Tablet>().plane, None);
    wearer.put_on();
    menu(&mut wearer, 3);
    update(&mut wearer);
    assert!(wearer.viewer.get::<Tablet>().plane.is_some());
}
