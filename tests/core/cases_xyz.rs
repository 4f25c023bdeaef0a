//! Regression tests of XYZ files (`tests/data/cases`).
//!
//! The comment of each test names the program that gives the expected value.

use glam::DVec3;
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{
    Configuration, Format, FrameSelection, Notes, ParseError, read, write_as,
};
use mlipview_core::chem::properties::{Column, Data, Value};

fn bytes(name: &str) -> Vec<u8> {
    let path = format!(
        "{}/../../tests/data/cases/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read(path).unwrap()
}

fn case(name: &str) -> Configuration {
    read(&bytes(name), name, FrameSelection::LAST)
        .unwrap()
        .remove(0)
}

fn parse(text: &str, selection: FrameSelection) -> Result<Vec<Configuration>, ParseError> {
    read(text.as_bytes(), "a.xyz", selection)
}

fn one(text: &str) -> Configuration {
    parse(text, FrameSelection::LAST).unwrap().remove(0)
}

fn comment(configuration: &Configuration) -> &str {
    match configuration.structure.info["comment"].data() {
        Data::Texts(texts) => &texts[0],
        other => panic!("{other:?}"),
    }
}

fn sentences(notes: &Notes) -> Vec<String> {
    notes.sentences().collect()
}

/// Open Babel: three atoms; frequencies and SMILES follow them.
#[test]
fn lines_after_the_atoms_of_a_qm9_file_are_noted() {
    let water = case("qm9-tail.xyz");
    assert_eq!(water.structure.formula(), "H2O");
    let note = "line 6: 3 lines after the atoms, not read: \"1671.4222\\t3803.6305\\t3907.698\"";
    assert_eq!(sentences(&water.notes), [note]);
}

/// Open Babel, as the file's authors document their exponents (QM9, R. Ramakrishnan et al. 2014).
#[test]
fn an_exponent_may_be_spelled_as_in_mathematica() {
    let methane = case("qm9-exponent.xyz");
    let z = methane.structure.positions()[2].z;
    assert_eq!(z, 2.765_748e-4);
    assert_eq!(methane.structure.formula(), "CH4");
}

#[test]
fn frames_continue_after_lines_outside_frames() {
    let file = "1\na\nH 0 0 0\n12.5\nO\tO\n\n1\nb\nHe 0 0 0\n\n7\n";
    let frames = parse(file, FrameSelection::ALL).unwrap();
    let formulas: Vec<String> = frames.iter().map(|f| f.structure.formula()).collect();
    assert_eq!(formulas, ["H", "He"]);
    assert_eq!(
        sentences(&frames[0].notes),
        ["line 4: 2 lines after the atoms, not read: \"12.5\""]
    );
    // A number of atoms, and none of them.
    assert_eq!(frames[1].notes.list().len(), 1);
}

#[test]
fn an_atom_beyond_the_count_is_an_error() {
    let error = parse("2\n\nH 0 0 0\nH 0 0 1\nH 0 0 2\n", FrameSelection::ALL).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.xyz:5: expected the number of atoms of the next frame, found \"H 0 0 2\""
    );
}

/// xyz2mol, whose files write the charge so.
#[test]
fn a_charge_may_have_a_second_equals_sign() {
    let acetate = case("comment-words.xyz");
    assert_eq!(acetate.structure.formula(), "C2H3O2");
    assert_eq!(acetate.structure.charge, -1);
    assert!(acetate.notes.is_empty());
}

/// ASE, Open Babel and RDKit read the atoms of all of these.
#[test]
fn words_of_a_comment_that_look_like_keys_are_not_an_error() {
    for (comment, note) in [
        (
            "energy=-76_Eh",
            "energy=\"-76_Eh\" is not a number of eV: it has no effect",
        ),
        ("pbc=no", "pbc without a Lattice: read without a cell"),
        (
            "pbc=\"T T T\"",
            "pbc without a Lattice: read without a cell",
        ),
        (
            "Properties=species:S:1:pos:R:3 charge spin",
            "charge has no number: it has no effect",
        ),
        (
            "charge=0.5",
            "charge=\"0.5\" is not a whole number of e: it has no effect",
        ),
        (
            "multiplicity=singlet",
            "multiplicity=\"singlet\" is not a multiplicity 2S + 1, at least 1: it has no effect",
        ),
        (
            "stress=low",
            "stress=\"low\" is not nine or six numbers of eV/Å³: it has no effect",
        ),
        (
            "virial=\"1 2\"",
            "virial: expected nine numbers for virial, found \"1 2\"; kept as text",
        ),
    ] {
        let frame = one(&format!("1\n{comment}\nH 0 0 0\n"));
        assert_eq!(frame.structure.len(), 1, "{comment}");
        assert_eq!(
            sentences(&frame.notes),
            [format!("line 2: {note}")],
            "{comment}"
        );
        assert_eq!((frame.structure.charge, frame.energy), (0, None));
        let copy = write_as(&[frame], Format::ExtendedXyz).unwrap();
        read(&copy, "copy.xyz", FrameSelection::LAST).unwrap();
    }
}

