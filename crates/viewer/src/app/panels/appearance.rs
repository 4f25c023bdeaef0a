//! The section of the picture: how atoms are drawn, what colors, arrows and labels say, and from
//! where all of it is seen.

use bevy::prelude::*;

use super::dock::Free;
use super::legend;
use super::widgets;
use super::widgets::{group, hint, number, rows, section};
use crate::app::xr_status::{Immersion, Mode};
use crate::interact::action::{Action, View};
use crate::scene::appearance::Gradation;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::style::{Background, Coloring, FirstStyle, Labels, Representation, Style};
use crate::third_party::egui::{ComboBox, Contexts, Slider, Ui};

/// The most images of the cell along each of its vectors.
const MOST_IMAGES: u32 = 20;

/// What is looked at, and from where.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct Looked<'w> {
    scene: Res<'w, Scene>,
    orbit: Res<'w, Orbit>,
    immersion: Res<'w, Immersion>,
}

pub(super) fn show(
    mut contexts: Contexts,
    mut free: ResMut<Free>,
    looked: Looked,
    first: Res<FirstStyle>,
    mut style: ResMut<Style>,
    mut actions: MessageWriter<Action>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let mut wanted = style.clone();
    let scene = &looked.scene;
    free.dock_section(context, |ui| {
        section(ui, "Look", |ui| {
            view(ui, &looked.orbit, &mut actions);
            headset(ui, *looked.immersion, &mut actions);
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
                if widgets::wide(ui, "Back to the beginning", width).clicked() {
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
            let about = format!("Look along {name}; with Shift from the other side");
            if ui.button(name).on_hover_text(about).clicked() {
                let from_behind = ui.input(|input| input.modifiers.shift);
                actions.write(Action::ViewAlong(View { axis, from_behind }));
            }
        }
        if ui.button("Fit").on_hover_text("Show everything").clicked() {
            actions.write(Action::Fit);
        }
        let about = "Put the chosen atoms, or all, into the middle";
        if ui.button("Center").on_hover_text(about).clicked() {
            actions.write(Action::Center);
        }
    });
    rows(ui, "view", |ui| {
        ui.label("Projection");
        ui.horizontal(|ui| {
            let kinds = [
                (true, "Perspective", "Things farther away look smaller"),
                (
                    false,
                    "Parallel",
                    "Equal lengths look equal at any distance",
                ),
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

/// Into the headset and back, where there is a door to one.
fn headset(ui: &mut Ui, immersion: Immersion, actions: &mut MessageWriter<Action>) {
    if immersion == Immersion::Impossible {
        return;
    }
    rows(ui, "headset", |ui| {
        ui.label("Headset");
        ui.horizontal(|ui| {
            for mode in Mode::ALL {
                let is_inside = immersion.mode() == Some(mode);
                let name = match is_inside {
                    true => format!("Leave {}", mode.name()),
                    false => format!("Enter {}", mode.name()),
                };
                let button = ui.selectable_label(is_inside, name);
                if button.on_hover_text(mode.about()).clicked() {
                    actions.write(Action::Immerse(mode));
                }
            }
            if immersion == Immersion::OnTheWay {
                ui.spinner();
            }
        });
        ui.end_row();
    });
    if immersion.mode().is_some() {
        let about = "Puts the molecule before the head again";
        if ui.button("Recentre").on_hover_text(about).clicked() {
            actions.write(Action::Recentre);
        }
    }
}

fn shapes(ui: &mut Ui, scene: &Scene, style: &mut Style) {
    let shown = style.representation.suited(scene.frame.identity.elements());
    rows(ui, "shapes", |ui| {
        ui.label("Drawn as");
        let name = match style.representation {
            Representation::Automatic => format!("Auto ({})", shown.name().to_lowercase()),
            chosen => chosen.name().to_owned(),
        };
        choose(
            ui,
            "representation",
            &name,
            &mut style.representation,
            |each| (Representation::ALL, each.name()),
        );
        ui.end_row();
        if shown == Representation::BallAndStick {
            ui.label("Size of atoms")
                .on_hover_text("As a share of the van der Waals radius");
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
            ui.checkbox(&mut style.bonds, "drawn");
            ui.end_row();
        }
        if has_sticks && (style.bonds || shown == Representation::Licorice) {
            ui.label("Bond orders");
            ui.checkbox(&mut style.bond_orders, "drawn").on_hover_text(
                "Double, triple and aromatic bonds as several sticks: as the file states, or by \
                 valences and lengths",
            );
            ui.end_row();
            ui.label("Radius of bonds");
            slider(ui, &mut style.stick, 0.02..=0.5, " Å");
            ui.end_row();
        }
    });
}

fn colors(ui: &mut Ui, scene: &Scene, style: &mut Style) {
    rows(ui, "colors", |ui| {
        ui.label("Color by");
        let name = style.coloring.name();
        choose(ui, "coloring", name, &mut style.coloring, |each| {
            (Coloring::ALL, each.name())
        });
        ui.end_row();
        let strongest = &mut style.strongest;
        let (value, range, speed, unit) = match style.coloring {
            Coloring::Element | Coloring::Index => return,
            Coloring::Force => (&mut strongest.force, 0.001..=100.0, 0.01, "eV/Å"),
            Coloring::Velocity => (&mut strongest.speed, 0.0001..=10.0, 0.0005, "Å/fs"),
            Coloring::Charge => (&mut strongest.charge, 0.01..=10.0, 0.005, "e"),
        };
        ui.label("Strongest at");
        number(ui, value, range, speed, unit);
        ui.end_row();
    });
    match Gradation::of(&scene.frame, style) {
        Some(gradation) => legend::bar(ui, &gradation),
        None if style.coloring == Coloring::Force => {
            hint(
                ui,
                "There are no forces: atoms have the colors of their elements.",
            );
        }
        None if style.coloring == Coloring::Charge => hint(
            ui,
            "The potential has no charges: atoms have the colors of their elements.",
        ),
        None => {}
    }
    ui.checkbox(&mut style.doubt, "Tint atoms by expected force error")
        .on_hover_text("Atoms turn magenta where the potential expects a large error of the force");
}

fn arrows(ui: &mut Ui, scene: &Scene, style: &mut Style) {
    rows(ui, "labels", |ui| {
        ui.label("Labels");
        let name = style.labels.name();
        choose(ui, "labels", name, &mut style.labels, |each| {
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
                .on_hover_text("Small and large arrows are seen at once");
        });
        ui.end_row();
    });
    ui.checkbox(&mut style.presence, "Where others look and point")
        .on_hover_text("People who came by the network, each in a color of their own");
    let evaluation = scene.frame.evaluation.as_deref();
    let needs_forces = style.arrows.forces || style.labels == Labels::Force;
    if needs_forces && evaluation.is_none() {
        hint(
            ui,
            "There are no forces to show: choose a potential under Run.",
        );
    }
    let charges = evaluation.and_then(|evaluation| evaluation.charges.as_ref());
    if style.labels == Labels::Charge && charges.is_none() {
        hint(ui, "There are no charges to show: the potential has none.");
    }
}

fn cell(ui: &mut Ui, style: &mut Style) {
    rows(ui, "cell", |ui| {
        ui.label("Box");
        ui.checkbox(&mut style.cell_box, "drawn");
        ui.end_row();
        ui.label("Atoms");
        ui.checkbox(&mut style.wrap, "brought into the box")
            .on_hover_text("Atoms that have left the cell are drawn where they come in again");
        ui.end_row();
        ui.label("Images")
            .on_hover_text("How often the cell is drawn along a, b and c");
        ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.x = 30.0;
            for (axis, times) in style.images.iter_mut().enumerate() {
                if axis > 0 {
                    ui.label("×");
                }
                number(ui, times, 1..=MOST_IMAGES, 0.05, "");
            }
        });
        ui.end_row();
    });
}

fn light(ui: &mut Ui, style: &mut Style) {
    rows(ui, "light", |ui| {
        ui.label("Background");
        let name = style.background.name();
        choose(ui, "background", name, &mut style.background, |each| {
            (Background::ALL, each.name())
        });
        ui.end_row();
        let strengths = [
            ("Dark corners", &mut style.occlusion),
            ("Contours", &mut style.contours),
            ("Fading with depth", &mut style.depth_cue),
        ];
        for (name, strength) in strengths {
            ui.label(name);
            let mut percent = *strength * 100.0;
            if slider(ui, &mut percent, 0.0..=100.0, " %") {
                *strength = percent / 100.0;
            }
            ui.end_row();
        }
        ui.label("Edges");
        ui.checkbox(&mut style.supersampling, "finest")
            .on_hover_text("Every pixel is drawn from four: slower");
        ui.end_row();
    });
}

/// A slider with its number at its right. Whether it has changed.
fn slider(ui: &mut Ui, value: &mut f32, range: std::ops::RangeInclusive<f32>, unit: &str) -> bool {
    let decimals = if *range.end() > 1.0 { 0 } else { 2 };
    ui.spacing_mut().slider_width = 92.0;
    let slider = Slider::new(value, range)
        .suffix(unit)
        .fixed_decimals(decimals);
    ui.add(slider).changed()
}

/// A list to choose from.
fn choose<Choice: Copy + PartialEq, const COUNT: usize>(
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
