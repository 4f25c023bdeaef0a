//! Structures: what they hold survives the recording.

use mlipview_core::chem::format::{FrameSelection, read};
use mlipview_core::chem::structure::{BondOrder, Label, StatedBond};
use mlipview_core::chem::{Structure, library};
use mlipview_core::sim::Engine;
use mlipview_core::sim::timeline::FrameSource;
use tempfile::tempdir;

use crate::fixtures::{detailed, open, record};

fn replayed(structure: &Structure) -> Structure {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let frame = Engine::new(structure.clone(), None, 0).frame();
    record(&path, &[frame], detailed());
    let identity = open(&path).read(0).unwrap().identity.clone();
    Structure::clone(&identity)
}

#[test]
fn every_structure_of_the_library_survives() {
    for entry in library::entries() {
        let structure = entry.structure().unwrap();
        assert_eq!(replayed(&structure), structure, "{}", entry.key);
    }
}

#[test]
fn charge_fixed_atoms_bonds_labels_and_masses_survive() {
    let water = library::find("water").unwrap();
    let mut structure = water.structure().unwrap();
    // The file's own numbers, which an edit leaves as they were.
    structure.info.clear();
    structure.charge = -1;
    structure.set_multiplicity(2).unwrap();
    structure.fixed_mut()[1] = true;
    structure.set_rigid_groups(vec![vec![0, 2]]).unwrap();
    structure.set_masses(Some(vec![16.5, 2.0, 3.0])).unwrap();
    let orders = [BondOrder::Single, BondOrder::Unspecified];
    let bonds = [1, 2].map(|atom| StatedBond {
        atoms: [0, atom],
        order: orders[atom - 1],
    });
    structure.set_stated_bonds(bonds.to_vec()).unwrap();
    let label = |name: &str| Label {
        name: name.to_owned(),
        residue: "HOH".to_owned(),
        residue_number: -7,
        chain: "A".to_owned(),
    };
    structure
        .set_labels(Some(["O", "H1", "H 2"].map(label).to_vec()))
        .unwrap();
    assert_eq!(replayed(&structure), structure);
}

#[test]
fn names_and_arrays_of_files_survive() {
    let text = "2\nProperties=species:S:1:pos:R:3:site:I:1 source=\"a b\" total_charge=0\n\
                C 0 0 0.1234567890123 4\nO 0 0 1.25 5\n";
    let frames = read(text.as_bytes(), "co.xyz", FrameSelection::LAST).unwrap();
    let structure = &frames[0].structure;
    assert_eq!(structure.arrays().len(), 1);
    assert_eq!(&replayed(structure), structure);
}
