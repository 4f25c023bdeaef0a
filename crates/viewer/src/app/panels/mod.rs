//! The panels around the scene: they read the newest frame and send requests.
//!
//! Each panel is a system of its own that docks at an edge of what the ones before it have left free;
//! the scene has its middle in what is left in the end.

mod about;
mod appearance;
mod dock;
mod edit;
mod file;
mod help;
mod legend;
mod library;
mod notices;
mod overlay;
mod path;
mod people;
mod plots;
mod qr_code;
mod run;
mod status;
mod tablet;
#[cfg(test)]
mod test_click;
mod theme;
mod toolbar;
mod tour_caption;
mod virtual_keyboard;
mod widgets;

use bevy::ecs::schedule::ScheduleConfigs;
use bevy::ecs::system::ScheduleSystem;
use bevy::prelude::*;

use super::document::Veil;
use crate::interact::action::Action;
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use crate::third_party::egui;
use crate::third_party::egui::{Pass, TabletPass};

/// The sections of the panel at the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// What is open: from and to the disk.
    File,
    /// Structures that come along.
    Library,
    /// The potential, and runs with it.
    Run,
    /// What changes the structure.
    Edit,
    /// How it is drawn.
    Look,
    /// Who else is here, and how they come in.
    People,
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
        .init_resource::<plots::Shown>()
        .init_resource::<library::Galleries>()
        .add_plugins(egui::plugin)
        .add_systems(Update, heed.in_set(ViewerSystems::Steer))
        .add_systems(
            Update,
            (tablet::come_and_go, tablet::point).in_set(ViewerSystems::Show),
        )
        .add_systems(
            TabletPass,
            (
                (tablet::begin, tablet::dress, dock::clear).chain(),
                (everywhere(), virtual_keyboard::show).chain(),
                tablet::end,
            )
                .chain(),
        )
        .add_systems(
            Pass,
            (
                (dress, dock::clear, overlay::show).chain(),
                (everywhere(), path::show, tour_caption::show)
                    .chain()
                    .run_if(are_shown),
                (legend::show, dock::measure).chain(),
            )
                .chain(),
        );
}

/// The panels that are in the window and on the tablet alike, but for files: they are chosen by dialogs
/// of the desktop.
fn everywhere() -> ScheduleConfigs<ScheduleSystem> {
    (
        status::show,
        toolbar::show,
        file::show.run_if(is_open(Section::File).and_then(is_in_window)),
        run::show.run_if(is_open(Section::Run)),
        appearance::show.run_if(is_open(Section::Look)),
        edit::show.run_if(is_open(Section::Edit)),
        library::show.run_if(is_open(Section::Library)),
        people::show.run_if(is_open(Section::People)),
        plots::show.run_if(|panels: Res<Panels>| panels.plots),
        (notices::show_toasts, notices::show_log).chain(),
        (about::show, help::show).chain(),
    )
        .chain()
}

fn is_in_window(surface: Res<egui::Surface>) -> bool {
    *surface == egui::Surface::Window
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

/// Puts panels away and brings them back.
fn heed(mut actions: MessageReader<Action>, mut panels: ResMut<Panels>) {
    for action in actions.read() {
        match action {
            Action::TogglePanels => panels.hidden = !panels.hidden,
            Action::ToggleHelp => panels.help = !panels.help,
            Action::TogglePeople => {
                let is_shown = !panels.hidden && panels.section == Some(Section::People);
                panels.section = (!is_shown).then_some(Section::People);
                panels.hidden &= is_shown;
            }
            _ => {}
        }
    }
}
