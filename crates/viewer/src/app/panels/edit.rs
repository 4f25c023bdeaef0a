//! The section of what is chosen, what changes it, and what a press does.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::Free;
use super::theme;
use super::widgets;
use super::widgets::{callout, group, hint, section};
use crate::interact::action::Action;
use crate::interact::gesture::{GripKind, Purpose, Tool};
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::third_party::egui::{
    Button, Color32, Contexts, Key, RichText, Slider, Stroke, TextEdit, Ui, vec2,
};
use mlipview_core::chem::Element;
use mlipview_core::chem::query::AtomQuery;

/// What organic chemistry and metals are most often made of; all others are typed.
const PALETTE: [&str; 21] = [
    "H", "C", "N", "O", "F", "P", "S", "Cl", "Br", "I", "B", "Si", "Li", "Na", "Al", "Fe", "Ni",
    "Cu", "Ag", "Pt", "Au",
];
const COLUMNS: usize = 7;

/// What is being typed.
#[derive(Default)]
pub(super) struct Typed {
    query: String,
    element: String,
    angle: Option<f64>,
}

/// What the section shows, and what it asks for.
#[derive(SystemParam)]
pub(super) struct Editing<'w, 's> {
    scene: Res<'w, Scene>,
    selection: Res<'w, Selection>,
    tool: ResMut<'w, Tool>,
    actions: MessageWriter<'w, Action>,
    typed: Local<'s, Typed>,
}

pub(super) fn show(mut contexts: Contexts, mut free: ResMut<Free>, mut editing: Editing) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    free.dock_section(context, |ui| {
        section(ui, "Edit", |ui| {
            buttons(
                ui,
                &mut editing,
                [
                    (
                        "⟲  Undo",
                        Action::Undo,
                        "Takes back the last change (Ctrl+Z)",
                    ),
                    ("⟳  Redo", Action::Redo, "Makes it again (Ctrl+Shift+Z)"),
                ],
            );
            group(ui, "Choose");
            choose(ui, &mut editing);
            group(ui, "Elements");
            elements(ui, &mut editing);
            group(ui, "Chosen atoms");
            change(ui, &mut editing);
            group(ui, "Bond");
            bond(ui, &mut editing);
            group(ui, "Dragging");
            drag(ui, &mut editing.tool);
        });
    });
}

/// A row of buttons that share the width, each with what it asks for and what that does.
fn buttons<const COUNT: usize>(
    ui: &mut Ui,
    editing: &mut Editing,
    row: [(&str, Action, &str); COUNT],
) {
    let gaps = (COUNT - 1) as f32 * ui.spacing().item_spacing.x;
    let width = (ui.available_width() - gaps) / COUNT as f32;
    ui.horizontal(|ui| {
        ui.spacing_mut().button_padding.x = 4.0;
        for (label, action, about) in row {
            if widgets::wide(ui, label, width)
                .on_hover_text(about)
                .clicked()
            {
                editing.actions.write(action);
            }
        }
    });
}

fn choose(ui: &mut Ui, editing: &mut Editing) {
    let chosen = match editing.selection.atoms().len() {
        0 => "No atom is chosen.".to_owned(),
        1 => "1 atom is chosen.".to_owned(),
        count => format!("{count} atoms are chosen."),
    };
    hint(ui, chosen);
    buttons(
        ui,
        editing,
        [
            ("All", Action::SelectAll, "Chooses all atoms"),
            ("None", Action::SelectNone, "Chooses nothing"),
            ("Others", Action::Invert, "Chooses the other atoms"),
        ],
    );
    ui.add_enabled_ui(!editing.selection.atoms().is_empty(), |ui| {
        buttons(
            ui,
            editing,
            [
                (
                    "Molecule",
                    Action::GrowToMolecules,
                    "The whole molecules of the chosen atoms",
                ),
                (
                    "Same element",
                    Action::GrowToElements,
                    "All atoms of the chosen elements",
                ),
            ],
        );
    });
    let field = TextEdit::singleline(&mut editing.typed.query)
        .hint_text("Cu, 0:4, z<3, within 3 of 17")
        .desired_width(f32::INFINITY);
    let field = ui.add(field).on_hover_text(
        "Atoms in words, then Enter: indices from 0, elements, coordinates, what is near; \
         combined with and, or, not",
    );
    let text = editing.typed.query.trim();
    if text.is_empty() {
        return;
    }
    let read = AtomQuery::parse(text);
    if let Err(mistake) = &read {
        callout(ui, theme::caution(ui), format!("{mistake}."));
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered && read.is_ok() {
        editing.actions.write(Action::SelectQuery(text.to_owned()));
    }
}

/// Elements to add, or to make the chosen atoms of.
fn elements(ui: &mut Ui, editing: &mut Editing) {
    let adding = match editing.tool.purpose {
        Purpose::AddAtom(element) => Some(element),
        Purpose::Manipulate => None,
    };
    let has_chosen = !editing.selection.atoms().is_empty();
    hint(
        ui,
        match (has_chosen, adding) {
            (true, _) => "Click one to make the chosen atoms of it.".to_owned(),
            (false, Some(element)) => {
                format!("A click in the scene adds {}. Esc ends it.", element.name())
            }
            (false, None) => "Click one, then click in the scene to add it.".to_owned(),
        },
    );
    let mut pressed = None;
    let gaps = (COLUMNS - 1) as f32 * 5.0;
    let side = (ui.available_width() - gaps) / COLUMNS as f32;
    let palette: Vec<Element> = PALETTE
        .iter()
        .filter_map(|each| Element::from_symbol(each))
        .collect();
    for row in palette.chunks(COLUMNS) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            for &each in row {
                if chip(ui, each, side, adding == Some(each)) {
                    pressed = Some(each);
                }
            }
        });
    }
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut editing.typed.element)
            .hint_text("another, as in Ti")
            .desired_width(110.0);
        let field = ui.add(field);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let symbol = editing.typed.element.trim();
        let known = Element::from_symbol(symbol);
        if entered {
            pressed = known.or(pressed);
        }
        match known {
            _ if symbol.is_empty() => {}
            Some(element) => hint(ui, format!("{}, then Enter", element.name())),
            None => {
                ui.label(
                    RichText::new("no such element")
                        .small()
                        .color(theme::caution(ui)),
                );
            }
        }
    });
    if adding.is_some() && ui.button("Stop adding atoms").clicked() {
        editing.actions.write(Action::ManipulateTool);
    }
    if let Some(element) = pressed {
        editing.actions.write(if has_chosen {
            Action::SetElement(element)
        } else {
            Action::AddAtomTool(Some(element))
        });
    }
}

