//! Window with the version, the GPU, and the potentials to cite.

use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;

use super::Panels;
use super::dock::FreeArea;
use super::widgets::{hint, rows};
use crate::app::document::PotentialChoice;
use crate::third_party::egui::{Align2, Contexts, Label, RichText, Ui, Window};
use mlipview_core::potential::Catalog;

pub(super) fn show(
    mut contexts: Contexts,
    mut panels: ResMut<Panels>,
    free: Res<FreeArea>,
    adapter: Option<Res<RenderAdapterInfo>>,
    choice: Res<PotentialChoice>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let mut open = panels.about;
    if !open {
        return;
    }
    Window::new("About mlipview")
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .pivot(Align2::CENTER_CENTER)
        .default_pos(free.0.center())
        .constrain_to(free.0)
        .show(context, |ui| {
            ui.set_width(400.0_f32.min(free.0.width() - 60.0));
            program(ui, adapter.as_deref());
            ui.add_space(8.0);
            ui.label(RichText::new("Potentials and citations").strong());
            potentials(ui, choice.catalog());
        });
    if !open {
        panels.about = false;
    }
}

fn program(ui: &mut Ui, adapter: Option<&RenderAdapterInfo>) {
    ui.label(env!("CARGO_PKG_DESCRIPTION"));
    ui.add_space(4.0);
    rows(ui, "about", |ui| {
        let mut row = |name: &str, value: &str| {
            ui.label(RichText::new(name).weak());
            ui.add(Label::new(value).wrap());
            ui.end_row();
        };
        row("Version", env!("CARGO_PKG_VERSION"));
        row("License", env!("CARGO_PKG_LICENSE"));
        match adapter {
            Some(adapter) => {
                row("GPU", &adapter.name);
                row(
                    "Driver",
                    &format!("{} {}", adapter.backend, adapter.driver_info),
                );
            }
            None => row("GPU", "none: there is no graphics driver"),
        }
    });
}

fn potentials(ui: &mut Ui, catalog: &Catalog) {
    for entry in catalog.entries() {
        ui.add_space(2.0);
        ui.label(entry.name);
        hint(ui, format!("{}.", entry.summary));
        hint(ui, entry.source);
    }
}
