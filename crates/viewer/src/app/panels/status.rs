//! Status bar: activity, energies, and the hovered or selected atoms.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::widgets::dot;
use super::{people, theme};
use crate::app::document::Document;
use crate::app::notices::sentence;
use crate::app::people::People;
use crate::app::progress::{Ending, Progress};
use crate::app::xr_status::{FrameBudget, XrStatus};
use crate::interact::action::Action;
use crate::scene::bonds::Bonding;
use crate::scene::displayed::Scene;
use crate::scene::measure;
use crate::scene::selection::{Hover, Selection, Target};
use crate::simulation::Simulation;
use crate::third_party::egui;
use crate::third_party::egui::{
    Align, Button, Color32, Contexts, Frame as Border, Label, Layout, Margin, RichText, Ui,
};
use mlipview_core::sim::external::ExternalPhase;
use mlipview_core::sim::{Activity, Frame, Timeline};

/// Maximum length of a displayed formula.
const MAX_FORMULA: usize = 24;
/// Minimum window width for the formula, points.
const MIN_WIDTH_FORMULA: f32 = 1150.0;
/// Minimum window width for the document's name and the frame rate, points.
const MIN_WIDTH_NAME: f32 = 950.0;

/// Parameters of the status bar.
#[derive(SystemParam)]
pub(super) struct StatusParams<'w, 's> {
    scene: Res<'w, Scene>,
    simulation: Res<'w, Simulation>,
    progress: Res<'w, Progress>,
    document: Res<'w, Document>,
    selection: Res<'w, Selection>,
    hover: Res<'w, Hover>,
    bonding: Res<'w, Bonding>,
    people: Res<'w, People>,
    xr_status: Res<'w, XrStatus>,
    budget: Res<'w, FrameBudget>,
    actions: MessageWriter<'w, Action>,
    /// The formula with the revision of its structure.
    formula: Local<'s, Option<(u64, String)>>,
}

pub(super) fn show(mut contexts: Contexts, mut free: ResMut<FreeArea>, mut params: StatusParams) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let fill = context.global_style().visuals.extreme_bg_color;
    let line = egui::Panel::bottom("status")
        .exact_size(30.0)
        .show_separator_line(false)
        .frame(
            Border::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(12, 0)),
        );
    free.dock(context, "status dock", line, |ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let width = ui.available_width();
            activity(ui, &params.scene.frame, &params.progress);
            weak(
                ui,
                &numbers(&params.scene.frame, params.simulation.timeline()),
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                subject(ui, width, &mut params);
                let hovered_or_selected = hovered_or_selected(&params);
                let label = RichText::new(hovered_or_selected)
                    .small()
                    .color(theme::accent(ui));
                ui.add(Label::new(label).truncate());
            });
        });
    });
}

/// Activity of the simulation.
fn activity(ui: &mut Ui, frame: &Frame, progress: &Progress) {
    dot(ui, color(frame, progress));
    let words = sentence(&progress.in_words(frame));
    let room = ui.available_width() * 0.4;
    ui.scope(|ui| {
        ui.set_max_width(room);
        let label = Label::new(RichText::new(&words).small()).truncate();
        ui.add(label).on_hover_text(&words);
    });
}

/// Document, number of atoms, potential and frame rate; from the right.
fn subject(ui: &mut Ui, width: f32, params: &mut StatusParams) {
    people_button(ui, &params.people, &mut params.actions);
    let frame = &params.scene.frame;
    frame_rate(ui, width, params);
    weak(ui, frame.potential.as_deref().unwrap_or("no potential"));
    let count = match frame.positions.len() {
        1 => "1 atom".to_owned(),
        count => format!("{count} atoms"),
    };
    weak(ui, &count);
    if width > MIN_WIDTH_FORMULA {
        let known = params.formula.as_ref();
        if known.is_none_or(|(revision, _)| *revision != frame.revision) {
            *params.formula = Some((frame.revision, frame.identity.formula()));
        }
        let known = params.formula.as_ref().map(|(_, formula)| formula);
        if let Some(formula) = known.filter(|formula| formula.len() <= MAX_FORMULA) {
            weak(ui, formula);
        }
    }
    if width > MIN_WIDTH_NAME && !params.document.name.is_empty() {
        let name = RichText::new(&params.document.name).small();
        let path = params.document.path.as_ref();
        let response = ui.label(name);
        if let Some(path) = path {
            response.on_hover_text(path.display().to_string());
        }
    }
}

