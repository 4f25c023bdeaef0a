//! The timeline bar, rendered as in the window.

use std::time::Duration;

use bevy::image::Image;
use bevy::math::UVec2;
use mlipview_core::chem::library;
use mlipview_core::potential::Nano;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Command, Engine, SimHandle, spawn};
use mlipview_viewer::Style;
use mlipview_viewer::app::panels;
use mlipview_viewer::app::panels::Panels;
use mlipview_viewer::app::window;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::initial_view;
use mlipview_viewer::scene::picture;
use mlipview_viewer::scene::picture::OffscreenRenderer;

use crate::test_renderer::plain;

const SIZE: UVec2 = UVec2::new(1100, 700);
/// Polls of a simulation, one per 2 ms.
const MAX_POLLS: usize = 60_000;

fn wait(what: &str, is_done: impl Fn() -> bool) {
    for _ in 0..MAX_POLLS {
        if is_done() {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    panic!("timeout: {what}");
}

/// Caffeine after 200 steps of dynamics and a branch.
fn simulation() -> SimHandle {
    let structure = library::find("caffeine").unwrap().structure().unwrap();
    let sim = spawn(Engine::new(structure, Some(Box::new(Nano::new())), 0)).unwrap();
    let run = || {
        sim.send(Command::Steps(DynamicsSettings::default().task(), 150))
            .unwrap()
    };
    run();
    wait("the run", || sim.frame().step == 150);
    let fork = sim.timeline().address(90).unwrap();
    sim.send(Command::ContinueFrom(fork)).unwrap();
    run();
    wait("the branch", || sim.frame().step > 230);
    sim
}

fn picture(sim: &SimHandle, name: &str) -> Image {
    let orientation = initial_view::orientation(&sim.frame().identity);
    let mut app = window::windowless(sim.clone());
    app.add_plugins(panels::plugin);
    let world = app.world_mut();
    world.resource_mut::<Orbit>().rotation = orientation;
    world.resource_mut::<Panels>().section = None;
    app.insert_resource(Style { ..plain() });
    let mut renderer = OffscreenRenderer::new(app, SIZE);
    // Panels are laid out in the first frames; text is drawn after them.
    for _ in 0..6 {
        renderer.app.update();
    }
    let image = renderer.picture().unwrap();
    if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
        let path = std::path::Path::new(&folder).join(format!("{name}.png"));
        picture::write(&image, &path).unwrap();
    }
    image
}

/// Column of the marker: the last column of the accent color that is as high as the track.
fn marker(image: &Image) -> Option<u32> {
    let data = image.data.as_ref().unwrap();
    let pixel = |x: u32, y: u32| {
        let at = 4 * (y * SIZE.x + x) as usize;
        [data[at], data[at + 1], data[at + 2]]
    };
    let rows = SIZE.y - 110..SIZE.y - 40;
    let is_accent = |[red, green, blue]: [u8; 3]| red > 150 && green > 100 && blue < 90;
    let height = |x: u32| rows.clone().filter(|y| is_accent(pixel(x, *y))).count();
    (70..SIZE.x - 5)
        .max_by_key(|x| height(*x))
        .filter(|x| height(*x) >= 20)
}

#[test]
fn the_bar_marks_the_frame_that_is_shown() {
    let sim = simulation();
    picture(&sim, "timeline-live");
    let last = sim.timeline().len() - 1;
    let mut columns = Vec::new();
    for fraction in [0.25, 0.5, 0.75] {
        let position = (fraction * last as f64).round() as u64;
        let address = sim.timeline().address(position).unwrap();
        sim.send(Command::ShowFrame(address)).unwrap();
        wait("the frame", || {
            sim.frame()
                .playback
                .is_some_and(|playback| playback.address == address)
        });
        let image = picture(&sim, &format!("timeline-{}", (100.0 * fraction) as u32));
        columns.push(f64::from(marker(&image).expect("a marker")));
    }
    let width = f64::from(SIZE.x) - 62.0 - 32.0;
    let steps = [columns[1] - columns[0], columns[2] - columns[1]];
    for step in steps {
        assert!((step - 0.25 * width).abs() < 6.0, "{columns:?}");
    }
}
