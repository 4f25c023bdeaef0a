//! Rendering of a scene into an image that tests can examine.

use bevy::image::Image;
use bevy::math::{UVec2, Vec2, Vec3};
use bevy::prelude::{Camera, GlobalTransform, With};
use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::Potential;
use mlipview_core::sim::{Command, Edit, Engine, spawn};
use mlipview_viewer::app::window;
use mlipview_viewer::scene::camera::DesktopEye;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::initial_view;
use mlipview_viewer::scene::picture;
use mlipview_viewer::scene::picture::OffscreenRenderer;
use mlipview_viewer::scene::style::{Background, Representation};
use mlipview_viewer::{Scene, Simulation, Style};

/// Size of the images, pixels.
pub(crate) const SIZE: UVec2 = UVec2::new(320, 240);

/// An offscreen renderer with a structure, viewed along −z from far enough to see all of it.
pub(crate) struct TestRenderer {
    pub(crate) offscreen: OffscreenRenderer,
    name: &'static str,
}

/// Plain colors: no gradient, depth cueing, ambient occlusion or outlines.
pub(crate) fn plain() -> Style {
    Style {
        background: Background::Black,
        representation: Representation::BallAndStick,
        ambient_occlusion: 0.0,
        outlines: 0.0,
        depth_cue: 0.0,
        cell_box: false,
        ..Style::default()
    }
}

pub(crate) fn structure(atoms: &[(&str, [f64; 3])]) -> Structure {
    let elements = atoms
        .iter()
        .map(|(symbol, _)| Element::from_symbol(symbol).unwrap());
    let positions = atoms
        .iter()
        .map(|(_, position)| DVec3::from_array(*position));
    Structure::new(elements.collect(), positions.collect()).unwrap()
}

impl TestRenderer {
    pub(crate) fn new(name: &'static str, structure: Structure, style: Style) -> TestRenderer {
        TestRenderer::with_potential(name, structure, style, None)
    }

    pub(crate) fn with_potential(
        name: &'static str,
        structure: Structure,
        style: Style,
        potential: Option<Box<dyn Potential>>,
    ) -> TestRenderer {
        let is_periodic = structure.cell.is_some();
        let orientation = initial_view::orientation(&structure);
        let sim = spawn(Engine::new(structure, potential, 0)).unwrap();
        let mut app = window::windowless(sim);
        if is_periodic {
            app.world_mut().resource_mut::<Orbit>().rotation = orientation;
        }
        app.insert_resource(style);
        TestRenderer {
            offscreen: OffscreenRenderer::new(app, SIZE),
            name,
        }
    }

    pub(crate) fn orbit(&mut self, change: impl FnOnce(&mut Orbit)) {
        // The first image fits the view, which would override earlier changes.
        self.offscreen.picture().unwrap();
        change(&mut self.offscreen.app.world_mut().resource_mut::<Orbit>());
    }

    /// Adds atoms and waits until they are shown.
    pub(crate) fn add(&mut self, added: Structure) {
        self.offscreen.picture().unwrap();
        let world = self.offscreen.app.world();
        let atoms = world.resource::<Scene>().positions().len() + added.len();
        let append = Command::Edit(Edit::Append(Box::new(added)));
        world.resource::<Simulation>().send(append).unwrap();
        for _ in 0..1000 {
            if self
                .offscreen
                .app
                .world()
                .resource::<Scene>()
                .positions()
                .len()
                == atoms
            {
                return;
            }
            self.offscreen.app.update();
        }
        panic!("the added atoms are not shown");
    }

    pub(crate) fn style(&mut self, change: impl FnOnce(&mut Style)) {
        change(&mut self.offscreen.app.world_mut().resource_mut::<Style>());
    }

    pub(crate) fn draw(&mut self) -> Drawing {
        let image = self.offscreen.picture().unwrap();
        if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
            let path = std::path::Path::new(&folder).join(format!("{}.png", self.name));
            picture::write(&image, &path).unwrap();
        }
        let world = self.offscreen.app.world_mut();
        let mut eyes = world.query_filtered::<(&Camera, &GlobalTransform), With<DesktopEye>>();
        let (camera, transform) = eyes.single(world).unwrap();
        Drawing {
            image,
            camera: camera.clone(),
            transform: *transform,
        }
    }
}

/// An image with its camera.
pub(crate) struct Drawing {
    image: Image,
    camera: Camera,
    transform: GlobalTransform,
}

impl Drawing {
    /// Projects a position to a pixel.
    pub(crate) fn pixel(&self, place: [f64; 3]) -> Vec2 {
        let place = DVec3::from_array(place).as_vec3();
        self.camera
            .world_to_viewport(&self.transform, place)
            .unwrap()
    }

    /// Pixels per length across the image at a position.
    pub(crate) fn pixels(&self, place: [f64; 3], length: f32) -> f32 {
        let place = DVec3::from_array(place).as_vec3();
        let aside: Vec3 = place + self.transform.right() * length;
        let at = |place| {
            self.camera
                .world_to_viewport(&self.transform, place)
                .unwrap()
        };
        at(aside).distance(at(place))
    }

    /// Red, green, blue and alpha of a pixel, 0 to 255.
    pub(crate) fn at(&self, pixel: Vec2) -> [u8; 4] {
        let (x, y) = (pixel.x as usize, pixel.y as usize);
        assert!(
            x < SIZE.x as usize && y < SIZE.y as usize,
            "{pixel} is not on the picture"
        );
        let start = 4 * (y * SIZE.x as usize + x);
        let data = self.image.data.as_ref().unwrap();
        data[start..start + 4].try_into().unwrap()
    }

    /// Whether a pixel shows the black background.
    pub(crate) fn is_black(&self, pixel: Vec2) -> bool {
        self.at(pixel)[..3].iter().all(|channel| *channel < 12)
    }

    /// Number of pixels from a pixel in a direction to the background.
    pub(crate) fn extent(&self, from: Vec2, direction: Vec2) -> f32 {
        let steps = (0..).map(|step| step as f32 * 0.5);
        let mut inside = steps.take_while(|step| !self.is_black(from + direction * *step));
        inside.by_ref().last().unwrap_or(0.0)
    }

    /// Fraction of pixels for which a condition holds.
    pub(crate) fn share(&self, holds: impl Fn([u8; 4]) -> bool) -> f32 {
        let data = self.image.data.as_ref().unwrap();
        let pixels = data
            .chunks_exact(4)
            .map(|pixel| <[u8; 4]>::try_from(pixel).unwrap());
        pixels.filter(|pixel| holds(*pixel)).count() as f32 / (SIZE.x * SIZE.y) as f32
    }
}

/// Whether a color is mostly red.
pub(crate) fn is_red([red, green, blue, _]: [u8; 4]) -> bool {
    red > 90 && red > 2 * green && red > 2 * blue
}

pub(crate) fn is_blue([red, green, blue, _]: [u8; 4]) -> bool {
    blue > 90 && blue > red + red / 2 && blue > green + green / 2
}

pub(crate) fn is_white([red, green, blue, _]: [u8; 4]) -> bool {
    red > 120 && green > 120 && blue > 120 && red.abs_diff(blue) < 20
}

pub(crate) fn is_amber([red, green, blue, _]: [u8; 4]) -> bool {
    red > 200 && (120..215).contains(&green) && blue < 110
}

pub(crate) fn is_orange([red, green, blue, _]: [u8; 4]) -> bool {
    red > 80
        && green < red
        && u16::from(blue) * 3 < u16::from(red)
        && u16::from(green) * 4 > u16::from(red)
}
