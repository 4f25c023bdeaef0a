//! Writer of MOL2: round trips, and atom types of other programs.

use glam::DVec3;
use mlipview_core::chem::format::{Configuration, FrameSelection, read, write};
use mlipview_core::chem::structure::{BondOrder, Label, StatedBond};
use mlipview_core::chem::{Element, Structure};

use super::formats_reference::good;

fn again(before: &[Configuration], name: &str) -> Vec<Configuration> {
    read(&write(before, name).unwrap(), name, FrameSelection::ALL).unwrap()
}

#[test]
fn mol2_is_written_as_it_was_read() {
    for name in ["molecules.mol2", "gaff.mol2", "crystal.mol2"] {
        let before = good(name);
        let after = again(&before, name);
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            let (one, other) = (&before.structure, &after.structure);
            assert_eq!(one.elements(), other.elements(), "{name}");
            assert_eq!(one.labels(), other.labels(), "{name}");
            assert_eq!(one.stated_bonds(), other.stated_bonds(), "{name}");
            assert_eq!(one.arrays(), other.arrays(), "{name}");
            assert_eq!(one.info, other.info, "{name}");
            assert_eq!(one.charge, other.charge, "{name}");
            for (one, other) in one.positions().iter().zip(other.positions()) {
                assert!((*one - *other).length() < 1e-5, "{name}: {one} {other}");
            }
            let lengths =
                |structure: &Structure| structure.cell.as_ref().map(|cell| cell.lengths());
            assert_eq!(lengths(one), lengths(other), "{name}");
        }
    }
}

/// Types of heavy atoms as Open Babel 3.1.1 writes them for the SD file of the same molecule
/// (package openbabel-wheel 3.1.1.23). It and RDKit 2026.9.1 read our files with the elements, bond
/// orders and charges of the SD files.
#[cfg(feature = "smiles")]
#[test]
fn atom_types_are_those_of_open_babel() {
    for (smiles, types) in [
        ("CC(=O)NC", "C.3 C.2 O.2 N.am C.3"),
        ("c1ccccc1", "C.ar C.ar C.ar C.ar C.ar C.ar"),
        ("c1ccncc1", "C.ar C.ar C.ar N.ar C.ar C.ar"),
        ("CC#N", "C.3 C.1 N.1"),
        ("C=C=C", "C.2 C.1 C.2"),
        ("C[NH3+]", "C.3 N.4"),
        ("C[N+](C)(C)C", "C.3 N.4 C.3 C.3 C.3"),
        ("CS(=O)C", "C.3 S.O O.2 C.3"),
        ("CS(=O)(=O)C", "C.3 S.O2 O.2 O.2 C.3"),
        ("CSC", "C.3 S.3 C.3"),
        ("CC=S", "C.3 C.2 S.2"),
        ("COP(=O)(OC)OC", "C.3 O.3 P.3 O.2 O.3 C.3 O.3 C.3"),
        ("Nc1ccccc1", "N.pl3 C.ar C.ar C.ar C.ar C.ar C.ar"),
        ("c1ccsc1", "C.ar C.ar C.ar S.2 C.ar"),
        ("CN=NC", "C.3 N.2 N.2 C.3"),
        ("NC=O", "N.am C.2 O.2"),
        ("CC(=S)N", "C.3 C.2 S.2 N.am"),
        ("OC(=O)CN", "O.3 C.2 O.2 C.3 N.3"),
        ("B(O)(O)O", "B O.3 O.3 O.3"),
        ("CCl", "C.3 Cl"),
        ("[Na+].[Cl-]", "Na Cl"),
        ("C[Si](C)(C)C", "C.3 Si C.3 C.3 C.3"),
    ] {
        let structure = mlipview_core::chem::smiles::structure(smiles, 0).unwrap();
        let file = write(&[structure.clone().into()], "a.mol2").unwrap();
        let text = std::str::from_utf8(&file).unwrap();
        let rows = text
            .split("@<TRIPOS>")
            .find_map(|part| part.strip_prefix("ATOM\n"));
        let column = rows
            .unwrap()
            .lines()
            .filter_map(|row| row.split_whitespace().nth(5));
        let heavy: Vec<&str> = column.filter(|kind| *kind != "H").collect();
        assert_eq!(heavy.join(" "), types, "{smiles}");
        let read = read(&file, "a.mol2", FrameSelection::ALL)
            .unwrap()
            .remove(0)
            .structure;
        assert_eq!(read.stated_bonds(), structure.stated_bonds(), "{smiles}");
        assert_eq!(read.charge, structure.charge, "{smiles}");
        assert_eq!(
            read.arrays().get("formal_charge"),
            structure.arrays().get("formal_charge")
        );
    }
}

