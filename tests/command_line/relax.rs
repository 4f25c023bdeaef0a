//! `mlipview relax`: agreement with ASE, saved files, exit status.

use super::{folder, numbers, reference, write_copper};
use crate::program::{json_lines, mlipview, text};

#[test]
fn a_relaxed_metal_has_the_energy_and_the_steps_of_ase() {
    let folder = folder();
    write_copper(&folder);
    let expected = &reference("md_opt_ase.json")["relax_BFGS"];
    let arguments = [
        "relax",
        "cu.xyz",
        "--optimizer",
        "bfgs",
        "--fmax",
        "0.01",
        "--json",
    ];
    let lines = json_lines(&mlipview(&folder, &arguments));
    let last = lines.last().unwrap();
    assert_eq!(last["outcome"], "converged");
    assert_eq!(last["potential"], "EMT");
    assert_eq!(last["steps"], expected["steps"]);
    let (found, expected) = (
        last["energy"].as_f64().unwrap(),
        expected["E_eV"].as_f64().unwrap(),
    );
    assert!((found - expected).abs() < 1e-7, "{found} {expected}");
    assert_eq!(lines.len(), 18, "the start, 16 steps, and the outcome");
}

#[test]
fn a_relaxed_surface_has_the_energy_and_the_steps_of_ase() {
    let folder = folder();
    let cases = reference("relaxations_ase.json");
    let cases = cases["cases"].as_array().unwrap();
    let case = cases
        .iter()
        .find(|case| case["title"] == "surface, BFGS")
        .unwrap();
    let (numbers_of, positions) = (numbers(&case["numbers"]), numbers(&case["positions"]));
    let cell: Vec<String> = numbers(&case["cell"]).iter().map(f64::to_string).collect();
    let mut file = format!("13\nLattice=\"{}\" pbc=\"T T F\"\n", cell.join(" "));
    for (number, position) in numbers_of.iter().zip(positions.chunks(3)) {
        let [x, y, z] = position else {
            panic!("not three")
        };
        file.push_str(&format!("{number} {x} {y} {z}\n"));
    }
    std::fs::write(folder.path().join("slab.xyz"), file).unwrap();

    let arguments = [
        "relax",
        "slab.xyz",
        "--potential",
        "emt",
        "--fix",
        "0:4",
        "--optimizer",
        "bfgs",
        "--fmax",
        "0.01",
        "--json",
    ];
    let last = json_lines(&mlipview(&folder, &arguments)).pop().unwrap();
    assert_eq!(last["steps"], case["steps"]);
    let expected = numbers(&case["energies"]);
    let found = last["energy"].as_f64().unwrap();
    assert!((found - expected.last().unwrap()).abs() < 1e-8, "{found}");
    for (found, expected) in numbers(&last["positions"])
        .iter()
        .zip(numbers(&case["final_positions"]))
    {
        assert!((found - expected).abs() < 1e-6);
    }
}

#[test]
fn a_relaxed_cell_has_the_lattice_constant_of_ase() {
    let folder = folder();
    write_copper(&folder);
    let arguments = [
        "relax",
        "cu.xyz",
        "--cell",
        "--optimizer",
        "bfgs",
        "--fmax",
        "0.01",
        "--json",
    ];
    let lines = json_lines(&mlipview(&folder, &arguments));
    let last = lines.last().unwrap();
    let cell = numbers(&last["cell"]);
    let rows: Vec<glam::DVec3> = cell.chunks(3).map(glam::DVec3::from_slice).collect();
    let volume = glam::DMat3::from_cols(rows[0], rows[1], rows[2]).determinant();
    assert!(
        (volume.cbrt() / 2.0 - 3.58979).abs() < 1e-5,
        "{}",
        volume.cbrt() / 2.0
    );
    assert_eq!(
        last["steps"],
        reference("md_opt_ase.json")["cellrelax_BFGS_FrechetCell"]["steps"]
    );
}

#[test]
fn a_relaxation_saves_its_result_and_overwrites_only_named_files() {
    let folder = folder();
    write_copper(&folder);
    let first = mlipview(&folder, &["relax", "cu.xyz"]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    assert!(
        text(&first.stdout).contains("saved as cu.relaxed.xyz"),
        "{}",
        text(&first.stdout)
    );
    let second = mlipview(&folder, &["relax", "cu.xyz"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(
        text(&second.stderr).contains("-o"),
        "{}",
        text(&second.stderr)
    );
    let third = mlipview(
        &folder,
        &["relax", "cu.relaxed.xyz", "-o", "cu.relaxed.xyz"],
    );
    assert!(
        text(&third.stdout).contains("converged after 0 steps"),
        "{}",
        text(&third.stdout)
    );
}

#[test]
fn a_relaxation_that_runs_out_of_steps_exits_with_3_and_saves_its_structure() {
    let folder = folder();
    write_copper(&folder);
    let output = mlipview(
        &folder,
        &["relax", "cu.xyz", "--steps", "2", "-o", "out.xyz"],
    );
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stdout).contains("not converged after 2 steps"));
    assert!(folder.path().join("out.xyz").exists());
}

#[test]
fn fixed_atoms_do_not_move() {
    let folder = folder();
    write_copper(&folder);
    let arguments = ["relax", "cu.xyz", "--fix", "0:4, z>5", "--json"];
    let last = json_lines(&mlipview(&folder, &arguments)).pop().unwrap();
    let start = numbers(&reference("md_opt_ase.json")["start"]["positions"]);
    let moved = numbers(&last["positions"]);
    for atom in 0..32 {
        let xyz = 3 * atom..3 * atom + 3;
        let fixed = atom < 4 || start[3 * atom + 2] > 5.0;
        assert_eq!(start[xyz.clone()] == moved[xyz], fixed, "atom {atom}");
    }
}
