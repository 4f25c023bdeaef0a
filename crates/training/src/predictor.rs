//! Predictor: the potential that is being trained, in the form in which its users run it.

use mlipview_core::chem::Structure;
use mlipview_core::potential::{Evaluation, Nano, Potential, PotentialError, Solid};
use rayon::prelude::*;

/// nano or solid with parameters of a training.
#[derive(Clone)]
pub enum Predictor {
    /// A network with charges.
    Nano(Nano),
    /// A network without charges.
    Solid(Solid),
}

impl Predictor {
    /// The same, as a potential.
    pub fn into_potential(self) -> Box<dyn Potential> {
        match self {
            Predictor::Nano(nano) => Box::new(nano),
            Predictor::Solid(solid) => Box::new(solid),
        }
    }

    /// Evaluates one structure.
    ///
    /// # Errors
    /// If the potential does not support it.
    pub fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        match self {
            Predictor::Nano(nano) => nano.evaluate(structure),
            Predictor::Solid(solid) => solid.evaluate(structure),
        }
    }

    /// Evaluates structures, in parallel; the results do not depend on the number of threads.
    ///
    /// # Errors
    /// If the potential does not support one of them.
    pub fn evaluate_all<'a>(
        &self,
        structures: impl IntoIterator<Item = &'a Structure>,
    ) -> Result<Vec<Evaluation>, PotentialError> {
        let structures: Vec<&Structure> = structures.into_iter().collect();
        structures
            .into_par_iter()
            .map_init(|| self.clone(), Predictor::evaluate)
            .collect()
    }
}
