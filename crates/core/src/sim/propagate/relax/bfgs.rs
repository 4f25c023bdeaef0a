//! BFGS: quasi-Newton with an approximate Hessian.

use glam::DVec3;
use nalgebra::{DMatrix, DVector};

use super::optimizer::Optimizer;
use super::potential_energy_surface::{PotentialEnergySurface, limit_largest};
use crate::sim::propagate::StepError;

/// Initial curvature, eV/Å².
pub(super) const INITIAL_CURVATURE: f64 = 70.0;

/// Steps whose largest component is below this, Å, do not update the Hessian: rounding dominates.
const MIN_UPDATE_STEP: f64 = 1e-7;

/// Minimum curvature along an eigenvector, eV/Å², so that the step does not overflow.
const MIN_CURVATURE: f64 = 1e-9;

/// As ASE's `BFGS`: the Hessian starts as H = [`INITIAL_CURVATURE`] · 1 and is updated by
/// J. Nocedal & S. J. Wright, Numerical Optimization, eq. (6.19):
///
/// H ← H + y yᵀ/(y·s) − (H s)(H s)ᵀ/(s·H s), s: step, y: change of the gradient
///
/// The step is |H|⁻¹ f, where |H| has the eigenvectors of H and the absolute values of its eigenvalues,
/// so that it leads downhill along negative curvature too. It is scaled so that no atom moves farther
/// than `max_step`.
///
/// 3N coordinates need 18 N² numbers, and (3N)³/3 multiplications per step while H is positive definite
/// (a Cholesky decomposition), some thirty times as many while it is not.
#[derive(Default)]
pub(super) struct Bfgs {
    /// H, eV/Å²: [3N, 3N].
    hessian: DMatrix<f64>,
    /// The last step, Å, and the forces before it, eV/Å: [3N] each.
    last: Option<(DVector<f64>, DVector<f64>)>,
}

impl Bfgs {
    /// Updates the Hessian with the last step and the change of the forces.
    fn update(&mut self, forces: &DVector<f64>) {
        let Some((step, before)) = self.last.take() else {
            return;
        };
        if step.amax() < MIN_UPDATE_STEP {
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

    /// |H|⁻¹ f.
    fn direction(&self, forces: &DVector<f64>) -> DVector<f64> {
        if let Some(factors) = self.hessian.clone().cholesky() {
            return factors.solve(forces);
        }
        let eigen = self.hessian.clone().symmetric_eigen();
        let mut along = eigen.eigenvectors.tr_mul(forces);
        for (component, curvature) in along.iter_mut().zip(&eigen.eigenvalues) {
            *component /= curvature.abs().max(MIN_CURVATURE);
        }
        eigen.eigenvectors * along
    }
}

impl Optimizer for Bfgs {
    fn step(&mut self, surface: &mut PotentialEnergySurface) -> Result<(), StepError> {
        let flat = surface.forces().iter().flat_map(DVec3::to_array);
        let forces = DVector::from_iterator(3 * surface.forces().len(), flat);
        if self.hessian.nrows() == forces.len() {
            self.update(&forces);
        } else {
            self.hessian =
                DMatrix::from_diagonal_element(forces.len(), forces.len(), INITIAL_CURVATURE);
        }
        let step: Vec<DVec3> = self
            .direction(&forces)
            .as_slice()
            .chunks_exact(3)
            .map(DVec3::from_slice)
            .collect();
        let step = limit_largest(step, surface.max_step());
        let flat = DVector::from_iterator(forces.len(), step.iter().flat_map(DVec3::to_array));
        self.last = Some((flat, forces));
        surface.move_by(&step)
    }

    fn interrupt(&mut self) {
        self.last = None;
    }
}
