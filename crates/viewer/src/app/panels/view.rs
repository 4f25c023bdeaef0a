//! Section View: camera, representation, colors, labels, arrows, cell and light.

use bevy::prelude::*;

use super::dock::FreeArea;
use super::legend;
use super::widgets;
use super::widgets::{group, hint, number, rows, section};
use crate::app::xr_status::{Mode, XrStatus};
use crate::interact::action::{Action, AxisView};
use crate::scene::appearance::ColorScale;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::style::{Background, Coloring, InitialStyle, Labels, Representation, Style};
use crate::third_party::egui::{ComboBox, Contexts, Slider, Ui};

/// Maximum number of periodic images along each cell vector.
const MAX_IMAGES: u32 = 20;

/// Parameters of the section.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct ViewParams<'w> {
    scene: Res<'w, Scene>,
    orbit: Res<'w, Orbit>,
    xr_status: Res<'w, XrStatus>,
}

pub(super) fn show(
    mut contexts: Contexts,
    mut free: ResMut<FreeArea>,
    params: ViewParams,
    first: Res<InitialStyle>,
    mut style: ResMut<Style>,
    mut actions: MessageWriter<Action>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let mut wanted = style.clone();
    let scene = &params.scene;
    free.dock_section(context, |ui| {
        section(ui, "View", |ui| {
            view(ui, &params.orbit, &mut actions);
            headset(ui, *params.xr_status, &mut actions);
            group(ui, "Atoms and bonds");
            shapes(ui, scene, &mut wanted);
            group(ui, "Color");
            colors(ui, scene, &mut wanted);
            group(ui, "Labels and arrows");
            arrows(ui, scene, &mut wanted);
            if scene.frame.cell.is_some() {
                group(ui, "Cell");
                cell(ui, &mut wanted);
            }
            group(ui, "Light");
            light(ui, &mut wanted);
            ui.add_space(10.0);
            let width = ui.available_width();
            let changed = wanted != first.0;
            ui.add_enabled_ui(changed, |ui| {
                if widgets::wide(ui, "Reset appearance", width).clicked() {
                    wanted = first.0.clone();
                }
            });
        });
    });
    style.set_if_neq(wanted);
}

fn view(ui: &mut Ui, orbit: &Orbit, actions: &mut MessageWriter<Action>) {
    ui.horizontal(|ui| {
        for (axis, name) in ["x", "y", "z"].into_iter().enumerate() {
            let about = format!("Look along {name}; with Shift along −{name}");
            if ui.button(name).on_hover_text(about).clicked() {
                let from_behind = ui.input(|input| input.modifiers.shift);
                actions.write(Action::ViewAlong(AxisView { axis, from_behind }));
            }
        }
        if ui.button("Fit").on_hover_text("Fit to window").clicked() {
            actions.write(Action::Fit);
        }
        let about = "Center selected atoms, or all";
        if ui.button("Center").on_hover_text(about).clicked() {
            actions.write(Action::Center);
        }
    });
    rows(ui, "view", |ui| {
        ui.label("Projection");
        ui.horizontal(|ui| {
            let kinds = [
                (true, "Perspective", "Distant atoms appear smaller"),
                (false, "Orthographic", "Same scale at any distance"),
            ];
            for (perspective, name, about) in kinds {
                let chosen = orbit.perspective == perspective;
                let label = ui.selectable_label(chosen, name).on_hover_text(about);
                if label.clicked() && !chosen {
                    actions.write(Action::TogglePerspective);
                }
            }
        });
        ui.end_row();
    });
}

/// Buttons to enter and leave the headset, if there is support for it.
fn headset(ui: &mut Ui, xr_status: XrStatus, actions: &mut MessageWriter<Action>) {
    if xr_status == XrStatus::Unavailable {
        return;
    }
    rows(ui, "headset", |ui| {
        ui.label("Headset");
        ui.horizontal(|ui| {
            for mode in Mode::ALL {
                let is_inside = xr_status.mode() == Some(mode);
                let name = match is_inside {
                    true => format!("Leave {}", mode.name()),
                    false => format!("Enter {}", mode.name()),
                };
                let button = ui.selectable_label(is_inside, name);
                if button.on_hover_text(mode.about()).clicked() {
                    actions.write(Action::ToggleHeadset(mode));
                }
            }
            if xr_status == XrStatus::Changing {
                ui.spinner();
            }
        });
        ui.end_row();
    });
    if xr_status.mode().is_some() {
        let about = "Puts the molecule in front of the head";
        if ui.button("Recenter").on_hover_text(about).clicked() {
            actions.write(Action::Recenter);
        }
    }
}

