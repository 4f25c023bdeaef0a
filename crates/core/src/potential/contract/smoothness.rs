//! Smoothness: searches for jumps of energy and forces by bisection.

use glam::{DMat3, DVec3};

use super::case::{Case, deformed};
use super::error::ContractError;
use super::property::Property;

impl Case<'_> {
    /// Expands the structure to three times its size, so that every pair crosses every cutoff without
    /// collisions, and searches for jumps.
    pub(super) fn smoothness(&mut self) -> Result<(), ContractError> {
        const INTERVALS: i32 = 64;
        let scale_at = |index: i32| 3.0_f64.powf(f64::from(index) / f64::from(INTERVALS));
        let mut before = self.scaled_by(1.0)?;
        for index in 1..=INTERVALS {
            let after = self.scaled_by(scale_at(index))?;
            let (low, high) = self.steepest(before, after.clone())?;
            let scale = high.scale;
            let (jump, allowed) = (low.energy_jump(&high), self.tolerances.energy_jump);
            let quantity = || format!("the jump of the energy at {scale} times the size");
            self.expect(Property::Smoothness, quantity, jump, 0.0, allowed)?;
            let (jump, allowed) = (low.force_jump(&high), self.tolerances.force_jump);
            let quantity = || format!("the jump of a force at {scale} times the size");
            self.expect(Property::Smoothness, quantity, jump, 0.0, allowed)?;
            before = after;
        }
        Ok(())
    }

    /// Bisects an interval towards its largest change until it has no jump, or is below the resolution of f64.
    fn steepest(
        &mut self,
        mut low: Scaled,
        mut high: Scaled,
    ) -> Result<(Scaled, Scaled), ContractError> {
        const HALVINGS: usize = 36;
        for _ in 0..HALVINGS {
            if self.is_continuous(&low, &high) {
                break;
            }
            let middle = self.scaled_by(0.5 * (low.scale + high.scale))?;
            if low.change(&middle) >= middle.change(&high) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Ok((low, high))
    }

    fn is_continuous(&self, low: &Scaled, high: &Scaled) -> bool {
        low.energy_jump(high) <= self.tolerances.energy_jump
            && low.force_jump(high) <= self.tolerances.force_jump
    }

    fn scaled_by(&mut self, scale: f64) -> Result<Scaled, ContractError> {
        let structure = deformed(self.structure, DMat3::IDENTITY * scale)?;
        let evaluation = self.potential.evaluate(&structure)?;
        let pairs = structure.positions().iter().zip(&evaluation.forces);
        let virial = match (&structure.cell, evaluation.stress) {
            (Some(cell), Some(stress)) => cell.volume() * stress.diagonal().element_sum(),
            _ => -pairs
                .map(|(position, force)| position.dot(*force))
                .sum::<f64>(),
        };
        Ok(Scaled {
            scale,
            energy: evaluation.energy,
            derivative: virial / scale,
            forces: evaluation.forces,
        })
    }
}

/// The structure scaled by a factor.
#[derive(Clone)]
struct Scaled {
    scale: f64,
    energy: f64,
    /// d(energy)/d(scale), from forces and stress, eV.
    derivative: f64,
    forces: Vec<DVec3>,
}

impl Scaled {
    /// The change of the energy minus the trapezoidal rule with the derivatives of both sides, eV.
    fn energy_jump(&self, other: &Scaled) -> f64 {
        let explained = 0.5 * (self.derivative + other.derivative) * (other.scale - self.scale);
        (other.energy - self.energy - explained).abs()
    }

    fn force_jump(&self, other: &Scaled) -> f64 {
        let pairs = self.forces.iter().zip(&other.forces);
        pairs
            .map(|(one, other)| (*one - *other).abs().max_element())
            .fold(0.0, f64::max)
    }

    /// Priority in the search: a jump of the energy counts more in a narrow interval.
    fn change(&self, other: &Scaled) -> f64 {
        self.force_jump(other) + self.energy_jump(other) / (other.scale - self.scale)
    }
}
