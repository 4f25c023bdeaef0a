//! The state of a simulation: positions, velocities, forces and counters.

use std::sync::Arc;

use glam::{DMat3, DVec3};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::constraint::Grips;
use super::rigid_bodies::FastRotation;
use crate::chem::Structure;
use crate::chem::units::{ACCELERATION, AMU_ANGSTROM2_PER_FS2, BOLTZMANN};
use crate::potential::{Evaluation, Potential, PotentialError};

/// The state of a simulation at one instant; owned by one thread.
#[derive(Clone, Debug)]
pub struct State {
    /// The atoms, their cell, and which of them are fixed.
    pub structure: Structure,
    /// Velocity of each atom, Å/fs: `[atoms]`.
    pub velocities: Vec<DVec3>,
    /// Energy and forces of the potential for `structure`, without the pulls of hands. Shared with the
    /// frame that shows it.
    pub evaluation: Arc<Evaluation>,
    /// The hands that hold or pull atoms.
    pub grips: Grips,
    /// Simulated time, fs.
    pub time: f64,
    /// Number of steps.
    pub step: u64,
    /// Energy that thermostats and barostats have added so far, eV.
    pub energy_received: f64,
    /// The only source of random numbers.
    pub random: ChaCha8Rng,
}

impl State {
    /// Sets time, steps and received energy to zero.
    pub(super) fn restart_clock(&mut self) {
        (self.time, self.step, self.energy_received) = (0.0, 0, 0.0);
    }

    /// Atoms at rest, evaluated.
    ///
    /// # Errors
    /// If the potential cannot treat the structure.
    pub fn new(
        structure: Structure,
        potential: &mut dyn Potential,
        seed: u64,
    ) -> Result<State, PotentialError> {
        let evaluation = Arc::new(potential.evaluate(&structure)?);
        Ok(State {
            evaluation,
            ..State::unevaluated(structure, seed)
        })
    }

