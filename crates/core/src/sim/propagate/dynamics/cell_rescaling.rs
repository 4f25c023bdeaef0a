//! Stochastic cell rescaling: constant temperature and pressure.

use glam::{DMat3, DVec3};
use rand::RngExt;
use rand_distr::StandardNormal;

use super::parameters::CellFreedom;
use super::velocity_rescaling::VelocityRescaling;
use crate::chem::Cell;
use crate::chem::cell::CellError;
use crate::chem::units::{AMU_ANGSTROM2_PER_FS2, BOLTZMANN};
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::exponential::exponential;
use crate::sim::propagate::{Propagator, StepError};
use crate::sim::rigid_bodies::outer;
use crate::sim::rigid_motion::RigidBodyMotion;
use crate::sim::state::trace;

/// Stochastic velocity rescaling, with a random strain ε of the cell in the middle of each step:
/// x ← X + exp(ε) (x − X), v ← exp(−ε) v. The cell has no inertia: its motion is Brownian, driven by
/// the difference of pressures.
///
/// 1. rescale the velocities; v ← v + (f/m) dt/2; x ← x + v dt/2
/// 2. strain cell, positions and velocities
/// 3. x ← x + v dt/2; f ← forces at x; v ← v + (f/m) dt/2
///
/// Atoms that are fixed or held are not strained; the others are, about them, of rigid bodies their centers
/// only, and the pressure is the
/// one conjugate to this motion. The barostat samples volumes with the kinetic energy of the internal
/// motion: N free atoms that do not interact have ⟨V⟩ = N kT/P rather than (N + 1) kT/P, as their
/// center of mass is at rest.
pub(super) struct CellRescaling {
    pub(super) thermostat: VelocityRescaling,
    /// eV/Å³.
    pub(super) pressure: f64,
    /// Compressibility over relaxation time, the strain per time and pressure: Å³/(eV fs).
    pub(super) mobility: f64,
    pub(super) freedom: CellFreedom,
}

impl CellRescaling {
    /// The logarithmic strain of one step under an internal pressure (eV/Å³) in a volume (Å³).
    fn strain(&self, internal: DMat3, volume: f64, state: &mut State) -> Result<DMat3, CellError> {
        let mut normal = || state.random.sample::<f64, _>(StandardNormal);
        let kt = BOLTZMANN * self.thermostat.temperature;
        let rate = self.mobility * self.thermostat.timestep;
        match self.freedom {
            // Bernetti and Bussi, eq. 9, for λ = sqrt(V), whose noise does not depend on V:
            // dλ = -(m λ/2) (P₀ - P - kT/(2V)) dt + sqrt(m kT/2) dW.
            CellFreedom::Isotropic => {
                let root = volume.sqrt();
                let excess = self.pressure - trace(internal) / 3.0 - 0.5 * kt / volume;
                let next = root - 0.5 * rate * root * excess + (0.5 * rate * kt).sqrt() * normal();
                if next <= 0.0 {
                    return Err(CellError::Degenerate(0.0));
                }
                Ok(DMat3::from_diagonal(DVec3::splat(
                    2.0 / 3.0 * (next / root).ln(),
                )))
            }
            // Del Tatto et al., eq. 9, dh = [-(m/3) (P₀ - P - kT/V) dt + sqrt(2 m kT/(3V)) dW] h. As
            // an exponential the term kT/V is that of Itô's lemma; the antisymmetric part of dW
            // would only rotate the cell, and is left out.
            CellFreedom::Anisotropic => {
                let excess = DMat3::from_diagonal(DVec3::splat(self.pressure)) - internal;
                let mut column = || DVec3::new(normal(), normal(), normal());
                let noise = symmetric(DMat3::from_cols(column(), column(), column()));
                let width = (2.0 / 3.0 * rate * kt / volume).sqrt();
                Ok(width * noise - rate / 3.0 * excess)
            }
        }
    }
}

impl Propagator for CellRescaling {
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError> {
        let timestep = self.thermostat.timestep;
        self.thermostat.rescale(state);
        state.kick(0.5 * timestep);
        state.drift(0.5 * timestep)?;
        // The strain follows the pressure at the start of the step, the newest one known.
        let center = center(state);
        let rigid = RigidBodyMotion::of(state);
        let volume = periodic_cell(state)?.volume();
        let virial_before = virial(state, center)?;
        let internal = (1.0 / volume) * (kinetic_virial(state, &rigid) + virial_before);
        let strain = self.strain(internal, volume, state)?;
        let kinetic_before = state.kinetic_energy();
        stretch(state, &rigid, center, strain)?;
        state.energy_received += state.kinetic_energy() - kinetic_before;
        state.drift(0.5 * timestep)?;
        state.evaluate(potential)?;
        // Work of the barostat on the potential energy, −V P:ε, by the trapezoidal rule.
        let virial = 0.5 * (virial_before + virial(state, center)?);
        state.energy_received -= contract(virial, strain);
        state.kick(0.5 * timestep);
        state.count_step(timestep);
        Ok(())
    }

