//! Regression tests of crystal CIF files.
//!
//! The comment of each test names the source of the expected value.

use std::collections::BTreeMap;

use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{Configuration, FrameSelection, ParseError, read, write};

fn try_text(text: &str) -> Result<Vec<Configuration>, ParseError> {
    read(text.as_bytes(), "x.cif", FrameSelection::ALL)
}

fn case(name: &str) -> Configuration {
    let path = format!(
        "{}/../../tests/data/cases/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut frames = read(&std::fs::read(path).unwrap(), name, FrameSelection::ALL).unwrap();
    assert_eq!(frames.len(), 1, "{name}");
    frames.remove(0)
}

/// A block of a cell with right angles and gamma, the symmetry, and atoms in rows of five words.
fn crystal(lengths: [f64; 3], gamma: f64, symmetry: &str, atoms: &str) -> String {
    let [a, b, c] = lengths;
    format!(
        "data_x\n_cell_length_a {a}\n_cell_length_b {b}\n_cell_length_c {c}\n\
         _cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma {gamma}\n{symmetry}\n\
         loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n\
         _atom_site_fract_y\n_atom_site_fract_z\n{atoms}\n"
    )
}

fn read_crystal(lengths: [f64; 3], gamma: f64, symmetry: &str, atoms: &str) -> Configuration {
    let mut frames = try_text(&crystal(lengths, gamma, symmetry, atoms)).unwrap();
    frames.remove(0)
}

/// Symbols in alphabetical order, each with the number of its atoms.
fn formula(structure: &Structure) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for element in structure.elements() {
        *counts.entry(element.symbol()).or_default() += 1;
    }
    counts
        .iter()
        .map(|(symbol, count)| format!("{symbol}{count}"))
        .collect()
}

fn notes(configuration: &Configuration) -> Vec<String> {
    configuration.notes.sentences().collect()
}

#[test]
fn files_have_the_atoms_that_other_programs_find() {
    for (name, atoms, source, expected_notes) in [
        (
            "label-water.cif",
            "C4Ca2O14",
            "pymatgen",
            vec![
                "line 26: Wat1 is taken for O",
                "line 27: Wat2 is taken for O",
                "line 28: Wat3 is taken for O",
            ],
        ),
        ("label-upper.cif", "Fe4S8", "gemmi, pymatgen", vec![]),
        (
            "label-tsite.cif",
            "O24Si12",
            "sodalite, IZA structure type SOD",
            vec!["line 15: T1 is taken for Si"],
        ),
        ("magnetic.mcif", "B16Gd4", "pymatgen", vec![]),
        (
            "listed-twice.cif",
            "Cl4Na4",
            "ASE",
            vec![
                "symmetry makes these of atoms listed before them, and each is there once: Na2, Na3, \
             Na4, Cl2 and 2 more",
            ],
        ),
        (
            "repeated-item.cif",
            "Fe1Pt3",
            "ASE, pymatgen",
            vec!["line 4: _chemical_formula_sum is repeated; the first is used"],
        ),
        (
            "unknown-place.cif",
            "C1H1O1",
            "the places that the file has",
            vec!["line 19: H1 has no coordinates and is left out"],
        ),
        (
            "group-name.cif",
            "Cl4Na4",
            "International Tables, F m -3 m",
            vec![],
        ),
    ] {
        let frame = case(name);
        assert_eq!(formula(&frame.structure), atoms, "{name} ({source})");
        assert_eq!(notes(&frame), expected_notes, "{name}");
    }
}

/// gemmi and pymatgen.
#[test]
fn labels_in_capitals_are_elements_of_two_letters() {
    let labels = ["CU", "CL1", "NI", "BR2", "SI", "NA"];
    let atoms: Vec<String> = labels
        .iter()
        .enumerate()
        .map(|(row, label)| format!("{label} ? 0 0 0.{row}"))
        .collect();
    let frame = read_crystal([10.0; 3], 90.0, "", &atoms.join("\n"));
    assert_eq!(formula(&frame.structure), "Br1Cl1Cu1Na1Ni1Si1");
}

