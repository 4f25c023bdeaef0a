//! The laws by name.

use std::fmt;

/// What must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Law {
    /// One force per atom; stress where something repeats and only there; shares and charges that
    /// add up.
    Form,
    /// F = −∂E/∂x.
    Forces,
    /// σ = (1/V) ∂E/∂ε: positive in a cell that would rather shrink.
    Stress,
    /// Moving everything changes nothing.
    Translation,
    /// Turning everything turns the forces and the stress.
    Rotation,
    /// Renumbering atoms of the same structure renumbers the forces.
    Permutation,
    /// An atom and its periodic image are the same atom.
    Images,
    /// Forces add up to zero.
    NetForce,
    /// A cell repeated n times costs n times as much, and feels the same forces and stress.
    Supercell,
    /// Energy and forces are continuous as pairs cross the cutoff.
    Smoothness,
    /// What was evaluated before does not matter.
    Forgetting,
}

impl fmt::Display for Law {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Law::Form => "an evaluation is complete",
            Law::Forces => "forces are the negative slope of the energy",
            Law::Stress => "stress is the slope of the energy with strain, per volume",
            Law::Translation => "moving everything changes nothing",
            Law::Rotation => "turning everything turns forces and stress",
            Law::Permutation => "renumbering the atoms renumbers the forces",
            Law::Images => "an atom and its periodic image are the same",
            Law::NetForce => "forces add up to zero",
            Law::Supercell => "n cells cost n times as much as one",
            Law::Smoothness => "energy and forces are continuous",
            Law::Forgetting => "what was evaluated before does not matter",
        })
    }
}