/// An element in the color of its atoms; whether it was pressed.
fn chip(ui: &mut Ui, element: Element, side: f32, is_active: bool) -> bool {
    let [red, green, blue] = element.color();
    let color = Color32::from_rgb(red, green, blue);
    let brightness = 0.30 * f32::from(red) + 0.59 * f32::from(green) + 0.11 * f32::from(blue);
    let ink = if brightness > 130.0 {
        Color32::BLACK
    } else {
        Color32::WHITE
    };
    let text = RichText::new(element.symbol()).strong().color(ink);
    let mut button = Button::new(text)
        .fill(color.gamma_multiply(0.88))
        .min_size(vec2(side, 30.0));
    if is_active {
        button = button.stroke(Stroke::new(2.0, theme::accent(ui)));
    }
    ui.spacing_mut().button_padding.x = 2.0;
    ui.add(button).on_hover_text(element.name()).clicked()
}

fn change(ui: &mut Ui, editing: &mut Editing) {
    let has_chosen = !editing.selection.atoms().is_empty();
    let has_atoms = !editing.scene.frame.positions.is_empty();
    ui.add_enabled_ui(has_chosen, |ui| {
        buttons(
            ui,
            editing,
            [
                ("Delete", Action::Delete, "Takes the chosen atoms out"),
                (
                    "Duplicate",
                    Action::Duplicate,
                    "Adds a copy where there is room",
                ),
            ],
        );
        buttons(
            ui,
            editing,
            [
                ("Fix", Action::Fix, "No force moves them any more"),
                ("Free", Action::Free, "Forces move them again"),
            ],
        );
    });
    ui.add_enabled_ui(has_atoms, |ui| {
        let about = "Those that the chosen atoms lack, or all atoms if none is chosen";
        buttons(
            ui,
            editing,
            [("Add hydrogens", Action::AddHydrogens, about)],
        );
    });
}

fn bond(ui: &mut Ui, editing: &mut Editing) {
    let about =
        "Turns the chosen bond, or that between two chosen atoms, or the middle one of four";
    let turn = |label, angle| (label, Action::RotateBond(angle), about);
    let row = [
        turn("−5°", -5.0),
        turn("−1°", -1.0),
        turn("+1°", 1.0),
        turn("+5°", 5.0),
    ];
    buttons(ui, editing, row);
    ui.horizontal(|ui| {
        let angle = editing.typed.angle.get_or_insert(60.0);
        widgets::number(ui, angle, -180.0..=180.0, 1.0, "°");
        let angle = *angle;
        if ui.button("Turn").on_hover_text(about).clicked() {
            editing.actions.write(Action::RotateBond(angle));
        }
        if ui
            .button("Other side")
            .on_hover_text("Lets the other side move")
            .clicked()
        {
            editing.actions.write(Action::SwapSide);
        }
    });
}

/// How atoms are taken, and where they may go.
fn drag(ui: &mut Ui, tool: &mut ResMut<Tool>) {
    let mut wanted = **tool;
    ui.horizontal(|ui| {
        ui.selectable_value(&mut wanted.grip, GripKind::Hold, "Hold")
            .on_hover_text("The atom goes where the hand is");
        ui.selectable_value(&mut wanted.grip, GripKind::Pull, "Pull")
            .on_hover_text("A spring between the atom and the hand");
        ui.add_space(10.0);
        ui.label(RichText::new("along").weak());
        ui.selectable_value(&mut wanted.axis, None, "any");
        for (axis, name) in ["x", "y", "z"].into_iter().enumerate() {
            ui.selectable_value(&mut wanted.axis, Some(axis), name);
        }
    });
    if wanted.grip == GripKind::Pull {
        let [weakest, strongest] = Tool::STIFFNESS;
        ui.spacing_mut().slider_width = ui.available_width() - 110.0;
        ui.add(
            Slider::new(&mut wanted.stiffness, weakest..=strongest)
                .logarithmic(true)
                .suffix(" eV/Å²"),
        )
        .on_hover_text("Strength of the spring; the wheel changes it while an atom is pulled");
    }
    tool.set_if_neq(wanted);
}
