//! Properties that the contract of potentials checks, by name.

use std::fmt;

/// A law that potentials obey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Law {
    /// One force per atom; a stress exactly for periodic cells; atom energies and charges that add up.
    Completeness,
    /// F = −∂E/∂x.
    Forces,
    /// σ = (1/V) ∂E/∂ε: positive under tension.
    Stress,
    /// Translating all atoms changes nothing.
    Translation,
    /// Rotating all atoms rotates forces and stress.
    Rotation,
    /// Permuting atoms permutes the forces.
    Permutation,
    /// An atom is equivalent to its periodic images.
    PeriodicImages,
    /// The forces add up to zero.
    NetForce,
    /// A supercell of n cells has n times the energy, and the same forces and stress.
    Supercell,
    /// Energy and forces are continuous as pairs cross the cutoff.
    Smoothness,
    /// Results do not depend on previous evaluations.
    Statelessness,
}

impl fmt::Display for Law {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Law::Completeness => "an evaluation is complete",
            Law::Forces => "forces are the negative gradient of the energy",
            Law::Stress => "stress is the derivative of the energy by strain, per volume",
            Law::Translation => "translating all atoms changes nothing",
            Law::Rotation => "rotating all atoms rotates forces and stress",
            Law::Permutation => "permuting atoms permutes the forces",
            Law::PeriodicImages => "an atom is equivalent to its periodic images",
            Law::NetForce => "forces add up to zero",
            Law::Supercell => "n cells have n times the energy of one",
            Law::Smoothness => "energy and forces are continuous",
            Law::Statelessness => "results do not depend on previous evaluations",
        })
    }
}
