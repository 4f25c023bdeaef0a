//! Embedded atom method: its contract, and comparisons with LAMMPS.

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::{Eam, Potential, contract};

use super::lammps_reference::references;

#[test]
fn the_closed_form_agrees_with_its_tables_in_lammps() {
    let mut eam = Eam::new();
    for reference in references("zhou.json") {
        let found = reference.check(&mut eam, 1e-7);
        let close = |key: &str, error: f64| {
            if let Some(expected) = reference.number(key) {
                let off = (found.energy - expected).abs() / reference.structure.len() as f64;
                assert!(
                    off < error,
                    "{}: {key} is off by {off:e} eV",
                    reference.name
                );
            }
        };
        close("ziegenhain_energy_eV", 1e-7);
        // To other distances, without a taper, and with the rounded constants of the paper.
        close("table_energy_eV", 4e-5);
    }
}

#[test]
fn the_closed_form_obeys_the_contract() {
    for reference in references("zhou.json") {
        if ["Ni", "Mo", "Co", "cluster", "slab"].contains(&reference.name.as_str()) {
            contract::check(&mut Eam::new(), &reference.structure).unwrap();
        }
    }
}

/// n × n × n cells of a body-centered cubic crystal with small displacements.
fn tungsten_with_zirconium(cells: usize) -> Structure {
    let lattice = 3.2;
    let mut positions = Vec::new();
    for index in 0..cells.pow(3) {
        let corner = [index / cells / cells, index / cells % cells, index % cells];
        let corner = DVec3::from_array(corner.map(|count| count as f64));
        for within in [DVec3::ZERO, DVec3::splat(0.5)] {
            let phase = positions.len() as f64;
            let disorder = 0.02 * DVec3::new(phase.sin(), (2.0 * phase).sin(), (3.0 * phase).sin());
            positions.push(lattice * (corner + within + disorder));
        }
    }
    let elements = ["W", "W", "Zr"].map(|symbol| Element::from_symbol(symbol).unwrap());
    let elements = elements.into_iter().cycle().take(positions.len()).collect();
    let cell = Cell::orthorhombic(DVec3::splat(lattice * cells as f64)).unwrap();
    Structure::new(elements, positions).unwrap().with_cell(cell)
}

#[test]
fn results_are_equal_on_any_number_of_threads() {
    let alloy = tungsten_with_zirconium(15);
    assert!(alloy.len() > 3 * 2048, "several chunks");
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| Eam::new().evaluate(&alloy).unwrap())
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn distant_atoms_of_another_element_change_nothing() {
    let nickel = references("zhou.json")
        .into_iter()
        .find(|it| it.name == "cluster");
    let nickel = nickel.unwrap().structure;
    let mut eam = Eam::new();
    let alone = eam.evaluate(&nickel).unwrap();
    let mut elements = nickel.elements().to_vec();
    let mut positions = nickel.positions().to_vec();
    elements.push(Element::from_symbol("Pb").unwrap());
    positions.push(DVec3::splat(60.0));
    let with_lead = eam
        .evaluate(&Structure::new(elements, positions).unwrap())
        .unwrap();
    assert!((alone.energy - with_lead.energy).abs() < 1e-8);
}
