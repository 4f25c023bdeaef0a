//! Invalid arguments, output files and shell completion.

use super::{folder, write_copper};
use crate::program::{mlipview, text};

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

#[test]
fn errors_name_the_input_and_a_remedy() {
    let folder = folder();
    write_copper(&folder);
    std::fs::write(
        folder.path().join("bad.xyz"),
        "2\n\nCu 0 0 0\nCu 0 zero 0\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("po.xyz"), "1\n\nPo 0 0 0\n").unwrap();
    let cases: [(&[&str], i32, &str); 11] = [
        (&["energy", "nothing.xyz"], 1, "nothing.xyz"),
        (&["energy", "bad.xyz"], 1, "bad.xyz:4:"),
        (&["energy", "cu.xyz@7"], 1, "1"),
        (&["energy", "po.xyz"], 1, "no potential"),
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
fn completion_scripts_contain_commands_and_options() {
    for shell in ["bash", "zsh", "fish"] {
        let script = text(&mlipview(&folder(), &["completions", shell]).stdout);
        assert!(
            script.contains("relax") && script.contains("fmax"),
            "{shell}"
        );
    }
}