/// Frame rate; in a headset, the frame times.
fn frame_rate(ui: &mut Ui, width: f32, params: &StatusParams) {
    if params.xr_status.mode().is_some() {
        let words = RichText::new(params.budget.in_words()).small();
        let late = params.budget.render_scale < 1.0;
        let words = if late {
            words.color(theme::caution(ui))
        } else {
            words.weak()
        };
        ui.label(words).on_hover_text(
            "CPU and GPU time per frame, out of the frame time of the headset, and dropped frames. When \
             frames are late, the render scale is reduced.",
        );
        return;
    }
    let rate = params.progress.frame_rate();
    if let Some(rate) = rate.filter(|_| width > MIN_WIDTH_NAME) {
        weak(ui, &format!("{rate:.0} frames/s"));
    }
}

/// Number of other people, if any.
fn people_button(ui: &mut Ui, people: &People, actions: &mut MessageWriter<Action>) {
    let count = people.list().len();
    if count == 0 {
        return;
    }
    let sign = RichText::new(format!("👥 {count}")).small();
    let button = Button::new(sign.color(theme::accent(ui))).frame(false);
    let about = format!("{} (W)", people::in_words(count));
    if ui.add(button).on_hover_text(about).clicked() {
        actions.write(Action::TogglePeople);
    }
}

fn weak(ui: &mut Ui, text: &str) {
    if !text.is_empty() {
        ui.label(RichText::new(text).small().weak());
    }
}

/// Green while running, gray when idle, orange without forces, red after an interrupted run.
pub(super) fn color(frame: &Frame, progress: &Progress) -> Color32 {
    match (&frame.activity, &progress.ending) {
        (Activity::Running(_) | Activity::Packing(_), _) => theme::GOOD,
        (Activity::Following(status), _) => match status.phase {
            ExternalPhase::Running => theme::GOOD,
            ExternalPhase::Waiting => theme::CAUTION,
            ExternalPhase::Paused | ExternalPhase::Ended => Color32::GRAY,
        },
        (Activity::Idle, Some(Ending::Interrupted { .. })) => theme::BAD,
        (Activity::Idle, _) if frame.evaluation.is_none() => theme::CAUTION,
        (Activity::Playback, _) => theme::ACCENT,
        (Activity::Idle, _) => Color32::GRAY,
    }
}

/// Energy, maximum force, temperature and time of the frame.
fn numbers(frame: &Frame, timeline: &Timeline) -> String {
    let mut parts = Vec::new();
    let computed = frame.potential_energy();
    let recorded = || timeline.energy(frame.playback?.address);
    if let Some(energy) = computed.or_else(recorded) {
        parts.push(format!("E = {energy:.4} eV"));
    }
    if let Some(force) = frame.max_force() {
        parts.push(format!("max force {force:.3} eV/Å"));
    }
    let moves = frame.external.is_some() || frame.kinetic_energy > 0.0;
    if let Some(temperature) = frame.known_temperature().filter(|_| moves) {
        parts.push(format!("T = {temperature:.0} K"));
    }
    if frame.time > 0.0 {
        parts.push(format!("t = {:.3} ps", frame.time * 1e-3));
    }
    parts.join("   ")
}

/// The hovered atom or bond, or else the selection with its measurement.
fn hovered_or_selected(params: &StatusParams) -> String {
    let frame = &params.scene.frame;
    match params.hover.target {
        Some(Target::Atom(atom)) => {
            return format!(
                "{}{}",
                measure::atom_name(frame, atom),
                residue(frame, atom)
            );
        }
        Some(Target::Bond(bond)) => {
            let bonds = params
                .bonding
                .of(frame)
                .map(|perceived| perceived.bonds.list());
            if let Some(bond) = bonds.and_then(|bonds| bonds.get(bond)) {
                let atoms = bond.atoms.map(|atom| atom as usize);
                return measure::in_words(frame, &atoms);
            }
        }
        None => {}
    }
    match params.selection.atoms() {
        [] => String::new(),
        atoms if atoms.len() <= measure::MAX_ATOMS => measure::in_words(frame, atoms),
        atoms => format!("{} atoms selected", atoms.len()),
    }
}

/// Name of an atom in its residue, if the file has residues.
fn residue(frame: &Frame, atom: usize) -> String {
    let label = frame.identity.labels().and_then(|labels| labels.get(atom));
    let label = label.filter(|label| !label.residue.is_empty());
    label.map_or_else(String::new, |label| {
        format!(
            ", {} {} {}",
            label.name, label.residue, label.residue_number
        )
    })
}
