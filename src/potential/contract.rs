//! The laws that every potential obeys, as a function that any test can call.

use std::fmt;

use glam::{DMat3, DVec3, UVec3};

use super::{Evaluation, Potential, PotentialError};
use crate::chem::cell::CellError;
use crate::chem::{Cell, Structure};

/// Checks a potential on a structure, to the accuracy that f64 allows.
///
/// # Errors
/// With the first law that is broken, or why the potential could not be asked.
pub fn check(potential: &mut dyn Potential, structure: &Structure) -> Result<(), ContractError> {
    Contract::STRICT.check(potential, structure)
}

/// The laws, and how exactly they must hold.
///
/// Relative numbers count from the largest force (at
/// least 0.01 eV/Å), the energy (at least 0.01 eV per atom) or the largest stress (at least
/// 10⁻⁴ eV/Å³).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contract {
    /// How far forces and stress may be from finite differences of the energy, relative.
    pub slope: f64,
    /// How far two evaluations that must be equal may be apart, relative.
    pub equality: f64,
    /// The step of the finite differences, Å.
    pub step: f64,
    /// How far the energy may jump where pairs cross a cutoff, eV.
    pub energy_jump: f64,
    /// How far the force on an atom may jump there, eV/Å.
    pub force_jump: f64,
    /// How many atoms are moved to differentiate the energy; evenly chosen where there are more.
    pub moved_atoms: usize,
}

impl Contract {
    /// What an analytic potential in f64 keeps.
    pub const STRICT: Contract = Contract {
        slope: 1e-6,
        equality: 1e-9,
        step: 1e-3,
        energy_jump: 1e-8,
        force_jump: 1e-7,
        moved_atoms: 8,
    };
}

/// What must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Law {
    /// One force per atom; stress where something repeats and only there; shares that add up.
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

/// Why a potential does not keep the contract on a structure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ContractError {
    /// A law is broken.
    #[error(
        "{potential} breaks the law that {law}: {what} is {found:.12e} where {expected:.12e} is \
         due, further off than {allowed:.1e}"
    )]
    Broken {
        /// The potential's name.
        potential: String,
        /// The law.
        law: Law,
        /// The quantity that is wrong.
        what: String,
        /// Its value.
        found: f64,
        /// What it ought to be.
        expected: f64,
        /// How far it may be off.
        allowed: f64,
    },
    /// The potential refused.
    #[error(transparent)]
    Refused(#[from] PotentialError),
    /// A strained cell is none: the structure's own is close to flat.
    #[error("the structure cannot be strained to check a law: {0}")]
    Cell(#[from] CellError),
}

impl Contract {
    /// Checks every law that applies to the structure.
    ///
    /// # Errors
    /// With the first law that is broken, or why the potential could not be asked.
    pub fn check(
        &self,
        potential: &mut dyn Potential,
        structure: &Structure,
    ) -> Result<(), ContractError> {
        let reference = potential.evaluate(structure)?;
        let mut case = Case {
            contract: self,
            scale: Scale::of(&reference),
            name: potential.name().to_owned(),
            potential,
            structure,
            reference,
        };
        case.form()?;
        case.net_force()?;
        case.translation()?;
        case.rotation()?;
        case.permutation()?;
        case.images()?;
        case.supercell()?;
        case.forgetting()?;
        case.forces()?;
        case.stress()?;
        case.smoothness()
    }
}

/// What relative numbers count from.
struct Scale {
    energy: f64,
    force: f64,
    stress: f64,
}

impl Scale {
    fn of(evaluation: &Evaluation) -> Scale {
        let atoms = evaluation.forces.len() as f64;
        let stress = evaluation.stress.map_or(0.0, |stress| largest(&stress));
        Scale {
            energy: evaluation.energy.abs().max(1e-2 * atoms),
            force: evaluation
                .forces
                .iter()
                .map(|force| force.abs().max_element())
                .fold(1e-2, f64::max),
            stress: stress.max(1e-4),
        }
    }
}

/// One potential on one structure.
struct Case<'a> {
    contract: &'a Contract,
    potential: &'a mut dyn Potential,
    name: String,
    structure: &'a Structure,
    reference: Evaluation,
    scale: Scale,
}

