//! Regression tests of molfiles and SD files.
//!
//! The comment of each test names the program that gives the expected value.

use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{Configuration, Format, FrameSelection, read, write_as};
use mlipview_core::chem::properties::Data;
use mlipview_core::chem::structure::{BondOrder, StatedBond};

fn case(name: &str) -> Vec<Configuration> {
    let path = format!(
        "{}/../../tests/data/cases/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    read(&std::fs::read(path).unwrap(), name, FrameSelection::ALL).unwrap()
}

/// A molfile of the block of atoms, bonds and properties, whose coordinates are all zero but for x.
fn molfile(atoms: &[&str], bonds: &[(usize, usize, u8)], properties: &str) -> String {
    let mut text = format!(
        "\n\n\n{:3}{:3}  0  0  0  0  0  0  0  0999 V2000\n",
        atoms.len(),
        bonds.len()
    );
    for (atom, symbol) in atoms.iter().enumerate() {
        text += &format!(
            "{:10.4}    0.0000    0.0000 {symbol:<3} 0  0\n",
            1.5 * atom as f64
        );
    }
    for (one, other, order) in bonds {
        text += &format!("{one:3}{other:3}{order:3}  0\n");
    }
    text + properties
}

fn read_text(text: &str) -> Vec<Configuration> {
    read(text.as_bytes(), "x.sdf", FrameSelection::ALL).unwrap()
}

fn notes(configuration: &Configuration) -> Vec<String> {
    configuration.notes.sentences().collect()
}

fn symbols(structure: &Structure) -> String {
    structure
        .elements()
        .iter()
        .map(|element| element.symbol())
        .collect()
}

fn integers(structure: &Structure, name: &str) -> Vec<i64> {
    match structure.arrays()[name].data() {
        Data::Integers(values) => values.clone(),
        _ => panic!("{name} holds whole numbers"),
    }
}

/// RDKit, not strict, reads the same two lines of data.
#[test]
fn a_blank_line_inside_a_data_field_does_not_end_it() {
    let frame = case("sdf-blank-data.sdf").remove(0);
    assert_eq!(symbols(&frame.structure), "CO");
    let text = Data::Texts(vec!["first paragraph\n\nsecond paragraph".into()]);
    assert_eq!(frame.structure.info["NOTE"].data(), &text);
    assert_eq!(
        frame.structure.info["ID"].data(),
        &Data::Texts(vec!["7".into()])
    );
    assert_eq!(
        notes(&frame),
        ["line 11: a blank line does not end the data field NOTE"]
    );
}

/// RDKit and Open Babel.
#[test]
fn text_behind_the_end_of_a_molfile_is_ignored_with_a_note() {
    let frame = case("sdf-tail.mol").remove(0);
    assert_eq!(symbols(&frame.structure), "CO");
    assert_eq!(
        notes(&frame),
        [r#"line 9: "cyclohexane" is not in a data field and is ignored"#]
    );
}

/// RDKit's supplier gives the molecules around the broken record.
#[test]
fn an_invalid_record_is_skipped_with_a_note() {
    let frames = case("sdf-bad-record.sdf");
    assert_eq!(frames.len(), 2);
    assert!(frames.iter().all(|frame| symbols(&frame.structure) == "CO"));
    assert_eq!(notes(&frames[0]), [""; 0]);
    assert_eq!(
        notes(&frames[1]),
        [r#"line 13: record 2 is left out: expected the number of atoms, found "ABC""#]
    );
}

#[test]
fn the_note_on_a_broken_last_record_is_on_the_one_before() {
    let good = molfile(&["C"], &[], "M  END\n$$$$\n");
    let r_group = molfile(&["C", "R#"], &[(1, 2, 1)], "M  END\n$$$$\n");
    let frames = read_text(&(good + &r_group));
    assert_eq!(frames.len(), 1);
    let note =
        r#"line 13: record 2 is left out: expected an element symbol in columns 32-34, found "R#""#;
    assert_eq!(notes(&frames[0]), [note]);
    let error = read(r_group.as_bytes(), "x.sdf", FrameSelection::ALL).unwrap_err();
    assert_eq!(error.line, Some(6));
}

/// RDKit reads the atoms and a bond of unspecified order.
#[test]
fn bonds_without_an_order_are_read_and_written() {
    let bond = |order| StatedBond {
        atoms: [0, 1],
        order,
    };
    let unspecified = [bond(BondOrder::Unspecified)];
    let frame = case("sdf-bond8.mol").remove(0);
    assert_eq!(symbols(&frame.structure), "FeN");
    assert_eq!(frame.structure.stated_bonds(), unspecified);
    for bond_type in [0, 5, 6, 7, 8, 9] {
        let frame = read_text(&molfile(&["Fe", "N"], &[(1, 2, bond_type)], "M  END\n")).remove(0);
        assert_eq!(
            frame.structure.stated_bonds(),
            unspecified,
            "type {bond_type}"
        );
        assert_eq!(
            notes(&frame).len(),
            usize::from((5..=7).contains(&bond_type))
        );
    }
    let hydrogen_bond = read_text(&molfile(&["H", "O"], &[(1, 2, 10)], "M  END\n")).remove(0);
    assert_eq!(hydrogen_bond.structure.stated_bonds(), []);
    assert_eq!(
        notes(&hydrogen_bond),
        ["line 7: a hydrogen bond is left out"]
    );
    let written = write_as(&[frame], Format::Mol).unwrap();
    let written = String::from_utf8(written).unwrap();
    assert!(written.contains("\n  1  2  8  0\n"), "{written}");
}

/// RDKit keeps such fields as properties.
#[test]
fn charge_and_multiplicity_fields_of_another_meaning_are_data() {
    let frame = case("sdf-charge-field.sdf").remove(0);
    assert_eq!(
        (symbols(&frame.structure).as_str(), frame.structure.charge),
        ("CO", 0)
    );
    let note = r#"line 9: the data field charge is "-0.5 0.5", not a whole number of e; the charge stays 0"#;
    assert_eq!(notes(&frame), [note]);
    let written = write_as(std::slice::from_ref(&frame), Format::Sdf).unwrap();
    let again = read(&written, "x.sdf", FrameSelection::ALL)
        .unwrap()
        .remove(0);
    assert_eq!(
        again.structure.info["charge"],
        frame.structure.info["charge"]
    );

    let fields = "M  END\n> <multiplicity>\nsinglet\n\n$$$$\n";
    let frame = read_text(&molfile(&["C"], &[], fields)).remove(0);
    assert_eq!(frame.structure.multiplicity(), 1);
    let note = r#"line 7: the data field multiplicity is "singlet", not a whole number 2S + 1; the multiplicity stays 1"#;
    assert_eq!(notes(&frame), [note]);

    let fields = "M  END\n> <charge>\n-1\n\n> <multiplicity>\n2\n\n$$$$\n";
    let frame = read_text(&molfile(&["O"], &[], fields)).remove(0);
    assert_eq!(
        (frame.structure.charge, frame.structure.multiplicity()),
        (-1, 2)
    );
    assert_eq!(notes(&frame), [""; 0]);
}

/// RDKit's supplier reads the molecule.
#[test]
fn a_molfile_without_its_end_is_read_with_a_note() {
    let frame = read_text(&molfile(&["C"], &[], "$$$$\n")).remove(0);
    assert_eq!(
        notes(&frame),
        ["M  END is missing; charges, radicals or isotopes may be missing with it"]
    );
}

/// RDKit reads the methyl radical; CTfile Formats, M  RAD: 1 singlet, 2 doublet, 3 triplet.
#[test]
fn charges_radicals_isotopes_and_data_are_written_back() {
    let methyl = case("sdf-radical.sdf").remove(0);
    assert_eq!(methyl.structure.multiplicity(), 2);
    let zwitterion = "M  CHG  2   1   1   3  -1\nM  RAD  1   2   3\nM  ISO  1   2  13\nM  END\n\
                      > <NOTE>\n$$$ 5\n>6\n\n> <EMPTY>\n\n$$$$\n";
    let bonds = [(1, 2, 1), (2, 3, 4)];
    let zwitterion = read_text(&molfile(&["N", "C", "O"], &bonds, zwitterion)).remove(0);
    assert_eq!(integers(&zwitterion.structure, "formal_charge"), [1, 0, -1]);
    assert_eq!(integers(&zwitterion.structure, "radical"), [0, 3, 0]);
    assert_eq!(zwitterion.structure.multiplicity(), 3);

    let carbene = molfile(&["C"], &[], "M  RAD  1   1   1\nM  END\n");
    let carbene = read_text(&carbene).remove(0);
    assert_eq!(carbene.structure.multiplicity(), 1);

    for frame in [methyl, zwitterion, carbene] {
        let written = write_as(std::slice::from_ref(&frame), Format::Sdf).unwrap();
        let again = read(&written, "x.sdf", FrameSelection::ALL).unwrap();
        assert_eq!(again, [frame], "{}", String::from_utf8_lossy(&written));
    }
}

/// The same in version V3000, which is written where the columns of V2000 are too narrow.
#[test]
fn version_v3000_writes_charges_and_radicals_back() {
    let text = "\n\n\n  0  0  0     0  0            999 V3000\nM  V30 BEGIN CTAB\n\
                M  V30 COUNTS 2 1 0 0 0\nM  V30 BEGIN ATOM\n\
                M  V30 1 O 123456.5 0 0 0 CHG=-1\nM  V30 2 C 123458 0 0 0 RAD=2 MASS=13\n\
                M  V30 END ATOM\nM  V30 BEGIN BOND\nM  V30 1 9 1 2\nM  V30 END BOND\n\
                M  V30 END CTAB\nM  END\n";
    let frame = read_text(text).remove(0);
    assert_eq!(integers(&frame.structure, "formal_charge"), [-1, 0]);
    assert_eq!(
        (frame.structure.charge, frame.structure.multiplicity()),
        (-1, 2)
    );
    let written = write_as(std::slice::from_ref(&frame), Format::Mol).unwrap();
    assert!(String::from_utf8_lossy(&written).contains("V3000"));
    let again = read(&written, "x.mol", FrameSelection::ALL).unwrap();
    assert_eq!(again[0].structure, frame.structure);
}

/// RDKit writes these `M  CHG` lines for nitrobenzene, betaine and sodium chloride.
#[cfg(feature = "smiles")]
#[test]
fn charges_of_smiles_are_written_atom_by_atom() {
    for (smiles, charges) in [
        ("O=[N+]([O-])c1ccccc1", "M  CHG  2   2   1   3  -1\n"),
        ("C[N+](C)(C)CC(=O)[O-]", "M  CHG  2   2   1   8  -1\n"),
        ("[Na+].[Cl-]", "M  CHG  2   1   1   2  -1\n"),
    ] {
        let structure = mlipview_core::chem::smiles::structure(smiles, 1).unwrap();
        assert_eq!(structure.charge, 0, "{smiles}");
        let written = write_as(&[structure.into()], Format::Mol).unwrap();
        let written = String::from_utf8(written).unwrap();
        assert!(written.contains(charges), "{smiles}: {written}");
    }
}
