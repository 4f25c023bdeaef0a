//! References computed by LAMMPS, in `tests/data/potentials`.

use glam::{DMat3, DVec3};
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::{Evaluation, Potential};
use serde_json::Value;

/// One structure, and the results of LAMMPS for it.
pub(crate) struct Reference {
    pub(crate) name: String,
    pub(crate) structure: Structure,
    pub(crate) values: Value,
}

/// The path of a file in `tests/data/potentials`.
pub(crate) fn path(file: &str) -> String {
    format!(
        "{}/../../tests/data/potentials/{file}",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// The references of a file in `tests/data/potentials`.
pub(crate) fn references(file: &str) -> Vec<Reference> {
    let text = std::fs::read_to_string(path(file)).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let systems = file["systems"].as_array().unwrap().iter().cloned();
    let found: Vec<Reference> = systems.map(Reference::of).collect();
    assert!(!found.is_empty());
    found
}

impl Reference {
    fn of(values: Value) -> Reference {
        let symbols = values["elements"].as_array().unwrap().iter();
        let elements =
            symbols.map(|symbol| Element::from_symbol(symbol.as_str().unwrap()).unwrap());
        let structure =
            Structure::new(elements.collect(), vectors(&values["positions_A"])).unwrap();
        let cell = (!values["cell_A"].is_null()).then(|| {
            let vectors = vectors(&values["cell_A"]).try_into().unwrap();
            let axes = values["pbc"].as_array().unwrap().iter();
            let periodic: Vec<bool> = axes.map(|axis| axis.as_bool().unwrap()).collect();
            Cell::new(vectors, periodic.try_into().unwrap()).unwrap()
        });
        Reference {
            name: values["name"].as_str().unwrap().to_owned(),
            structure: structure.with_cell(cell),
            values,
        }
    }

    /// A number of the results.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        self.values[key].as_f64()
    }

    /// Checks that a potential has these energies, forces and stress: eV per atom, eV/Å and, for the
    /// stress times the volume per atom, eV.
    pub(crate) fn check(&self, potential: &mut dyn Potential, error: f64) -> Evaluation {
        let name = &self.name;
        let found = potential.evaluate(&self.structure).unwrap();
        let atoms = self.structure.len() as f64;
        let close = |what: &str, one: f64, other: f64| {
            assert!(
                (one - other).abs() <= error,
                "{name}: {what} is {one}, LAMMPS has {other}"
            );
        };
        let energy = self.number("energy_eV").unwrap();
        close("the energy per atom", found.energy / atoms, energy / atoms);
        let energies = numbers(&self.values["energies_eV"]);
        let shares = found.atom_energies.as_ref().unwrap();
        assert_eq!(shares.len(), energies.len());
        for (atom, (one, other)) in shares.iter().zip(energies).enumerate() {
            close(&format!("the energy of atom {atom}"), *one, other);
        }
        let forces = vectors(&self.values["forces_eV_A"]);
        assert_eq!(found.forces.len(), forces.len());
        for (atom, (one, other)) in found.forces.iter().zip(forces).enumerate() {
            for axis in 0..3 {
                close(&format!("the force on atom {atom}"), one[axis], other[axis]);
            }
        }
        if let Some(stress) = found.stress {
            let cell = self.structure.cell.as_ref().unwrap();
            let [xx, yy, zz, yz, xz, xy] = numbers(&self.values["stress_eV_A3_voigt"])
                .try_into()
                .unwrap();
            let expected = DMat3::from_cols_array(&[xx, xy, xz, xy, yy, yz, xz, yz, zz]);
            let scale = cell.volume() / atoms;
            let pairs = stress
                .to_cols_array()
                .into_iter()
                .zip(expected.to_cols_array());
            for (one, other) in pairs {
                close("the stress", scale * one, scale * other);
            }
        }
        found
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    let numbers = value.as_array().unwrap().iter();
    numbers.map(|number| number.as_f64().unwrap()).collect()
}

fn vectors(value: &Value) -> Vec<DVec3> {
    let rows = value.as_array().unwrap().iter();
    rows.map(|row| DVec3::from_slice(&numbers(row))).collect()
}
