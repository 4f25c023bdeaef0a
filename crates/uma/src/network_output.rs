//! The result of the network, before conversion to eV.

use glam::DVec3;

/// Energies in the network's own unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NetworkOutput {
    /// The energy of each atom: `[N]`.
    pub(crate) atom_energies: Vec<f64>,
    /// The gradient of their sum with respect to the vector of each edge, 1/Å: `[E]`.
    pub(crate) gradients: Vec<DVec3>,
}
