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
    // Frames and a picture each.
    assert_eq!(samples.count(), 4);
}

#[test]
fn two_trainings_do_not_share_a_folder() {
    let folder = folder();
    write_labels(&folder);
    let run = folder.path().join("mine.training");
    fs::create_dir(&run).unwrap();
    let held = fs::File::create(run.join("lock")).unwrap();
    held.lock().unwrap();
    let arguments = "train labels.xyz --epochs 1 -o mine.safetensors";
    let message = error_message(&output(&folder, arguments));
    assert!(message.contains("another training is using"), "{message}");
    assert!(!folder.path().join("mine.safetensors").exists());
    held.unlock().unwrap();
    self::run(&folder, arguments);
}

#[cfg(unix)]
#[test]
fn an_interrupted_training_continues_to_the_same_parameters() {
    let folder = folder();
    write_labels(&folder);
    let arguments = "train labels.xyz --start scratch --epochs 40 --batch 12 --samples 0";
    run(&folder, &format!("{arguments} -o whole.safetensors"));
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
    // Also without -o: the file is the result so far.
    let said = run(&folder, arguments);
    assert!(said.contains("continues from step"), "{said}");
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert!(read("whole.safetensors") == read("labels.safetensors"));
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

#[test]
fn invalid_numbers_are_told_before_the_first_step() {
    let folder = folder();
    write_labels(&folder);
    for (arguments, expected) in [
        ("--learning-rate=-1", "invalid --learning-rate -1"),
        ("--force-weight=nan", "invalid --force-weight NaN"),
        ("--validation=1.5", "invalid --validation 1.5"),
        ("--device=abacus", "unknown device abacus: expected cpu"),
        ("-o=mine.pt", "expected a name that ends in .safetensors"),
    ] {
        let error = error_message(&output(&folder, &format!("train labels.xyz {arguments}")));
        assert!(error.contains(expected), "{error}");
    }
    assert!(!folder.path().join("labels.training").exists());
}