#[test]
fn contradictory_charges_are_an_error() {
    let error = parse("1\ncharge=1 total_charge=2\nH 0 0 0\n", FrameSelection::ALL).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.xyz:2: expected one whole number of e for total_charge, found \"2\""
    );
}

/// Open Babel: hydrogen of 2.014 amu.
#[test]
fn deuterium_and_tritium_are_heavy_hydrogen() {
    let water = case("deuterium.xyz").structure;
    assert_eq!(water.formula(), "H2O");
    assert_eq!(water.mass(1), 2.014_101_778);
    assert_eq!(water.mass(0), water.elements()[0].mass());
    let tritium = one("2\n\nT 0 0 0\nD1 0 0 1\n").structure;
    assert_eq!(tritium.mass(0), 3.016_049_281);
    assert_eq!(tritium.mass(1), 2.014_101_778);
    // A tetrahedral site of a zeolite is not tritium.
    assert!(parse("1\n\nT1 0 0 0\n", FrameSelection::ALL).is_err());
}

/// Open Babel and ASE, which keep such rows as atoms of number 0.
#[test]
fn rows_of_dummies_are_skipped_with_a_note() {
    let frame = one(
        "4\nProperties=species:S:1:pos:R:3:forces:R:3:tag:I:1\nO 0 0 0 1 0 0 7\nX 0 0 1 2 0 0 8\n\
         Bq 0 0 2 3 0 0 9\nNa+ 0 0 3 4 0 0 10\n",
    );
    assert_eq!(frame.structure.formula(), "NaO");
    assert_eq!(frame.structure.positions()[1], 3.0 * DVec3::Z);
    assert_eq!(frame.forces.unwrap(), [DVec3::X, 4.0 * DVec3::X]);
    let tags = Data::Integers(vec![7, 10]);
    assert_eq!(frame.structure.arrays()["tag"].data(), &tags);
    assert_eq!(
        sentences(&frame.notes),
        ["2 rows that are not atoms were left out: X, Bq"]
    );
    assert_eq!(one("2\n\n0 0 0 0\n8 0 0 1\n").structure.formula(), "O");
}

#[test]
fn an_invalid_column_that_does_not_define_atoms_is_not_an_error() {
    let head = "2\nProperties=species:S:1:pos:R:3:forces:R:3:tag:I:1:q:R:1\n";
    let frame = one(&format!(
        "{head}O 0 0 0 0 0 0 7 0.5\nH 0 0 1 **** 0 0 1.5 0.25\n"
    ));
    assert_eq!(frame.structure.formula(), "HO");
    assert_eq!(frame.forces, None);
    let arrays = frame.structure.arrays();
    let tags = ["7", "1.5"].map(str::to_owned).to_vec();
    assert_eq!(arrays["tag"].data(), &Data::Texts(tags));
    assert_eq!(arrays["q"].data(), &Data::Reals(vec![0.5, 0.25]));
    let told = ": this column is not read as its type says";
    assert_eq!(
        sentences(&frame.notes),
        [
            format!("line 4: expected a number for forces, found \"****\"{told}"),
            format!("line 4: expected a whole number for tag, found \"1.5\"{told}"),
        ]
    );
    let short = one(&format!("{head}O 0 0 0 0 0 0 7 0.5\nH 0 0 1 1 0 0\n"));
    assert_eq!(short.forces.unwrap()[1], DVec3::X);
    assert!(short.structure.arrays().is_empty());
    assert_eq!(short.notes.list().len(), 2);
    let masses = one("1\nProperties=species:S:1:pos:R:3:masses:R:1\nH 0 0 0 -1\n");
    assert_eq!(masses.structure.stated_masses(), None);
    assert_eq!(masses.notes.list().len(), 1);
}

