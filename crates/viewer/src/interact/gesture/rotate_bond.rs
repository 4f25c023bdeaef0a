//! Turning one side of a bond about it: a click chooses the bond, the wheel or keys turn it.

use bevy::prelude::*;

use super::{Clicked, Purpose, Steering, Tool};
use crate::app::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::interact::aim::Aims;
use crate::interact::edit::Edits;
use crate::scene::bonds::Bonding;
use crate::scene::coordinates::{to_drawn, to_simulated};
use crate::scene::displayed::Scene;
use crate::scene::lines::Strokes;
use crate::scene::selection::{Hover, Selection, Target};
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::chem::Bonds;
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::{Command, Edit};

/// By how much a notch of the wheel turns, degrees; with Shift by the other.
pub const NOTCH: f64 = 5.0;
/// A fine notch, degrees.
pub const FINE_NOTCH: f64 = 1.0;

/// The bond that can be turned, and the side of it that moves.
#[derive(Resource, Clone, Debug, Default)]
pub struct ChosenBond {
    /// The atom that stays, then the one that moves.
    axis: Option<[usize; 2]>,
    /// All that moves, sorted.
    side: Vec<usize>,
    /// The bonds in which the side was sought last.
    version: Option<u64>,
    /// What is yet to be turned, degrees.
    waiting: f64,
}

impl ChosenBond {
    /// The atom that stays, then the one that moves; `None` while no bond is chosen.
    pub fn axis(&self) -> Option<[usize; 2]> {
        self.axis
    }

    /// The atoms that move, sorted; empty while no bond is chosen.
    pub fn side(&self) -> &[usize] {
        &self.side
    }

    /// Chooses no bond.
    pub fn clear(&mut self) {
        *self = ChosenBond::default();
    }

    /// Chooses no bond if it is not between the first so many atoms: the others have new numbers.
    pub(crate) fn keep_first(&mut self, atoms: usize) {
        if self
            .axis
            .is_some_and(|axis| axis.iter().any(|atom| *atom >= atoms))
        {
            self.clear();
        }
        self.version = None;
    }

    /// Chooses the bond between two atoms, so that the side moves which an atom is on, or else the
    /// smaller one.
    fn choose(
        &mut self,
        bonds: &Bonds,
        ends: [usize; 2],
        with: Option<usize>,
    ) -> Result<(), String> {
        let [one, other] = ends;
        let bond = bonds.between(one, other).ok_or_else(|| {
            format!(
                "Atoms {one} and {other} (counted from 0) are too far apart to be turned about each \
                 other as a bond: choose two that are bonded."
            )
        })?;
        let side = bonds.moving_side(bond, with).map_err(|error| {
            format!("This bond cannot be turned: {error}. Choose another bond.")
        })?;
        (self.axis, self.side) = (Some(side.axis), side.atoms);
        Ok(())
    }

