//! UMA on the command line, with small models of random weights.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

#[path = "common/program.rs"]
mod program;
#[path = "uma/reference.rs"]
mod reference;

use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use program::{error_message, mlipview, text};
use reference::{data, reference};

/// `tests/data/uma`, from the folder of this package.
const FOLDER: &str = "tests/data/uma";

/// A folder with the water of the references as a file.
fn folder_with_water() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (water, _) = reference("tiny-1p1", "water");
    let mut text = "3\n\n".to_owned();
    for (element, position) in water.elements().iter().zip(water.positions()) {
        text.push_str(&format!(
            "{} {} {} {}\n",
            element.symbol(),
            position.x,
            position.y,
            position.z
        ));
    }
    std::fs::write(folder.path().join("water.xyz"), text).unwrap();
    folder
}

fn energy(output: &Output) -> f64 {
    assert!(output.status.success(), "{}", text(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    found["energy"].as_f64().unwrap()
}

#[test]
fn a_checkpoint_file_needs_one_command() {
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
    let (_, expected) = reference("tiny-1p1", "water");
    let neutral = mlipview(
        &folder,
        &[&command[..], &["--task", "omol", "--device", "cpu"]].concat(),
    );
    assert!((energy(&neutral) - expected).abs() < 1e-4);
    let cation = mlipview(
        &folder,
        &[&command[..], &["--charge", "1", "--multiplicity", "2"]].concat(),
    );
    let (_, expected) = reference("tiny-1p1", "water_cation");
    assert!((energy(&cation) - expected).abs() < 1e-4);
}

#[test]
fn an_imported_model_is_chosen_automatically() {
    let folder = folder_with_water();
    let model = data("tiny-1p1/checkpoint.pt");
    let imported = mlipview(
        &folder,
        &["model", "import", model.to_str().unwrap(), "--name", "mine"],
    );
    assert!(imported.status.success());
    let (_, expected) = reference("tiny-1p1", "water");
    let automatic = mlipview(&folder, &["energy", "water.xyz", "--json"]);
    assert!((energy(&automatic) - expected).abs() < 1e-4);
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
    assert!((energy(&exact) - expected).abs() < 1e-9);
}

#[test]
fn a_relaxation_with_uma_lowers_the_energy() {
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
    let message = String::from_utf8_lossy(&relaxed.stderr);
    let last = String::from_utf8_lossy(&relaxed.stdout);
    let last: Value = serde_json::from_str(last.lines().last().unwrap()).unwrap();
    assert!(
        last["energy"].as_f64().unwrap() < before - 0.05,
        "{message} {last}"
    );
}

#[test]
fn unavailable_models_tasks_and_devices_are_refused_with_a_remedy() {
    let folder = folder_with_water();
    let model = data("tiny-1p1");
    let model = model.to_str().unwrap();
    let error_of = |words: &[&str]| {
        let command = ["energy", "water.xyz", "--potential"];
        error_message(&mlipview(&folder, &[&command[..], words].concat()))
    };
    let none = error_of(&["uma"]);
    assert!(none.contains("mlipview model import"), "{none}");
    let task = error_of(&["uma", "--model", model, "--task", "omoll"]);
    assert!(
        task.contains("unknown task \"omoll\"") && task.contains("omol"),
        "{task}"
    );
    let device = error_of(&["uma", "--model", model, "--device", "tpu"]);
    assert!(
        device.contains("cpu, cuda") && device.contains("wgpu"),
        "{device}"
    );
    let both = error_of(&["uma:device=wgpu,precision=double", "--model", model]);
    assert!(both.contains("only available on the CPU"), "{both}");
    let path = error_of(&["uma:model=/etc/passwd"]);
    assert!(path.contains("/etc/passwd"), "{path}");
    std::fs::write(folder.path().join("broken.pt"), b"PK\x03\x04 and no more").unwrap();
    let broken = error_of(&["uma", "--model", "broken.pt"]);
    assert!(broken.contains("broken.pt"), "{broken}");
}

#[test]
fn devices_are_tested_and_the_cpu_always_works() {
    let folder = folder_with_water();
    let message = mlipview(&folder, &["devices", "--json"]);
    let message = String::from_utf8(message.stdout).unwrap();
    let devices = message
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

/// The mechanics of learning with the most expensive teacher; with random weights it teaches nothing useful.
#[cfg(feature = "training")]
#[test]
fn uma_teaches_nano_during_dynamics_and_its_answers_are_labels() {
    let folder = folder_with_water();
    let model = data("tiny-1p1/checkpoint.pt");
    let model = model.to_str().unwrap();
    let learn = "learn:teacher=\"uma:task=omol,precision=double\",student=nano,labels=labels.xyz";
    let dynamics = [
        "md",
        "water.xyz",
        "--steps",
        "40",
        "--potential",
        learn,
        "--model",
        model,
        "-o",
        "run.xyz",
    ];
    let run = mlipview(&folder, &dynamics);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let told = text(&run.stdout);
    assert!(told.contains("UMA-1.1 omol was asked for"), "{told}");
    let labels = std::fs::read_to_string(folder.path().join("labels.xyz")).unwrap();
    let label = labels.lines().nth(1).unwrap();
    let labeled = label
        .split(' ')
        .find_map(|word| word.strip_prefix("energy="));
    let labeled: f64 = labeled.unwrap().parse().unwrap();
    let again = [
        "energy",
        "labels.xyz@0",
        "--json",
        "--potential",
        "uma:task=omol,precision=double",
        "--model",
        model,
    ];
    assert!((energy(&mlipview(&folder, &again)) - labeled).abs() < 1e-6);
}
