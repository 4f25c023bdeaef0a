//! Properties that the contract of potentials checks, by name.

use std::fmt;

/// A property that the results of every potential have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Property {
    /// One force per atom; a stress exactly for periodic cells; atom energies and charges that add up.
    Consistency,
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

impl fmt::Display for Property {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Property::Consistency => "arrays have one entry per atom and add up",
            Property::Forces => "forces are the negative gradient of the energy",
            Property::Stress => "stress is the derivative of the energy by strain, per volume",
            Property::Translation => "translating all atoms changes nothing",
            Property::Rotation => "rotating all atoms rotates forces and stress",
            Property::Permutation => "permuting atoms permutes the forces",
            Property::PeriodicImages => "an atom is equivalent to its periodic images",
            Property::NetForce => "forces add up to zero",
            Property::Supercell => "n cells have n times the energy of one",
            Property::Smoothness => "energy and forces are continuous",
            Property::Statelessness => "results do not depend on previous evaluations",
        })
    }
}