fn shapes(ui: &mut Ui, scene: &Scene, style: &mut Style) {
    let shown = style
        .representation
        .resolve(scene.frame.identity.elements());
    rows(ui, "shapes", |ui| {
        ui.label("Representation");
        let name = match style.representation {
            Representation::Automatic => format!("Auto ({})", shown.name().to_lowercase()),
            chosen => chosen.name().to_owned(),
        };
        combo_box(
            ui,
            "representation",
            &name,
            &mut style.representation,
            |each| (Representation::ALL, each.name()),
        );
        ui.end_row();
        if shown == Representation::BallAndStick {
            ui.label("Atom size")
                .on_hover_text("Fraction of the van der Waals radius");
            let mut percent = style.ball * 100.0;
            if slider(ui, &mut percent, 5.0..=100.0, " %") {
                style.ball = percent / 100.0;
            }
            ui.end_row();
        }
        let has_sticks = matches!(
            shown,
            Representation::BallAndStick | Representation::Licorice
        );
        if has_sticks {
            ui.label("Bonds");
            ui.checkbox(&mut style.bonds, "show");
            ui.end_row();
        }
        if has_sticks && (style.bonds || shown == Representation::Licorice) {
            ui.label("Bond orders");
            ui.checkbox(&mut style.bond_orders, "show").on_hover_text(
                "Double, triple and aromatic bonds as several sticks, from the file or perceived",
            );
            ui.end_row();
            ui.label("Bond radius");
            slider(ui, &mut style.stick, 0.02..=0.5, " Å");
            ui.end_row();
        }
    });
}

fn colors(ui: &mut Ui, scene: &Scene, style: &mut Style) {
    rows(ui, "colors", |ui| {
        ui.label("Color by");
        let name = style.coloring.name();
        combo_box(ui, "coloring", name, &mut style.coloring, |each| {
            (Coloring::ALL, each.name())
        });
        ui.end_row();
        let color_limits = &mut style.color_limits;
        let (value, range, speed, unit) = match style.coloring {
            Coloring::Element | Coloring::Index => return,
            Coloring::Force => (&mut color_limits.force, 0.001..=100.0, 0.01, "eV/Å"),
            Coloring::Velocity => (&mut color_limits.speed, 0.0001..=10.0, 0.0005, "Å/fs"),
            Coloring::Charge => (&mut color_limits.charge, 0.01..=10.0, 0.005, "e"),
        };
        ui.label("Color range");
        number(ui, value, range, speed, unit);
        ui.end_row();
    });
    match ColorScale::of(&scene.frame, style) {
        Some(color_scale) => legend::bar(ui, &color_scale),
        None if style.coloring == Coloring::Force => {
            hint(ui, "No forces: atoms are colored by element.");
        }
        None if style.coloring == Coloring::Charge => hint(
            ui,
            "The potential has no charges: atoms are colored by element.",
        ),
        None => {}
    }
    ui.checkbox(&mut style.uncertainty, "Tint atoms by expected force error")
        .on_hover_text("Atoms with a large expected force error turn magenta");
}