    /// Atoms at rest, not evaluated: energy and forces are zero until
    /// [`State::evaluate`].
    pub fn unevaluated(structure: Structure, seed: u64) -> State {
        let forces = vec![DVec3::ZERO; structure.len()];
        State {
            velocities: vec![DVec3::ZERO; structure.len()],
            structure,
            evaluation: Arc::new(Evaluation {
                energy: 0.0,
                forces,
                stress: None,
                ..Evaluation::default()
            }),
            grips: Grips::default(),
            time: 0.0,
            step: 0,
            energy_received: 0.0,
            random: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// Evaluates the potential again, after atoms or the cell have moved.
    ///
    /// # Errors
    /// If the potential fails; then the old evaluation stays.
    pub fn evaluate(&mut self, potential: &mut dyn Potential) -> Result<(), PotentialError> {
        self.evaluation = Arc::new(potential.evaluate(&self.structure)?);
        Ok(())
    }

    /// Whether an atom moves freely: neither fixed nor held.
    pub fn is_mobile(&self, atom: usize) -> bool {
        self.structure.fixed().get(atom) == Some(&false) && !self.grips.holds(atom)
    }

    /// Number of atoms that are neither fixed nor held.
    pub fn mobile_atoms(&self) -> usize {
        let fixed = self.structure.fixed();
        let held = self
            .grips
            .held()
            .iter()
            .filter(|&&atom| fixed.get(atom) == Some(&false));
        fixed.iter().filter(|fixed| !**fixed).count() - held.count()
    }

    /// Whether all velocities are zero.
    pub fn is_at_rest(&self) -> bool {
        self.velocities
            .iter()
            .all(|velocity| *velocity == DVec3::ZERO)
    }

    /// Moves held atoms to the targets of their hands; returns whether one moved, so that the forces
    /// are stale.
    pub fn move_held_atoms(&mut self) -> bool {
        self.zero_immobile_velocities();
        self.grips.move_held_atoms(&mut self.structure)
    }

    /// Force on each atom with the bias of pulls, eV/Å, zero on atoms that are fixed or held. The negative
    /// gradient of [`State::biased_energy`]: `[atoms]`.
    pub fn biased_forces(&self) -> Vec<DVec3> {
        let mut forces = self.evaluation.forces.clone();
        for (force, fixed) in forces.iter_mut().zip(self.structure.fixed()) {
            if *fixed {
                *force = DVec3::ZERO;
            }
        }
        for (atom, pull) in self.grips.pulls(&self.structure) {
            forces[atom] += pull;
        }
        for &atom in self.grips.held() {
            if let Some(force) = forces.get_mut(atom) {
                *force = DVec3::ZERO;
            }
        }
        forces
    }

    /// Energy of the potential with the bias of pulls, eV.
    pub fn biased_energy(&self) -> f64 {
        self.evaluation.energy + self.grips.energy(&self.structure)
    }

    /// Kinetic energy K = Σ m v²/2 of all atoms, eV.
    pub fn kinetic_energy(&self) -> f64 {
        let twice_kinetic: f64 = self
            .velocities
            .iter()
            .enumerate()
            .map(|(atom, velocity)| self.structure.mass(atom) * velocity.length_squared())
            .sum();
        0.5 * AMU_ANGSTROM2_PER_FS2 * twice_kinetic
    }

    /// Conserved energy, eV: kinetic plus biased energy, minus the energy received from thermostats
    /// and barostats. All dynamics conserve it, up to the error of the timestep, while no hand moves
    /// and nothing is edited.
    pub fn conserved_energy(&self) -> f64 {
        self.kinetic_energy() + self.biased_energy() - self.energy_received
    }

    /// Temperature over all degrees of freedom ([`State::degrees_of_freedom`]), K; zero without any.
    pub fn temperature(&self) -> f64 {
        temperature(self.kinetic_energy(), self.degrees_of_freedom())
    }

    /// Pressure P = (2 K/V − tr σ)/3, eV/Å³ (M. P. Allen and D. J. Tildesley, Computer Simulation of
    /// Liquids, 2nd ed. (2017), 2.4). Rigid bodies count by the motion of their centers and the forces on
    /// them. `None` without a cell or a stress.
    pub fn pressure(&self) -> Option<f64> {
        let volume = self.structure.cell.as_ref()?.volume();
        let stress = self.evaluation.stress?;
        Some(
            ((2.0 * self.kinetic_energy() - self.internal_virial()) / volume - trace(stress)) / 3.0,
        )
    }

    /// v ← v + (f/m) `duration` (fs), of rigid bodies by force and torque; atoms that are fixed or held stay
    /// at rest.
    pub(super) fn kick(&mut self, duration: f64) {
        let impulse = duration * ACCELERATION;
        let structure = &self.structure;
        let atoms = self.velocities.iter_mut().zip(&self.evaluation.forces);
        for (atom, (velocity, force)) in atoms.enumerate() {
            *velocity += impulse / structure.mass(atom) * *force;
        }
        for (atom, force) in self.grips.pulls(structure) {
            self.velocities[atom] += impulse / structure.mass(atom) * force;
        }
        self.zero_immobile_velocities();
        self.make_velocities_rigid();
    }

    /// x ← x + v `duration` (fs); rigid bodies rotate; held atoms move to the targets of their hands.
    ///
    /// # Errors
    /// If a rigid body rotates too fast.
    pub(super) fn drift(&mut self, duration: f64) -> Result<(), FastRotation> {
        let has_bodies = !self.structure.rigid_groups().is_empty();
        let before = has_bodies.then(|| self.structure.positions().to_vec());
        let positions = self.structure.positions_mut();
        for (position, velocity) in positions.iter_mut().zip(&self.velocities) {
            *position += duration * *velocity;
        }
        if let Some(before) = before {
            self.drift_bodies(&before, duration)?;
        }
        self.grips.move_held_atoms(&mut self.structure);
        Ok(())
    }

    /// Counts a step of `duration` (fs).
    pub(super) fn count_step(&mut self, duration: f64) {
        self.time += duration;
        self.step += 1;
    }

    /// Sets the velocities of fixed and held atoms to zero.
    pub(super) fn zero_immobile_velocities(&mut self) {
        for (velocity, fixed) in self.velocities.iter_mut().zip(self.structure.fixed()) {
            if *fixed {
                *velocity = DVec3::ZERO;
            }
        }
        for &atom in self.grips.held() {
            if let Some(velocity) = self.velocities.get_mut(atom) {
                *velocity = DVec3::ZERO;
            }
        }
    }
}

/// T = 2 K/(N k), K, for a kinetic energy K (eV) of N degrees of freedom.
pub(super) fn temperature(kinetic_energy: f64, degrees_of_freedom: usize) -> f64 {
    if degrees_of_freedom == 0 {
        return 0.0;
    }
    2.0 * kinetic_energy / (degrees_of_freedom as f64 * BOLTZMANN)
}

/// Sum of the diagonal.
pub(super) fn trace(matrix: DMat3) -> f64 {
    matrix.x_axis.x + matrix.y_axis.y + matrix.z_axis.z
}
