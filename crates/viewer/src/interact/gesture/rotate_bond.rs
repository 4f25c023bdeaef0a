//! Rotation of one side of a bond: a click selects the bond, the wheel or keys rotate it.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::selected_bond::{RotationError, SelectedBond};
use super::{Clicked, Steering, Tool, ToolMode};
use crate::app::notices::{Notices, Severity, sentence};
use crate::interact::action::Action;
use crate::interact::aim::Aims;
use crate::interact::edit::Edits;
use crate::scene::bonds::Bonding;
use crate::scene::coordinates::{to_drawn, to_simulated};
use crate::scene::displayed::Scene;
use crate::scene::lines::Lines;
use crate::scene::selection::{Hover, Selection, Target};
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::{Command, Edit};

/// Rotation per wheel notch, degrees.
pub const DEGREES_PER_NOTCH: f64 = 5.0;
/// Rotation per wheel notch with Shift, degrees.
pub const FINE_DEGREES_PER_NOTCH: f64 = 1.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<SelectedBond>()
        .add_systems(
            Update,
            (click, scroll, receive_actions, send_rotation)
                .chain()
                .in_set(Steering::Act),
        )
        .add_systems(Update, (follow, draw).chain().in_set(ViewerSystems::Place));
}

/// The displayed frame with its bonds.
#[derive(SystemParam)]
struct DisplayedBonds<'w> {
    scene: Res<'w, Scene>,
    bonding: Res<'w, Bonding>,
}

/// A click on a bond selects it, another one swaps the moving side; a click elsewhere clears it.
fn click(
    mut clicks: MessageReader<Clicked>,
    tool: Res<Tool>,
    bonds: DisplayedBonds,
    mut selected: ResMut<SelectedBond>,
    mut selection: ResMut<Selection>,
    mut notices: ResMut<Notices>,
) {
    for click in clicks.read().filter(|_| tool.mode == ToolMode::Manipulate) {
        let hit = click
            .aim
            .hit
            .filter(|hit| matches!(hit.target, Target::Bond(_)));
        let Some(hit) = hit else {
            if !click.aim.extend && selected.axis.is_some() {
                selected.clear();
            }
            continue;
        };
        let Some(perceived) = bonds.bonding.of(&bonds.scene.frame) else {
            continue;
        };
        if !selection.atoms().is_empty() {
            selection.clear();
        }
        let other_side = selected
            .axis
            .filter(|_| selected.is_between(hit.ends))
            .map(|axis| axis[0]);
        if let Err(error) = selected.select(&perceived.bonds, hit.ends, other_side) {
            selected.clear();
            notices.post(Severity::Warning, sentence(&format!("{error}.")));
        }
    }
}

/// The wheel rotates the selected bond while it is hovered.
fn scroll(mut aims: ResMut<Aims>, mut selected: ResMut<SelectedBond>) {
    if selected.axis.is_none() {
        return;
    }
    for aim in aims.list_mut() {
        let hit = aim.hit.filter(|hit| matches!(hit.target, Target::Bond(_)));
        if aim.scroll != 0.0 && !aim.pressed && hit.is_some_and(|hit| selected.is_between(hit.ends))
        {
            let notch = if aim.extend {
                FINE_DEGREES_PER_NOTCH
            } else {
                DEGREES_PER_NOTCH
            };
            selected.waiting += notch * f64::from(std::mem::take(&mut aim.scroll));
        }
    }
}

fn receive_actions(
    mut actions: MessageReader<Action>,
    scene: Res<Scene>,
    bonding: Res<Bonding>,
    selection: Res<Selection>,
    mut selected: ResMut<SelectedBond>,
    mut notices: ResMut<Notices>,
) {
    for action in actions.read() {
        let done = match action {
            Action::RotateBond(angle) if !angle.is_finite() => {
                Err(RotationError::InvalidAngle(*angle))
            }
            Action::RotateBond(angle) => {
                let ready = bond_of(&selection, &scene, &bonding, &mut selected);
                ready.map(|()| selected.waiting += angle)
            }
            Action::SwapBondSide => {
                bond_of(&selection, &scene, &bonding, &mut selected).and_then(|()| {
                    let (Some(perceived), Some([one, other])) =
                        (bonding.of(&scene.frame), selected.axis)
                    else {
                        return Ok(());
                    };
                    selected.select(&perceived.bonds, [one, other], Some(one))
                })
            }
            _ => continue,
        };
        if let Err(error) = done {
            notices.post(Severity::Warning, sentence(&format!("{error}.")));
        }
    }
}