impl Case<'_> {
    fn form(&self) -> Result<(), ContractError> {
        let atoms = self.structure.len() as f64;
        let forces = self.reference.forces.len() as f64;
        self.expect(
            Law::Form,
            || "the number of forces".into(),
            forces,
            atoms,
            0.0,
        )?;
        let periodic = self.cell_is_periodic();
        let stressed = self.reference.stress.is_some();
        let count = |present: bool| f64::from(u8::from(present));
        let what = || "the number of stresses".into();
        self.expect(Law::Form, what, count(stressed), count(periodic), 0.0)?;
        let Some(shares) = &self.reference.atom_energies else {
            return Ok(());
        };
        let what = || "the number of atom energies".into();
        self.expect(Law::Form, what, shares.len() as f64, atoms, 0.0)?;
        let allowed = self.contract.equality * self.scale.energy;
        let what = || "the sum of the atom energies".into();
        self.expect(
            Law::Form,
            what,
            shares.iter().sum(),
            self.reference.energy,
            allowed,
        )
    }

    fn net_force(&self) -> Result<(), ContractError> {
        let total: DVec3 = self.reference.forces.iter().sum();
        let allowed = self.contract.equality * self.scale.force * self.structure.len() as f64;
        let what = || "the largest component of the net force".into();
        self.expect(Law::NetForce, what, total.abs().max_element(), 0.0, allowed)
    }

    fn translation(&mut self) -> Result<(), ContractError> {
        let mut moved = self.structure.clone();
        for position in moved.positions_mut() {
            *position += DVec3::new(3.7, -12.1, 25.3);
        }
        let expected = self.reference.clone();
        self.expect_evaluation(Law::Translation, &moved, &expected)
    }

    fn rotation(&mut self) -> Result<(), ContractError> {
        let axis = DVec3::new(1.0, 2.0, -3.0).normalize_or(DVec3::X);
        let turn = DMat3::from_axis_angle(axis, 1.0);
        let turned = deformed(self.structure, turn)?;
        let expected = Evaluation {
            forces: self
                .reference
                .forces
                .iter()
                .map(|&force| turn * force)
                .collect(),
            stress: self
                .reference
                .stress
                .map(|stress| turn * stress * turn.transpose()),
            ..self.reference.clone()
        };
        self.expect_evaluation(Law::Rotation, &turned, &expected)
    }

    fn permutation(&mut self) -> Result<(), ContractError> {
        // Evens backwards, then odds: no atom keeps its neighbors in number.
        let count = self.structure.len();
        let (odd, even): (Vec<usize>, Vec<usize>) = (0..count).partition(|atom| atom % 2 == 1);
        let order: Vec<usize> = even.into_iter().rev().chain(odd).collect();
        let renumbered = selected(self.structure, &order);
        let expected = Evaluation {
            forces: order
                .iter()
                .map(|&atom| self.reference.forces[atom])
                .collect(),
            ..self.reference.clone()
        };
        self.expect_evaluation(Law::Permutation, &renumbered, &expected)
    }

    fn images(&mut self) -> Result<(), ContractError> {
        let Some(cell) = self
            .structure
            .cell
            .as_ref()
            .filter(|cell| cell.is_periodic())
        else {
            return Ok(());
        };
        let (vectors, periodic) = (cell.vectors(), cell.periodic());
        let mut scattered = self.structure.clone();
        for (atom, position) in scattered.positions_mut().iter_mut().enumerate() {
            for axis in (0..3).filter(|&axis| periodic[axis]) {
                let cells = ((atom + axis) % 4) as f64 - 1.0;
                *position += cells * vectors[axis];
            }
        }
        let expected = self.reference.clone();
        self.expect_evaluation(Law::Images, &scattered, &expected)
    }

    fn supercell(&mut self) -> Result<(), ContractError> {
        let Some(cell) = self
            .structure
            .cell
            .as_ref()
            .filter(|cell| cell.is_periodic())
        else {
            return Ok(());
        };
        let repeats = cell.periodic().map(|periodic| if periodic { 2 } else { 1 });
        let copies: u32 = repeats.iter().product();
        let supercell = repeated(self.structure, cell, repeats)?;
        let expected = Evaluation {
            energy: self.reference.energy * f64::from(copies),
            forces: self.reference.forces.repeat(copies as usize),
            ..self.reference.clone()
        };
        self.expect_evaluation(Law::Supercell, &supercell, &expected)
    }

    fn forgetting(&mut self) -> Result<(), ContractError> {
        let half: Vec<usize> = (0..self.structure.len() / 2).collect();
        let other = deformed(&selected(self.structure, &half), DMat3::IDENTITY * 1.05)?;
        self.potential.evaluate(&other)?;
        let expected = self.reference.clone();
        let structure = self.structure;
        self.expect_evaluation(Law::Forgetting, structure, &expected)
    }

    fn forces(&mut self) -> Result<(), ContractError> {
        let count = self.structure.len();
        let stride = count.div_ceil(self.contract.moved_atoms.max(1)).max(1);
        let allowed = self.contract.slope * self.scale.force;
        let mut moved = self.structure.clone();
        for atom in (0..count).step_by(stride) {
            for axis in 0..3 {
                let home = self.structure.positions()[atom];
                let slope = derivative(self.contract.step, |by| {
                    moved.positions_mut()[atom][axis] = home[axis] + by;
                    Ok(self.potential.evaluate(&moved)?.energy)
                })?;
                moved.positions_mut()[atom] = home;
                let what = || format!("component {axis} of the force on atom {atom}");
                let found = self.reference.forces[atom][axis];
                self.expect(Law::Forces, what, found, -slope, allowed)?;
            }
        }
        Ok(())
    }

    fn stress(&mut self) -> Result<(), ContractError> {
        let (Some(cell), Some(stress)) = (&self.structure.cell, self.reference.stress) else {
            return Ok(());
        };
        let volume = cell.volume();
        let step = self.contract.step / cell.lengths().into_iter().fold(1.0, f64::max);
        let allowed = self.contract.slope * self.scale.stress;
        for (row, column) in [(0, 0), (1, 1), (2, 2), (1, 2), (0, 2), (0, 1)] {
            let slope = derivative(step, |by| {
                let mut deformation = DMat3::IDENTITY;
                deformation.col_mut(column)[row] += 0.5 * by;
                deformation.col_mut(row)[column] += 0.5 * by;
                let strained = deformed(self.structure, deformation)?;
                Ok(self.potential.evaluate(&strained)?.energy)
            })?;
            for (row, column) in [(row, column), (column, row)] {
                let what = || format!("stress component {row}{column}");
                let found = stress.col(column)[row];
                self.expect(Law::Stress, what, found, slope / volume, allowed)?;
            }
        }
        Ok(())
    }

    /// Blows the structure up to three times its size, so that every pair crosses every cutoff and
    /// none collides, and looks for jumps by halving.
    fn smoothness(&mut self) -> Result<(), ContractError> {
        const INTERVALS: i32 = 64;
        let scale_at = |index: i32| 3.0_f64.powf(f64::from(index) / f64::from(INTERVALS));
        let mut before = self.blown_up(1.0)?;
        for index in 1..=INTERVALS {
            let after = self.blown_up(scale_at(index))?;
            let (mut low, mut high) = (before, after.clone());
            for _ in 0..36 {
                if self.is_continuous(&low, &high) {
                    break;
                }
                let middle = self.blown_up(0.5 * (low.scale + high.scale))?;
                if low.change(&middle) >= middle.change(&high) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            let (
                Contract {
                    energy_jump,
                    force_jump,
                    ..
                },
                at,
            ) = (*self.contract, high.scale);
            let what = || format!("the jump of the energy at {at} times the size");
            self.expect(
                Law::Smoothness,
                what,
                low.energy_jump(&high),
                0.0,
                energy_jump,
            )?;
            let what = || format!("the jump of a force at {at} times the size");
            self.expect(
                Law::Smoothness,
                what,
                low.force_jump(&high),
                0.0,
                force_jump,
            )?;
            before = after;
        }
        Ok(())
    }

    fn is_continuous(&self, low: &BlownUp, high: &BlownUp) -> bool {
        low.energy_jump(high) <= self.contract.energy_jump
            && low.force_jump(high) <= self.contract.force_jump
    }

    fn blown_up(&mut self, scale: f64) -> Result<BlownUp, ContractError> {
        let structure = deformed(self.structure, DMat3::IDENTITY * scale)?;
        let evaluation = self.potential.evaluate(&structure)?;
        let virial = match (&structure.cell, evaluation.stress) {
            (Some(cell), Some(stress)) => {
                cell.volume() * (stress.x_axis.x + stress.y_axis.y + stress.z_axis.z)
            }
            _ => {
                let pairs = structure.positions().iter().zip(&evaluation.forces);
                -pairs
                    .map(|(position, force)| position.dot(*force))
                    .sum::<f64>()
            }
        };
        Ok(BlownUp {
            scale,
            energy: evaluation.energy,
            slope: virial / scale,
            forces: evaluation.forces,
        })
    }

    fn cell_is_periodic(&self) -> bool {
        let cell = self.structure.cell.as_ref();
        cell.is_some_and(|cell| cell.is_periodic())
    }

    fn expect_evaluation(
        &mut self,
        law: Law,
        structure: &Structure,
        expected: &Evaluation,
    ) -> Result<(), ContractError> {
        let found = self.potential.evaluate(structure)?;
        let equality = self.contract.equality;
        let copies = structure.len() as f64 / self.structure.len().max(1) as f64;
        let allowed = equality * self.scale.energy * copies.max(1.0);
        let what = || "the energy".into();
        self.expect(law, what, found.energy, expected.energy, allowed)?;
        let pairs = found.forces.iter().zip(&expected.forces).enumerate();
        for (atom, (force, due)) in pairs {
            for axis in 0..3 {
                let what = || format!("component {axis} of the force on atom {atom}");
                let allowed = equality * self.scale.force;
                self.expect(law, what, force[axis], due[axis], allowed)?;
            }
        }
        if let (Some(found), Some(expected)) = (found.stress, expected.stress) {
            let what = || "the stress component that differs most, from its due value,".into();
            let allowed = equality * self.scale.stress;
            self.expect(law, what, largest(&(found - expected)), 0.0, allowed)?;
        }
        Ok(())
    }

    fn expect(
        &self,
        law: Law,
        what: impl FnOnce() -> String,
        found: f64,
        expected: f64,
        allowed: f64,
    ) -> Result<(), ContractError> {
        // Not "> allowed": NaN must fail.
        if (found - expected).abs() <= allowed {
            return Ok(());
        }
        Err(ContractError::Broken {
            potential: self.name.clone(),
            law,
            what: what(),
            found,
            expected,
            allowed,
        })
    }
}

