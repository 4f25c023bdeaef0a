//! Fixtures of several tests: structures, tasks, and the frames of an engine.

use std::sync::Arc;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure, library};
use mlipview_core::potential::contract::Tolerances;
use mlipview_core::sim::{Engine, Frame, Task};

use crate::dynamics;

/// Tolerances of potentials in single precision: energies of tens of eV have a last digit of 10⁻⁶ eV,
/// which a shorter step of finite differences would enlarge; stiff crystals are not harmonic over a longer
/// one.
pub(crate) const SINGLE: Tolerances = Tolerances {
    gradient: 5e-3,
    equality: 1e-5,
    step: 6e-3,
    energy_jump: 1e-4,
    force_jump: 1e-4,
    moved_atoms: 4,
};

/// A structure of the library.
pub(crate) fn built_in(key: &str) -> Structure {
    library::find(key).unwrap().structure().unwrap()
}

/// Eight argon atoms on a cube, near the minimum of the pair energy.
pub(crate) fn argon() -> Structure {
    let corner = |bit: u32| f64::from(bit) * 3.9;
    let positions =
        (0..8).map(|i: u32| DVec3::new(corner(i & 1), corner(i >> 1 & 1), corner(i >> 2)));
    Structure::new(vec![Element::AR; 8], positions.collect()).unwrap()
}

/// Langevin dynamics with a timestep in fs, a temperature in K and a friction of 1/ps.
pub(crate) fn langevin(timestep: f64, temperature: f64) -> Task {
    Task::Dynamics(dynamics::langevin(timestep, temperature, 1.0))
}

/// Dynamics at constant energy from rest, with a timestep in fs.
pub(crate) fn nve(timestep: f64) -> Task {
    Task::Dynamics(dynamics::nve(timestep))
}

/// The frames of the next steps of an engine.
pub(crate) fn frames(engine: &mut Engine, count: usize) -> Vec<Arc<Frame>> {
    (0..count).map(|_| engine.step().unwrap()).collect()
}