/// pymatgen and the number of formula units: rutile-like MnF2, and chromium with its corner and
/// center distinguished by time reversal.
#[test]
fn magnetic_operations_and_centering_are_symmetry_in_both_spellings() {
    let operations = "x,y,z,+1 -x,-y,z,+1 -y+1/2,x+1/2,z+1/2,-1 y+1/2,-x+1/2,z+1/2,-1 \
                      x+1/2,-y+1/2,-z+1/2,-1 -x+1/2,y+1/2,-z+1/2,-1 y,x,-z,+1 -y,-x,-z,+1 \
                      -x,-y,-z,+1 x,y,-z,+1 y+1/2,-x+1/2,-z+1/2,-1 -y+1/2,x+1/2,-z+1/2,-1 \
                      -x+1/2,y+1/2,z+1/2,-1 x+1/2,-y+1/2,z+1/2,-1 -y,-x,z,+1 y,x,z,+1";
    let operations = operations.replace(' ', "\n");
    for name in [
        "_space_group_symop_magn_operation.xyz",
        "_space_group_symop.magn_operation_xyz",
    ] {
        let symmetry = format!("loop_\n{name}\n{operations}");
        let atoms = "Mn Mn 0 0 0\nF F 0.305 0.305 0";
        let fluoride = read_crystal([4.87, 4.87, 3.31], 90.0, &symmetry, atoms);
        assert_eq!(formula(&fluoride.structure), "F4Mn2", "{name}");
    }
    let symmetry = "loop_\n_space_group_symop_magn_operation.xyz\nx,y,z,+1\n-x,-y,-z,+1\n\
                    loop_\n_space_group_symop_magn_centering.xyz\nx,y,z,+1\nx+1/2,y+1/2,z+1/2,-1";
    let chromium = read_crystal([2.88; 3], 90.0, symmetry, "Cr Cr 0 0 0");
    assert_eq!(formula(&chromium.structure), "Cr2");
}

/// ASE, and the density.
#[test]
fn atoms_that_symmetry_repeats_are_read_once() {
    let atoms = "C1 C 0 0 0\nC2 C .5 .5 .5\nO1 O .23 .23 0\nO2 O .77 .77 0\nO3 O .27 .73 .5\n\
                 O4 O .73 .27 .5";
    let symmetry = "_symmetry_space_group_name_H-M 'P 42/m n m'";
    let frame = read_crystal([3.5, 3.5, 4.1], 90.0, symmetry, atoms);
    assert_eq!(formula(&frame.structure), "C2O4");
}

#[test]
fn two_elements_at_one_position_are_an_error() {
    let atoms = "Fe1 Fe 0 0 0\nCo1 Co 0 0 0.01";
    let error = try_text(&crystal([4.0; 3], 90.0, "", atoms)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "x.cif:16: expected one atom at each place (delete one of the two), found Co1 within 0.4 Å of Fe1"
    );
}