/// The structure at another size.
#[derive(Clone)]
struct BlownUp {
    scale: f64,
    energy: f64,
    /// d(energy)/d(scale), by forces and stress.
    slope: f64,
    forces: Vec<DVec3>,
}

impl BlownUp {
    /// What the slopes on both sides do not explain of the difference in energy.
    fn energy_jump(&self, other: &BlownUp) -> f64 {
        let explained = 0.5 * (self.slope + other.slope) * (other.scale - self.scale);
        (other.energy - self.energy - explained).abs()
    }

    fn force_jump(&self, other: &BlownUp) -> f64 {
        let pairs = self.forces.iter().zip(&other.forces);
        pairs
            .map(|(one, other)| (*one - *other).abs().max_element())
            .fold(0.0, f64::max)
    }

    /// How suspicious the interval is: the narrower it is, the more a jump of the energy counts.
    fn change(&self, other: &BlownUp) -> f64 {
        self.force_jump(other) + self.energy_jump(other) / (other.scale - self.scale)
    }
}

/// The derivative at 0 by the five-point rule, whose error is of fourth order in `step`.
fn derivative(
    step: f64,
    mut value: impl FnMut(f64) -> Result<f64, ContractError>,
) -> Result<f64, ContractError> {
    let near = value(step)? - value(-step)?;
    let far = value(2.0 * step)? - value(-2.0 * step)?;
    Ok((8.0 * near - far) / (12.0 * step))
}

