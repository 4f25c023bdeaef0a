//! `mlipview energy`: precision, cautions, errors.

use std::process::Command;

use super::{folder, numbers, write_copper};
use crate::program::{json_lines, mlipview, text};

#[test]
fn energies_are_printed_with_full_precision_one_line_for_each_structure() {
    let folder = folder();
    write_copper(&folder);
    let arguments = [
        "energy",
        "cu.xyz",
        "library:copper",
        "--potential",
        "emt",
        "--json",
    ];
    let lines = json_lines(&mlipview(&folder, &arguments));
    assert_eq!(lines.len(), 2);
    let first = &lines[0];
    assert_eq!(
        (first["potential"].as_str(), first["n_atoms"].as_u64()),
        (Some("EMT"), Some(32))
    );
    assert_eq!(numbers(&first["forces"]).len(), 96);
    assert_eq!(numbers(&first["stress"]).len(), 9);
    let energy = first["energy"].to_string();
    assert!(energy.len() > 14, "{energy} is not full precision");
}

#[test]
fn elements_without_parameters_are_refused_in_one_line_and_explained_with_verbose() {
    let folder = folder();
    std::fs::write(folder.path().join("po.xyz"), "1\n\nPo 0 0 0\n").unwrap();
    let refused = mlipview(&folder, &["energy", "po.xyz"]);
    let message = text(&refused.stderr);
    assert!(!refused.status.success());
    assert!(
        message.starts_with("mlipview: no potential here has parameters for Po:"),
        "{message}"
    );
    assert!(
        message.trim_end().lines().count() == 1 && message.contains("--verbose"),
        "{message}"
    );
    let explained = text(&mlipview(&folder, &["energy", "po.xyz", "--verbose"]).stderr);
    for potential in ["nano: not usable", "emt: not usable", "solid: not usable"] {
        assert!(explained.contains(potential), "{explained}");
    }
}

#[test]
fn a_structure_outside_the_training_data_is_computed_with_a_caution() {
    let folder = folder();
    let computed = mlipview(&folder, &["energy", "library:c60"]);
    let message = text(&computed.stdout);
    assert!(computed.status.success());
    for part in ["caution: ", "expected force error", "energy -"] {
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn the_energy_of_coincident_atoms_is_an_error() {
    let folder = folder();
    std::fs::write(folder.path().join("same.xyz"), "2\n\nCu 0 0 0\nCu 0 0 0\n").unwrap();
    let output = mlipview(&folder, &["energy", "same.xyz"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("not finite"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn an_unknown_instruction_set_is_refused_before_computing() {
    let folder = folder();
    let energy = |instruction_set: &str| {
        Command::new(env!("CARGO_BIN_EXE_mlipview"))
            .current_dir(&folder)
            .env("MLIPVIEW_CPU", instruction_set)
            .args(["energy", "library:water", "--json"])
            .output()
            .unwrap()
    };
    let refused = energy("sse9");
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(
        text(&refused.stderr),
        "mlipview: MLIPVIEW_CPU: unknown kind of CPU 'sse9'; expected avx512, avx2 or portable\n"
    );
    assert!(energy("portable").status.success());
    assert!(energy("").status.success());
}
