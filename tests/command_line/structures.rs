//! Structures by name: files, built-in structures, SMILES.

use tempfile::TempDir;

use super::folder;
use crate::program::{json_lines, mlipview, text};

#[cfg(feature = "smiles")]
#[test]
fn smiles_strings_are_structures() {
    let folder = folder();
    let info = json_lines(&mlipview(&folder, &["info", "smiles:CC(=O)[O-]", "--json"]));
    assert_eq!(info[0]["formula"], "C2H3O2");
    assert_eq!(info[0]["charge"], -1);
}

#[test]
fn the_library_is_listed_and_searched() {
    let folder = folder();
    let all = json_lines(&mlipview(&folder, &["library", "--json"]));
    assert!(all.len() >= 30, "{}", all.len());
    let found = text(&mlipview(&folder, &["library", "caffeine"]).stdout);
    assert!(found.contains("C8H10N4O2"), "{found}");
}

#[test]
fn a_key_alone_is_a_built_in_structure_unless_such_a_file_exists() {
    let folder = folder();
    let atoms = |folder: &TempDir| {
        let output = mlipview(
            folder,
            &["energy", "copper", "--potential", "emt", "--json"],
        );
        json_lines(&output)[0]["n_atoms"].as_u64()
    };
    assert_eq!(atoms(&folder), Some(32));
    let misspelled = mlipview(&folder, &["energy", "cooper"]);
    let error = String::from_utf8_lossy(&misspelled.stderr).into_owned();
    assert!(
        error.contains("no file and no built-in structure called 'cooper'"),
        "{error}"
    );
    let one = "1\nLattice=\"2.55 0 0 0 2.55 0 0 0 2.55\"\nCu 0 0 0\n";
    std::fs::write(folder.path().join("copper"), one).unwrap();
    assert_ne!(atoms(&folder), Some(32));
}
