//! The tablet in the scene, with the panels.

use bevy::math::{Isometry3d, Quat, UVec2, Vec2, Vec3};
use mlipview_core::chem::library;
use mlipview_core::sim::{Engine, spawn};
use mlipview_viewer::app::panels;
use mlipview_viewer::app::panels::Panels;
use mlipview_viewer::app::window;
use mlipview_viewer::scene::camera::{DesktopEye, Orbit};
use mlipview_viewer::scene::initial_view;
use mlipview_viewer::scene::picture;
use mlipview_viewer::scene::picture::OffscreenRenderer;
use mlipview_viewer::scene::tablet::{Tablet, TabletPlane};

use bevy::prelude::{Camera, GlobalTransform, With};

const SIZE: UVec2 = UVec2::new(1200, 900);

#[test]
fn panels_are_drawn_on_the_tablet() {
    let entry = library::find("caffeine").unwrap();
    let structure = entry.structure().unwrap();
    let orientation = initial_view::orientation(&structure);
    let sim = spawn(Engine::new(structure, None, 0)).unwrap();
    let mut app = window::windowless(sim);
    app.add_plugins(panels::plugin);
    app.world_mut().resource_mut::<Orbit>().rotation = orientation;
    // The window's own panels are hidden.
    app.world_mut().resource_mut::<Panels>().hidden = true;
    let mut renderer = OffscreenRenderer::new(app, SIZE);
    let without = renderer.picture().unwrap();
    let orbit = *renderer.app.world().resource::<Orbit>();
    let turn = orbit.rotation * Quat::from_rotation_y(0.25);
    let aside = orbit.rotation * Vec3::new(0.8, 0.3, 3.0);
    let board = TabletPlane {
        pose: Isometry3d::new(orbit.target + aside, turn),
        point_size: 0.011,
    };
    *renderer.app.world_mut().resource_mut::<Tablet>() = Tablet {
        plane: Some(board),
        pointer: None,
    };
    for _ in 0..8 {
        renderer.app.update();
    }
    let with = renderer.picture().unwrap();
    if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
        let path = std::path::Path::new(&folder).join("tablet.png");
        picture::write(&with, &path).unwrap();
    }
    let world = renderer.app.world_mut();
    let mut eyes = world.query_filtered::<(&Camera, &GlobalTransform), With<DesktopEye>>();
    let (camera, eye) = eyes.single(world).unwrap();
    let pixel = |position: Vec2| {
        camera
            .world_to_viewport(eye, board.scene_position(position))
            .unwrap()
    };
    let color = |image: &bevy::image::Image, pixel: Vec2| {
        let pixel = pixel.as_uvec2();
        let color = image.get_color_at(pixel.x, pixel.y).unwrap().to_srgba();
        Vec3::new(color.red, color.green, color.blue)
    };
    // The toolbar at the left edge has the dark of panels, the section beside it is lighter,
    let strip = color(&with, pixel(Vec2::new(31.0, 300.0)));
    let section = color(&with, pixel(Vec2::new(370.0, 440.0)));
    assert!(
        strip.distance(Vec3::new(0.071, 0.082, 0.102)) < 0.03,
        "{strip}"
    );
    assert!(
        section.distance(Vec3::new(0.106, 0.122, 0.149)) < 0.03,
        "{section}"
    );
    // there are bright letters on it,
    let bright = (0..380).any(|x| {
        let along = pixel(Vec2::new(x as f32, 26.0));
        color(&with, along).max_element() > 0.7
    });
    assert!(bright, "no letters");
    // and beside it nothing has changed.
    let beside = pixel(Vec2::new(-40.0, 240.0));
    assert!(color(&with, beside).distance(color(&without, beside)) < 0.02);
}
