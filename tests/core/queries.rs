//! Atoms chosen in words: molecules, surroundings, fixed atoms.

use glam::DVec3;
use mlipview_core::chem::query::{AtomQuery, QueryError};
use mlipview_core::chem::{Cell, Element, Structure, library};

use super::neighbors::absurd;

fn chosen(text: &str, structure: &Structure) -> Vec<usize> {
    let mask = AtomQuery::parse(text).unwrap().mask(structure).unwrap();
    (0..mask.len()).filter(|&atom| mask[atom]).collect()
}

fn water_dimer() -> Structure {
    library::find("water-dimer").unwrap().structure().unwrap()
}

#[test]
fn a_molecule_is_chosen_by_its_number_or_by_an_atom_of_it() {
    let dimer = water_dimer();
    assert_eq!(chosen("molecule 0", &dimer), [0, 1, 2]);
    assert_eq!(chosen("mol 1", &dimer), [3, 4, 5]);
    assert_eq!(chosen("molecule of 5", &dimer), [3, 4, 5]);
    assert_eq!(chosen("mol of -1", &dimer), [3, 4, 5]);
    assert_eq!(chosen("not molecule of 5", &dimer), [0, 1, 2]);
    assert_eq!(chosen("molecule of O", &dimer).len(), 6);
    assert_eq!(chosen("molecule of !H", &dimer).len(), 6);
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
fn what_is_near_is_near_through_the_faces_of_the_cell_too() {
    let places = [0.5, 3.0, 9.5].map(|x| x * DVec3::X);
    let row = Structure::new(vec![Element::AR; 3], places.to_vec()).unwrap();
    assert_eq!(chosen("within 2.5 of 0", &row), [0, 1]);
    assert_eq!(chosen("within 0 of 1", &row), [1]);
    assert_eq!(chosen("within inf of 1", &row), [0, 1, 2]);
    let cell = Cell::orthorhombic(DVec3::splat(10.0)).unwrap();
    let row = row.with_cell(cell);
    assert_eq!(chosen("within 1 of 0", &row), [0, 2]);
    assert_eq!(chosen("within 1 of 0, 1", &row), [0, 1, 2]);
    assert!(chosen("within 1 of none", &row).is_empty());
}

#[test]
fn fixed_atoms_are_chosen_as_they_are_marked() {
    let mut dimer = water_dimer();
    assert!(chosen("fixed", &dimer).is_empty());
    dimer.fixed_mut()[3] = true;
    assert_eq!(chosen("fixed", &dimer), [3]);
    assert_eq!(chosen("!fixed", &dimer), [0, 1, 2, 4, 5]);
    assert_eq!(chosen("molecule of fixed", &dimer), [3, 4, 5]);
}

#[test]
fn near_many_atoms_is_near_one_of_them() {
    let water = library::find("water-box").unwrap().structure().unwrap();
    let cell = water.cell.clone().unwrap();
    let at = water.positions();
    let near = |atom: usize, other: usize| {
        cell.minimum_image(at[other] - at[atom]).length() <= 2.2 && other.is_multiple_of(3)
    };
    let expected: Vec<usize> = (0..water.len())
        .filter(|&atom| (0..water.len()).any(|other| near(atom, other)))
        .collect();
    assert_eq!(chosen("within 2.2 of ::3", &water), expected);
}

#[test]
fn atoms_too_dense_to_see_bonds_are_refused_in_words() {
    for structure in absurd(Element::C) {
        let error = AtomQuery::parse("molecule 0").unwrap().mask(&structure);
        assert!(error.unwrap_err().to_string().contains("overlap"));
    }
}
