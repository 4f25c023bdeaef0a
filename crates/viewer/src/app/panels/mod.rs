//! Panels around the scene: they read the newest frame and write actions and requests.
//!
//! Each panel is a system that docks at an edge of the area left by the ones before it; the
//! camera's target is centered in the area that remains.

mod about;
mod dock;
mod edit;
mod file;
mod gallery;
mod help;
mod legend;
mod library;
mod notices;
mod overlay;
mod packing;
mod path;
mod people;
mod plots;
mod qr_code;
mod run;
mod script;
mod status;
mod tablet;
#[cfg(test)]
mod test_click;
mod theme;
mod timeline;
mod toolbar;
mod tour_caption;
mod training;
mod unsaved;
mod view;
mod virtual_keyboard;
mod visibility;
mod widgets;

use bevy::ecs::schedule::ScheduleConfigs;
use bevy::ecs::system::ScheduleSystem;
use bevy::prelude::*;

use super::document::HidePanels;
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use crate::third_party::egui;
use crate::third_party::egui::{Pass, TabletPass};

pub use visibility::{Panels, Section};

/// The panels, for an app with the viewer and a GPU.
pub fn plugin(app: &mut App) {
    app.init_resource::<Panels>()
        .init_resource::<dock::FreeArea>()
        .init_resource::<run::Drafts>()
        .init_resource::<plots::PlotOptions>()
        .init_resource::<library::LibraryState>()
        .init_resource::<training::SampleGalleries>()
        .init_resource::<script::ScriptDraft>()
        .add_plugins(egui::plugin)
        .add_systems(
            Update,
            (
                (visibility::toggle, plots::timeline::save_picture).in_set(ViewerSystems::Steer),
                plots::pause.in_set(ViewerSystems::Show),
            ),
        )
        .add_systems(
            Update,
            (tablet::create_or_remove, tablet::point).in_set(ViewerSystems::Show),
        )
        .add_systems(
            TabletPass,
            (
                (tablet::begin, tablet::apply_theme, dock::clear).chain(),
                (shared_panels(), virtual_keyboard::show).chain(),
                tablet::end,
            )
                .chain(),
        )
        .add_systems(
            Pass,
            (
                (apply_theme, dock::clear, overlay::show).chain(),
                (shared_panels(), path::show, tour_caption::show)
                    .chain()
                    .run_if(are_shown),
                // Also over a scene without panels.
                (unsaved::ask_at_quitting, unsaved::offer_recovery).chain(),
                (legend::show, dock::measure).chain(),
            )
                .chain(),
        );
}

/// The text over the scene without panels, for an app with the viewer and a GPU.
pub fn text_plugin(app: &mut App) {
    app.init_resource::<dock::FreeArea>()
        .add_plugins(egui::plugin)
        .add_systems(Pass, (dock::clear, overlay::show, legend::show).chain());
}

/// Panels of the window and the tablet; the section File needs the desktop's dialogs.
fn shared_panels() -> ScheduleConfigs<ScheduleSystem> {
    (
        status::show,
        toolbar::show,
        file::show.run_if(is_open(Section::File).and_then(is_in_window)),
        run::show.run_if(is_open(Section::Run)),
        view::show.run_if(is_open(Section::View)),
        edit::show.run_if(is_open(Section::Edit)),
        library::show.run_if(is_open(Section::Library)),
        training::show.run_if(is_open(Section::Training)),
        script::show.run_if(is_open(Section::Script)),
        people::show.run_if(is_open(Section::People)),
        timeline::show.run_if(|panels: Res<Panels>| panels.timeline),
        plots::show.run_if(|panels: Res<Panels>| panels.plots),
        (notices::show_toasts, notices::show_log).chain(),
        (about::show, help::show).chain(),
    )
        .chain()
}

fn is_in_window(surface: Res<egui::PanelSurface>) -> bool {
    *surface == egui::PanelSurface::Window
}

fn are_shown(panels: Res<Panels>, hide_panels: Res<HidePanels>) -> bool {
    !panels.hidden && !hide_panels.0
}

fn is_open(section: Section) -> impl Fn(Res<Panels>) -> bool + Clone {
    move |panels: Res<Panels>| panels.section == Some(section)
}

/// Applies the egui theme when the background changes.
fn apply_theme(mut contexts: egui::Contexts, style: Res<Style>, mut applied: Local<bool>) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    if style.is_changed() || !*applied {
        theme::apply(context, style.background);
        *applied = true;
    }
}