/// gemmi, which merges images within 0.4 Å.
#[test]
fn rounded_special_positions_are_one_atom_in_large_cells() {
    let symmetry = "_space_group_name_H-M_alt 'P 3'";
    let frame = read_crystal([18.0, 18.0, 10.0], 120.0, symmetry, "O1 O 0.33 0.67 0.1");
    assert_eq!(formula(&frame.structure), "O1");
    let cell = frame.structure.cell.as_ref().unwrap();
    let fractional = cell.fractional(frame.structure.positions()[0]);
    assert!((fractional.x - 1.0 / 3.0).abs() < 1e-9 && (fractional.y - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(notes(&frame), [""; 0]);

    let mirror = read_crystal(
        [10.0; 3],
        90.0,
        "_space_group_name_H-M_alt 'P m'",
        "O1 O 0 .018 0",
    );
    assert_eq!(formula(&mirror.structure), "O1");
    assert_eq!(
        notes(&mirror),
        ["line 15: O1 is moved by 0.18 Å onto a special position, where its images are one atom"]
    );
}

/// International Tables: F m -3 m makes rock salt of 8 atoms, from any item.
#[test]
fn the_space_group_is_read_from_any_of_its_items() {
    for symmetry in [
        "_space_group_name_H-M_full 'F 4/m -3 2/m'",
        "_space_group_name_H-M_ref 'F m -3 m'",
        "_space_group.name_H-M_alt 'F m -3 m'",
        "_symmetry.space_group_name_H-M Fm-3m",
        "_space_group_name_Hall '-F 4 2 3'",
        "_space_group.IT_number 225",
        "_symmetry_Int_Tables_number 225",
    ] {
        let frame = read_crystal([5.64; 3], 90.0, symmetry, "Na Na 0 0 0\nCl Cl .5 .5 .5");
        assert_eq!(formula(&frame.structure), "Cl4Na4", "{symmetry}");
        assert_eq!(notes(&frame), [""; 0], "{symmetry}");
    }
}

/// International Tables, C 1 2 1 and A 1 1 2; gemmi and pymatgen read the first.
#[test]
fn a_monoclinic_group_may_state_its_unique_axis_and_cell_choice() {
    for (symmetry, image) in [
        ("_symmetry_space_group_name_H-M C2:b1", [0.9, 0.2, 0.7]),
        ("_symmetry_space_group_name_H-M 'C 2:c1'", [0.9, 0.8, 0.3]),
    ] {
        let frame = read_crystal([10.0; 3], 90.0, symmetry, "C C .1 .2 .3");
        assert_eq!(formula(&frame.structure), "C4", "{symmetry}");
        let image = 10.0 * glam::DVec3::from_array(image);
        let positions = frame.structure.positions();
        let found = positions
            .iter()
            .any(|position| position.distance(image) < 1e-9);
        assert!(found, "{symmetry}: {positions:?}");
    }
}

#[test]
fn unknown_symmetry_is_an_error() {
    let symmetry = "_space_group_name_H-M_alt 'F cubic'\n_space_group_IT_number 225";
    let frame = read_crystal([5.64; 3], 90.0, symmetry, "Na Na 0 0 0");
    assert_eq!(formula(&frame.structure), "Na4");
    assert_eq!(
        notes(&frame),
        [r#"line 9: the space group "F cubic" is not known; "225" is used"#]
    );
    for (symmetry, found) in [
        ("_space_group_name_H-M_full 'F cubic'", "F cubic"),
        (
            "_space_group_magn.name_BNS \"P 4/m' b' m'\"",
            "P 4/m' b' m'",
        ),
        ("_space_group_name_Schoenflies Oh.5", "Oh.5"),
        (
            "loop_\n_space_group_symop_ssg_operation_algebraic\nx1,x2,x3,x4",
            "x1,x2,x3,x4",
        ),
    ] {
        let error = try_text(&crystal([5.64; 3], 90.0, symmetry, "Na Na 0 0 0")).unwrap_err();
        assert_eq!(error.found, format!("{found:?}"), "{error}");
    }
}

#[test]
fn items_about_atoms_may_be_repeated_only_with_equal_values() {
    let atoms = "Na Na 0 0 0";
    let same = read_crystal([4.0; 3], 90.0, "_cell_length_a 4", atoms);
    assert_eq!(
        notes(&same),
        ["line 8: _cell_length_a is repeated; the first is used"]
    );
    let missing = "_symmetry_Int_Tables_number ?\n_symmetry_Int_Tables_number 225";
    let second = read_crystal([4.0; 3], 90.0, missing, atoms);
    assert_eq!(formula(&second.structure), "Na4");
    let differs = try_text(&crystal([4.0; 3], 90.0, "_cell_length_a 5", atoms)).unwrap_err();
    assert_eq!(differs.line, Some(8));
}

#[test]
fn an_invalid_block_is_skipped_with_a_note() {
    let good = crystal([4.0; 3], 90.0, "", "Na Na 0 0 0");
    let bad = crystal(
        [4.0; 3],
        90.0,
        "_space_group_name_H-M_alt 'P 17'",
        "Na Na 0 0 0",
    );
    let bad = bad.replace("data_x", "data_y");
    let frames = try_text(&(bad + &good)).unwrap();
    assert_eq!(frames.len(), 1);
    let note = "line 8: data_y is left out: expected a space group of the International Tables, or its \
                operations listed, found \"P 17\"";
    assert_eq!(notes(&frames[0]), [note]);
}

#[test]
fn dummy_sites_are_skipped_with_a_note() {
    let atoms = "C1 C 0 0 0\nX1 Du 0 0 .2\nVac1 . 0 0 .4\nO1 O 0 ? .6";
    let frame = read_crystal([9.0; 3], 90.0, "", atoms);
    assert_eq!(formula(&frame.structure), "C1");
    assert_eq!(
        notes(&frame),
        [
            "line 16: X1 is not an atom and is left out",
            "line 17: Vac1 is not an atom and is left out",
            "line 18: O1 has no coordinates and is left out",
        ]
    );
}

#[test]
fn labels_isotopes_and_positions_are_written_and_read_back() {
    let atoms = "O1 O .1 .2 .3\nD1A D .1 .2 .4\nH2' H .2 .2 .3";
    let before = read_crystal([9.0, 8.0, 7.0], 90.0, "", atoms);
    let written = write(std::slice::from_ref(&before), "x.cif").unwrap();
    let after = try_text(&String::from_utf8(written).unwrap())
        .unwrap()
        .remove(0);
    assert_eq!(before.structure.labels(), after.structure.labels());
    assert_eq!(before.structure.elements(), after.structure.elements());
    assert_eq!(
        before.structure.stated_masses(),
        after.structure.stated_masses()
    );
    let pairs = before
        .structure
        .positions()
        .iter()
        .zip(after.structure.positions());
    assert!(
        pairs
            .into_iter()
            .all(|(one, other)| one.distance(*other) < 1e-9)
    );

    let symmetry = "_space_group_name_H-M_alt 'F m -3 m'";
    let salt = read_crystal([5.64; 3], 90.0, symmetry, "Na1 Na 0 0 0");
    let written = String::from_utf8(write(&[salt], "x.cif").unwrap()).unwrap();
    for label in ["\nNa1 Na ", "\nNa1_2 Na ", "\nNa1_4 Na "] {
        assert!(written.contains(label), "{written}");
    }
}
