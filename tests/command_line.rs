//! The command line: the built program on files in a temporary folder.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

#[path = "common/program.rs"]
mod program;

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use program::{json_lines, mlipview, text};

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn reference(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/reference")
        .join(file);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().flat_map(numbers).collect(),
        value => vec![value.as_f64().unwrap()],
    }
}

/// The rattled copper of the ASE references, as a file.
fn write_copper(folder: &TempDir) {
    let start = &reference("md_opt_ase.json")["start"];
    let positions = numbers(&start["positions"]);
    let mut file = "32\nLattice=\"7.4 0 0 0 7.4 0 0 0 7.4\" pbc=\"T T T\"\n".to_owned();
    for position in positions.chunks(3) {
        file.push_str(&format!(
            "Cu {} {} {}\n",
            position[0], position[1], position[2]
        ));
    }
    std::fs::write(folder.path().join("cu.xyz"), file).unwrap();
}

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
fn energies_are_printed_with_full_precision_one_line_for_each_structure() {
    let folder = folder();
    write_copper(&folder);
    let arguments = [
        "energy",
        "cu.xyz",
        "library:copper",
        "--potential",
        "emt",
        "--json",
    ];
    let lines = json_lines(&mlipview(&folder, &arguments));
    assert_eq!(lines.len(), 2);
    let first = &lines[0];
    assert_eq!(
        (first["potential"].as_str(), first["n_atoms"].as_u64()),
        (Some("EMT"), Some(32))
    );
    assert_eq!(numbers(&first["forces"]).len(), 96);
    assert_eq!(numbers(&first["stress"]).len(), 9);
    let energy = first["energy"].to_string();
    assert!(energy.len() > 14, "{energy} is not full precision");
}

#[test]
fn elements_without_parameters_are_refused_in_one_line_and_explained_with_verbose() {
    let folder = folder();
    std::fs::write(folder.path().join("w.xyz"), "1\n\nW 0 0 0\n").unwrap();
    let refused = mlipview(&folder, &["energy", "w.xyz"]);
    let message = text(&refused.stderr);
    assert!(!refused.status.success());
    assert!(
        message.starts_with("mlipview: no potential here has parameters for W:"),
        "{message}"
    );
    assert!(
        message.trim_end().lines().count() == 1 && message.contains("--verbose"),
        "{message}"
    );
    let explained = text(&mlipview(&folder, &["energy", "w.xyz", "--verbose"]).stderr);
    for potential in ["nano: not usable", "emt: not usable", "lj: not usable"] {
        assert!(explained.contains(potential), "{explained}");
    }
}

