//! `--rigid` of `mlipview md` and `relax`: molecules that keep their geometry.

use super::{folder, numbers};
use crate::program::{json_lines, mlipview, text};

/// Distances of the oxygen to both hydrogens and between them, in every water of a dimer, Å.
fn distances(positions: &serde_json::Value) -> Vec<f64> {
    let positions = numbers(positions);
    let distance = |one: usize, other: usize| {
        let difference = |axis: usize| positions[3 * one + axis] - positions[3 * other + axis];
        (0..3)
            .map(|axis| difference(axis).powi(2))
            .sum::<f64>()
            .sqrt()
    };
    [0, 3]
        .iter()
        .flat_map(|first| [(0, 1), (0, 2), (1, 2)].map(|(a, b)| distance(first + a, first + b)))
        .collect()
}

fn geometry() -> Vec<f64> {
    let folder = folder();
    let arguments = ["relax", "library:water-dimer", "--steps", "0", "--json"];
    let output = mlipview(&folder, &arguments);
    distances(&json_lines_of_any_end(&output).last().unwrap()["positions"])
}

/// The lines of a run that may end unconverged.
fn json_lines_of_any_end(output: &std::process::Output) -> Vec<serde_json::Value> {
    let lines = text(&output.stdout);
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn assert_same(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() < 1e-9,
            "{found} Å, not {expected} Å"
        );
    }
}

#[test]
fn rigid_molecules_keep_their_geometry_in_dynamics_and_their_temperature_counts_their_freedom() {
    let folder = folder();
    let run = |timestep: &str, more: &[&str]| {
        let mut arguments = vec![
            "md",
            "library:water-dimer",
            "--steps",
            "200",
            "--timestep",
            timestep,
            "--thermostat",
            "none",
            "--temperature",
            "100",
            "--json",
        ];
        arguments.extend(more);
        json_lines(&mlipview(&folder, &arguments))
    };
    let rigid = run("2", &["--rigid", "all"]);
    let last = rigid.last().unwrap();
    assert_same(&distances(&last["positions"]), &geometry());
    // 2 bodies of 6, without the 6 of the whole: K = 6 kT/2.
    let kinetic = last["kinetic_energy"].as_f64().unwrap();
    let temperature = last["temperature"].as_f64().unwrap();
    let expected = kinetic / (3.0 * 8.617_333_262e-5);
    assert!(
        (temperature - expected).abs() < 1e-6 * expected,
        "{temperature} K, {expected} K"
    );
    let totals: Vec<f64> = rigid[..rigid.len() - 1]
        .iter()
        .map(|line| line["total_energy"].as_f64().unwrap())
        .collect();
    let spread = totals
        .iter()
        .fold(0.0_f64, |worst, total| worst.max((total - totals[0]).abs()));
    assert!(spread < 2e-3, "{spread} eV");
    // One of the two: the other bends and stretches.
    let one = run("0.5", &["--rigid", "0"]);
    let distances = distances(&one.last().unwrap()["positions"]);
    assert_same(&distances[..3], &geometry()[..3]);
    assert!((distances[3] - geometry()[3]).abs() > 1e-4);
    // The shape of the output is the same with and without.
    let keys = |line: &serde_json::Value| {
        line.as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let flexible = run("0.5", &[]);
    assert_eq!(keys(flexible.last().unwrap()), keys(last));
}

#[test]
fn rigid_molecules_relax_to_a_lower_energy_with_their_geometry() {
    let folder = folder();
    let arguments = [
        "relax",
        "library:water-dimer",
        "--rigid",
        "O",
        "--fmax",
        "0.005",
        "--json",
    ];
    let lines = json_lines(&mlipview(&folder, &arguments));
    let last = lines.last().unwrap();
    assert_eq!(last["outcome"], "converged");
    assert_same(&distances(&last["positions"]), &geometry());
    let energy = |line: &serde_json::Value| line["energy"].as_f64().unwrap();
    assert!(energy(last) <= energy(&lines[0]));
    let force = lines[lines.len() - 2]["max_force"].as_f64().unwrap();
    assert!(force < 0.005, "{force} eV/Å");
}

#[test]
fn selections_without_molecules_and_cells_that_would_relax_are_refused() {
    let folder = folder();
    for (arguments, words) in [
        (
            vec!["md", "library:water", "--rigid", "Fe"],
            "no atom matches --rigid 'Fe'",
        ),
        (
            vec!["md", "library:quartz", "--rigid", "all"],
            "repeats through the faces of the cell",
        ),
        (
            vec!["relax", "library:ice-ih", "--rigid", "all", "--cell"],
            "keep the cell fixed",
        ),
        (
            vec!["relax", "library:water", "--rigid", "z <"],
            "in --rigid",
        ),
    ] {
        let output = mlipview(&folder, &arguments);
        assert!(!output.status.success(), "{arguments:?}");
        let message = text(&output.stderr);
        assert!(message.contains(words), "{arguments:?}: {message}");
    }
}
