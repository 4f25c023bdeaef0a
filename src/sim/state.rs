//! The whole truth at one instant.

use glam::DVec3;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::constraint::Grips;
use crate::chem::Structure;
use crate::potential::{Evaluation, Potential, PotentialError};

/// Where every atom is, how it moves and what it feels; owned by one thread.
#[derive(Clone, Debug)]
pub struct State {
    /// The atoms, their cell, and which of them are fixed.
    pub structure: Structure,
    /// Velocity of each atom, Å/fs.
    pub velocities: Vec<DVec3>,
    /// What the potential says of `structure`: without the pull of any hand.
    pub evaluation: Evaluation,
    /// The hands that hold or pull atoms.
    pub grips: Grips,
    /// Simulated time, fs.
    pub time: f64,
    /// Steps taken.
    pub step: u64,
    /// The one source of randomness.
    pub random: ChaCha8Rng,
}

impl State {
    /// Atoms at rest, evaluated.
    ///
    /// # Errors
    /// If the potential cannot treat the structure.
    pub fn new(
        structure: Structure,
        potential: &mut dyn Potential,
        seed: u64,
    ) -> Result<State, PotentialError> {
        let evaluation = potential.evaluate(&structure)?;
        Ok(State {
            velocities: vec![DVec3::ZERO; structure.len()],
            structure,
            evaluation,
            grips: Grips::default(),
            time: 0.0,
            step: 0,
            random: ChaCha8Rng::seed_from_u64(seed),
        })
    }

    /// Asks the potential again, after atoms or the cell have moved.
    ///
    /// # Errors
    /// If the potential fails; the old evaluation stays.
    pub fn evaluate(&mut self, potential: &mut dyn Potential) -> Result<(), PotentialError> {
        self.evaluation = potential.evaluate(&self.structure)?;
        Ok(())
    }

    /// Whether an atom moves freely: neither fixed nor held.
    pub fn is_mobile(&self, atom: usize) -> bool {
        !self.structure.fixed()[atom] && !self.grips.holds(atom)
    }
}
