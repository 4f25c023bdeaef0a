//! The command `train`: labels in, parameters out, interrupted and continued.

use std::fs;
use std::process::{Command, Output};

use serde_json::json;
use tempfile::TempDir;

use super::folder;
use crate::program::{error_message, json_lines, mlipview, text};

/// Runs the program with words as arguments.
fn output(folder: &TempDir, arguments: &str) -> Output {
    mlipview(folder, &arguments.split(' ').collect::<Vec<_>>())
}

/// The same, successfully; returns its standard output.
fn run(folder: &TempDir, arguments: &str) -> String {
    let output = output(folder, arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// Writes labels of water by the potential nano.
fn write_labels(folder: &TempDir) {
    run(
        folder,
        "md library:water --potential nano --temperature 400 --steps 200 --every 10 \
         -o labels.xyz",
    );
}

#[test]
fn a_trained_network_is_used_by_its_potential() {
    let folder = folder();
    write_labels(&folder);
    let lines = json_lines(&output(
        &folder,
        "train labels.xyz --start scratch --epochs 3 --batch 12 --samples 2 -o mine.safetensors --json",
    ));
    let of = |kind: &str| lines.iter().filter(|line| line["callback"] == kind).count();
    assert!(of("progress") > 0 && of("validation") > 0, "{lines:?}");
    assert_eq!(of("sample"), 2, "{lines:?}");
    let last = lines.last().unwrap();
    assert_eq!(last["outcome"], "completed");
    assert_eq!(last["potential"], "solid");
    assert_eq!(last["card"]["training"]["elements"], json!(["H", "O"]));
    let energy = json_lines(&output(
        &folder,
        "energy library:water --potential solid:file=mine.safetensors --json",
    ));
    assert!(energy[0]["energy"].is_number() && energy[0]["forces"].is_array());
    let samples = fs::read_dir(folder.path().join("mine.training/samples")).unwrap();
    assert_eq!(samples.count(), 2);
}

#[cfg(unix)]
#[test]
fn an_interrupted_training_continues_to_the_same_parameters() {
    let folder = folder();
    write_labels(&folder);
    let train = "train labels.xyz --start scratch --epochs 40 --batch 12 --samples 0 -o";
    run(&folder, &format!("{train} whole.safetensors"));
    let arguments = format!("{train} parts.safetensors");
    let mut child = Command::new(env!("CARGO_BIN_EXE_mlipview"))
        .current_dir(&folder)
        .args(arguments.split(' '))
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let pid = child.id().to_string();
    Command::new("kill").args(["-INT", &pid]).status().unwrap();
    let code = child.wait().unwrap().code();
    // A fast machine may have been done before.
    assert!(code == Some(0) || code == Some(130), "{code:?}");
    let said = run(&folder, &arguments);
    assert!(said.contains("continues from step"), "{said}");
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert!(read("whole.safetensors") == read("parts.safetensors"));
    let other = output(&folder, &arguments.replace("--epochs 40", "--epochs 41"));
    let error = error_message(&other);
    assert!(error.contains("epochs was 40"), "{error}");
}

#[test]
fn broken_labels_are_told_before_the_first_step() {
    let folder = folder();
    let check = |content: &str, expected: &str| {
        fs::write(folder.path().join("bad.xyz"), content).unwrap();
        let error = error_message(&output(&folder, "train bad.xyz"));
        assert!(error.contains(expected), "{error}");
        assert!(!folder.path().join("bad.training").exists());
    };
    check(
        "1\nenergy=1.0\nH 0 0 0\n",
        "bad.xyz, frame 0: it has no forces",
    );
    check(
        "1\nProperties=species:S:1:pos:R:3:forces:R:3\nH 0 0 0 0 0 0\n",
        "bad.xyz, frame 0: it has no energy",
    );
    check(
        "1\nProperties=species:S:1:pos:R:3:forces:R:3 energy=1.0\nFe 0 0 0 0 0 0\n",
        "the labels contain Fe",
    );
}
