//! Steps of a tour, and their execution.

use std::path::Path;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};

use super::pointer::TourPointer;
use crate::app::document::{Document, DocumentRequest, Source};
use crate::app::notices::{Notices, Severity};
use crate::app::panels::Panels;
use crate::app::run::RunSettings;
use crate::interact::action::Action;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::picture;
use crate::scene::style::Style;
use mlipview_core::chem::library;
use mlipview_core::sim::Activity;

/// One step of a tour; each begins when the one before has ended.
#[derive(Clone)]
pub enum TourStep {
    /// Caption at the lower edge, until the next one.
    Caption(&'static str),
    /// Waits, s.
    Wait(f32),
    /// Opens a built-in structure by its key, and waits until it is shown.
    Open(&'static str),
    /// Sends an action.
    Act(fn() -> Action),
    /// Changes the run settings.
    Settings(fn(&mut RunSettings)),
    /// Changes the drawing style.
    Style(fn(&mut Style)),
    /// Opens and closes panels.
    Panels(fn(&mut Panels)),
    /// Rotates the scene.
    Turn {
        /// To the right, radians.
        right: f32,
        /// Down, radians.
        down: f32,
        /// Duration, s.
        seconds: f32,
    },
    /// Zooms in by this factor, within this duration, s.
    Zoom(f32, f32),
    /// Moves the pointer to an atom.
    Point(usize),
    /// Presses or releases the pointer.
    Press(bool),
    /// Moves the pointer by fractions of the window's height, right and up, within a duration, s.
    MovePointer(f32, f32, f32),
    /// Hides the pointer.
    HidePointer,
    /// Waits until the simulation is idle.
    WaitUntilIdle,
    /// Writes a picture of the window under this name, if pictures are recorded.
    Picture(&'static str),
}

/// Duration of moving the pointer to an atom, s.
const POINT_DURATION: f32 = 0.7;

/// Time reserved for a picture, s.
const PICTURE_DURATION: f32 = 0.8;

/// Everything that a step may change.
#[derive(SystemParam)]
pub(super) struct TourContext<'w, 's> {
    scene: Res<'w, Scene>,
    document: Res<'w, Document>,
    windows: Query<'w, 's, &'static Window>,
    orbit: ResMut<'w, Orbit>,
    style: ResMut<'w, Style>,
    settings: ResMut<'w, RunSettings>,
    notices: ResMut<'w, Notices>,
    actions: MessageWriter<'w, Action>,
    requests: MessageWriter<'w, DocumentRequest>,
    commands: Commands<'w, 's>,
    /// Completed fraction of a motion, 0 to 1.
    done: Local<'s, f32>,
}

impl TourContext<'_, '_> {
    /// Continues a step that has lasted this long, s; returns whether it has ended.
    pub(super) fn play(
        &mut self,
        step: &TourStep,
        first: bool,
        elapsed: f32,
        pointer: &mut TourPointer,
        pictures: Option<&Path>,
    ) -> bool {
        if first {
            *self.done = 0.0;
            self.begin(step, pointer, pictures);
        }
        match *step {
            TourStep::Wait(seconds) => elapsed >= seconds,
            TourStep::Open(key) => !first && self.shows(key),
            TourStep::WaitUntilIdle => !first && self.scene.frame.activity == Activity::Idle,
            TourStep::Turn {
                right,
                down,
                seconds,
            } => {
                let fraction = self.advance(elapsed / seconds);
                self.orbit.rotate(right * fraction, down * fraction);
                elapsed >= seconds
            }
            TourStep::Zoom(factor, seconds) => {
                let fraction = self.advance(elapsed / seconds);
                self.orbit.zoom(factor.powf(fraction));
                elapsed >= seconds
            }
            TourStep::Point(atom) => {
                if let Some(position) = self.position_of(atom) {
                    pointer.move_to(position, elapsed / POINT_DURATION);
                }
                elapsed >= POINT_DURATION
            }
            TourStep::MovePointer(right, up, seconds) => {
                let height = self.window().y;
                pointer.move_by(Vec2::new(right, -up) * height, elapsed / seconds);
                elapsed >= seconds
            }
            TourStep::Picture(_) => pictures.is_none() || elapsed >= PICTURE_DURATION,
            _ => true,
        }
    }

    fn begin(&mut self, step: &TourStep, pointer: &mut TourPointer, pictures: Option<&Path>) {
        match step {
            TourStep::Open(key) => {
                let source = Source::Library((*key).to_owned());
                self.requests.write(DocumentRequest::Open(source));
            }
            TourStep::Act(action) => {
                self.actions.write(action());
            }
            TourStep::Settings(change) => change(&mut self.settings),
            TourStep::Style(change) => change(&mut self.style),
            TourStep::Point(_) | TourStep::MovePointer(..) => pointer.start_move(self.window()),
            TourStep::Press(pressed) => pointer.press(*pressed),
            TourStep::HidePointer => pointer.hide(),
            TourStep::Picture(name) => {
                if let Some(folder) = pictures {
                    let path = folder.join(format!("{name}.png"));
                    self.commands.spawn(Screenshot::primary_window()).observe(
                        move |captured: On<ScreenshotCaptured>, mut notices: ResMut<Notices>| {
                            if let Err(error) = picture::write(&captured.image, &path) {
                                notices.post(Severity::Error, error.to_string());
                            }
                        },
                    );
                }
            }
            _ => {}
        }
    }

    /// Reports that a step has timed out.
    pub(super) fn report_timeout(&mut self, step: &TourStep) {
        let what = match step {
            TourStep::Open(key) => format!("the built-in structure '{key}' did not appear"),
            _ => "the run did not end".to_owned(),
        };
        self.notices
            .post(Severity::Error, format!("Tour ended: {what}."));
    }

    /// Advances a motion to this fraction; returns the increment.
    fn advance(&mut self, fraction: f32) -> f32 {
        let fraction = fraction.min(1.0);
        let step = fraction - *self.done;
        *self.done = fraction;
        step
    }

    fn window(&self) -> Vec2 {
        let window = self.windows.iter().next();
        window.map_or(Vec2::ONE, Window::size)
    }

    fn position_of(&self, atom: usize) -> Option<Vec2> {
        let position = self.scene.positions().get(atom)?;
        self.orbit.project(*position, self.window())
    }

    /// Whether a built-in structure is shown.
    fn shows(&self, key: &str) -> bool {
        let name = Source::Library(key.to_owned()).title();
        let structure = library::find(key).and_then(|entry| entry.structure().ok());
        let atoms = structure.map(|structure| structure.len());
        self.document.name == name
            && !self.document.jobs.is_busy()
            && atoms == Some(self.scene.positions().len())
    }
}
