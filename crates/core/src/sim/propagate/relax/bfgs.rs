//! BFGS: Newton's method with a Hessian learned on the way.

use glam::DVec3;
use nalgebra::{DMatrix, DVector};

use super::Optimizer;
use super::surface::{Surface, shortened};
use crate::sim::propagate::StepError;

/// The curvature presumed in directions not yet explored, eV/Å².
pub(super) const STIFFNESS: f64 = 70.0;

/// A step in which no coordinate changed by this much, Å, teaches nothing but rounding.
const SMALLEST_LESSON: f64 = 1e-7;

/// The least curvature a direction is credited with, eV/Å²: below it the step would overflow.
const LEAST_CURVATURE: f64 = 1e-9;

/// As ASE's `BFGS`: the Hessian begins as [`STIFFNESS`] times the identity and takes the update of
/// J. Nocedal & S. J. Wright, Numerical Optimization, eq. (6.19); the step is |H|⁻¹·force, where
/// |H| has H's eigenvectors and the sizes of its eigenvalues, so that it leads downhill along
/// negative curvature too; the whole step is shortened until no atom moves farther than `max_step`.
///
/// For 3N coordinates it takes 18 N² numbers and (3N)³/3 multiplications a step while H is positive
/// definite (a Cholesky decomposition), some thirty times as many while it is not.
#[derive(Default)]
pub(super) struct Bfgs {
    hessian: DMatrix<f64>,
    /// The last step, Å, and the forces before it, eV/Å.
    last: Option<(DVector<f64>, DVector<f64>)>,
}

impl Bfgs {
    /// Learns from the last step how the forces change along it.
    fn learn(&mut self, forces: &DVector<f64>) {
        let Some((step, before)) = self.last.take() else {
            return;
        };
        if step.amax() < SMALLEST_LESSON {
            return;
        }
        let change = before - forces;
        let expected = &self.hessian * &step;
        let curvature = 1.0 / step.dot(&change);
        let expected_curvature = 1.0 / step.dot(&expected);
        if curvature.is_finite() && expected_curvature.is_finite() {
            self.hessian.syger(curvature, &change, &change, 1.0);
            self.hessian
                .syger(-expected_curvature, &expected, &expected, 1.0);
            self.hessian.fill_upper_triangle_with_lower_triangle();
        }
    }

    /// |H|⁻¹ · forces.
    fn downhill(&self, forces: &DVector<f64>) -> DVector<f64> {
        if let Some(factors) = self.hessian.clone().cholesky() {
            return factors.solve(forces);
        }
        let eigen = self.hessian.clone().symmetric_eigen();
        let mut along = eigen.eigenvectors.tr_mul(forces);
        for (component, curvature) in along.iter_mut().zip(&eigen.eigenvalues) {
            *component /= curvature.abs().max(LEAST_CURVATURE);
        }
        eigen.eigenvectors * along
    }
}

impl Optimizer for Bfgs {
    fn step(&mut self, surface: &mut Surface) -> Result<(), StepError> {
        let flat = surface.forces().iter().flat_map(DVec3::to_array);
        let forces = DVector::from_iterator(3 * surface.forces().len(), flat);
        if self.hessian.nrows() == forces.len() {
            self.learn(&forces);
        } else {
            self.hessian = DMatrix::from_diagonal_element(forces.len(), forces.len(), STIFFNESS);
        }
        let step: Vec<DVec3> = self
            .downhill(&forces)
            .as_slice()
            .chunks_exact(3)
            .map(DVec3::from_slice)
            .collect();
        let step = shortened(step, surface.max_step());
        let flat = DVector::from_iterator(forces.len(), step.iter().flat_map(DVec3::to_array));
        self.last = Some((flat, forces));
        surface.move_by(&step)
    }

    fn interrupt(&mut self) {
        self.last = None;
    }
}
