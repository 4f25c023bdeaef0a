//! What a network says of some atoms.

use glam::DVec3;

/// Energies, in the network's own unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Evaluated {
    /// The share of each atom.
    pub(super) atom_energies: Vec<f64>,
    /// The gradient of their sum with respect to the vector of each edge, 1/Å.
    pub(super) gradients: Vec<DVec3>,
}
