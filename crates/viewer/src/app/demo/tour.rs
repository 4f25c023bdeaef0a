//! The tour: a molecule is watched, pulled, relaxed, measured and turned; then metal and crystal.

use super::step::Moment;
use super::step::Moment::{
    Carry, Do, Leave, Open, Panels, Picture, Point, Press, Rest, Say, Settings, Style, Turn, Wait,
    Zoom,
};
use crate::interact::action::Action;
use crate::interact::gesture::GripKind;
use crate::scene::style::{Coloring, Representation};
use mlipview_core::sim::DEFAULT_SPEED_LIMIT;

/// About a minute of what the program can do.
pub fn tour() -> Vec<Moment> {
    [molecule(), edit(), metal(), crystal(), end()].concat()
}

/// Caffeine: dynamics, a pull, a relaxation.
fn molecule() -> Vec<Moment> {
    const OXYGEN: usize = 7;
    vec![
        Open("caffeine"),
        Say("Caffeine, and a potential that has learned its forces."),
        Turn {
            right: 0.5,
            down: 0.15,
            seconds: 2.5,
        },
        Picture("caffeine"),
        Say("Dynamics: the atoms move as they do at 300 K."),
        Panels(|panels| panels.plots = true),
        Wait(0.5),
        Do(|| Action::Fit),
        Do(|| Action::StartDynamics),
        Wait(3.0),
        Say("Pull an atom while they move: the force is written beside the line."),
        Do(|| Action::SetGrip(GripKind::Pull)),
        Point(OXYGEN),
        Press(true),
        Carry(0.08, 0.12, 1.0),
        Picture("pull"),
        Carry(-0.08, -0.12, 0.5),
        Press(false),
        Leave,
        Do(|| Action::SetGrip(GripKind::Hold)),
        Say("Relax: downhill, until no force is greater than 0.05 eV/Å."),
        Do(|| Action::Relax),
        Wait(0.5),
        Rest,
        Wait(1.0),
    ]
}

/// Ethanol: a torsion angle, an edit.
fn edit() -> Vec<Moment> {
    vec![
        Panels(|panels| panels.plots = false),
        Wait(0.3),
        Open("ethanol"),
        Say("Choose four atoms to measure a torsion angle, and turn the bond between them."),
        Wait(0.5),
        // C, C, O and the hydrogen of the hydroxyl group.
        Do(|| Action::Select(vec![0, 1, 2, 8])),
        Wait(1.5),
        Do(|| Action::RotateBond(30.0)),
        Wait(0.7),
        Do(|| Action::RotateBond(30.0)),
        Wait(1.2),
        Picture("torsion"),
        Do(|| Action::SelectNone),
        Wait(0.5),
    ]
}

/// Copper: a metal under a thermostat, with its forces.
fn metal() -> Vec<Moment> {
    vec![
        Open("copper-cluster"),
        Say("A cluster of copper: the program takes a potential that knows metals, and says so."),
        Style(|style| style.arrows.forces = true),
        Settings(|settings| {
            settings.temperature = 900.0;
            settings.speed_limit = Some(1000.0);
        }),
        Do(|| Action::StartDynamics),
        Turn {
            right: 1.2,
            down: 0.0,
            seconds: 4.0,
        },
        Picture("cluster"),
        Do(|| Action::Stop),
        Style(|style| style.arrows.forces = false),
        Settings(|settings| {
            settings.temperature = 300.0;
            settings.speed_limit = Some(DEFAULT_SPEED_LIMIT);
        }),
    ]
}

/// Urea: a periodic crystal in several styles.
fn crystal() -> Vec<Moment> {
    vec![
        Open("urea-crystal"),
        Say("Crystals repeat as often as you like; bonds go through their faces."),
        Style(|style| style.images = [2, 2, 2]),
        Do(|| Action::Fit),
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

/// Back to the beginning.
fn end() -> Vec<Moment> {
    vec![
        Open("caffeine"),
        Say("Now it is yours: drag an atom, press space, or press ? for all keys and gestures."),
        Wait(3.0),
    ]
}
