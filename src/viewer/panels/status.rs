//! The line at the bottom: what goes on, how fast, and what is chosen.

use bevy::prelude::*;

use super::dock::Free;
use super::theme;
use crate::chem::measure;
use crate::sim::{Activity, Frame};
use crate::viewer::bonds::Bonding;
use crate::viewer::document::Document;
use crate::viewer::progress::{Ending, Progress};
use crate::viewer::scene::Scene;
use crate::viewer::select::{Hover, Selection, Target};
use crate::viewer::third_party::egui::{
    self, Align, Color32, Contexts, Frame as Border, Label, Layout, Margin, RichText, Sense, Ui,
    vec2,
};

pub(super) fn show(
    mut contexts: Contexts,
    mut free: ResMut<Free>,
    scene: Res<Scene>,
    progress: Res<Progress>,
    document: Res<Document>,
    selection: Res<Selection>,
    hover: Res<Hover>,
    bonding: Res<Bonding>,
) {
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
    let frame = &scene.frame;
    let touched = touched(frame, &selection, &hover, &bonding);
    free.dock(context, "status dock", line, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            dot(ui, color(frame, &progress));
            let doing = progress.in_words(frame);
            let room = ui.available_width() * 0.5;
            ui.scope(|ui| {
                ui.set_max_width(room);
                let label = Label::new(RichText::new(sentence(&doing)).small()).truncate();
                ui.add(label).on_hover_text(doing);
            });
            weak(ui, &numbers(frame));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if let Some(rate) = progress.frame_rate() {
                    weak(ui, &format!("{rate:.0} frames/s"));
                }
                weak(ui, &format!("{} atoms", frame.positions.len()));
                if !document.name.is_empty() {
                    weak(ui, &document.name);
                }
                let label = RichText::new(touched).small().color(theme::ACCENT);
                ui.add(Label::new(label).truncate());
            });
        });
    });
}

fn dot(ui: &mut Ui, color: Color32) {
    let (place, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    ui.painter().circle_filled(place.center(), 4.0, color);
}

fn weak(ui: &mut Ui, text: &str) {
    if !text.is_empty() {
        ui.label(RichText::new(text).small().weak());
    }
}

/// Green while something runs, gray at rest, orange without forces, red where a run broke off.
fn color(frame: &Frame, progress: &Progress) -> Color32 {
    match (&frame.activity, &progress.ending) {
        (Activity::Running(_), _) => theme::GOOD,
        (Activity::Idle, Some(Ending::Interrupted { .. })) => theme::BAD,
        (Activity::Idle, _) if frame.evaluation.is_none() => theme::CAUTION,
        (Activity::Playback, _) => theme::ACCENT,
        (Activity::Idle, _) => Color32::GRAY,
    }
}

/// With a capital at its beginning.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Energy and temperature of the frame.
fn numbers(frame: &Frame) -> String {
    let mut parts = Vec::new();
    if let Some(evaluation) = &frame.evaluation {
        parts.push(format!("E = {:.4} eV", evaluation.energy));
    }
    if frame.kinetic_energy > 0.0 {
        parts.push(format!("T = {:.0} K", frame.temperature));
    }
    if frame.time > 0.0 {
        parts.push(format!("t = {:.3} ps", frame.time * 1e-3));
    }
    parts.join("   ")
}

/// What is under the pointer, or else what is chosen, with what can be measured of it.
fn touched(frame: &Frame, selection: &Selection, hover: &Hover, bonding: &Bonding) -> String {
    match hover.target {
        Some(Target::Atom(atom)) => return name(frame, atom),
        Some(Target::Bond(bond)) => {
            let bonds = bonding.of(frame).map(|perceived| perceived.bonds.list());
            if let Some(bond) = bonds.and_then(|bonds| bonds.get(bond)) {
                let atoms = bond.atoms.map(|atom| atom as usize);
                return measured(frame, &atoms);
            }
        }
        None => {}
    }
    match selection.atoms() {
        [] => String::new(),
        atoms if atoms.len() <= 4 => measured(frame, atoms),
        atoms => format!("{} atoms chosen", atoms.len()),
    }
}

/// An atom by element and index, with what is known of it.
fn name(frame: &Frame, atom: usize) -> String {
    let Some(element) = frame.identity.elements().get(atom) else {
        return String::new();
    };
    let label = frame.identity.labels().and_then(|labels| labels.get(atom));
    let residue = label
        .filter(|label| !label.residue.is_empty())
        .map(|label| {
            format!(
                ", {} {} {}",
                label.name, label.residue, label.residue_number
            )
        });
    format!("{element}{atom}{}", residue.unwrap_or_default())
}

/// One to four atoms and their distance, angle or torsion angle.
fn measured(frame: &Frame, atoms: &[usize]) -> String {
    let (positions, cell) = (&frame.positions[..], frame.cell.as_ref());
    let names: Vec<String> = atoms.iter().map(|atom| name(frame, *atom)).collect();
    let names = names.join("–");
    let value = match *atoms {
        [one, other] => measure::distance(positions, cell, [one, other])
            .map(|distance| format!(": {distance:.3} Å")),
        [one, vertex, other] => measure::angle(positions, cell, [one, vertex, other])
            .map(|angle| format!(": {:.1}°", angle.to_degrees())),
        [one, two, three, four] => measure::dihedral(positions, cell, [one, two, three, four])
            .map(|angle| format!(": {:.1}°", angle.to_degrees())),
        _ => None,
    };
    format!("{names}{}", value.unwrap_or_default())
}
