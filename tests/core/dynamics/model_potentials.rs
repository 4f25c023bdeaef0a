//! Model potentials with analytic solutions.

use glam::{DMat3, DVec3};
use mlipview_core::chem::Structure;
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};

/// A potential from a function.
pub(super) struct ModelPotential<F> {
    capabilities: Capabilities,
    evaluate: F,
}

impl<F: FnMut(&Structure) -> Evaluation + Send> Potential for ModelPotential<F> {
    fn name(&self) -> &str {
        "model"
    }

    fn description(&self) -> &str {
        "A model potential with an analytic solution."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        Ok((self.evaluate)(structure))
    }
}

/// Energy (eV), forces (eV/Å) and stress (eV/Å³) from a function.
pub(super) fn model<F>(evaluate: F) -> ModelPotential<F>
where
    F: FnMut(&Structure) -> Evaluation + Send,
{
    let capabilities = Capabilities {
        elements: None,
        charges: 0..=0,
        spins: false,
        periodic: true,
        reactive: true,
    };
    ModelPotential {
        capabilities,
        evaluate,
    }
}

/// Atoms that do not interact.
pub(super) fn ideal_gas() -> impl Potential {
    model(|structure| Evaluation {
        energy: 0.0,
        forces: vec![DVec3::ZERO; structure.len()],
        stress: structure.cell.is_some().then_some(DMat3::ZERO),
        ..Evaluation::default()
    })
}

/// Every atom on a spring (eV/Å²) to the origin.
pub(super) fn harmonic_wells(stiffness: f64) -> impl Potential {
    model(move |structure| {
        let positions = structure.positions();
        let squares: f64 = positions
            .iter()
            .map(|position| position.length_squared())
            .sum();
        Evaluation {
            energy: 0.5 * stiffness * squares,
            forces: positions
                .iter()
                .map(|position| -stiffness * *position)
                .collect(),
            stress: None,
            ..Evaluation::default()
        }
    })
}

/// Two atoms on a spring (eV/Å²) of a given length (Å).
pub(super) fn dumbbell(stiffness: f64, length: f64) -> impl Potential {
    model(move |structure| {
        let [one, other] = structure.positions() else {
            panic!("a dumbbell has two atoms")
        };
        let bond = *other - *one;
        let pull = stiffness * (bond.length() - length) * bond.normalize();
        Evaluation {
            energy: 0.5 * stiffness * (bond.length() - length).powi(2),
            forces: vec![pull, -pull],
            stress: None,
            ..Evaluation::default()
        }
    })
}

/// Atoms that do not interact in a cell h whose vectors are springs: U = (k/2) tr(hᵀh).
pub(super) fn elastic_cell(stiffness: f64) -> impl Potential {
    model(move |structure| {
        let cell = structure.cell.as_ref().unwrap();
        let h = cell.matrix();
        let squares: f64 = cell
            .vectors()
            .iter()
            .map(|vector| vector.length_squared())
            .sum();
        Evaluation {
            energy: 0.5 * stiffness * squares,
            forces: vec![DVec3::ZERO; structure.len()],
            stress: Some(stiffness / cell.volume() * (h * h.transpose())),
            ..Evaluation::default()
        }
    })
}
