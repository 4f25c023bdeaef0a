//! Results that a driver sends: energy, forces and virial.

use glam::{DMat3, DVec3};
use mlipview_core::chem::Structure;
use mlipview_core::potential::Evaluation;

use super::orientation::Orientation;

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

    /// The answer in the orientation of a structure. The stress is σ = −W/V, with the symmetric part of the virial W,
    /// in a periodic cell. Drivers that compute no stress send zeros: then there is none.
    pub(crate) fn evaluation(self, structure: &Structure, orientation: &Orientation) -> Evaluation {
        let cell = structure.cell.as_ref().filter(|cell| cell.is_periodic());
        let cell = cell.filter(|_| self.virial != DMat3::ZERO);
        let virial = orientation.turn_tensor_back(symmetric(self.virial));
        let back = |force: &DVec3| orientation.turn_back(*force);
        Evaluation {
            energy: self.energy,
            forces: self.forces.iter().map(back).collect(),
            stress: cell.map(|cell| virial * (-1.0 / cell.volume())),
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

/// The symmetric part of a virial. Some drivers (LAMMPS, those of i-PI in Fortran) fill one triangle and leave zeros in
/// the other.
fn symmetric(virial: DMat3) -> DMat3 {
    let [x, y, z] = [virial.x_axis, virial.y_axis, virial.z_axis];
    let (above, below) = (DVec3::new(y.x, z.x, z.y), DVec3::new(x.y, x.z, y.z));
    let mean = match (above == DVec3::ZERO, below == DVec3::ZERO) {
        (false, true) => above,
        (true, false) => below,
        _ => 0.5 * (above + below),
    };
    DMat3::from_cols(
        DVec3::new(x.x, mean.x, mean.y),
        DVec3::new(mean.x, y.y, mean.z),
        DVec3::new(mean.y, mean.z, z.z),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_virial_with_one_triangle_is_symmetric() {
        let full = DMat3::from_cols_array_2d(&[[1.0, 2.0, 3.0], [2.0, 5.0, 6.0], [3.0, 6.0, 9.0]]);
        let above = DMat3::from_cols_array_2d(&[[1.0, 0.0, 0.0], [2.0, 5.0, 0.0], [3.0, 6.0, 9.0]]);
        for virial in [full, above, above.transpose()] {
            assert_eq!(symmetric(virial), full);
        }
        let noisy = full + DMat3::from_cols_array_2d(&[[0.0, 0.2, 0.0], [0.0; 3], [0.0; 3]]);
        assert_eq!(symmetric(noisy).y_axis.x, 2.1);
        assert_eq!(symmetric(noisy).x_axis.y, 2.1);
    }
}
