//! Floating point precision: f64 in `core`.

use crate::paths::paths;
use crate::sources::{check_all, in_any};

/// Calculates in f64, except for the places of [`SINGLE_PRECISION`].
const DOUBLE_PRECISION: &str = "crates/core/src";
const SINGLE_PRECISION: &[&str] = &[
    "crates/core/src/potential/network",
    "crates/core/src/potential/nep",
];

#[test]
fn the_core_calculates_in_double_precision() {
    check_all(casts_to_single);
}

#[test]
fn a_cast_to_single_precision_is_found() {
    let sim = "crates/core/src/sim/engine.rs";
    let count = |file: &str, source: &str| casts_to_single(file, source).len();
    assert_eq!(count(sim, "let x = y as\n  f32;"), 1);
    let viewer = "crates/viewer/src/simulation.rs";
    assert_eq!(count(viewer, "let x = y as f32;"), 0);
    assert_eq!(count(sim, "// as f32\nlet x = f64::from(y);"), 0);
}

/// Casts to f32 in a file that calculates in f64.
fn casts_to_single(file: &str, source: &str) -> Vec<String> {
    if !in_any(file, &[DOUBLE_PRECISION]) || in_any(file, SINGLE_PRECISION) {
        return Vec::new();
    }
    let words = paths(source);
    let casts = words
        .windows(2)
        .filter(|pair| pair[0].1 == ["as"] && pair[1].1 == ["f32"]);
    casts
        .map(|pair| format!("{file}:{} casts to f32", pair[1].0))
        .collect()
}
