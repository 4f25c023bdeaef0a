//! Section Edit: selection, changes of the selected atoms, bond rotation, and dragging.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::packing;
use super::theme;
use super::widgets;
use super::widgets::{callout, group, hint, section};
use crate::app::packing::Packing;
use crate::interact::action::Action;
use crate::interact::gesture::{GripKind, Tool, ToolMode};
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::third_party::egui::{
    Button, Color32, Contexts, Key, RichText, Slider, Stroke, TextEdit, Ui, vec2,
};
use mlipview_core::chem::Element;
use mlipview_core::chem::query::AtomQuery;

/// Elements on buttons, common in organic chemistry and metals; others are typed.
const PALETTE: [&str; 21] = [
    "H", "C", "N", "O", "F", "P", "S", "Cl", "Br", "I", "B", "Si", "Li", "Na", "Al", "Fe", "Ni",
    "Cu", "Ag", "Pt", "Au",
];
const COLUMNS: usize = 7;

/// Text being typed.
#[derive(Default)]
pub(super) struct TypedText {
    query: String,
    element: String,
    angle: Option<f64>,
}

/// Parameters of the section.
#[derive(SystemParam)]
pub(super) struct EditParams<'w, 's> {
    scene: Res<'w, Scene>,
    selection: Res<'w, Selection>,
    tool: ResMut<'w, Tool>,
    actions: MessageWriter<'w, Action>,
    packing: ResMut<'w, Packing>,
    typed: Local<'s, TypedText>,
}

pub(super) fn show(mut contexts: Contexts, mut free: ResMut<FreeArea>, mut params: EditParams) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    free.dock_section(context, |ui| {
        section(ui, "Edit", |ui| {
            buttons(
                ui,
                &mut params,
                [
                    ("⟲  Undo", Action::Undo, "Undo the last change (Ctrl+Z)"),
                    ("⟳  Redo", Action::Redo, "Redo (Ctrl+Shift+Z)"),
                ],
            );
            group(ui, "Select");
            select(ui, &mut params);
            group(ui, "Elements");
            elements(ui, &mut params);
            group(ui, "Selected atoms");
            change(ui, &mut params);
            group(ui, "Bond");
            bond(ui, &mut params);
            group(ui, "Fill with molecules");
            let packing = params.packing.bypass_change_detection();
            if let Some(action) = packing::show(ui, packing, &params.scene.frame) {
                params.actions.write(action);
            }
            group(ui, "Dragging");
            drag(ui, &mut params.tool);
        });
    });
}

/// A row of equally wide buttons, each with its action and tooltip.
fn buttons<const COUNT: usize>(
    ui: &mut Ui,
    params: &mut EditParams,
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
                params.actions.write(action);
            }
        }
    });
}

fn select(ui: &mut Ui, params: &mut EditParams) {
    let selected = match params.selection.atoms().len() {
        0 => "No atom selected.".to_owned(),
        1 => "1 atom selected.".to_owned(),
        count => format!("{count} atoms selected."),
    };
    hint(ui, selected);
    buttons(
        ui,
        params,
        [
            ("All", Action::SelectAll, "Select all atoms"),
            ("None", Action::SelectNone, "Clear the selection"),
            ("Invert", Action::InvertSelection, "Invert the selection"),
        ],
    );
    ui.add_enabled_ui(!params.selection.atoms().is_empty(), |ui| {
        buttons(
            ui,
            params,
            [
                (
                    "Molecule",
                    Action::ExpandToMolecules,
                    "Expand the selection to molecules",
                ),
                (
                    "Same element",
                    Action::ExpandToElements,
                    "Expand the selection to elements",
                ),
            ],
        );
    });
    let field = TextEdit::singleline(&mut params.typed.query)
        .hint_text("Cu, 0:4, z<3, within 3 of 17")
        .desired_width(f32::INFINITY);
    let field = ui.add(field).on_hover_text(
        "Query, then Enter: indices from 0, elements, coordinates, distances; combine with and, \
         or, not",
    );
    let text = params.typed.query.trim();
    if text.is_empty() {
        return;
    }
    let read = AtomQuery::parse(text);
    if let Err(mistake) = &read {
        callout(ui, theme::caution(ui), format!("{mistake}."));
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered && read.is_ok() {
        params.actions.write(Action::SelectQuery(text.to_owned()));
    }
}

/// Elements to add, or to assign to the selected atoms.
fn elements(ui: &mut Ui, params: &mut EditParams) {
    let adding = match params.tool.mode {
        ToolMode::AddAtom(element) => Some(element),
        ToolMode::Manipulate => None,
    };
    let has_selection = !params.selection.atoms().is_empty();
    hint(
        ui,
        match (has_selection, adding) {
            (true, _) => "Click an element to assign it to the selected atoms.".to_owned(),
            (false, Some(element)) => {
                format!("Click in the scene to add {}. Esc to stop.", element.name())
            }
            (false, None) => "Click an element, then click in the scene to add an atom.".to_owned(),
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
                if element_button(ui, each, side, adding == Some(each)) {
                    pressed = Some(each);
                }
            }
        });
    }
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut params.typed.element)
            .hint_text("other, e.g. Ti")
            .desired_width(110.0);
        let field = ui.add(field);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let symbol = params.typed.element.trim();
        let known = Element::from_symbol(symbol);
        if entered {
            pressed = known.or(pressed);
        }
        match known {
            _ if symbol.is_empty() => {}
            Some(element) => hint(ui, format!("{}, then Enter", element.name())),
            None => {
                ui.label(
                    RichText::new("unknown element")
                        .small()
                        .color(theme::caution(ui)),
                );
            }
        }
    });
    if adding.is_some() && ui.button("Stop adding atoms").clicked() {
        params.actions.write(Action::ManipulateTool);
    }
    if let Some(element) = pressed {
        params.actions.write(if has_selection {
            Action::SetElement(element)
        } else {
            Action::AddAtomTool(Some(element))
        });
    }
}