/// The frames before; the frame that is cut short counts as one.
#[test]
fn a_truncated_last_frame_is_skipped_with_a_note() {
    let file = bytes("cut-last-frame.xyz");
    let selected = |selection: &str| {
        let selection = FrameSelection::parse(selection).unwrap();
        read(&file, "cut.xyz", selection)
    };
    for (selection, comments) in [
        ("-1", vec!["two"]),
        ("-2", vec!["two"]),
        ("-3", vec!["one"]),
        (":", vec!["one", "two"]),
        ("::-1", vec!["two", "one"]),
        ("-2:", vec!["two"]),
        ("1:", vec!["two"]),
    ] {
        let frames = selected(selection).unwrap();
        let read: Vec<&str> = frames.iter().map(comment).collect();
        assert_eq!(read, comments, "@{selection}");
        let notes: Vec<String> = frames.iter().flat_map(|f| sentences(&f.notes)).collect();
        let note = "line 12: the last frame is cut short and left out: expected 2 rows of atoms \
                    after line 10, found the end of the file after 1";
        assert_eq!(notes, [note], "@{selection}");
    }
    assert!(selected("0").unwrap()[0].notes.is_empty());
    let error = selected("2").unwrap_err().to_string();
    assert_eq!(
        error,
        "cut.xyz:12: expected 2 rows of atoms after line 10, found the end of the file after 1"
    );
    let error = selected("3").unwrap_err().to_string();
    assert!(error.contains("found @3"), "{error}");
}

#[test]
fn a_truncated_last_row_is_distinguished_from_an_invalid_one() {
    let cut = "1\n\nH 0 0 0\n1\n\nHe 0 0";
    for selection in ["-1", ":", "-2"] {
        let frames = parse(cut, FrameSelection::parse(selection).unwrap()).unwrap();
        assert_eq!(frames.len(), 1, "@{selection}");
        assert_eq!(frames[0].structure.formula(), "H");
        assert_eq!(frames[0].notes.list()[0].line, Some(6));
    }
    for selection in ["1", "1:"] {
        let error = parse(cut, FrameSelection::parse(selection).unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.xyz:6: expected a number for pos, found the end of the row"
        );
    }
    // The line ends, so that the row was written like this.
    assert!(parse(&format!("{cut}\n"), FrameSelection::LAST).is_err());
    // Only the last line may be cut.
    assert!(parse("1\n\nH 0 0 0\n2\n\nHe 0 0\nH 0 0", FrameSelection::LAST).is_err());
    assert!(parse("1\n\nHe 0 0", FrameSelection::LAST).is_err());
}

#[test]
fn the_note_of_a_truncated_frame_reaches_a_stream_of_many_frames() {
    let mut file = String::new();
    for frame in 0..3 {
        // Larger than the read-ahead buffer.
        file += &format!(
            "100000\n{frame}\n{}",
            "H 0.0000000000 0.0000000000 0.0\n".repeat(100_000)
        );
    }
    file += "2\n3\nH 0 0 0\n";
    let frames = parse(&file, FrameSelection::ALL).unwrap();
    let notes: Vec<usize> = frames.iter().map(|f| f.notes.list().len()).collect();
    assert_eq!(notes, [0, 0, 1]);
}

/// A silicon cell of 5.43 Å, as the number before the exponent says (ASE does not read it).
#[test]
fn a_lattice_and_an_energy_may_have_fortran_exponents() {
    let silicon = case("fortran-exponent.xyz");
    assert_eq!(silicon.structure.cell.unwrap().lengths(), [5.43; 3]);
    let frame = one(
        "1\nenergy=-0.1D+02 charge=1.0d0 stress=\"1D0 1D0 1D0 0D0 0D0 1.0-102\" a=1D+02\nH 0 0 0\n",
    );
    assert_eq!(frame.energy, Some(-10.0));
    assert_eq!(frame.structure.charge, 1);
    assert_eq!(frame.stress.unwrap().col(0), DVec3::new(1.0, 1e-102, 0.0));
    // ASE reads it as text, which it may be.
    assert_eq!(frame.structure.info["a"], Value::text("1D+02"));
}

/// ASE: a cell of zeros, which is none.
#[test]
fn a_lattice_of_zeros_means_no_cell() {
    let atom = case("zero-lattice.xyz");
    assert_eq!(atom.structure.formula(), "Si");
    assert_eq!(atom.structure.cell, None);
    assert!(atom.notes.is_empty());
    let zeros = one("1\nLattice=\"0 0 0 0 0 0 0 0 0\" pbc=\"T T T\"\nH 0 0 0\n");
    assert_eq!(zeros.structure.cell, None);
    assert_eq!(zeros.notes.list().len(), 1);
}

/// ASE keeps the zero vector; nothing can repeat along it.
#[test]
fn axes_with_vectors_of_zeros_are_not_periodic() {
    let slab = one("1\nLattice=\"3 0 0 0 3 0 0 0 0\" pbc=\"T T T\"\nH 0 0 0\n");
    let cell = slab.structure.cell.unwrap();
    assert_eq!(cell.periodic(), [true, true, false]);
    assert_eq!(cell.lengths()[..2], [3.0, 3.0]);
    assert_eq!(
        sentences(&slab.notes),
        ["line 2: a vector of Lattice is zero: nothing repeats along it"]
    );
}

