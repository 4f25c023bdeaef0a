//! Selection language: molecules, neighborhoods, fixed atoms.

use glam::DVec3;
use mlipview_core::chem::query::{AtomQuery, QueryError};
use mlipview_core::chem::{Cell, Element, Structure, library};

use super::neighbors::too_dense;

fn selected(text: &str, structure: &Structure) -> Vec<usize> {
    let mask = AtomQuery::parse(text).unwrap().mask(structure).unwrap();
    (0..mask.len()).filter(|&atom| mask[atom]).collect()
}

fn water_dimer() -> Structure {
    library::find("water-dimer").unwrap().structure().unwrap()
}

#[test]
fn a_molecule_is_selected_by_its_index_or_one_of_its_atoms() {
    let dimer = water_dimer();
    assert_eq!(selected("molecule 0", &dimer), [0, 1, 2]);
    assert_eq!(selected("mol 1", &dimer), [3, 4, 5]);
    assert_eq!(selected("molecule of 5", &dimer), [3, 4, 5]);
    assert_eq!(selected("mol of -1", &dimer), [3, 4, 5]);
    assert_eq!(selected("not molecule of 5", &dimer), [0, 1, 2]);
    assert_eq!(selected("molecule of O", &dimer).len(), 6);
    assert_eq!(selected("molecule of !H", &dimer).len(), 6);
    let beyond = AtomQuery::parse("molecule 2").unwrap().mask(&dimer);
    let error = QueryError::NoSuchMolecule {
        index: 2,
        molecules: 2,
    };
    assert_eq!(beyond, Err(error));
    let beyond = AtomQuery::parse("molecule of 6").unwrap().mask(&dimer);
    assert_eq!(beyond, Err(QueryError::NoSuchAtom { index: 6, atoms: 6 }));
}

#[test]
fn distances_are_measured_across_periodic_boundaries() {
    let positions = [0.5, 3.0, 9.5].map(|x| x * DVec3::X);
    let row = Structure::new(vec![Element::AR; 3], positions.to_vec()).unwrap();
    assert_eq!(selected("within 2.5 of 0", &row), [0, 1]);
    assert_eq!(selected("within 0 of 1", &row), [1]);
    assert_eq!(selected("within inf of 1", &row), [0, 1, 2]);
    let cell = Cell::orthorhombic(DVec3::splat(10.0)).unwrap();
    let row = row.with_cell(cell);
    assert_eq!(selected("within 1 of 0", &row), [0, 2]);
    assert_eq!(selected("within 1 of 0, 1", &row), [0, 1, 2]);
    assert!(selected("within 1 of none", &row).is_empty());
}

#[test]
fn fixed_atoms_are_selected() {
    let mut dimer = water_dimer();
    assert!(selected("fixed", &dimer).is_empty());
    dimer.fixed_mut()[3] = true;
    assert_eq!(selected("fixed", &dimer), [3]);
    assert_eq!(selected("!fixed", &dimer), [0, 1, 2, 4, 5]);
    assert_eq!(selected("molecule of fixed", &dimer), [3, 4, 5]);
}

#[test]
fn atoms_within_a_distance_of_a_set_are_within_it_of_one_member() {
    let water = library::find("water-box").unwrap().structure().unwrap();
    let cell = water.cell.clone().unwrap();
    let positions = water.positions();
    let near = |atom: usize, other: usize| {
        cell.minimum_image(positions[other] - positions[atom])
            .length()
            <= 2.2
            && other.is_multiple_of(3)
    };
    let expected: Vec<usize> = (0..water.len())
        .filter(|&atom| (0..water.len()).any(|other| near(atom, other)))
        .collect();
    assert_eq!(selected("within 2.2 of ::3", &water), expected);
}

#[test]
fn too_many_neighbors_are_an_error() {
    for structure in too_dense(Element::C) {
        let error = AtomQuery::parse("molecule 0").unwrap().mask(&structure);
        assert!(error.unwrap_err().to_string().contains("overlap"));
    }
}
