//! Pictures and movies that the window saves: their files, as the offscreen renderer and encoders write them.

mod movies;
mod pictures;

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bevy::prelude::World;
use mlipview_core::chem::Structure;
use mlipview_core::potential::Potential;
use mlipview_core::sim::{Engine, spawn};
use mlipview_viewer::Style;
use mlipview_viewer::app::document::DocumentRequest;
use mlipview_viewer::app::movie::MovieJob;
use mlipview_viewer::app::notices::Notices;
use mlipview_viewer::app::picture::PictureJob;
use mlipview_viewer::app::window::windowless_with_text;
use mlipview_viewer::scene::picture::OffscreenRenderer;

use crate::test_renderer::SIZE;

/// Polls of a job, one per 5 ms.
const MAX_POLLS: usize = 24_000;

/// The app of the window, drawn offscreen, with the jobs that save pictures and movies.
struct TestWindow {
    renderer: OffscreenRenderer,
    folder: tempfile::TempDir,
}

impl TestWindow {
    fn new(structure: Structure, style: Style) -> TestWindow {
        TestWindow::with_potential(structure, style, None)
    }

    fn with_potential(
        structure: Structure,
        style: Style,
        potential: Option<Box<dyn Potential>>,
    ) -> TestWindow {
        let sim = spawn(Engine::new(structure, potential, 0)).unwrap();
        let mut app = windowless_with_text(sim);
        app.insert_resource(style)
            .insert_resource(PictureJob::drawn_by(windowless_with_text))
            .insert_resource(MovieJob::drawn_by(windowless_with_text));
        let mut renderer = OffscreenRenderer::new(app, SIZE);
        renderer.picture().unwrap();
        TestWindow {
            renderer,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn request(&mut self, request: DocumentRequest) {
        self.renderer.app.world_mut().write_message(request);
        self.renderer.app.update();
    }

    /// Renders until a condition holds.
    fn update_until(&mut self, what: &str, is_done: impl Fn(&World) -> bool) {
        for _ in 0..MAX_POLLS {
            self.renderer.app.update();
            if is_done(self.renderer.app.world()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("timeout: {what}");
    }

    /// Waits for a notice after the first ones, and returns it.
    fn wait_for_notice(&mut self, since: usize) -> String {
        let notice = |world: &World| world.resource::<Notices>().list().nth(since).cloned();
        self.update_until("a notice", |world| notice(world).is_some());
        notice(self.renderer.app.world()).unwrap().text
    }

    /// Number of notices.
    fn notices(&self) -> usize {
        self.renderer
            .app
            .world()
            .resource::<Notices>()
            .list()
            .count()
    }

    /// Names of the files in the folder.
    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

/// A decoded PNG file, as RGBA.
struct Decoded {
    width: usize,
    height: usize,
    rgba: Vec<u8>,
    dots_per_meter: Option<u32>,
    has_alpha: bool,
}

impl Decoded {
    fn of(path: &Path) -> Decoded {
        let file = BufReader::new(File::open(path).unwrap());
        let mut reader = png::Decoder::new(file).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut data).unwrap();
        let info = reader.info();
        let has_alpha = info.color_type == png::ColorType::Rgba;
        if !has_alpha {
            let opaque = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2], 255];
            data = data.chunks_exact(3).flat_map(opaque).collect();
        }
        Decoded {
            width: info.width as usize,
            height: info.height as usize,
            rgba: data,
            dots_per_meter: info.pixel_dims.map(|dots| dots.xppu),
            has_alpha,
        }
    }

    fn at(&self, x: usize, y: usize) -> [u8; 4] {
        let start = 4 * (y * self.width + x);
        self.rgba[start..start + 4].try_into().unwrap()
    }

    fn pixels(&self) -> impl Iterator<Item = [u8; 4]> + '_ {
        self.rgba
            .chunks_exact(4)
            .map(|pixel| pixel.try_into().unwrap())
    }

    /// Fraction of pixels for which a condition holds.
    fn share(&self, holds: impl Fn([u8; 4]) -> bool) -> f64 {
        let count = self.pixels().filter(|pixel| holds(*pixel)).count();
        count as f64 / (self.width * self.height) as f64
    }

    /// Mean position of the pixels for which a condition holds, as fractions of width and height.
    fn center(&self, holds: impl Fn([u8; 4]) -> bool) -> [f64; 2] {
        let (mut sum, mut count) = ([0.0; 2], 0.0);
        for (at, pixel) in self.pixels().enumerate() {
            if holds(pixel) {
                sum[0] += (at % self.width) as f64;
                sum[1] += (at / self.width) as f64;
                count += 1.0;
            }
        }
        [
            sum[0] / count / self.width as f64,
            sum[1] / count / self.height as f64,
        ]
    }

    /// Mean absolute difference of the colors of two images of the same size, 0 to 255.
    fn difference(&self, other: &Decoded) -> f64 {
        assert_eq!([self.width, self.height], [other.width, other.height]);
        let differences = self.rgba.iter().zip(&other.rgba);
        let sum: f64 = differences.map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
        sum / self.rgba.len() as f64
    }
}

/// Copies a file to the folder of pictures, if there is one.
fn keep(path: &Path, name: &str) {
    if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
        std::fs::copy(path, Path::new(&folder).join(name)).unwrap();
    }
}

/// Whether a color is mostly red, also beside bright ones.
fn is_red([red, green, blue, alpha]: [u8; 4]) -> bool {
    alpha == 255 && red > 90 && green < red / 2 && blue < red / 2
}
