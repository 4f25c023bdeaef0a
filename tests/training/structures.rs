//! Structures with labels: library structures, displaced at random, labeled by a potential.

use glam::{DMat3, DVec3};
use mlipview_core::chem::{Structure, library};
use mlipview_core::potential::{Emt, Potential};
use mlipview_training::{Device, Label, LabelSets, split};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The device of all tests.
pub(crate) fn cpu() -> Device {
    Device::Flex(Default::default())
}

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

/// Copper in cells of 8 and 16 atoms that are strained, with displaced atoms, labeled by EMT.
pub(crate) fn copper(count: u64) -> Vec<Label> {
    // The face-centered cubic cell of a = 3.6 Å.
    let corners = [[0.0; 3], [0.0, 1.8, 1.8], [1.8, 0.0, 1.8], [1.8, 1.8, 0.0]];
    let element = mlipview_core::chem::Element::from_symbol("Cu").unwrap();
    let positions = corners.map(DVec3::from_array).to_vec();
    let cell = mlipview_core::chem::Cell::orthorhombic(DVec3::splat(3.6)).unwrap();
    let unit = Structure::new(vec![element; 4], positions)
        .unwrap()
        .with_cell(cell);
    let label = |seed: u64| {
        let repeats = [[1, 1, 2], [2, 1, 2], [2, 1, 1]][seed as usize % 3];
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut row =
            || DVec3::from_array(std::array::from_fn(|_| random.random_range(-0.03..0.03)));
        let deformation = DMat3::IDENTITY + DMat3::from_cols(row(), row(), row());
        let structure = strained(unit.repeat(repeats).unwrap(), deformation);
        labeled(rattled(structure, 0.12, seed), &mut Emt::new())
    };
    (0..count).map(label).collect()
}

fn strained(mut structure: Structure, deformation: DMat3) -> Structure {
    for position in structure.positions_mut() {
        *position = deformation * *position;
    }
    structure.cell = structure
        .cell
        .map(|cell| cell.deformed(deformation).unwrap());
    structure
}

/// Labels split for training and validation.
pub(crate) fn sets(labels: &[Label], validation: f64) -> LabelSets {
    let (training, validation) = split(labels.len(), validation, 1);
    let pick = |of: Vec<usize>| of.into_iter().map(|at| labels[at].clone()).collect();
    LabelSets {
        training: pick(training),
        validation: pick(validation),
    }
}
