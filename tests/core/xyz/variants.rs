//! Variants of XYZ files, and errors.

use mlipview_core::chem::Element;
use mlipview_core::chem::format::{Configuration, FrameSelection, ParseError, read};
use mlipview_core::chem::properties::{Data, Value};

fn parse(text: &str) -> Result<Vec<Configuration>, ParseError> {
    read(text.as_bytes(), "a.xyz", FrameSelection::ALL)
}

fn one(text: &str) -> Configuration {
    parse(text).unwrap().remove(0)
}

#[test]
fn an_element_may_be_a_number_or_have_a_serial_number() {
    let frame = one("4\n\n29 0 0 0\nC1 0 0 2\nfe_12 0 0 4\nHE 0 0 6\n");
    let symbols: Vec<_> = frame
        .structure
        .elements()
        .iter()
        .map(|e| e.symbol())
        .collect();
    assert_eq!(symbols, ["Cu", "C", "Fe", "He"]);
    let labels = ["Cu", "C1", "fe_12", "HE"].map(str::to_owned).to_vec();
    assert_eq!(
        frame.structure.arrays()["label"].data(),
        &Data::Texts(labels)
    );
}

#[test]
fn numbers_may_have_fortran_exponents() {
    let frame = one("1\n\nAr 1.0D-3 -2d+1 +3.E0\n");
    assert_eq!(
        frame.structure.positions()[0].to_array(),
        [0.001, -20.0, 3.0]
    );
}

#[test]
fn blank_lines_may_stand_between_frames() {
    assert_eq!(
        parse("\n1\n\nH 0 0 0\n\n \n1\n\nH 0 0 0\n\n")
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_comment_without_pairs_is_kept() {
    let frame = one("1\n it's \"hot\" [today \nH 0 0 0");
    assert_eq!(
        frame.structure.info["comment"],
        Value::text("it's \"hot\" [today")
    );
}

#[test]
fn comments_may_be_in_latin_1() {
    let frame = &read(b"1\nunit=\xc5\nH 0 0 0\n", "a.xyz", FrameSelection::LAST).unwrap()[0];
    assert_eq!(frame.structure.info["unit"], Value::text("Å"));
}

#[test]
fn arrays_of_arrays_are_matrices() {
    let frame = one("1\na=[[1, 2, 3], [4, 5, 6]] b=[[T,F],[F,T]] c=[[1.5]] d=4\nH 0 0 0\n");
    let info = &frame.structure.info;
    let integers = Data::Integers(vec![1, 2, 3, 4, 5, 6]);
    assert_eq!(Some(&info["a"]), Value::matrix(integers, 3).as_ref());
    let bools = Data::Bools(vec![true, false, false, true]);
    assert_eq!(Some(&info["b"]), Value::matrix(bools, 2).as_ref());
    assert_eq!(
        Some(&info["c"]),
        Value::matrix(Data::Reals(vec![1.5]), 1).as_ref()
    );
    assert_eq!(info["d"], Value::integer(4));
}

#[test]
fn stress_may_be_in_voigt_order() {
    let frame = one("1\nstress=\"1 2 3 4 5 6\"\nH 0 0 0\n");
    let stress = frame.stress.unwrap();
    assert_eq!(
        stress.to_cols_array(),
        [1.0, 6.0, 5.0, 6.0, 2.0, 4.0, 5.0, 4.0, 3.0]
    );
}

#[test]
fn spin_is_the_multiplicity_and_zero_means_unspecified() {
    let stated = |comment: &str| {
        let frame = one(&format!("1\n{comment}\nH 0 0 0\n"));
        (frame.structure.charge, frame.structure.multiplicity())
    };
    assert_eq!(stated("charge=-1 spin=2"), (-1, 2));
    assert_eq!(stated("total_charge=1.0 total_spin=3"), (1, 3));
    assert_eq!(stated("charge=0 spin=0"), (0, 1));
    assert_eq!(stated("multiplicity=5 spin=5"), (0, 5));
    assert_eq!(stated("spin=0.37"), (0, 1));
}

#[test]
fn a_mask_that_frees_an_atom_along_some_axes_stays_an_array() {
    let frame =
        one("2\nProperties=species:S:1:pos:R:3:move_mask:L:3\nH 0 0 0 F F F\nH 0 0 1 T F T\n");
    assert_eq!(frame.structure.fixed(), [true, false]);
    assert_eq!(frame.structure.arrays()["move_mask"].width(), 3);
}

#[test]
fn errors_have_the_line_number() {
    for (text, message) in [
        ("", "a.xyz: expected at least one frame, found none"),
        (
            "two\n",
            "a.xyz:1: expected the number of atoms, found \"two\"",
        ),
        (
            "-1\n",
            "a.xyz:1: expected the number of atoms, found \"-1\"",
        ),
        (
            "2\n\nH 0 0 0\n",
            "a.xyz:4: expected 2 rows of atoms after line 2, found the end of the file after 1",
        ),
        (
            "1\n\nH 0 0\n",
            "a.xyz:3: expected a number for pos, found the end of the row",
        ),
        (
            "1\n\nH 0 zero 0\n",
            "a.xyz:3: expected a number for pos, found \"zero\"",
        ),
        (
            "1\n\nH 0 nan 0\n",
            "a.xyz:3: expected finite numbers for pos, found others",
        ),
        (
            "1\n\nCu_ghost 0 0 0\n",
            "a.xyz:3: expected an element for species, found \"Cu_ghost\"",
        ),
        (
            "1\nLattice=\"1 2 3\"\nH 0 0 0\n",
            "a.xyz:2: expected nine numbers for Lattice, found \"1 2 3\"",
        ),
        (
            "1\nProperties=species:S:1\nH\n",
            "a.xyz:2: expected pos:R:3 among the Properties, found none",
        ),
        (
            "1\nProperties=species:S:1:pos:R:3:pos:R:3\nH\n",
            "a.xyz:2: expected Properties that name pos once, found \"species:S:1:pos:R:3:pos:R:3\"",
        ),
    ] {
        let error = parse(text).unwrap_err().to_string();
        assert_eq!(error, message, "{text:?}");
    }
}

#[test]
fn a_wrong_number_of_atoms_allocates_no_memory() {
    let rows = "999999999999999999\n\nH 0 0 0\n";
    assert!(parse(rows).unwrap_err().to_string().contains("after 1"));
    let columns = "1\nProperties=species:S:1:pos:R:3:a:R:999999999999999999\nH 0 0 0 1 2\n";
    let frame = one(columns);
    assert!(frame.structure.arrays().is_empty());
    assert!(frame.notes.list()[0].text.contains("the end of the row"));
}

#[test]
fn symbols_are_found_in_any_case() {
    for element in Element::all() {
        for symbol in [
            element.symbol().to_lowercase(),
            element.symbol().to_uppercase(),
        ] {
            assert_eq!(Element::from_symbol(&symbol), Some(element));
        }
    }
    for word in ["", "X", "Xx", "H1", "(u", "CuO", "C ", "\0"] {
        assert_eq!(Element::from_symbol(word), None, "{word:?}");
    }
}
