//! UMA on the command line, with small models of random weights.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

#[path = "uma/reference.rs"]
mod reference;

use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use reference::{data, reference};

/// `tests/data/uma`, from the folder of this package.
const FOLDER: &str = "tests/data/uma";

/// Runs the program in a folder of its own, with an empty folder of models.
fn mlipview(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mlipview"))
        .current_dir(folder)
        .env("MLIPVIEW_MODELS", folder.path().join("models"))
        .args(arguments)
        .output()
        .unwrap()
}

/// Water of the references as a file.
fn folder_with_water() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (water, _) = reference("tiny-1p1", "water");
    let mut text = "3\n\n".to_owned();
    for (element, place) in water.elements().iter().zip(water.positions()) {
        text.push_str(&format!(
            "{} {} {} {}\n",
            element.symbol(),
            place.x,
            place.y,
            place.z
        ));
    }
    std::fs::write(folder.path().join("water.xyz"), text).unwrap();
    folder
}

fn energy(output: &Output) -> f64 {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    found["energy"].as_f64().unwrap()
}

fn refusal(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn whoever_has_the_file_types_one_command() {
    let folder = folder_with_water();
    let model = data("tiny-1p1/checkpoint.pt");
    let model = model.to_str().unwrap();
    let command = [
        "energy",
        "water.xyz",
        "--json",
        "--potential",
        "uma",
        "--model",
        model,
    ];
    let (_, due) = reference("tiny-1p1", "water");
    let neutral = mlipview(
        &folder,
        &[&command[..], &["--task", "omol", "--device", "cpu"]].concat(),
    );
    assert!((energy(&neutral) - due).abs() < 1e-4);
    let cation = mlipview(
        &folder,
        &[&command[..], &["--charge", "1", "--multiplicity", "2"]].concat(),
    );
    let (_, due) = reference("tiny-1p1", "water_cation");
    assert!((energy(&cation) - due).abs() < 1e-4);
}

#[test]
fn an_imported_model_is_taken_without_being_asked_for() {
    let folder = folder_with_water();
    let model = data("tiny-1p1/checkpoint.pt");
    let imported = mlipview(
        &folder,
        &["model", "import", model.to_str().unwrap(), "--name", "mine"],
    );
    assert!(imported.status.success());
    let (_, due) = reference("tiny-1p1", "water");
    let automatic = mlipview(&folder, &["energy", "water.xyz", "--json"]);
    assert!((energy(&automatic) - due).abs() < 1e-4);
    assert!(String::from_utf8_lossy(&automatic.stdout).contains("UMA-1.1 omol"));
    let exact = mlipview(
        &folder,
        &[
            "energy",
            "water.xyz",
            "--json",
            "--potential",
            "uma:model=mine,precision=double",
        ],
    );
    assert!((energy(&exact) - due).abs() < 1e-9);
}

#[test]
fn a_relaxation_goes_downhill_under_uma() {
    let folder = folder_with_water();
    let model = data("tiny-1p1");
    let before = energy(&mlipview(
        &folder,
        &[
            "energy",
            "water.xyz",
            "--json",
            "--potential",
            "uma",
            "--model",
            model.to_str().unwrap(),
        ],
    ));
    let relaxed = mlipview(
        &folder,
        &[
            "relax",
            "water.xyz",
            "--json",
            "--potential",
            "uma",
            "--model",
            model.to_str().unwrap(),
            "--fmax",
            "0.05",
            "--steps",
            "60",
            "-o",
            "relaxed.xyz",
        ],
    );
    let said = String::from_utf8_lossy(&relaxed.stderr);
    let last = String::from_utf8_lossy(&relaxed.stdout);
    let last: Value = serde_json::from_str(last.lines().last().unwrap()).unwrap();
    assert!(
        last["energy"].as_f64().unwrap() < before - 0.05,
        "{said} {last}"
    );
}

#[test]
fn what_cannot_be_had_is_refused_with_a_way_out() {
    let folder = folder_with_water();
    let model = data("tiny-1p1");
    let model = model.to_str().unwrap();
    let ask = |words: &[&str]| {
        let command = ["energy", "water.xyz", "--potential"];
        refusal(&mlipview(&folder, &[&command[..], words].concat()))
    };
    let none = ask(&["uma"]);
    assert!(none.contains("mlipview model import"), "{none}");
    let task = ask(&["uma", "--model", model, "--task", "omoll"]);
    assert!(
        task.contains("no task \"omoll\"") && task.contains("omol"),
        "{task}"
    );
    let device = ask(&["uma", "--model", model, "--device", "tpu"]);
    assert!(
        device.contains("cpu, cuda") && device.contains("wgpu"),
        "{device}"
    );
    let both = ask(&["uma:device=wgpu,precision=double", "--model", model]);
    assert!(both.contains("the processor alone"), "{both}");
    let path = ask(&["uma:model=/etc/passwd"]);
    assert!(path.contains("/etc/passwd"), "{path}");
    std::fs::write(folder.path().join("broken.pt"), b"PK\x03\x04 and no more").unwrap();
    let broken = ask(&["uma", "--model", "broken.pt"]);
    assert!(broken.contains("broken.pt"), "{broken}");
}

#[test]
fn devices_are_tried_and_the_processor_always_works() {
    let folder = folder_with_water();
    let said = mlipview(&folder, &["devices", "--json"]);
    let said = String::from_utf8(said.stdout).unwrap();
    let devices = said
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let devices: Vec<Value> = devices.collect();
    assert_eq!(
        (&devices[0]["device"], &devices[0]["works"]),
        (&Value::from("cpu"), &Value::from(true))
    );
    for device in &devices[1..] {
        let works = device["works"].as_bool().unwrap();
        assert_eq!(works, device["reason"].is_null(), "{device}");
    }
}
