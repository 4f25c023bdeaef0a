//! Energy, forces and virial that a driver sends.

use glam::{DMat3, DVec3};
use mlipview_core::chem::Structure;
use mlipview_core::potential::Evaluation;

/// Energy, forces and virial.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Potential energy, eV.
    pub energy: f64,
    /// Force on each atom, eV/Å: `[atoms]`.
    pub forces: Vec<DVec3>,
    /// Virial −V σ, eV; zero without a stress.
    pub virial: DMat3,
}

impl Answer {
    /// The answer with the results of a potential for a structure.
    pub fn of(evaluation: &Evaluation, structure: &Structure) -> Answer {
        let volume = structure.cell.as_ref().map_or(0.0, |cell| cell.volume());
        let stress = evaluation.stress.unwrap_or(DMat3::ZERO);
        Answer {
            energy: evaluation.energy,
            forces: evaluation.forces.clone(),
            virial: stress * -volume,
        }
    }

    /// The answer as results for a structure: the stress is σ = −W/V, with the symmetric part of the virial W, in a
    /// periodic cell. Drivers that compute no stress send zeros: then there is none.
    pub fn evaluation(self, structure: &Structure) -> Evaluation {
        let cell = structure.cell.as_ref().filter(|cell| cell.is_periodic());
        let cell = cell.filter(|_| self.virial != DMat3::ZERO);
        let symmetric = 0.5 * (self.virial + self.virial.transpose());
        Evaluation {
            energy: self.energy,
            forces: self.forces,
            stress: cell.map(|cell| symmetric * (-1.0 / cell.volume())),
            ..Evaluation::default()
        }
    }

    /// Whether all numbers are finite.
    pub fn is_finite(&self) -> bool {
        self.energy.is_finite()
            && self.forces.iter().all(|force| force.is_finite())
            && self.virial.is_finite()
    }
}