#[test]
fn a_message_shows_the_invalid_value() {
    let name = "pbc-message.xyz";
    let error = read(&bytes(name), name, FrameSelection::LAST).unwrap_err();
    assert_eq!(
        error.to_string(),
        "pbc-message.xyz:2: expected three of T or F for pbc, as in \"T T F\", found \"TTF\""
    );
    let error = parse(
        "1\nLattice=\"1 0 0\" pbc=\"T T T\"\nH 0 0 0\n",
        FrameSelection::LAST,
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.xyz:2: expected nine numbers for Lattice, found \"1 0 0\""
    );
}

/// Copper with everything that is read of motion: velocities, whole and partial constraints, isotopes.
fn moving() -> Configuration {
    let mut frame = one("4\nLattice=\"3.6 0 0 0 3.6 0 0 0 3.6\" \
         Properties=species:S:1:pos:R:3:velocities:R:3:move_mask:L:3\n\
         Cu 0 0 0 0.1 0.2 -0.3 T T T\nCu 0 1.8 1.8 0 0 0 F F F\n\
         D 1.8 0 1.8 0.01 0 0 F T T\nT 1.8 1.8 0 0 0 1e-9 T T T\n");
    frame.notes = Notes::default();
    frame
}

fn without_notes(mut configuration: Configuration) -> Configuration {
    configuration.notes = Notes::default();
    configuration
}

fn masses(structure: &Structure) -> Vec<f64> {
    (0..structure.len())
        .map(|atom| structure.mass(atom))
        .collect()
}

#[test]
fn motion_constraints_and_isotopes_survive_being_written_and_read_again() {
    let before = moving();
    assert_eq!(before.structure.fixed(), [false, true, false, false]);
    for format in [Format::ExtendedXyz, Format::Poscar] {
        let file = write_as(std::slice::from_ref(&before), format).unwrap();
        let name = if format == Format::Poscar {
            "POSCAR"
        } else {
            "a.xyz"
        };
        let after = without_notes(read(&file, name, FrameSelection::LAST).unwrap().remove(0));
        let (one, other) = (&before.structure, &after.structure);
        assert_eq!(one.elements(), other.elements());
        assert_eq!(masses(one), masses(other));
        assert_eq!(one.fixed(), other.fixed());
        assert_eq!(one.arrays()["move_mask"], other.arrays()["move_mask"]);
        let velocities = before.velocities.iter().flatten();
        for (one, other) in velocities.zip(after.velocities.as_ref().unwrap()) {
            assert!(one.abs_diff_eq(*other, 1e-15), "{one} {other}");
        }
        assert_eq!(after.velocities.as_ref().unwrap().len(), 4);
    }
}

#[test]
fn an_atom_no_longer_fixed_is_written_movable() {
    let mut frame = moving();
    frame.structure.fixed_mut()[1] = false;
    frame.structure.fixed_mut()[0] = true;
    let mask = Column::new(
        Data::Bools([[false; 3], [true; 3], [false, true, true], [true; 3]].concat()),
        3,
    );
    for (format, name) in [(Format::ExtendedXyz, "a.xyz"), (Format::Poscar, "POSCAR")] {
        let file = write_as(std::slice::from_ref(&frame), format).unwrap();
        let after = read(&file, name, FrameSelection::LAST).unwrap().remove(0);
        assert_eq!(
            after.structure.fixed(),
            [true, false, false, false],
            "{name}"
        );
        assert_eq!(after.structure.arrays().get("move_mask"), mask.as_ref());
    }
}

/// Residues 52, 52A and 52B of an antibody: the codes are carried along by name.
#[test]
fn insertion_codes_survive_being_written_and_read_again() {
    let atom = |(x, code): (f64, char)| {
        format!(
            "ATOM      1  CA  GLY H  52{code}   {x:8.3}   0.000   0.000  1.00  0.00           C\n"
        )
    };
    let file = [(1.0, ' '), (4.0, 'A'), (7.0, 'B')].map(atom).concat();
    let frames = read(file.as_bytes(), "a.pdb", FrameSelection::ALL).unwrap();
    let codes = frames[0].structure.arrays()["insertion_code"].clone();
    let texts = ["", "A", "B"].map(str::to_owned).to_vec();
    assert_eq!(codes.data(), &Data::Texts(texts));
    let written = write_as(&frames, Format::ExtendedXyz).unwrap();
    let again = read(&written, "a.xyz", FrameSelection::LAST)
        .unwrap()
        .remove(0);
    assert_eq!(again.structure.arrays()["insertion_code"], codes);
}
