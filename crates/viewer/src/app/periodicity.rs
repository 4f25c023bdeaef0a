//! Switching periodicity off and on again: what the atoms feel, not only what is drawn.

use bevy::prelude::*;
use glam::DVec3;

use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use mlipview_core::chem::Cell;
use mlipview_core::sim::{Edit, Frame};

/// Empty space around atoms that are given a cell, Å on each side.
const VACUUM: f64 = 5.0;

/// The last cell that repeated, to be switched on again.
#[derive(Resource, Default, Debug)]
pub struct Periodicity {
    remembered: Option<Cell>,
}

impl Periodicity {
    /// Remembers the cell of a frame, if it repeats.
    pub fn see(&mut self, cell: Option<&Cell>) {
        if let Some(cell) = cell.filter(|cell| cell.is_periodic()) {
            self.remembered = Some(cell.clone());
        }
    }

    /// The edit after which matter repeats, as it last did, or does not: the cell then stays as a
    /// box that nothing feels.
    pub fn switch(&self, frame: &Frame, on: bool) -> Edit {
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

    /// The edit after which matter repeats along one axis of its cell, or does not. `None` without a
    /// cell.
    pub fn along(frame: &Frame, axis: usize, on: bool) -> Option<Edit> {
        let cell = frame.cell.as_ref()?;
        let mut periodic = cell.periodic();
        *periodic.get_mut(axis)? = on;
        Some(Edit::SetCell(Some(Box::new(cell.with_periodic(periodic)))))
    }
}

/// An orthorhombic cell that holds the atoms and some vacuum; `None` where they are not finite.
fn box_around(positions: &[DVec3]) -> Option<Cell> {
    let low = positions
        .iter()
        .fold(DVec3::INFINITY, |low, place| low.min(*place));
    let high = positions
        .iter()
        .fold(DVec3::NEG_INFINITY, |high, place| high.max(*place));
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
        remember
            .in_set(ViewerSystems::Receive)
            .after(crate::scene::displayed::receive),
    );
}

fn remember(scene: Res<Scene>, mut periodicity: ResMut<Periodicity>, mut seen: Local<Option<u64>>) {
    if seen.replace(scene.frame.revision) != Some(scene.frame.revision) {
        periodicity.see(scene.frame.cell.as_ref());
    }
}
