//! The panels around the scene: they read the newest frame and send requests.
//!
//! Each panel is a system of its own that docks at an edge of what the ones before it have left free;
//! the scene has its middle in what is left in the end.

mod caption;
mod dock;
mod notices;
mod path;
mod rail;
mod run;
mod status;
mod theme;
mod widgets;

use bevy::prelude::*;

use super::aim::Blocked;
use super::document::{Purpose, Request, Veil};
use super::style::Style;
use super::third_party::egui::{self, Pass};

/// The sections of the panel at the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// The potential, and runs with it.
    Run,
    /// How it is drawn.
    Look,
    /// The structure, and what changes it.
    Edit,
    /// What can be opened.
    Library,
}

/// Which panels are open.
#[derive(Resource, Clone, Debug, PartialEq, Eq)]
pub struct Panels {
    /// Whether all of them are put away.
    pub hidden: bool,
    /// The open section at the left.
    pub section: Option<Section>,
    /// Whether curves are shown.
    pub plots: bool,
    /// Whether everything that was said is listed.
    pub log: bool,
    /// Whether the keys are explained.
    pub help: bool,
    /// Whether the program says what it is.
    pub about: bool,
}

impl Default for Panels {
    fn default() -> Panels {
        Panels {
            hidden: false,
            section: Some(Section::Run),
            plots: false,
            log: false,
            help: false,
            about: false,
        }
    }
}

/// The panels, for an app that has the viewer and a graphics card.
pub fn plugin(app: &mut App) {
    app.init_resource::<Panels>()
        .init_resource::<dock::Free>()
        .init_resource::<run::Drafts>()
        .add_plugins(egui::plugin)
        .add_systems(Update, heed_keys.in_set(super::ViewerSystems::Steer))
        .add_systems(
            Pass,
            (
                (dress, dock::clear).chain(),
                (
                    status::show,
                    rail::show,
                    run::show.run_if(is_open(Section::Run)),
                    (
                        notices::show_toasts,
                        notices::show_log,
                        path::show,
                        caption::show,
                    )
                        .chain(),
                )
                    .chain()
                    .run_if(are_shown),
                dock::measure,
            )
                .chain(),
        );
}

fn are_shown(panels: Res<Panels>, veil: Res<Veil>) -> bool {
    !panels.hidden && !veil.0
}

fn is_open(section: Section) -> impl Fn(Res<Panels>) -> bool + Clone {
    move |panels: Res<Panels>| panels.section == Some(section)
}

/// Gives egui its looks, whenever the background asks for others.
fn dress(mut contexts: egui::Contexts, style: Res<Style>, mut dressed: Local<bool>) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    if style.is_changed() || !*dressed {
        theme::apply(context, style.background);
        *dressed = true;
    }
}

/// Tab puts the panels away and brings them back; Ctrl-O opens, Ctrl-S saves.
fn heed_keys(
    keys: Res<ButtonInput<KeyCode>>,
    blocked: Res<Blocked>,
    mut panels: ResMut<Panels>,
    mut requests: MessageWriter<Request>,
) {
    if blocked.keyboard {
        return;
    }
    let command = keys.any_pressed([
        KeyCode::ControlLeft,
        KeyCode::ControlRight,
        KeyCode::SuperLeft,
        KeyCode::SuperRight,
    ]);
    if keys.just_pressed(KeyCode::Tab) && !command {
        panels.hidden = !panels.hidden;
    }
    if keys.just_pressed(KeyCode::F1) {
        panels.help = !panels.help;
    }
    if command && keys.just_pressed(KeyCode::KeyO) {
        requests.write(Request::Ask(Purpose::Open));
    }
    if command && keys.just_pressed(KeyCode::KeyS) {
        requests.write(Request::Ask(Purpose::Save));
    }
}
