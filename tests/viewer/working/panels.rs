//! Panels capture the pointer, and the scene is centered in the free area.

use bevy::app::PostUpdate;
use bevy::image::Image;
use bevy::prelude::{AssetApp, Rect, Vec2};
use bevy::render::camera::camera_system;
use bevy::render::texture::ManualTextureViews;
use mlipview_viewer::app::panels;
use mlipview_viewer::app::panels::{Panels, Section};
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::interact::aim::Blocked;
use mlipview_viewer::scene::camera::Orbit;

use crate::desk::{Desk, WINDOW};
use crate::touching::{argon, lennard_jones};

const ALL: Rect = Rect {
    min: Vec2::ZERO,
    max: Vec2::ONE,
};

pub(super) fn desk_with_panels() -> Desk {
    let mut desk = Desk::furnished(argon(), Some(lennard_jones()), |app| {
        app.init_asset::<Image>();
        app.init_resource::<ManualTextureViews>();
        app.add_systems(PostUpdate, camera_system);
        app.add_plugins(panels::plugin);
    });
    for _ in 0..5 {
        desk.app.update();
    }
    desk
}

/// A position inside of the left section, logical pixels.
const ON_PANEL: Vec2 = Vec2::new(200.0, 300.0);

fn drag(desk: &mut Desk, from: Vec2, by: Vec2) {
    desk.move_to(from);
    desk.app.update();
    desk.press();
    desk.move_to(from + by);
    desk.app.update();
    desk.release();
}

#[test]
fn the_scene_is_centered_in_the_free_area() {
    let mut desk = desk_with_panels();
    let free = desk.get::<Orbit>().free;
    assert!(free.min.x > 0.2 && free.max.y < 1.0, "{free:?}");
    // Also in a small window, the scene is larger than the panels.
    assert!(free.width() > 0.45 && free.height() > 0.9, "{free:?}");

    desk.get_mut::<Panels>().section = None;
    for _ in 0..3 {
        desk.app.update();
    }
    assert!(desk.get::<Orbit>().free.width() > 0.85);
    desk.ask(Action::TogglePanels);
    for _ in 0..3 {
        desk.app.update();
    }
    assert_eq!(desk.get::<Orbit>().free, ALL);
}

#[test]
fn a_press_on_a_panel_does_not_reach_the_scene() {
    let mut desk = desk_with_panels();
    let before = *desk.get::<Orbit>();
    drag(&mut desk, ON_PANEL, Vec2::new(30.0, 60.0));
    assert!(desk.get::<Blocked>().pointer);
    assert_eq!(desk.get::<Orbit>().rotation, before.rotation);
    assert!(desk.selected().is_empty());
    // A drag from a panel into the scene stays with the panel.
    drag(&mut desk, ON_PANEL, Vec2::new(350.0, -200.0));
    assert_eq!(desk.get::<Orbit>().rotation, before.rotation);

    drag(
        &mut desk,
        Vec2::new(0.9 * WINDOW.x, 60.0),
        Vec2::new(-60.0, 20.0),
    );
    assert!(!desk.get::<Blocked>().pointer);
    assert_ne!(desk.get::<Orbit>().rotation, before.rotation);
}

#[test]
fn sections_open_beside_the_scene() {
    let mut desk = desk_with_panels();
    for section in [Section::File, Section::Run, Section::Edit] {
        desk.get_mut::<Panels>().section = Some(section);
        for _ in 0..3 {
            desk.app.update();
        }
        let free = desk.get::<Orbit>().free;
        assert!(free.min.x > 0.3, "{section:?} takes no room: {free:?}");
    }
}