fn arrows(ui: &mut Ui, scene: &Scene, style: &mut Style) {
    rows(ui, "labels", |ui| {
        ui.label("Labels");
        let name = style.labels.name();
        combo_box(ui, "labels", name, &mut style.labels, |each| {
            (Labels::ALL, each.name())
        });
        ui.end_row();
        let arrows = &mut style.arrows;
        ui.checkbox(&mut arrows.forces, "Forces");
        ui.add_enabled_ui(arrows.forces, |ui| {
            number(
                ui,
                &mut arrows.force_scale,
                0.001..=1000.0,
                0.02,
                "Å per eV/Å",
            );
        });
        ui.end_row();
        ui.checkbox(&mut arrows.velocities, "Velocities");
        ui.add_enabled_ui(arrows.velocities, |ui| {
            number(
                ui,
                &mut arrows.velocity_scale,
                0.1..=10_000.0,
                0.5,
                "Å per Å/fs",
            );
        });
        ui.end_row();
        ui.label("Lengths");
        ui.add_enabled_ui(arrows.forces || arrows.velocities, |ui| {
            ui.checkbox(&mut arrows.logarithmic, "logarithmic")
                .on_hover_text("Shows small and large vectors together");
        });
        ui.end_row();
    });
    ui.checkbox(&mut style.presence, "Heads and hands of others")
        .on_hover_text("Connected people, each in their own color");
    let evaluation = scene.frame.evaluation.as_deref();
    let needs_forces = style.arrows.forces || style.labels == Labels::Force;
    if needs_forces && evaluation.is_none() {
        hint(ui, "No forces to show: select a potential in Run.");
    }
    let charges = evaluation.and_then(|evaluation| evaluation.charges.as_ref());
    if style.labels == Labels::Charge && charges.is_none() {
        hint(ui, "No charges to show: the potential has none.");
    }
}

fn cell(ui: &mut Ui, style: &mut Style) {
    rows(ui, "cell", |ui| {
        ui.label("Box");
        ui.checkbox(&mut style.cell_box, "show");
        ui.end_row();
        ui.label("Atoms");
        ui.checkbox(&mut style.wrap, "wrap into cell")
            .on_hover_text("Draws atoms inside the cell by periodic translations");
        ui.end_row();
        ui.label("Images")
            .on_hover_text("Number of periodic images along a, b and c");
        ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.x = 30.0;
            for (axis, times) in style.images.iter_mut().enumerate() {
                if axis > 0 {
                    ui.label("×");
                }
                number(ui, times, 1..=MAX_IMAGES, 0.05, "");
            }
        });
        ui.end_row();
    });
}

fn light(ui: &mut Ui, style: &mut Style) {
    rows(ui, "light", |ui| {
        ui.label("Background");
        let name = style.background.name();
        combo_box(ui, "background", name, &mut style.background, |each| {
            (Background::ALL, each.name())
        });
        ui.end_row();
        let strengths = [
            ("Ambient occlusion", &mut style.ambient_occlusion),
            ("Outlines", &mut style.outlines),
            ("Depth cueing", &mut style.depth_cue),
        ];
        for (name, strength) in strengths {
            ui.label(name);
            let mut percent = *strength * 100.0;
            if slider(ui, &mut percent, 0.0..=100.0, " %") {
                *strength = percent / 100.0;
            }
            ui.end_row();
        }
        ui.label("Anti-aliasing");
        ui.checkbox(&mut style.supersampling, "4×")
            .on_hover_text("4 samples per pixel; slower");
        ui.end_row();
    });
}

/// A slider with its value at the right; returns whether it has changed.
fn slider(ui: &mut Ui, value: &mut f32, range: std::ops::RangeInclusive<f32>, unit: &str) -> bool {
    let decimals = if *range.end() > 1.0 { 0 } else { 2 };
    ui.spacing_mut().slider_width = 92.0;
    let slider = Slider::new(value, range)
        .suffix(unit)
        .fixed_decimals(decimals);
    ui.add(slider).changed()
}

/// A drop-down list.
fn combo_box<Choice: Copy + PartialEq, const COUNT: usize>(
    ui: &mut Ui,
    id: &str,
    shown: &str,
    choice: &mut Choice,
    all: impl Fn(Choice) -> ([Choice; COUNT], &'static str),
) {
    let (choices, _) = all(*choice);
    ComboBox::from_id_salt(id)
        .selected_text(shown)
        .width(150.0)
        .show_ui(ui, |ui| {
            for each in choices {
                ui.selectable_value(choice, each, all(each).1);
            }
        });
}
