//! Fixed atoms of a packing, and the space around them that is filled.

use glam::DVec3;

use super::atom_bins::AtomBins;
use crate::chem::{Cell, Structure};

/// The most atoms for which a loop is faster than bins.
const MAX_LOOPED: usize = 1000;

/// Atoms that stay where they are.
pub(super) struct FixedAtoms {
    positions: Vec<DVec3>,
    bins: AtomBins,
    cell: Cell,
    /// Greatest distance of a place that is filled, Å.
    shell: Option<f64>,
    /// Corner of the filled cell, Å.
    origin: DVec3,
}

impl FixedAtoms {
    pub(super) fn of(fixed: &Structure, cell: &Cell, shell: Option<f64>) -> FixedAtoms {
        FixedAtoms {
            positions: fixed.positions().to_vec(),
            bins: AtomBins::of(fixed.positions(), cell),
            cell: cell.clone(),
            shell,
            origin: origin(fixed, cell, shell),
        }
    }

    /// The place with fractional coordinates in the filled cell, Å.
    pub(super) fn place(&self, fractional: DVec3) -> DVec3 {
        self.origin + self.cell.cartesian(fractional)
    }

    /// Whether a place is within the shell, if there is one.
    pub(super) fn is_in_shell(&self, place: DVec3) -> bool {
        self.shell
            .is_none_or(|shell| self.nearest(place, shell).is_some())
    }

    /// Vector from a place to the nearest fixed atom within a limit, Å.
    pub(super) fn nearest(&self, place: DVec3, limit: f64) -> Option<DVec3> {
        if self.shell.is_none() || self.positions.len() > MAX_LOOPED {
            return self.bins.nearest(place, limit, |_| true);
        }
        // A droplet has no images, and most of its places are far from a small solute.
        let vectors = self.positions.iter().map(|position| *position - place);
        let by_length =
            |one: &DVec3, other: &DVec3| one.length_squared().total_cmp(&other.length_squared());
        let nearest = vectors.min_by(by_length);
        nearest.filter(|nearest| nearest.length_squared() <= limit * limit)
    }
}

/// Corner of a cell with the fixed atoms of a droplet in its middle; zero without a shell.
pub(super) fn origin(fixed: &Structure, cell: &Cell, shell: Option<f64>) -> DVec3 {
    let bounds = shell.and_then(|_| bounds(fixed));
    bounds.map_or(DVec3::ZERO, |[low, high]| {
        0.5 * (low + high) - cell.cartesian(DVec3::splat(0.5))
    })
}

/// The corners of the smallest box that contains all atoms, Å; `None` without atoms.
pub(super) fn bounds(structure: &Structure) -> Option<[DVec3; 2]> {
    let positions = structure.positions().iter();
    let corners = positions.map(|position| [*position; 2]);
    corners.reduce(|[low, high], [one, other]| [low.min(one), high.max(other)])
}