#[test]
fn a_structure_outside_the_training_data_is_computed_with_a_caution() {
    let folder = folder();
    let computed = mlipview(&folder, &["energy", "library:c60"]);
    let message = text(&computed.stdout);
    assert!(computed.status.success());
    for part in ["caution: ", "expected force error", "energy -"] {
        assert!(message.contains(part), "{message}");
    }
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

#[cfg(all(unix, feature = "server"))]
#[test]
fn without_a_display_it_serves_until_interrupted() {
    use std::io::{BufRead, BufReader, Read, Write};

    let folder = folder();
    let mut child = without_display(&folder)
        .args(["water", "--listen", "127.0.0.1:0"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let link = lines.find_map(|line| {
        let line = line.unwrap();
        let (verb, link) = line.trim().split_once(' ')?;
        (verb == "watch").then(|| link.trim().to_owned())
    });
    let link = link.expect("it prints a link");
    let address = link.strip_prefix("http://").unwrap().trim_end_matches('/');
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = format!("GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("\"version\""), "{answer}");

    assert!(child.try_wait().unwrap().is_none(), "it exited");
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    assert!(child.wait().unwrap().success());
    let mut message = String::new();
    let mut errors = child.stderr.take().unwrap();
    errors.read_to_string(&mut message).unwrap();
    assert!(message.contains("starting the server instead"), "{message}");
}

#[cfg(all(unix, feature = "server"))]
#[test]
fn a_free_port_is_used_and_reported_if_the_default_port_is_in_use() {
    use std::io::{BufRead, BufReader};

    let folder = folder();
    // If this fails, another program occupies the port.
    let _occupied = std::net::TcpListener::bind("127.0.0.1:8000");
    let mut child = without_display(&folder)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut message = String::new();
    for line in lines.map_while(Result::ok) {
        message += &format!("{line}\n");
        if line.contains("watch") {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(message.contains("127.0.0.1:8000 is in use"), "{message}");
    let link = message.lines().last().unwrap();
    assert!(link.contains("http://127.0.0.1:"), "{message}");
    assert!(!link.contains(":8000"), "{message}");

    let arguments = ["water", "--listen", "127.0.0.1:8000"];
    let output = without_display(&folder).args(arguments).output().unwrap();
    let error = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(
        error.contains("127.0.0.1:8000 is in use by another program"),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn arguments_of_the_window_are_refused_without_a_display() {
    let folder = folder();
    for arguments in [["--demo"].as_slice(), &["water", "--no-serve"]] {
        let output = without_display(&folder).args(arguments).output().unwrap();
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {error}");
        assert!(error.contains("mlipview help"), "{arguments:?}: {error}");
    }
}

#[cfg(unix)]
fn without_display(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mlipview"));
    command
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY");
    command
}

#[test]
fn an_existing_file_survives_a_run_that_cannot_start() {
    let folder = folder();
    write_copper(&folder);
    let kept = folder.path().join("kept.xyz");
    std::fs::copy(folder.path().join("cu.xyz"), &kept).unwrap();
    let cases: [(&[&str], &str); 5] = [
        (
            &["md", "cu.xyz", "--timestep", "0", "-o", "kept.xyz"],
            "timestep",
        ),
        (&["md", "kept.xyz", "-o", "kept.xyz"], "another file"),
        (
            &["relax", "cu.xyz", "-o", "no/such/folder.xyz"],
            "folder.xyz",
        ),
        (&["relax", "cu.xyz", "-o", "out.foo"], "out.foo"),
        (
            &["relax", "cu.xyz", "-o", "a.xyz", "--trajectory", "a.xyz"],
            "another file",
        ),
    ];
    let before = std::fs::read(&kept).unwrap();
    for (arguments, expected) in cases {
        let output = mlipview(&folder, arguments);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(error.contains(expected), "{arguments:?}: {error}");
        assert!(!text(&output.stdout).contains("step"), "{arguments:?} ran");
        assert_eq!(std::fs::read(&kept).unwrap(), before, "{arguments:?}");
    }
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

#[test]
fn the_energy_of_coincident_atoms_is_an_error() {
    let folder = folder();
    std::fs::write(folder.path().join("same.xyz"), "2\n\nCu 0 0 0\nCu 0 0 0\n").unwrap();
    let output = mlipview(&folder, &["energy", "same.xyz"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("not finite"),
        "{}",
        text(&output.stderr)
    );
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

#[test]
fn convert_writes_a_supercell_as_poscar() {
    let folder = folder();
    write_copper(&folder);
    let convert = mlipview(
        &folder,
        &["convert", "cu.xyz", "POSCAR", "--repeat", "2x1x1"],
    );
    assert!(convert.status.success(), "{}", text(&convert.stderr));
    let info = json_lines(&mlipview(&folder, &["info", "POSCAR", "--json"]));
    assert_eq!(info[0]["formula"], "Cu64");
    assert!((info[0]["volume"].as_f64().unwrap() - 2.0 * 7.4_f64.powi(3)).abs() < 1e-6);
}

/// Written by `convert`, then truncated to two thirds.
#[test]
fn a_truncated_compressed_file_is_converted_with_a_note() {
    let folder = folder();
    let frame = |number: u64| {
        format!(
            "1\n\nAr {} {} 0\n",
            number * 7919 % 1000,
            number * 104_729 % 1000
        )
    };
    let frames: String = (0..100).map(frame).collect();
    std::fs::write(folder.path().join("run.xyz"), frames).unwrap();
    let pack = mlipview(&folder, &["convert", "run.xyz", "run.xyz.gz"]);
    assert!(pack.status.success(), "{}", text(&pack.stderr));
    let path = folder.path().join("run.xyz.gz");
    let packed = std::fs::read(&path).unwrap();
    std::fs::write(&path, &packed[..packed.len() * 2 / 3]).unwrap();
    let convert = mlipview(&folder, &["convert", "run.xyz.gz", "some.xyz"]);
    let written = text(&convert.stdout);
    let count = written.split(' ').next().unwrap().parse::<usize>().unwrap();
    assert!((1..100).contains(&count), "{written}");
    let notes = text(&convert.stderr);
    assert!(notes.contains("the gzip file is cut short"), "{notes}");
}

#[cfg(feature = "smiles")]
#[test]
fn smiles_strings_are_structures() {
    let folder = folder();
    let info = json_lines(&mlipview(&folder, &["info", "smiles:CC(=O)[O-]", "--json"]));
    assert_eq!(info[0]["formula"], "C2H3O2");
    assert_eq!(info[0]["charge"], -1);
}

#[test]
fn errors_name_the_input_and_a_remedy() {
    let folder = folder();
    write_copper(&folder);
    std::fs::write(
        folder.path().join("bad.xyz"),
        "2\n\nCu 0 0 0\nCu 0 zero 0\n",
    )
    .unwrap();
    let cases: [(&[&str], i32, &str); 11] = [
        (&["energy", "nothing.xyz"], 1, "nothing.xyz"),
        (&["energy", "bad.xyz"], 1, "bad.xyz:4:"),
        (&["energy", "cu.xyz@7"], 1, "1"),
        (&["energy", "library:iron"], 1, "no potential"),
        (&["energy", "cu.xyz", "--potential", "uma9"], 1, "emt"),
        (
            &["relax", "cu.xyz", "--fix", "Xx"],
            1,
            "invalid selection 'Xx'",
        ),
        (
            &["md", "cu.xyz", "--timestep", "-1", "--json"],
            1,
            "timestep",
        ),
        (&["relax", "cu.xyz", "--fmax", "small"], 2, "--fmax"),
        (&["md", "cu.xyz", "-o", "run.pdb"], 1, "mlipview convert"),
        (
            &["convert", "cu.xyz", "CHGCAR"],
            1,
            "CHGCAR files are read, not written: end the name in .xyz",
        ),
        (
            &["relax", "cu.xyz", "-o", "XDATCAR"],
            1,
            "XDATCAR files are read, not written",
        ),
    ];
    for (arguments, code, expected) in cases {
        let output = mlipview(&folder, arguments);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {error}");
        assert!(error.contains(expected), "{arguments:?}: {error}");
    }
    for name in ["CHGCAR", "CHGCAR.part", "XDATCAR", "XDATCAR.part"] {
        assert!(!folder.path().join(name).exists(), "{name}");
    }
}

#[test]
fn the_library_is_listed_and_searched() {
    let folder = folder();
    let all = json_lines(&mlipview(&folder, &["library", "--json"]));
    assert!(all.len() >= 30, "{}", all.len());
    let found = text(&mlipview(&folder, &["library", "caffeine"]).stdout);
    assert!(found.contains("C8H10N4O2"), "{found}");
}

#[test]
fn completion_scripts_contain_commands_and_options() {
    for shell in ["bash", "zsh", "fish"] {
        let script = text(&mlipview(&folder(), &["completions", shell]).stdout);
        assert!(
            script.contains("relax") && script.contains("fmax"),
            "{shell}"
        );
    }
}

#[test]
fn a_key_alone_is_a_built_in_structure_unless_such_a_file_exists() {
    let folder = folder();
    let atoms = |folder: &TempDir| {
        let output = mlipview(
            folder,
            &["energy", "copper", "--potential", "emt", "--json"],
        );
        json_lines(&output)[0]["n_atoms"].as_u64()
    };
    assert_eq!(atoms(&folder), Some(32));
    let misspelled = mlipview(&folder, &["energy", "cooper"]);
    let error = String::from_utf8_lossy(&misspelled.stderr).into_owned();
    assert!(
        error.contains("no file and no built-in structure called 'cooper'"),
        "{error}"
    );
    let one = "1\nLattice=\"2.55 0 0 0 2.55 0 0 0 2.55\"\nCu 0 0 0\n";
    std::fs::write(folder.path().join("copper"), one).unwrap();
    assert_ne!(atoms(&folder), Some(32));
}

#[test]
fn an_unknown_instruction_set_is_refused_before_computing() {
    let folder = folder();
    let energy = |instruction_set: &str| {
        Command::new(env!("CARGO_BIN_EXE_mlipview"))
            .current_dir(&folder)
            .env("MLIPVIEW_CPU", instruction_set)
            .args(["energy", "library:water", "--json"])
            .output()
            .unwrap()
    };
    let refused = energy("sse9");
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(
        text(&refused.stderr),
        "mlipview: MLIPVIEW_CPU: unknown kind of CPU 'sse9'; expected avx512, avx2 or portable\n"
    );
    assert!(energy("portable").status.success());
    assert!(energy("").status.success());
}
