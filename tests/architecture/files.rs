//! Length of files, and their first lines.

use crate::sources::check_all;

/// Maximum number of lines of a file; longer files hold two nouns.
const MAX_LINES: usize = 400;

/// Longer files, each with its reason.
const LONGER: &[&str] = &[
    // A table of 118 elements.
    "crates/core/src/chem/element/table.rs",
];

#[test]
fn every_file_states_its_purpose_and_is_short() {
    check_all(violations);
}

#[test]
fn a_file_without_purpose_or_too_long_is_found() {
    let file = "crates/core/src/sim/state.rs";
    assert_eq!(violations(file, "use std::fmt;").len(), 1);
    let long = format!("//! State.\n{}", "\n".repeat(MAX_LINES));
    assert_eq!(violations(file, &long).len(), 1);
    assert_eq!(violations(file, "//! State.").len(), 0);
}

/// A missing first line, or too many lines.
fn violations(file: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !source.starts_with("//! ") {
        found.push(format!("{file}:1 does not state its purpose (`//! ...`)"));
    }
    let lines = source.lines().count();
    if lines > MAX_LINES && !LONGER.contains(&file) {
        found.push(format!("{file} has {lines} lines, more than {MAX_LINES}"));
    }
    found
}