    fn check(&self, state: &State) -> Result<(), StepError> {
        periodic_cell(state)?;
        virial(state, DVec3::ZERO).map(|_| ())
    }

    fn temperature(&self, state: &State) -> f64 {
        self.thermostat.temperature(state)
    }
}

fn periodic_cell(state: &State) -> Result<&Cell, StepError> {
    let cell = state.structure.cell.as_ref();
    let periodic_axes = cell.map_or(0, |cell| {
        cell.periodic().iter().filter(|axis| **axis).count()
    });
    cell.filter(|_| periodic_axes == 3)
        .ok_or(StepError::NotPeriodic(periodic_axes))
}

/// The fixed point X of the strain: the mean position of the atoms that are fixed or held, else of
/// all, Å.
fn center(state: &State) -> DVec3 {
    let sum_of = |all: bool| {
        let atoms = state.structure.positions().iter().enumerate();
        let selected = atoms.filter(|(atom, _)| all || !state.is_mobile(*atom));
        let sum = |(sum, count), (_, position): (usize, &DVec3)| (sum + *position, count + 1.0);
        selected.fold((DVec3::ZERO, 0.0), sum)
    };
    let (mut sum, mut count) = sum_of(false);
    if count == 0.0 {
        (sum, count) = sum_of(true);
    }
    if count == 0.0 {
        DVec3::ZERO
    } else {
        sum / count
    }
}

/// The virial W = −∂E/∂ε of the biased energy, eV: W = −V σ − Σ_immobile f (x − X)ᵀ +
/// Σ_pulled f (x − X)ᵀ − Σ_bodies f rᵀ, with arms r from the centers of rigid bodies.
fn virial(state: &State, center: DVec3) -> Result<DMat3, StepError> {
    let volume = periodic_cell(state)?.volume();
    let stress = state.evaluation.stress.ok_or(StepError::NoStress)?;
    let mut virial = -volume * stress;
    let structure = &state.structure;
    // The stress is for a strain of all atoms: subtract those that are not strained.
    let forces = state.evaluation.forces.iter().zip(structure.positions());
    for (_, (force, position)) in forces
        .enumerate()
        .filter(|(atom, _)| !state.is_mobile(*atom))
    {
        virial -= outer(*force, *position - center);
    }
    for (atom, pull) in state.grips.pulls(structure) {
        virial += outer(pull, structure.positions()[atom] - center);
    }
    Ok(symmetric(virial - state.force_virial_within_bodies()))
}

/// Kinetic virial Σ m v vᵀ of atoms and of centers of rigid bodies, without the rigid translation, eV.
fn kinetic_virial(state: &State, rigid: &RigidBodyMotion) -> DMat3 {
    let mut virial = DMat3::ZERO;
    for (atom, velocity) in state.velocities.iter().enumerate() {
        let velocity = *velocity - rigid.linear;
        virial += outer(state.structure.mass(atom) * velocity, velocity);
    }
    AMU_ANGSTROM2_PER_FS2 * virial - state.kinetic_virial_within_bodies()
}

/// Deforms the cell and the positions of mobile atoms by exp(ε), and their velocities by exp(−ε), which
/// conserves phase-space volume.
fn stretch(
    state: &mut State,
    rigid: &RigidBodyMotion,
    center: DVec3,
    strain: DMat3,
) -> Result<(), StepError> {
    let [stretch, shrink] = [strain, -strain].map(|strain| exponential(strain, DMat3::ZERO).0);
    let cell = periodic_cell(state)?.deformed(stretch)?;
    let (positions, velocities) = centers(state);
    for atom in 0..state.structure.len() {
        if state.is_mobile(atom) {
            let (arm, relative) = (positions[atom] - center, velocities[atom] - rigid.linear);
            state.structure.positions_mut()[atom] += stretch * arm - arm;
            state.velocities[atom] += shrink * relative - relative;
        }
    }
    state.structure.cell = Some(cell);
    Ok(())
}

/// Position (Å) and velocity (Å/fs) of each atom, or of the center of its rigid body: `[atoms]` each.
fn centers(state: &State) -> (Vec<DVec3>, Vec<DVec3>) {
    let structure = &state.structure;
    let mut positions = structure.positions().to_vec();
    let mut velocities = state.velocities.clone();
    for (group, body) in state.mobile_bodies() {
        let motion = body.motion(structure, structure.positions(), &state.velocities, group);
        for &atom in group {
            (positions[atom], velocities[atom]) = (body.center, motion.linear);
        }
    }
    (positions, velocities)
}

fn symmetric(matrix: DMat3) -> DMat3 {
    0.5 * (matrix + matrix.transpose())
}

/// The double contraction A:B = Σᵢⱼ Aᵢⱼ Bᵢⱼ.
fn contract(one: DMat3, other: DMat3) -> f64 {
    let (one, other) = (one.to_cols_array(), other.to_cols_array());
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}
