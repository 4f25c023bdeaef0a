//! Runs the program in a temporary folder, and reads its output.

#![allow(dead_code, reason = "each test that includes this uses a part of it")]

use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// Runs the program with an empty models folder inside `folder`.
pub(crate) fn mlipview(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mlipview"))
        .current_dir(folder)
        .env("MLIPVIEW_MODELS", folder.path().join("models"))
        .args(arguments)
        .output()
        .unwrap()
}

/// The text of an output stream.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The standard output of a successful run, one JSON object per line.
pub(crate) fn json_lines(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The error message of a failed run.
pub(crate) fn error_message(output: &Output) -> String {
    assert!(!output.status.success(), "{}", text(&output.stdout));
    text(&output.stderr)
}