fn deformed(structure: &Structure, deformation: DMat3) -> Result<Structure, CellError> {
    let mut deformed = structure.clone();
    for position in deformed.positions_mut() {
        *position = deformation * *position;
    }
    if let Some(cell) = &structure.cell {
        deformed.cell = Some(cell.deformed(deformation)?);
    }
    Ok(deformed)
}

fn selected(structure: &Structure, atoms: &[usize]) -> Structure {
    structure.select(atoms).expect("these are its atoms")
}

/// `repeats` cells along each axis, in one. The first atoms are those of the first cell.
fn repeated(structure: &Structure, cell: &Cell, repeats: [u32; 3]) -> Result<Structure, CellError> {
    let mut all = Structure::empty();
    for (a, b, c) in (0..repeats[0])
        .flat_map(|a| (0..repeats[1]).map(move |b| (a, b)))
        .flat_map(|(a, b)| (0..repeats[2]).map(move |c| (a, b, c)))
    {
        let translation = cell.translation(UVec3::new(a, b, c).as_ivec3());
        let mut copy = structure.clone();
        for position in copy.positions_mut() {
            *position += translation;
        }
        all.append(&copy);
    }
    let [a, b, c] = cell.vectors();
    let times = repeats.map(f64::from);
    let vectors = [times[0] * a, times[1] * b, times[2] * c];
    all.cell = Some(Cell::new(vectors, cell.periodic())?);
    Ok(all)
}

fn largest(matrix: &DMat3) -> f64 {
    let entries = matrix.to_cols_array();
    entries.into_iter().map(f64::abs).fold(0.0, f64::max)
}
