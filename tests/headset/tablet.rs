//! Controllers of the runtime press buttons of the tablet.

use std::time::Duration;

use bevy::prelude::*;
use mlipview_core::sim::Engine;
use mlipview_viewer::app::panels;
use mlipview_viewer::app::panels::{Panels, Section};
use mlipview_viewer::scene::tablet::{Tablet, TabletPointer};
use mlipview_viewer::xr::Rig;

use crate::controllers::{HEAD, LATENCY, LEFT, pointing};
use crate::remote::{Hand, Remote};
use crate::wearer::{Wearer, structure};

/// Second button of the toolbar, which opens the library: points from the upper left.
const LIBRARY: Vec2 = Vec2::new(31.0, 72.0);

#[test]
#[ignore = "needs a headset: scripts/xr-runtime remote"]
fn remote_a_ray_presses_a_button_of_the_tablet_that_the_menu_button_shows() {
    let mut remote = Remote::connect();
    remote.set_poses(HEAD, [Hand::at(LEFT), Hand::at(LEFT.with_x(0.3))]);
    let atom = structure(&[("Ar", glam::DVec3::ZERO)]);
    let mut wearer = Wearer::with_plugins(Engine::new(atom, None, 0), |app| {
        app.add_plugins(panels::plugin);
    });
    wearer.enter();
    wearer.frames(2 * LATENCY);
    for menu in [true, false] {
        let left = Hand {
            menu,
            ..Hand::at(LEFT)
        };
        remote.set_poses(HEAD, [left, Hand::at(LEFT.with_x(0.3))]);
        wearer.frames(LATENCY);
    }
    let open = wearer.world().resource::<Panels>().section;
    assert_eq!(open, Some(Section::Run));
    let board = wearer.world().resource::<Tablet>().plane;
    let board = board.expect("the menu button shows the tablet");
    let rig = *wearer.world().resource::<Rig>();
    let there = rig.to_room(board.scene_position(LIBRARY));
    let from = there + 0.4 * (HEAD - there).normalize_or_zero();
    let mut hand = pointing(&mut wearer, &mut remote, from, there);
    // Each step waits for the one before it: input arrives some frames late, sometimes many.
    remote.set_poses(HEAD, [Hand::at(LEFT), hand]);
    wearer.until("a ray to the button", |world| {
        pointer(world).is_some_and(|it| it.position.distance(LIBRARY) < 8.0)
    });
    for (trigger, is_pressed) in [(1.0, true), (0.0, false)] {
        hand.trigger = trigger;
        remote.set_poses(HEAD, [Hand::at(LEFT), hand]);
        wearer.until("the trigger", |world| {
            pointer(world).is_some_and(|it| it.pressed == is_pressed)
        });
        // Longer than the click of a mouse may take.
        wearer.frames_for(Duration::from_secs(1));
    }
    let open = wearer.world().resource::<Panels>().section;
    assert_eq!(open, Some(Section::Library));
    wearer.leave();
}

/// The pointer on the tablet.
fn pointer(world: &World) -> Option<TabletPointer> {
    world.resource::<Tablet>().pointer
}