/// Without a selected bond, selects that between two selected atoms, or the middle two of four; the
/// side of the last selected atom moves.
fn bond_of(
    selection: &Selection,
    scene: &Scene,
    bonding: &Bonding,
    selected: &mut SelectedBond,
) -> Result<(), RotationError> {
    if selected.axis.is_some() {
        return Ok(());
    }
    let (ends, with) = match *selection.atoms() {
        [one, other] => ([one, other], other),
        [_, one, other, last] => ([one, other], last),
        _ => {
            return Err(RotationError::NothingSelected);
        }
    };
    let perceived = bonding.of(&scene.frame).ok_or_else(|| {
        let reason = bonding
            .error()
            .unwrap_or("they are being perceived; try again");
        RotationError::NoBonds(reason.to_owned())
    })?;
    selected.select(&perceived.bonds, ends, Some(with))
}

/// Sends the pending rotation, unless atom indices may be about to change.
fn send_rotation(
    simulation: Res<Simulation>,
    scene: Res<Scene>,
    edits: Res<Edits>,
    mut selected: ResMut<SelectedBond>,
    mut notices: ResMut<Notices>,
) {
    let Some(bond) = selected.axis.filter(|_| selected.waiting != 0.0) else {
        return;
    };
    if scene.frame.activity == Activity::Playback {
        selected.waiting = 0.0;
        notices.post(
            Severity::Warning,
            "A past frame is shown: return to the newest frame before rotating a bond.",
        );
        return;
    }
    if edits.is_busy() {
        return;
    }
    let rotation = Edit::RotateAboutBond {
        bond,
        side: selected.side.clone(),
        angle: selected.waiting.to_radians(),
    };
    // Retried in the next frame if the inbox is full.
    if simulation.send(Command::Edit(rotation)).is_ok() {
        selected.waiting = 0.0;
    }
}

/// Recomputes and highlights the moving side when bonds change.
fn follow(
    scene: Res<Scene>,
    bonding: Res<Bonding>,
    mut selected: ResMut<SelectedBond>,
    mut hover: ResMut<Hover>,
    mut notices: ResMut<Notices>,
) {
    let version = Some(bonding.version());
    if let (Some(axis), Some(perceived)) = (selected.axis, bonding.of(&scene.frame))
        && selected.version != version
    {
        selected.version = version;
        if let Err(error) = selected.select(&perceived.bonds, axis, Some(axis[1])) {
            selected.clear();
            notices.post(Severity::Info, sentence(&format!("{error}.")));
        }
    }
    if hover.moving != selected.side {
        hover.moving.clone_from(&selected.side);
    }
}

/// Draws the selected bond around its stick.
fn draw(
    scene: Res<Scene>,
    style: Res<Style>,
    selected: Res<SelectedBond>,
    mut lines: ResMut<Lines>,
) {
    const AMBER: [u8; 3] = [255, 185, 60];
    /// Radius relative to the stick.
    const WIDER: f32 = 1.35;
    let position = |atom: usize| scene.positions().get(atom).copied();
    let Some([stays, moves]) = selected.axis else {
        return;
    };
    let (Some(from), Some(to)) = (position(stays), position(moves)) else {
        return;
    };
    let leg = to_simulated(to - from);
    let cell = scene.frame.cell.as_ref().filter(|_| leg.is_finite());
    let leg = to_drawn(cell.map_or(leg, |cell| cell.minimum_image(leg)));
    let middle = [from + 0.3 * leg, from + 0.7 * leg];
    lines.cone(middle[0], middle[1], [WIDER * style.stick; 2], AMBER);
}
