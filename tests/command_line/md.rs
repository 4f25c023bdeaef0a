//! `mlipview md`: agreement with ASE, velocities, interruption.

use std::path::Path;
#[cfg(unix)]
use std::process::Command;

use super::{folder, reference, write_copper};
use crate::program::{json_lines, mlipview, text};

#[test]
fn dynamics_of_an_argon_box_agree_with_ase() {
    let folder = folder();
    let start = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/reference/argon_md.xyz");
    let arguments = [
        "md",
        start.to_str().unwrap(),
        "--potential",
        "lj:sigma=3.405,epsilon=0.0104,cutoff=7,smooth=true",
        "--thermostat",
        "none",
        "--timestep",
        "4",
        "--steps",
        "200",
        "--every",
        "50",
        "--json",
    ];
    let found = json_lines(&mlipview(&folder, &arguments));
    let expected = reference("argon_md.json");
    assert_eq!(found.len(), 6, "five reported steps and the outcome");
    for (found, expected) in found.iter().zip(expected.as_array().unwrap()) {
        assert_eq!(found["step"], expected["step"]);
        for key in ["potential_energy", "kinetic_energy"] {
            let (found, expected) = (
                found[key].as_f64().unwrap(),
                expected[key].as_f64().unwrap(),
            );
            // ASE 3.29 has the constants of CODATA 2014, which makes its femtosecond 1e-8 longer.
            assert!(
                (found - expected).abs() < 2e-7,
                "{key}: {found} and in ASE {expected}"
            );
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_dynamics_and_another_does_not() {
    let folder = folder();
    write_copper(&folder);
    let run = |seed| {
        let arguments = [
            "md",
            "cu.xyz",
            "--steps",
            "20",
            "--timestep",
            "2",
            "--seed",
            seed,
            "--json",
        ];
        json_lines(&mlipview(&folder, &arguments)).pop().unwrap()
    };
    let (one, other, third) = (run("1"), run("1"), run("2"));
    assert_eq!(one, other);
    assert_ne!(one["positions"], third["positions"]);
}

#[test]
fn argon_without_a_thermostat_conserves_its_energy() {
    let folder = folder();
    let arguments = [
        "md",
        "library:argon-liquid",
        "--thermostat",
        "none",
        "--temperature",
        "90",
        "--timestep",
        "5",
        "--steps",
        "400",
        "--every",
        "100",
        "-o",
        "run.xyz",
    ];
    let output = mlipview(&folder, &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("Lennard-Jones"),
        "{}",
        text(&output.stdout)
    );
    let table: Vec<Vec<f64>> = text(&output.stdout)
        .lines()
        .filter_map(|line| {
            line.split_whitespace()
                .map(|word| word.parse().ok())
                .collect()
        })
        .collect();
    assert_eq!(table.len(), 5, "steps 0, 100 … 400");
    let total = |row: &Vec<f64>| row[4];
    let drift = (total(&table[4]) - total(&table[0])).abs();
    assert!(drift < 1e-2, "{drift} eV");

    // The trajectory has velocities, so a run continues from it.
    let arguments = [
        "md",
        "run.xyz",
        "--thermostat",
        "none",
        "--timestep",
        "5",
        "--steps",
        "1",
        "--json",
    ];
    let resumed = json_lines(&mlipview(&folder, &arguments));
    let total = resumed[0]["total_energy"].as_f64().unwrap();
    assert!((total - table[4][4]).abs() < 1e-5, "{total}");
}

/// 300 K, with and without a thermostat.
#[test]
fn velocities_of_a_file_that_are_all_zero_are_drawn_at_the_temperature() {
    let folder = folder();
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/cases");
    let file = format!("{cases}/zero-velocities.vasp");
    for thermostat in ["none", "langevin", "bussi"] {
        let mut arguments = vec!["md", &file, "--steps", "1", "--thermostat", thermostat];
        arguments.extend(["--temperature", "300", "-o", "run.xyz"]);
        let message = text(&mlipview(&folder, &arguments).stdout);
        let line = "velocities: drawn at 300 K, as the atoms are at rest";
        assert!(message.contains(line), "{message}");
        arguments.push("--json");
        let start = &json_lines(&mlipview(&folder, &arguments))[0];
        let temperature = start["temperature"].as_f64().unwrap();
        assert!(
            (temperature - 300.0).abs() < 1e-6,
            "{thermostat}: {temperature} K"
        );
    }
    let resumed = ["md", "run.xyz", "--steps", "1", "-o", "more.xyz"];
    let message = text(&mlipview(&folder, &resumed).stdout);
    assert!(message.contains("velocities: from the file"), "{message}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_exits_with_130_and_keeps_its_frames() {
    let folder = folder();
    write_copper(&folder);
    let mut child = Command::new(env!("CARGO_BIN_EXE_mlipview"))
        .current_dir(&folder)
        .args([
            "md",
            "cu.xyz",
            "--steps",
            "100000000",
            "--every",
            "1",
            "-o",
            "run.xyz",
        ])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let recording = folder.path().join("run.xyz");
    while std::fs::metadata(&recording).map_or(0, |file| file.len()) < 20_000 {
        assert!(child.try_wait().unwrap().is_none(), "it exited");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let info = mlipview(&folder, &["info", "run.xyz@-1", "--json"]);
    assert_eq!(
        json_lines(&info)[0]["n_atoms"],
        32,
        "the last frame is whole"
    );
}

#[cfg(unix)]
#[test]
fn a_run_continues_after_its_output_was_closed() {
    let folder = folder();
    write_copper(&folder);
    let program = env!("CARGO_BIN_EXE_mlipview");
    let pipe = format!("'{program}' md cu.xyz --steps 500 --every 10 -o run.xyz | head -n 1");
    let shell = Command::new("sh")
        .args(["-c", &pipe])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(shell.status.success());
    let info = json_lines(&mlipview(&folder, &["info", "run.xyz@:", "--json"]));
    assert_eq!(info.len(), 51);
}