    fn is_between(&self, ends: [usize; 2]) -> bool {
        self.axis
            .is_some_and(|[one, other]| ends == [one, other] || ends == [other, one])
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<ChosenBond>()
        .add_systems(
            Update,
            (click, scroll, hear, turn).chain().in_set(Steering::Act),
        )
        .add_systems(Update, (follow, draw).chain().in_set(ViewerSystems::Place));
}

/// A click on a bond chooses it, one more lets the other side move; a click elsewhere leaves it.
fn click(
    mut clicks: MessageReader<Clicked>,
    tool: Res<Tool>,
    scene: Res<Scene>,
    bonding: Res<Bonding>,
    mut chosen: ResMut<ChosenBond>,
    mut selection: ResMut<Selection>,
    mut notices: ResMut<Notices>,
) {
    for click in clicks
        .read()
        .filter(|_| tool.purpose == Purpose::Manipulate)
    {
        let hit = click
            .aim
            .hit
            .filter(|hit| matches!(hit.target, Target::Bond(_)));
        let Some(hit) = hit else {
            if !click.aim.extend && chosen.axis.is_some() {
                chosen.clear();
            }
            continue;
        };
        let Some(perceived) = bonding.of(&scene.frame) else {
            continue;
        };
        if !selection.atoms().is_empty() {
            selection.clear();
        }
        let other_side = chosen
            .axis
            .filter(|_| chosen.is_between(hit.ends))
            .map(|axis| axis[0]);
        if let Err(reason) = chosen.choose(&perceived.bonds, hit.ends, other_side) {
            chosen.clear();
            notices.say(Severity::Warning, reason);
        }
    }
}

/// The wheel turns the chosen bond while it is pointed at; elsewhere it is the camera's.
fn scroll(mut aims: ResMut<Aims>, mut chosen: ResMut<ChosenBond>) {
    if chosen.axis.is_none() {
        return;
    }
    for aim in aims.list_mut() {
        let hit = aim.hit.filter(|hit| matches!(hit.target, Target::Bond(_)));
        if aim.notches != 0.0 && !aim.pressed && hit.is_some_and(|hit| chosen.is_between(hit.ends))
        {
            let notch = if aim.extend { FINE_NOTCH } else { NOTCH };
            chosen.waiting += notch * f64::from(std::mem::take(&mut aim.notches));
        }
    }
}

fn hear(
    mut actions: MessageReader<Action>,
    scene: Res<Scene>,
    bonding: Res<Bonding>,
    selection: Res<Selection>,
    mut chosen: ResMut<ChosenBond>,
    mut notices: ResMut<Notices>,
) {
    for action in actions.read() {
        let done = match action {
            Action::RotateBond(angle) if !angle.is_finite() => Err(format!(
                "A bond is turned by a number of degrees, not {angle}."
            )),
            Action::RotateBond(angle) => {
                let ready = bond_of(&selection, &scene, &bonding, &mut chosen);
                ready.map(|()| chosen.waiting += angle)
            }
            Action::SwapSide => bond_of(&selection, &scene, &bonding, &mut chosen).and_then(|()| {
                let (Some(perceived), Some([one, other])) = (bonding.of(&scene.frame), chosen.axis)
                else {
                    return Ok(());
                };
                chosen.choose(&perceived.bonds, [one, other], Some(one))
            }),
            _ => continue,
        };
        if let Err(reason) = done {
            notices.say(Severity::Warning, reason);
        }
    }
}

/// Without a chosen bond, that between two chosen atoms, or between the middle two of four; the atom
/// chosen last moves.
fn bond_of(
    selection: &Selection,
    scene: &Scene,
    bonding: &Bonding,
    chosen: &mut ChosenBond,
) -> Result<(), String> {
    if chosen.axis.is_some() {
        return Ok(());
    }
    let (ends, with) = match *selection.atoms() {
        [one, other] => ([one, other], other),
        [_, one, other, last] => ([one, other], last),
        _ => {
            return Err(
                "No bond is chosen: click the middle of one, or choose the two atoms at its ends, \
                 before turning it."
                    .into(),
            );
        }
    };
    let perceived = bonding.of(&scene.frame).ok_or_else(|| {
        let reason = bonding
            .error()
            .unwrap_or("they are still being looked for; try again");
        format!("No bonds are known: {reason}.")
    })?;
    chosen.choose(&perceived.bonds, ends, Some(with))
}

/// Sends what waits to be turned, unless atoms may be about to change their numbers.
fn turn(
    simulation: Res<Simulation>,
    scene: Res<Scene>,
    edits: Res<Edits>,
    mut chosen: ResMut<ChosenBond>,
    mut notices: ResMut<Notices>,
) {
    let Some(bond) = chosen.axis.filter(|_| chosen.waiting != 0.0) else {
        return;
    };
    if scene.frame.activity == Activity::Playback {
        chosen.waiting = 0.0;
        notices.say(
            Severity::Warning,
            "What is shown is past and cannot be turned: return to the newest frame first.",
        );
        return;
    }
    if edits.is_busy() {
        return;
    }
    let turn = Edit::RotateAboutBond {
        bond,
        side: chosen.side.clone(),
        angle: chosen.waiting.to_radians(),
    };
    // What the full queue does not take goes with the next frame.
    if simulation.send(Command::Edit(turn)).is_ok() {
        chosen.waiting = 0.0;
    }
}

/// Seeks the side anew whenever bonds have changed, and shows it.
fn follow(
    scene: Res<Scene>,
    bonding: Res<Bonding>,
    mut chosen: ResMut<ChosenBond>,
    mut hover: ResMut<Hover>,
    mut notices: ResMut<Notices>,
) {
    let version = Some(bonding.version());
    if let (Some(axis), Some(perceived)) = (chosen.axis, bonding.of(&scene.frame))
        && chosen.version != version
    {
        chosen.version = version;
        if let Err(reason) = chosen.choose(&perceived.bonds, axis, Some(axis[1])) {
            chosen.clear();
            notices.say(Severity::Info, reason);
        }
    }
    if hover.moving != chosen.side {
        hover.moving.clone_from(&chosen.side);
    }
}

/// The chosen bond, around its stick.
fn draw(
    scene: Res<Scene>,
    style: Res<Style>,
    chosen: Res<ChosenBond>,
    mut strokes: ResMut<Strokes>,
) {
    const AMBER: [u8; 3] = [255, 185, 60];
    /// So much wider than the stick inside.
    const WIDER: f32 = 1.35;
    let place = |atom: usize| scene.positions().get(atom).copied();
    let Some([stays, moves]) = chosen.axis else {
        return;
    };
    let (Some(from), Some(to)) = (place(stays), place(moves)) else {
        return;
    };
    let leg = to_simulated(to - from);
    let cell = scene.frame.cell.as_ref().filter(|_| leg.is_finite());
    let leg = to_drawn(cell.map_or(leg, |cell| cell.minimum_image(leg)));
    let middle = [from + 0.3 * leg, from + 0.7 * leg];
    strokes.cone(middle[0], middle[1], [WIDER * style.stick; 2], AMBER);
}
