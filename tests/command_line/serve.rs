//! The command `serve`: the potential of a session.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::folder;

/// Two argon atoms with their potential, as a person would write it.
const SESSION: &str = r#"{
  "format": "mlipview session",
  "version": 1,
  "structure": {"elements": ["Ar", "Ar"], "positions": [[0, 0, 0], [3.8, 0, 0]]},
  "potential": "lj:sigma=3.3,epsilon=0.02"
}"#;

/// The first line of the log.
fn log_of(arguments: &[&str]) -> String {
    let folder = folder();
    std::fs::write(folder.path().join("pair.json"), SESSION).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_mlipview"))
        .current_dir(&folder)
        .args(["serve", "pair.json", "--listen", "127.0.0.1:0"])
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.next();
    child.kill().unwrap();
    child.wait().unwrap();
    line.unwrap().unwrap()
}

#[test]
fn a_session_is_served_with_its_potential_unless_another_is_asked_for() {
    let own = log_of(&[]);
    assert!(own.contains("lj:sigma=3.3,epsilon=0.02"), "{own}");
    let other = log_of(&["--potential", "lj:sigma=3,epsilon=0.01"]);
    assert!(other.contains("lj:sigma=3,epsilon=0.01"), "{other}");
}
