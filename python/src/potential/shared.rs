//! Potential that several owners use, one at a time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mlipview_core::chem::Structure;
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};

/// A potential behind a lock, with copies of what does not change.
pub(crate) struct SharedPotential {
    inner: Arc<Mutex<Box<dyn Potential>>>,
    name: String,
    description: String,
    capabilities: Capabilities,
}

impl SharedPotential {
    pub(crate) fn new(inner: Arc<Mutex<Box<dyn Potential>>>) -> SharedPotential {
        let (name, description, capabilities) = {
            let potential = locked(&inner);
            let name = potential.name().to_owned();
            let description = potential.description().to_owned();
            (name, description, potential.capabilities().clone())
        };
        SharedPotential {
            inner,
            name,
            description,
            capabilities,
        }
    }
}

impl Potential for SharedPotential {
    fn name(&self) -> &str {
        &self.name
    }

    fn description(&self) -> &str {
        &self.description
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn device(&self) -> String {
        locked(&self.inner).device()
    }

    fn status(&self) -> Option<String> {
        locked(&self.inner).status()
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        locked(&self.inner).evaluate(structure)
    }
}

fn locked(inner: &Mutex<Box<dyn Potential>>) -> MutexGuard<'_, Box<dyn Potential>> {
    // A panic leaves no state that later results depend on.
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}
