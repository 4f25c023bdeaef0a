//! Panels capture the pointer, and the scene is centered in the free area.

use bevy::app::PostUpdate;
use bevy::image::Image;
use bevy::prelude::{AssetApp, Rect, Vec2};
use bevy::render::camera::camera_system;
use bevy::render::texture::ManualTextureViews;
use mlipview_viewer::app::panels;
use mlipview_viewer::app::panels::{Panels, Section};
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::interact::aim::CapturedInput;
use mlipview_viewer::scene::camera::Orbit;

use crate::interact::{argon, lennard_jones};
use crate::test_viewer::{TestViewer, WINDOW};

const ALL: Rect = Rect {
    min: Vec2::ZERO,
    max: Vec2::ONE,
};

pub(super) fn viewer_with_panels() -> TestViewer {
    let mut viewer = TestViewer::with_plugins(argon(), Some(lennard_jones()), |app| {
        app.init_asset::<Image>();
        app.init_resource::<ManualTextureViews>();
        app.add_systems(PostUpdate, camera_system);
        app.add_plugins(panels::plugin);
    });
    for _ in 0..5 {
        viewer.app.update();
    }
    viewer
}

/// A position inside of the left section, logical pixels.
const ON_PANEL: Vec2 = Vec2::new(200.0, 300.0);

fn drag(viewer: &mut TestViewer, from: Vec2, by: Vec2) {
    viewer.move_to(from);
    viewer.app.update();
    viewer.press();
    viewer.move_to(from + by);
    viewer.app.update();
    viewer.release();
}

#[test]
fn the_scene_is_centered_in_the_free_area() {
    let mut viewer = viewer_with_panels();
    let free = viewer.get::<Orbit>().free_area;
    assert!(free.min.x > 0.2 && free.max.y < 1.0, "{free:?}");
    // Also in a small window, the scene is larger than the panels.
    assert!(free.width() > 0.45 && free.height() > 0.9, "{free:?}");

    viewer.get_mut::<Panels>().section = None;
    for _ in 0..3 {
        viewer.app.update();
    }
    assert!(viewer.get::<Orbit>().free_area.width() > 0.85);
    viewer.act(Action::TogglePanels);
    for _ in 0..3 {
        viewer.app.update();
    }
    assert_eq!(viewer.get::<Orbit>().free_area, ALL);
}

#[test]
fn a_press_on_a_panel_does_not_reach_the_scene() {
    let mut viewer = viewer_with_panels();
    let before = *viewer.get::<Orbit>();
    drag(&mut viewer, ON_PANEL, Vec2::new(30.0, 60.0));
    assert!(viewer.get::<CapturedInput>().pointer);
    assert_eq!(viewer.get::<Orbit>().rotation, before.rotation);
    assert!(viewer.selected().is_empty());
    // A drag from a panel into the scene stays with the panel.
    drag(&mut viewer, ON_PANEL, Vec2::new(350.0, -200.0));
    assert_eq!(viewer.get::<Orbit>().rotation, before.rotation);

    drag(
        &mut viewer,
        Vec2::new(0.9 * WINDOW.x, 60.0),
        Vec2::new(-60.0, 20.0),
    );
    assert!(!viewer.get::<CapturedInput>().pointer);
    assert_ne!(viewer.get::<Orbit>().rotation, before.rotation);
}

#[test]
fn sections_open_beside_the_scene() {
    let mut viewer = viewer_with_panels();
    for section in [Section::File, Section::Run, Section::Edit] {
        viewer.get_mut::<Panels>().section = Some(section);
        for _ in 0..3 {
            viewer.app.update();
        }
        let free = viewer.get::<Orbit>().free_area;
        assert!(free.min.x > 0.3, "{section:?} takes no room: {free:?}");
    }
}
