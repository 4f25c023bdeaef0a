//! The tour: dynamics, a pull and a relaxation of caffeine, a torsion of ethanol, a copper cluster,
//! a urea crystal.

use super::step::TourStep;
use super::step::TourStep::{
    Act, Caption, HidePointer, MovePointer, Open, Panels, Picture, Point, Press, Settings, Style,
    Turn, Wait, WaitUntilIdle, Zoom,
};
use crate::interact::action::Action;
use crate::interact::gesture::GripKind;
use crate::scene::style::{Coloring, Representation};
use mlipview_core::sim::DEFAULT_SPEED_LIMIT;

/// All steps, about a minute.
pub fn tour() -> Vec<TourStep> {
    [molecule(), edit(), metal(), crystal(), end()].concat()
}

/// Caffeine: dynamics, a pull, a relaxation.
fn molecule() -> Vec<TourStep> {
    const OXYGEN: usize = 7;
    vec![
        Open("caffeine"),
        Caption("Caffeine, with a machine-learned potential."),
        Turn {
            right: 0.5,
            down: 0.15,
            seconds: 2.5,
        },
        Picture("caffeine"),
        Caption("Molecular dynamics at 300 K."),
        Panels(|panels| panels.plots = true),
        Wait(0.5),
        Act(|| Action::Fit),
        Act(|| Action::StartDynamics),
        Wait(3.0),
        Caption("Pull an atom during dynamics: the force is shown."),
        Act(|| Action::SetGrip(GripKind::Pull)),
        Point(OXYGEN),
        Press(true),
        MovePointer(0.08, 0.12, 1.0),
        Picture("pull"),
        MovePointer(-0.08, -0.12, 0.5),
        Press(false),
        HidePointer,
        Act(|| Action::SetGrip(GripKind::Hold)),
        Caption("Relax until the maximum force is below 0.05 eV/Å."),
        Act(|| Action::Relax),
        Wait(0.5),
        WaitUntilIdle,
        Wait(1.0),
    ]
}

/// Ethanol: a dihedral and an edit.
fn edit() -> Vec<TourStep> {
    vec![
        Panels(|panels| panels.plots = false),
        Wait(0.3),
        Open("ethanol"),
        Caption("Select four atoms to measure a dihedral, and rotate the middle bond."),
        Wait(0.5),
        // C, C, O and the hydroxyl hydrogen.
        Act(|| Action::Select(vec![0, 1, 2, 8])),
        Wait(1.5),
        Act(|| Action::RotateBond(30.0)),
        Wait(0.7),
        Act(|| Action::RotateBond(30.0)),
        Wait(1.2),
        Picture("torsion"),
        Act(|| Action::SelectNone),
        Wait(0.5),
    ]
}

/// Copper: dynamics with a thermostat, with force arrows.
fn metal() -> Vec<TourStep> {
    vec![
        Open("copper-cluster"),
        Caption("A copper cluster: a potential for metals is selected, with the reason."),
        Style(|style| style.arrows.forces = true),
        Settings(|settings| {
            settings.temperature = 900.0;
            settings.speed_limit = Some(1000.0);
        }),
        Act(|| Action::StartDynamics),
        Turn {
            right: 1.2,
            down: 0.0,
            seconds: 4.0,
        },
        Picture("cluster"),
        Act(|| Action::Stop),
        Style(|style| style.arrows.forces = false),
        Settings(|settings| {
            settings.temperature = 300.0;
            settings.speed_limit = Some(DEFAULT_SPEED_LIMIT);
        }),
    ]
}

/// Urea: a periodic crystal in several styles.
fn crystal() -> Vec<TourStep> {
    vec![
        Open("urea-crystal"),
        Caption("Periodic crystals with images, and bonds across cell faces."),
        Style(|style| style.images = [2, 2, 2]),
        Act(|| Action::Fit),
        Turn {
            right: 0.8,
            down: 0.2,
            seconds: 2.5,
        },
        Picture("crystal"),
        Style(|style| style.representation = Representation::SpaceFilling),
        Wait(1.5),
        Style(|style| style.coloring = Coloring::Index),
        Zoom(1.3, 1.0),
        Wait(1.0),
        Picture("space-filling"),
        Style(|style| {
            style.images = [1; 3];
            style.representation = Representation::Automatic;
            style.coloring = Coloring::Element;
        }),
    ]
}

/// Ends with caffeine.
fn end() -> Vec<TourStep> {
    vec![
        Open("caffeine"),
        Caption("Your turn: drag an atom, press Space, or press ? for keys and gestures."),
        Wait(3.0),
    ]
}
