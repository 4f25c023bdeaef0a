//! A scripted tour: what a person could do, done by itself, with a pointer of its own.
//!
//! It asks for everything by the messages that buttons and keys write, and takes atoms by an
//! [`Aim`](crate::interact::aim::Aim) as the mouse does, so that whatever it shows, a person can do.

mod pointer;
mod step;
mod tour;

use std::collections::VecDeque;
use std::path::PathBuf;

use bevy::prelude::*;

use super::notices::{Notices, Severity};
use super::panels::Panels;
use crate::interact::aim::Pointing;
use crate::schedule::ViewerSystems;
use pointer::Finger;
use step::Stage;

pub use step::Moment;
pub use tour::tour;

/// A moment that waits for something gives up after so long, s.
const PATIENCE: f32 = 60.0;
/// The longest that a rendered frame counts for, s: where frames take longer, the tour does too.
const LONGEST_FRAME: f32 = 0.2;

/// A tour that is played.
#[derive(Resource, Default)]
pub struct Demo {
    moments: VecDeque<Moment>,
    /// For how long the first of them has been going on, s.
    since: f32,
    finger: Finger,
    caption: Option<&'static str>,
    pictures: Option<PathBuf>,
}

impl Demo {
    /// Begins a tour; with a folder for pictures the program ends after it.
    pub fn begin(&mut self, moments: Vec<Moment>, pictures: Option<PathBuf>) {
        *self = Demo {
            moments: moments.into(),
            pictures,
            ..Demo::default()
        };
    }

    /// Whether one is being played.
    pub fn plays(&self) -> bool {
        !self.moments.is_empty()
    }

    /// What it says at this moment.
    pub fn caption(&self) -> Option<&'static str> {
        self.caption
    }

    /// Where its pointer is, logical pixels from the upper left, and whether it presses.
    pub fn pointer(&self) -> Option<(Vec2, bool)> {
        self.finger.place()
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Demo>()
        .add_systems(Update, pointer::aim.in_set(Pointing))
        .add_systems(
            Update,
            (give_way, play)
                .chain()
                .in_set(ViewerSystems::Point)
                .before(Pointing)
                .run_if(|demo: Res<Demo>| demo.plays()),
        );
}

/// A person who presses a key or a button has the program back.
fn give_way(
    keys: Res<ButtonInput<KeyCode>>,
    buttons: Res<ButtonInput<MouseButton>>,
    mut demo: ResMut<Demo>,
    mut notices: ResMut<Notices>,
) {
    let touched =
        keys.get_just_pressed().next().is_some() || buttons.get_just_pressed().next().is_some();
    // Pictures are taken by nobody's hand.
    if touched && demo.pictures.is_none() {
        *demo = Demo::default();
        notices.say(
            Severity::Info,
            "The tour is over: the molecule is yours. Press ? for keys and gestures.".to_owned(),
        );
    }
}

fn play(
    mut demo: ResMut<Demo>,
    mut stage: Stage,
    time: Res<Time<Real>>,
    mut panels: Option<ResMut<Panels>>,
    mut exits: MessageWriter<AppExit>,
) {
    let demo = &mut *demo;
    let Some(moment) = demo.moments.front() else {
        return;
    };
    let first = demo.since == 0.0;
    demo.since += time.delta_secs().clamp(1e-6, LONGEST_FRAME);
    match moment {
        Moment::Say(text) => demo.caption = Some(text),
        Moment::Panels(change) if first => {
            if let Some(panels) = &mut panels {
                change(panels);
            }
        }
        _ => {}
    }
    let over = stage.play(
        moment,
        first,
        demo.since,
        &mut demo.finger,
        demo.pictures.as_deref(),
    );
    if !over && demo.since < PATIENCE {
        return;
    }
    if !over {
        stage.complain(moment);
        if demo.pictures.is_some() {
            exits.write(AppExit::error());
        }
        demo.moments.clear();
    }
    demo.moments.pop_front();
    demo.since = 0.0;
    if demo.moments.is_empty() {
        demo.caption = None;
        demo.finger = Finger::default();
        if over && demo.pictures.is_some() {
            exits.write(AppExit::Success);
        }
    }
}
