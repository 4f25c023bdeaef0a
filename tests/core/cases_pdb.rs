//! PDB and mmCIF files that were once read wrongly or refused, in `tests/data/cases`.
//!
//! The comment of each test names the program that established the expected value.

use mlipview::chem::Structure;
use mlipview::chem::format::{Configuration, Selection, read};

fn case(name: &str) -> Configuration {
    let path = format!("{}/tests/data/cases/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let mut frames = read(&bytes, name, Selection::ALL).unwrap();
    assert_eq!(frames.len(), 1, "frames of {name}");
    frames.remove(0)
}

/// The symbols of all atoms, a blank between them.
fn symbols(structure: &Structure) -> String {
    let symbols = structure.elements().iter().map(|element| element.symbol());
    symbols.collect::<Vec<_>>().join(" ")
}

/// gemmi.
#[test]
fn an_x_ray_mmcif_opens_although_two_of_its_names_differ_by_a_dot_only() {
    let structure = case("mmcif-xray.cif").structure;
    assert_eq!(symbols(&structure), "N C C O");
    assert_eq!(structure.cell.unwrap().lengths(), [40.0; 3]);
}
