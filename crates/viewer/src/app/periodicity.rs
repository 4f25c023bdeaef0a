//! Switching periodic boundary conditions of the simulation off and on.

use bevy::prelude::*;
use glam::DVec3;

use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use mlipview_core::chem::Cell;
use mlipview_core::sim::{Edit, Frame};

/// Vacuum around atoms that receive a cell, Å on each side.
const VACUUM: f64 = 5.0;

/// The last periodic cell, to be restored.
#[derive(Resource, Default, Debug)]
pub struct Periodicity {
    remembered: Option<Cell>,
}

impl Periodicity {
    /// Remembers a periodic cell.
    pub fn remember(&mut self, cell: Option<&Cell>) {
        if let Some(cell) = cell.filter(|cell| cell.is_periodic()) {
            self.remembered = Some(cell.clone());
        }
    }

    /// The edit that makes the structure periodic as it last was, or non-periodic with its cell
    /// kept as a box.
    pub fn set_periodic(&self, frame: &Frame, on: bool) -> Edit {
        let before = self.remembered.as_ref();
        let cell = match &frame.cell {
            Some(cell) if on => {
                cell.with_periodic(before.map_or([true; 3], |before| before.periodic()))
            }
            Some(cell) => cell.with_periodic([false; 3]),
            None if on => match before {
                Some(before) => before.clone(),
                None => return Edit::SetCell(box_around(&frame.positions).map(Box::new)),
            },
            None => return Edit::SetCell(None),
        };
        Edit::SetCell(Some(Box::new(cell)))
    }

    /// The edit that makes one axis of the cell periodic or not; `None` without a cell.
    pub fn set_axis_periodic(frame: &Frame, axis: usize, on: bool) -> Option<Edit> {
        let cell = frame.cell.as_ref()?;
        let mut periodic = cell.periodic();
        *periodic.get_mut(axis)? = on;
        Some(Edit::SetCell(Some(Box::new(cell.with_periodic(periodic)))))
    }
}

/// An orthorhombic cell around the atoms with vacuum; `None` for non-finite positions.
fn box_around(positions: &[DVec3]) -> Option<Cell> {
    let low = positions
        .iter()
        .fold(DVec3::INFINITY, |low, position| low.min(*position));
    let high = positions
        .iter()
        .fold(DVec3::NEG_INFINITY, |high, position| high.max(*position));
    let span = if positions.is_empty() {
        DVec3::ZERO
    } else {
        high - low
    };
    Cell::orthorhombic(span + 2.0 * VACUUM).ok()
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Periodicity>().add_systems(
        Update,
        remember_cell
            .in_set(ViewerSystems::Receive)
            .after(crate::scene::displayed::receive),
    );
}

fn remember_cell(
    scene: Res<Scene>,
    mut periodicity: ResMut<Periodicity>,
    mut seen: Local<Option<u64>>,
) {
    if seen.replace(scene.frame.revision) != Some(scene.frame.revision) {
        periodicity.remember(scene.frame.cell.as_ref());
    }
}
