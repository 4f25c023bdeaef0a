//! What a tour is made of, and how it is done.

use std::path::Path;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};

use super::pointer::Finger;
use crate::app::document::{Document, Request, Source};
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

/// One thing that happens in a tour; each begins when the one before is over.
#[derive(Clone)]
pub enum Moment {
    /// Text at the lower edge, until the next.
    Say(&'static str),
    /// Nothing for so long, s.
    Wait(f32),
    /// Opens a built-in structure, by its key, and waits until it is there.
    Open(&'static str),
    /// What a button or a key does.
    Do(fn() -> Action),
    /// Changes what runs are like.
    Settings(fn(&mut RunSettings)),
    /// Changes how it is drawn.
    Style(fn(&mut Style)),
    /// Opens and closes panels.
    Panels(fn(&mut Panels)),
    /// Turns the scene by so many radians, to the right and down, in so long, s.
    Turn {
        /// To the right, radians.
        right: f32,
        /// Down, radians.
        down: f32,
        /// s.
        seconds: f32,
    },
    /// Comes nearer by this factor in so long, s.
    Zoom(f32, f32),
    /// Brings the pointer to an atom.
    Point(usize),
    /// Presses, or lets go.
    Press(bool),
    /// Moves the pointer by a share of the window's height, right and up, in so long, s.
    Carry(f32, f32, f32),
    /// Takes the pointer away.
    Leave,
    /// Waits until nothing runs.
    Rest,
    /// Writes a picture of the window under this name, where pictures are wanted.
    Picture(&'static str),
}

/// How long the pointer takes to an atom, s.
const WAY: f32 = 0.7;

/// How long a picture is waited for, s.
const SHUTTER: f32 = 0.8;

/// Everything that a moment may touch.
#[derive(SystemParam)]
pub(super) struct Stage<'w, 's> {
    scene: Res<'w, Scene>,
    document: Res<'w, Document>,
    windows: Query<'w, 's, &'static Window>,
    orbit: ResMut<'w, Orbit>,
    style: ResMut<'w, Style>,
    settings: ResMut<'w, RunSettings>,
    notices: ResMut<'w, Notices>,
    actions: MessageWriter<'w, Action>,
    requests: MessageWriter<'w, Request>,
    commands: Commands<'w, 's>,
    /// What was done of a motion so far, 0 to 1.
    done: Local<'s, f32>,
}

impl Stage<'_, '_> {
    /// Goes on with a moment that has lasted for so long, s; whether it is over.
    pub(super) fn play(
        &mut self,
        moment: &Moment,
        first: bool,
        since: f32,
        finger: &mut Finger,
        pictures: Option<&Path>,
    ) -> bool {
        if first {
            *self.done = 0.0;
            self.begin(moment, finger, pictures);
        }
        match *moment {
            Moment::Wait(seconds) => since >= seconds,
            Moment::Open(key) => !first && self.shows(key),
            Moment::Rest => !first && self.scene.frame.activity == Activity::Idle,
            Moment::Turn {
                right,
                down,
                seconds,
            } => {
                let share = self.advance(since / seconds);
                self.orbit.turn(right * share, down * share);
                since >= seconds
            }
            Moment::Zoom(factor, seconds) => {
                let share = self.advance(since / seconds);
                self.orbit.zoom(factor.powf(share));
                since >= seconds
            }
            Moment::Point(atom) => {
                if let Some(place) = self.place_of(atom) {
                    finger.approach(place, since / WAY);
                }
                since >= WAY
            }
            Moment::Carry(right, up, seconds) => {
                let height = self.window().y;
                finger.carry(Vec2::new(right, -up) * height, since / seconds);
                since >= seconds
            }
            Moment::Picture(_) => pictures.is_none() || since >= SHUTTER,
            _ => true,
        }
    }

    fn begin(&mut self, moment: &Moment, finger: &mut Finger, pictures: Option<&Path>) {
        match moment {
            Moment::Open(key) => {
                let source = Source::Library((*key).to_owned());
                self.requests.write(Request::Open(source));
            }
            Moment::Do(action) => {
                self.actions.write(action());
            }
            Moment::Settings(change) => change(&mut self.settings),
            Moment::Style(change) => change(&mut self.style),
            Moment::Point(_) | Moment::Carry(..) => finger.set_out(self.window()),
            Moment::Press(pressed) => finger.press(*pressed),
            Moment::Leave => finger.leave(),
            Moment::Picture(name) => {
                if let Some(folder) = pictures {
                    let path = folder.join(format!("{name}.png"));
                    self.commands.spawn(Screenshot::primary_window()).observe(
                        move |captured: On<ScreenshotCaptured>, mut notices: ResMut<Notices>| {
                            if let Err(error) = picture::write(&captured.image, &path) {
                                notices.say(Severity::Error, error.to_string());
                            }
                        },
                    );
                }
            }
            _ => {}
        }
    }

    /// Says that a moment has not come to its end.
    pub(super) fn complain(&mut self, moment: &Moment) {
        let what = match moment {
            Moment::Open(key) => format!("the built-in structure '{key}' did not appear"),
            _ => "the run did not end".to_owned(),
        };
        self.notices
            .say(Severity::Error, format!("The tour ends here: {what}."));
    }

    /// By how much further a motion is that is done to this share.
    fn advance(&mut self, share: f32) -> f32 {
        let share = share.min(1.0);
        let step = share - *self.done;
        *self.done = share;
        step
    }

    fn window(&self) -> Vec2 {
        let window = self.windows.iter().next();
        window.map_or(Vec2::ONE, Window::size)
    }

    fn place_of(&self, atom: usize) -> Option<Vec2> {
        let position = self.scene.positions().get(atom)?;
        self.orbit.on_window(*position, self.window())
    }

    /// Whether a built-in structure is there.
    fn shows(&self, key: &str) -> bool {
        let name = Source::Library(key.to_owned()).title();
        let structure = library::find(key).and_then(|entry| entry.structure().ok());
        let atoms = structure.map(|structure| structure.len());
        self.document.name == name
            && !self.document.work.is_busy()
            && atoms == Some(self.scene.positions().len())
    }
}