/// The file of N-methylacetamide: an amide bond, which is a single one.
#[cfg(feature = "smiles")]
#[test]
fn the_bond_of_an_amide_has_a_type_of_its_own() {
    let structure = mlipview_core::chem::smiles::structure("CC(=O)NC", 0).unwrap();
    let file = write(&[structure.into()], "a.mol2").unwrap();
    let text = std::str::from_utf8(&file).unwrap();
    let bonds = text.split("@<TRIPOS>BOND\n").nth(1).unwrap();
    let amide = bonds.lines().filter(|row| row.ends_with(" am"));
    assert_eq!(amide.count(), 1, "{bonds}");
}

#[test]
fn data_that_mol2_cannot_store_are_an_error() {
    let structure = || {
        let positions = vec![DVec3::ZERO, 2.0 * DVec3::X];
        Structure::new(vec![Element::C; 2], positions).unwrap()
    };
    let mut quadruple = structure();
    let bond = StatedBond {
        atoms: [0, 1],
        order: BondOrder::Quadruple,
    };
    quadruple.set_stated_bonds(vec![bond]).unwrap();
    let mut named = structure();
    named.set_labels(Some(vec![Label::default(); 2])).unwrap();
    for (structure, says) in [(quadruple, "a quadruple bond"), (named, "the name \"\"")] {
        let error = write(&[structure.into()], "a.mol2")
            .unwrap_err()
            .to_string();
        assert!(error.contains(says), "{error}");
    }
}

/// In every format that has remarks, fields or keys.
#[test]
fn a_total_charge_without_formal_charges_is_read_back() {
    let frame = |charge: i32, multiplicity: u32| {
        let mut structure =
            Structure::new(vec![Element::O, Element::H], vec![DVec3::ZERO, DVec3::X]).unwrap();
        structure.charge = charge;
        structure.set_multiplicity(multiplicity).unwrap();
        Configuration::from(structure)
    };
    let before = [frame(-1, 1), frame(0, 2), frame(1, 3), frame(0, 1)];
    for name in ["a.pdb", "a.mmcif", "a.mol2", "a.sdf", "a.xyz"] {
        let after = again(&before, name);
        let stated =
            |frame: &Configuration| (frame.structure.charge, frame.structure.multiplicity());
        let after: Vec<_> = after.iter().map(stated).collect();
        assert_eq!(after, [(-1, 1), (0, 2), (1, 3), (0, 1)], "{name}");
    }
}

/// Charges of atoms win over a remark that contradicts them, with a note.
#[test]
fn a_comment_does_not_change_the_charges_of_atoms() {
    let file = "\
REMARK  99 MODEL 1: TOTAL CHARGE 3
HETATM    1 NA    NA A   1       0.000   0.000   0.000  1.00  0.00          NA1+
END
";
    let frame = read(file.as_bytes(), "a.pdb", FrameSelection::ALL)
        .unwrap()
        .remove(0);
    assert_eq!(frame.structure.charge, 1);
    let note = frame.notes.sentences().next().unwrap();
    assert!(note.contains("a total charge of 3 e is stated"), "{note}");
}
