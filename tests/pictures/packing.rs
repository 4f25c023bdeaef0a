//! A packing in the window: the group of the section Edit with its progress, and the molecules.

use bevy::math::UVec2;
use mlipview_core::chem::{Structure, library};
use mlipview_core::packing::{Mixture, Packer, PackingSettings, Region};
use mlipview_core::sim::{Command, Engine, spawn};
use mlipview_viewer::app::panels::{self, Panels, Section};
use mlipview_viewer::app::window;
use mlipview_viewer::scene::picture::{self, OffscreenRenderer};

use crate::test_renderer::plain;

const SIZE: UVec2 = UVec2::new(1100, 1200);

/// The window after a packing of waters; the number of pixels in the red of oxygen, in the scene.
fn oxygen_pixels(count: usize) -> usize {
    let water = library::find("water").unwrap().structure().unwrap();
    let mut engine = Engine::new(water.clone(), None, 0);
    if count > 0 {
        let molecules = vec![(water, Some(count))];
        let mixture = Mixture::new(molecules, Structure::empty(), Region::Cube, Some(1.0)).unwrap();
        let packer = Packer::new(&mixture, PackingSettings::default()).unwrap();
        engine.apply(1, Command::Pack(Box::new(packer)));
        while engine.step().is_some() {}
    }
    let mut app = window::windowless(spawn(engine).unwrap());
    app.add_plugins(panels::plugin);
    app.world_mut().resource_mut::<Panels>().section = Some(Section::Edit);
    app.insert_resource(plain());
    let mut renderer = OffscreenRenderer::new(app, SIZE);
    for _ in 0..8 {
        renderer.app.update();
    }
    let image = renderer.picture().unwrap();
    if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
        let path = std::path::Path::new(&folder).join(format!("packing-{count}.png"));
        picture::write(&image, &path).unwrap();
    }
    let data = image.data.as_ref().unwrap();
    let is_red = |pixel: &[u8]| pixel[0] > 140 && pixel[1] < 70 && pixel[2] < 70;
    let pixels = data.chunks(4).enumerate();
    let right = pixels.filter(|(index, _)| index % SIZE.x as usize > 420);
    right.filter(|(_, pixel)| is_red(pixel)).count()
}

#[test]
fn packed_molecules_fill_the_scene_in_many_places() {
    let (one, many) = (oxygen_pixels(0), oxygen_pixels(60));
    assert!(one > 0 && many > 0, "{one}, {many}");
}