/// A button in the color of its element; returns whether it was pressed.
fn element_button(ui: &mut Ui, element: Element, side: f32, is_active: bool) -> bool {
    let [red, green, blue] = element.color();
    let color = Color32::from_rgb(red, green, blue);
    let brightness = 0.30 * f32::from(red) + 0.59 * f32::from(green) + 0.11 * f32::from(blue);
    let text_color = if brightness > 130.0 {
        Color32::BLACK
    } else {
        Color32::WHITE
    };
    let text = RichText::new(element.symbol()).strong().color(text_color);
    let mut button = Button::new(text)
        .fill(color.gamma_multiply(0.88))
        .min_size(vec2(side, 30.0));
    if is_active {
        button = button.stroke(Stroke::new(2.0, theme::accent(ui)));
    }
    ui.spacing_mut().button_padding.x = 2.0;
    ui.add(button).on_hover_text(element.name()).clicked()
}

fn change(ui: &mut Ui, params: &mut EditParams) {
    let has_selection = !params.selection.atoms().is_empty();
    let has_atoms = !params.scene.frame.positions.is_empty();
    match params.scene.frame.identity.rigid_groups().len() {
        0 => {}
        1 => hint(ui, "1 rigid molecule."),
        count => hint(ui, format!("{count} rigid molecules.")),
    }
    ui.add_enabled_ui(has_selection, |ui| {
        buttons(
            ui,
            params,
            [
                ("Delete", Action::Delete, "Delete selected atoms"),
                (
                    "Duplicate",
                    Action::Duplicate,
                    "Add a copy where there is space",
                ),
            ],
        );
        buttons(
            ui,
            params,
            [
                ("Fix", Action::Fix, "Fix the positions"),
                ("Free", Action::Free, "Let them move again"),
            ],
        );
        buttons(
            ui,
            params,
            [
                (
                    "Rigid",
                    Action::MakeRigid,
                    "Let their molecules move as rigid bodies, as for docking: drag one while it relaxes",
                ),
                (
                    "Flexible",
                    Action::MakeFlexible,
                    "Let their molecules change their geometry again",
                ),
            ],
        );
    });
    ui.add_enabled_ui(has_atoms, |ui| {
        let about = "To the selected atoms, or to all if none is selected";
        buttons(ui, params, [("Add hydrogens", Action::AddHydrogens, about)]);
    });
}

fn bond(ui: &mut Ui, params: &mut EditParams) {
    let about =
        "Rotates the selected bond, or that between two selected atoms, or the middle one of four";
    let turn = |label, angle| (label, Action::RotateBond(angle), about);
    let row = [
        turn("−5°", -5.0),
        turn("−1°", -1.0),
        turn("+1°", 1.0),
        turn("+5°", 5.0),
    ];
    buttons(ui, params, row);
    ui.horizontal(|ui| {
        let angle = params.typed.angle.get_or_insert(60.0);
        widgets::number(ui, angle, -180.0..=180.0, 1.0, "°");
        let angle = *angle;
        if ui.button("Rotate").on_hover_text(about).clicked() {
            params.actions.write(Action::RotateBond(angle));
        }
        if ui
            .button("Other side")
            .on_hover_text("Swap the moving side")
            .clicked()
        {
            params.actions.write(Action::SwapBondSide);
        }
    });
}

/// How atoms are dragged, and along which axis.
fn drag(ui: &mut Ui, tool: &mut ResMut<Tool>) {
    let mut wanted = **tool;
    ui.horizontal(|ui| {
        ui.selectable_value(&mut wanted.grip, GripKind::Hold, "Hold")
            .on_hover_text("The atoms follow the pointer");
        ui.selectable_value(&mut wanted.grip, GripKind::Pull, "Pull")
            .on_hover_text("A spring pulls the atoms");
        ui.add_space(10.0);
        ui.label(RichText::new("along").weak());
        ui.selectable_value(&mut wanted.axis, None, "any");
        for (axis, name) in ["x", "y", "z"].into_iter().enumerate() {
            ui.selectable_value(&mut wanted.axis, Some(axis), name);
        }
    });
    if wanted.grip == GripKind::Pull {
        let [min, max] = Tool::STIFFNESS;
        ui.spacing_mut().slider_width = ui.available_width() - 110.0;
        ui.add(
            Slider::new(&mut wanted.stiffness, min..=max)
                .logarithmic(true)
                .suffix(" eV/Å²"),
        )
        .on_hover_text("Spring constant; change it with the wheel while pulling");
    }
    tool.set_if_neq(wanted);
}
