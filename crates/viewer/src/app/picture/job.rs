//! The picture that the window saves: its own image, or one that a thread draws offscreen.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::request::{PictureRequest, PictureRequestError};
use super::settings::PictureSettings;
use crate::app::document::{DocumentRequest, Snapshot};
use crate::app::movie::encode::PictureFileError;
use crate::app::movie::offscreen_scene::OffscreenScene;
use crate::app::movie::{OffscreenApp, OffscreenError};
use crate::app::notices::{Notices, Severity};
use crate::app::render_thread::{Cancellation, RenderThread};
use crate::scene::camera::{DesktopEye, Orbit, aspect};
use crate::scene::displayed::Scene;
use crate::scene::labels::Labels;
use crate::scene::opacities::Opacities;
use crate::scene::selection::Selection;
use crate::scene::style::{Background, Style};
use crate::schedule::ViewerSystems;
use mlipview_core::sim::Frame;

/// Time after which a picture is reported as being drawn, s.
const MIN_REPORTED_TIME: f64 = 0.4;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
enum PictureJobError {
    #[error("this window has no offscreen renderer")]
    NoRenderer,
    #[error("there is no window")]
    NoWindow,
    #[error("cannot start its thread: {0}")]
    Thread(std::io::Error),
    #[error(transparent)]
    Request(#[from] PictureRequestError),
    #[error(transparent)]
    Scene(#[from] OffscreenError),
    #[error(transparent)]
    File(#[from] PictureFileError),
}

/// The picture that is being drawn, if there is one, and the options of the next.
#[derive(Resource, Default)]
pub struct PictureJob {
    /// Options of the next picture.
    pub settings: PictureSettings,
    /// Maker of the app that draws pictures; without one, only the image of the window can be saved.
    offscreen: Option<OffscreenApp>,
    running: Option<Running>,
}

/// A picture on its thread.
struct Running {
    path: PathBuf,
    /// Start, and the last rendered frame since, seconds since program start.
    since: f64,
    now: f64,
    thread: RenderThread<Result<bool, PictureJobError>>,
}

/// Contents of a picture.
struct PictureScene {
    frame: Arc<Frame>,
    style: Style,
    selection: Selection,
    opacities: Opacities,
    labels: Labels,
    orbit: Orbit,
}

impl PictureJob {
    /// Pictures drawn by an offscreen app.
    pub fn drawn_by(offscreen: OffscreenApp) -> PictureJob {
        PictureJob {
            offscreen: Some(offscreen),
            ..PictureJob::default()
        }
    }

    /// Whether a picture is being drawn.
    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// The picture that is being drawn, as text with the elapsed time.
    pub fn in_words(&self) -> Option<String> {
        let running = self.running.as_ref()?;
        let elapsed = running.now - running.since;
        let lasting = elapsed > MIN_REPORTED_TIME;
        lasting.then(|| format!("drawing the picture, {elapsed:.0} s"))
    }

    fn start(
        &mut self,
        request: PictureRequest,
        scene: PictureScene,
        now: f64,
    ) -> Result<(), PictureJobError> {
        let offscreen = self.offscreen.ok_or(PictureJobError::NoRenderer)?;
        let path = request.path().to_owned();
        let draw = move |canceled: &Cancellation| save(&request, scene, offscreen, canceled);
        let thread = RenderThread::start("picture", draw).map_err(PictureJobError::Thread)?;
        self.running = Some(Running {
            path,
            since: now,
            now,
            thread,
        });
        Ok(())
    }
}

/// Draws and writes a picture. Returns whether it was not canceled before.
fn save(
    request: &PictureRequest,
    scene: PictureScene,
    offscreen: OffscreenApp,
    canceled: &Cancellation,
) -> Result<bool, PictureJobError> {
    let style = request.style(scene.style);
    let options = request.image_options();
    let mut offscreen = OffscreenScene::new(&scene.frame, style, options, offscreen)?;
    offscreen
        .app()
        .insert_resource(scene.selection)
        .insert_resource(scene.opacities)
        .insert_resource(scene.labels);
    if canceled.is_requested() {
        return Ok(false);
    }
    let image = offscreen.draw(&scene.frame, scene.orbit)?;
    if canceled.is_requested() {
        return Ok(false);
    }
    request.write(&image)?;
    Ok(true)
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<PictureJob>()
        .add_systems(Update, start.in_set(ViewerSystems::Steer))
        .add_systems(Last, watch);
}

/// Scene of the window, and its size.
#[derive(SystemParam)]
struct ShownParams<'w, 's> {
    scene: Res<'w, Scene>,
    style: Res<'w, Style>,
    selection: Res<'w, Selection>,
    opacities: Res<'w, Opacities>,
    labels: Res<'w, Labels>,
    orbit: Res<'w, Orbit>,
    eyes: Query<'w, 's, &'static Camera, With<DesktopEye>>,
}

impl ShownParams<'_, '_> {
    /// The picture that the settings describe.
    fn request(
        &self,
        path: &Path,
        settings: &PictureSettings,
    ) -> Result<PictureRequest, PictureJobError> {
        let window = || self.eyes.iter().find_map(Camera::physical_viewport_size);
        let size = settings
            .size
            .or_else(|| window().map(|size| size.to_array()));
        let size = size.ok_or(PictureJobError::NoWindow)?;
        let samples = settings.samples.unwrap_or(self.style.samples());
        let transparent = settings.transparent || self.style.background == Background::Clear;
        let request = PictureRequest::new(path, size, settings.scale, samples, transparent);
        Ok(request?)
    }

    /// The scene as the window shows it, in a picture of this aspect ratio.
    fn scene(&self, aspect_of_picture: f32) -> PictureScene {
        let window = self.eyes.iter().find_map(aspect);
        PictureScene {
            frame: Arc::clone(&self.scene.frame),
            style: self.style.clone(),
            selection: self.selection.clone(),
            opacities: self.opacities.clone(),
            labels: self.labels.clone(),
            orbit: self
                .orbit
                .for_image(window.unwrap_or(aspect_of_picture), aspect_of_picture),
        }
    }
}

/// Starts the picture of a request.
fn start(
    mut requests: MessageReader<DocumentRequest>,
    mut job: ResMut<PictureJob>,
    mut snapshot: ResMut<Snapshot>,
    mut notices: ResMut<Notices>,
    shown: ShownParams,
    time: Res<Time<Real>>,
) {
    for request in requests.read() {
        let DocumentRequest::SavePicture(path) = request else {
            continue;
        };
        if job.settings.is_of_window() {
            snapshot.request(path.clone());
            continue;
        }
        if job.is_busy() {
            let text = "A picture is being drawn: wait for it, or cancel it first.";
            notices.post(Severity::Warning, text.to_owned());
            continue;
        }
        let started = shown.request(path, &job.settings).and_then(|request| {
            let scene = shown.scene(request.aspect());
            job.start(request, scene, time.elapsed_secs_f64())
        });
        if let Err(error) = started {
            notices.post(Severity::Error, format!("No picture: {error}."));
        }
    }
}

/// Reports the end of the picture, and cancels it when all jobs are canceled.
fn watch(
    mut requests: MessageReader<DocumentRequest>,
    mut exits: MessageReader<AppExit>,
    mut job: ResMut<PictureJob>,
    mut notices: ResMut<Notices>,
    time: Res<Time<Real>>,
) {
    let is_canceled = requests
        .read()
        .any(|request| *request == DocumentRequest::Cancel);
    let is_canceled = exits.read().count() > 0 || is_canceled;
    let Some(running) = &mut job.running else {
        return;
    };
    running.now = time.elapsed_secs_f64();
    if is_canceled {
        running.thread.cancel();
    }
    let Some(result) = running.thread.poll() else {
        return;
    };
    let (severity, text) = match result {
        Ok(Ok(true)) => {
            let path = running.path.display();
            (Severity::Info, format!("Saved the picture as {path}."))
        }
        Ok(Ok(false)) => (
            Severity::Info,
            "The picture was canceled; no file was written.".to_owned(),
        ),
        Ok(Err(error)) => (Severity::Error, format!("No picture: {error}.")),
        Err(ended) => (Severity::Error, format!("No picture: {ended}.")),
    };
    job.running = None;
    notices.post(severity, text);
}
