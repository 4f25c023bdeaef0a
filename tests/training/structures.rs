//! Structures with labels: library structures, displaced at random, labeled by a potential.

use glam::DVec3;
use mlipview_core::chem::{Structure, library};
use mlipview_core::potential::Potential;
use mlipview_training::Label;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A structure of the library.
pub(crate) fn named(name: &str) -> Structure {
    library::find(name).unwrap().structure().unwrap()
}

/// A structure with uniform random displacements up to `size` Å in each coordinate.
pub(crate) fn rattled(mut structure: Structure, size: f64, seed: u64) -> Structure {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    for position in structure.positions_mut() {
        *position += DVec3::from_array(std::array::from_fn(|_| random.random_range(-size..size)));
    }
    structure
}

/// The label of a structure by a potential.
pub(crate) fn labeled(structure: Structure, potential: &mut dyn Potential) -> Label {
    let evaluation = potential.evaluate(&structure).unwrap();
    Label {
        energy: evaluation.energy,
        forces: evaluation.forces,
        stress: evaluation.stress,
        charges: evaluation.charges,
        structure,
    }
}
