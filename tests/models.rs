//! `mlipview model`: the built program and a folder of models.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

#[path = "common/program.rs"]
mod program;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use mlipview_uma::models::{Models, ModelsError};
use tempfile::TempDir;

use program::{error_message, json_lines, mlipview, text};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/uma")
        .join(name)
}

/// A folder with the reference checkpoint under the name of a download.
fn folder_with_checkpoint() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(
        data("tiny-1p1/checkpoint.pt"),
        folder.path().join("uma-s-1p1.pt"),
    )
    .unwrap();
    folder
}

/// SHA-256 of the reference checkpoint, from `sha256sum`.
const CHECKSUM: &str = "e85997e72a7fc670568c06fe93f245a96ef035398e2476d854d488dfa37ad5e3";

#[test]
fn an_imported_model_is_found_by_its_name() {
    let folder = folder_with_checkpoint();
    let imported = json_lines(&mlipview(
        &folder,
        &["model", "import", "uma-s-1p1.pt", "--json"],
    ));
    assert_eq!(imported[0]["name"], "uma-s-1p1");
    assert_eq!(imported[0]["sha256"], CHECKSUM);
    let models = folder.path().join("models");
    let copy = fs::read(models.join("uma-s-1p1.pt")).unwrap();
    assert!(copy == fs::read(data("tiny-1p1/checkpoint.pt")).unwrap());
    let note = fs::read_to_string(models.join("uma-s-1p1.sha256")).unwrap();
    assert_eq!(note, format!("{CHECKSUM}  uma-s-1p1.pt\n"));
    let names: Vec<_> = fs::read_dir(&models).unwrap().collect();
    assert_eq!(names.len(), 2, "unfinished files are left: {names:?}");

    let list = json_lines(&mlipview(&folder, &["model", "list", "--json"]));
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["model"], "UMA-1.1");
    let info = json_lines(&mlipview(
        &folder,
        &["model", "info", "uma-s-1p1", "--json"],
    ));
    assert_eq!(info[0]["parameters"], 44284);
    assert_eq!(info[0]["experts"], 3);
    assert_eq!(info[0]["cutoff"], 6.0);
    assert_eq!(info[0]["tasks"][2]["name"], "omat");
    assert_eq!(info[0]["tasks"][2]["stress"], true);
    assert_eq!(info[0]["elements"][0], "H");
    assert_eq!(info[0]["sha256"], CHECKSUM);
}

#[test]
fn info_shows_the_contents_of_a_file() {
    let folder = folder_with_checkpoint();
    let output = mlipview(&folder, &["model", "info", "uma-s-1p1.pt"]);
    let message = text(&output.stdout);
    for words in [
        "UMA-1.1",
        "oc20, omol, omat (with stress), odac, omc (with stress)",
        "H to Es",
        "44 284 of 3 experts",
        "6 Å, 300 neighbors",
        CHECKSUM,
    ] {
        assert!(message.contains(words), "{words} in {message}");
    }
}

#[test]
fn a_folder_with_safetensors_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let path = data("tiny-1p2p1");
    let arguments = [
        "model",
        "import",
        path.to_str().unwrap(),
        "--name",
        "mine",
        "--json",
    ];
    let imported = json_lines(&mlipview(&folder, &arguments));
    assert_eq!(imported[0]["name"], "mine");
    let names = |path: &Path| -> Vec<String> {
        let entries = fs::read_dir(path).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let models = folder.path().join("models");
    assert_eq!(names(&models), ["mine", "mine.sha256"]);
    assert_eq!(
        names(&models.join("mine")),
        ["config.json", "weights.safetensors"]
    );
    let info = json_lines(&mlipview(&folder, &["model", "info", "mine", "--json"]));
    assert_eq!(info[0]["model"], "UMA-S-1.2.1");
    let text = text(&mlipview(&folder, &["model", "list"]).stdout);
    assert!(
        text.starts_with("mine ") && text.contains("UMA-S-1.2.1"),
        "{text}"
    );
}

#[test]
fn the_models_folder_is_an_argument() {
    let folder = folder_with_checkpoint();
    let import = [
        "model",
        "import",
        "uma-s-1p1.pt",
        "--models-dir",
        "elsewhere/deep",
    ];
    let output = mlipview(&folder, &import);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(folder.path().join("elsewhere/deep/uma-s-1p1.pt").exists());
    let list = ["model", "list", "--models-dir", "elsewhere/deep", "--json"];
    assert_eq!(json_lines(&mlipview(&folder, &list)).len(), 1);
    let empty = mlipview(&folder, &["model", "list"]);
    assert!(empty.status.success());
    assert!(text(&empty.stdout).contains("`mlipview model import FILE`"));
}

#[test]
fn an_import_does_not_replace_a_model() {
    let folder = folder_with_checkpoint();
    let import = ["model", "import", "uma-s-1p1.pt"];
    assert!(mlipview(&folder, &import).status.success());
    let message = error_message(&mlipview(&folder, &import));
    assert!(
        message.contains("exists already") && message.contains("--name"),
        "{message}"
    );
    let named = ["model", "import", "uma-s-1p1.pt", "--name", "second"];
    assert!(mlipview(&folder, &named).status.success());
    for name in ["", "../x", ".hidden", "a/b", "x.part"] {
        let message = error_message(&mlipview(
            &folder,
            &["model", "import", "uma-s-1p1.pt", "--name", name],
        ));
        assert!(message.contains("invalid model name"), "{message}");
    }
}

#[test]
fn an_invalid_model_is_refused_and_leaves_no_files() {
    let folder = folder_with_checkpoint();
    let whole = fs::read(folder.path().join("uma-s-1p1.pt")).unwrap();
    let half = &whole[..whole.len() / 2];
    for (name, bytes, expected) in [
        ("half.pt", half, "damaged"),
        (
            "page.pt",
            b"<html>Access to this model is restricted".as_slice(),
            "a web page",
        ),
        ("empty.pt", b"", "an empty file"),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        for command in ["import", "info"] {
            let message = error_message(&mlipview(&folder, &["model", command, name]));
            assert!(
                message.contains(expected) && message.contains(name),
                "{message}"
            );
        }
    }
    assert!(!folder.path().join("models").exists());
    let message = error_message(&mlipview(&folder, &["model", "import", "nothing.pt"]));
    assert!(message.contains("cannot read nothing.pt"), "{message}");
    let message = error_message(&mlipview(&folder, &["model", "info", "uma-m-1p1"]));
    assert!(
        message.contains("neither a file nor the name of an imported model"),
        "{message}"
    );
    assert!(message.contains("has no models"), "{message}");
}

#[test]
fn a_damaged_model_is_listed_with_its_error() {
    let folder = folder_with_checkpoint();
    assert!(
        mlipview(&folder, &["model", "import", "uma-s-1p1.pt"])
            .status
            .success()
    );
    let path = folder.path().join("models/uma-s-1p1.pt");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..1000]).unwrap();
    let output = mlipview(&folder, &["model", "list"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("the file is damaged"));
}

#[test]
fn a_changed_checksum_is_reported() {
    let folder = folder_with_checkpoint();
    assert!(
        mlipview(&folder, &["model", "import", "uma-s-1p1.pt"])
            .status
            .success()
    );
    let path = folder.path().join("models/uma-s-1p1.pt");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() * 3 / 4;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    let output = mlipview(&folder, &["model", "info", "uma-s-1p1"]);
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stdout);
    assert!(
        message.contains(&format!("{CHECKSUM}; the file has changed since")),
        "{message}"
    );
}

#[test]
fn a_canceled_import_leaves_no_files() {
    let folder = folder_with_checkpoint();
    let models = Models::open(folder.path().join("models"));
    let path = folder.path().join("uma-s-1p1.pt");
    let mut progress = Vec::new();
    let canceled = models.import(&path, None, &mut |done, all| {
        progress.push((done, all));
        ControlFlow::Break(())
    });
    assert!(
        matches!(canceled, Err(ModelsError::Canceled)),
        "{canceled:?}"
    );
    assert_eq!(fs::read_dir(models.folder()).unwrap().count(), 0);
    let size = fs::metadata(&path).unwrap().len();
    assert_eq!(progress.len(), 1);
    let whole = models.import(&path, None, &mut |done, all| {
        progress.push((done, all));
        ControlFlow::Continue(())
    });
    assert_eq!(whole.unwrap().size, size);
    assert_eq!(progress.last(), Some(&(size, size)));
}

#[test]
fn the_default_models_folder_is_in_the_users_data_folder() {
    let folder = folder_with_checkpoint();
    let list = |variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mlipview"));
        command.current_dir(&folder).args(["model", "list"]);
        for variable in ["MLIPVIEW_MODELS", "XDG_DATA_HOME", "HOME", "APPDATA"] {
            command.env_remove(variable);
        }
        command.envs(variables.iter().copied()).output().unwrap()
    };
    let message = error_message(&list(&[]));
    assert!(
        message.contains("--models-dir") && message.contains("MLIPVIEW_MODELS"),
        "{message}"
    );
    if cfg!(target_os = "linux") {
        let home = ("HOME", "/nowhere/me");
        for (variables, folder_text) in [
            (vec![home], "/nowhere/me/.local/share/mlipview/models"),
            (
                vec![home, ("XDG_DATA_HOME", "/nowhere/data")],
                "/nowhere/data/mlipview/models",
            ),
            (
                vec![home, ("XDG_DATA_HOME", "data")],
                "/nowhere/me/.local/share/mlipview/models",
            ),
            (
                vec![home, ("MLIPVIEW_MODELS", "mine")],
                "no models in mine;",
            ),
        ] {
            let message = text(&list(&variables).stdout);
            assert!(message.contains(folder_text), "{message}");
        }
    }
}

/// A folder with a neuroevolution potential of silicon, as `nep_si.txt`.
fn folder_with_nep() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nep/nep3_one.txt");
    fs::copy(data, folder.path().join("nep_si.txt")).unwrap();
    folder
}

#[test]
fn a_neuroevolution_potential_is_imported_and_listed() {
    let folder = folder_with_nep();
    let imported = json_lines(&mlipview(
        &folder,
        &["model", "import", "nep_si.txt", "--json"],
    ));
    assert_eq!(imported[0]["name"], "nep_si");
    let models = folder.path().join("models");
    let read = |path: PathBuf| fs::read(path).unwrap();
    assert_eq!(
        read(models.join("nep_si.txt")),
        read(folder.path().join("nep_si.txt"))
    );
    // A text that was not imported is no model.
    fs::write(models.join("notes.txt"), "to do").unwrap();
    let list = json_lines(&mlipview(&folder, &["model", "list", "--json"]));
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["model"], "NEP version 3");
    assert_eq!(list[0]["sha256"], imported[0]["sha256"]);
    let message = text(&mlipview(&folder, &["model", "info", "nep_si"]).stdout);
    for words in [
        "NEP version 3",
        "Si",
        "6 neurons",
        "5 Å radial, 4.5 Å angular",
        imported[0]["sha256"].as_str().unwrap(),
    ] {
        assert!(message.contains(words), "{words} in {message}");
    }
    let message = error_message(&mlipview(&folder, &["model", "import", "nep_si.txt"]));
    assert!(message.contains("exists already"), "{message}");
}

#[test]
fn an_imported_neuroevolution_potential_is_used() {
    let folder = folder_with_nep();
    let energy = |arguments: &[&str]| {
        let output = mlipview(&folder, &[&["energy"], arguments].concat());
        format!("{}{}", text(&output.stdout), text(&output.stderr))
    };
    let before = energy(&["library:silicon", "--potential", "nep"]);
    assert!(before.contains("model import nep89.txt"), "{before}");
    let import = mlipview(&folder, &["model", "import", "nep_si.txt"]);
    assert!(import.status.success());
    let named = energy(&["library:silicon", "--potential", "nep"]);
    assert!(named.contains("NEP nep_si"), "{named}");
    let automatic = energy(&["library:silicon"]);
    assert!(
        automatic.contains("its file nep_si.txt is imported"),
        "{automatic}"
    );
    let uma = energy(&["library:silicon", "--potential", "uma"]);
    assert!(uma.contains("no UMA model is imported"), "{uma}");
    let uma = energy(&["library:silicon", "--potential", "uma", "--model", "nep_si"]);
    assert!(uma.contains("nep:model=nep_si"), "{uma}");
}

#[test]
fn an_invalid_neuroevolution_potential_is_refused_and_replaces_nothing() {
    let folder = folder_with_nep();
    assert!(
        mlipview(&folder, &["model", "import", "nep_si.txt"])
            .status
            .success()
    );
    let path = folder.path().join("nep_si.txt");
    let whole = fs::read(&path).unwrap();
    let newlines = whole.iter().filter(|byte| **byte == b'\n').count();
    let lines = whole.split_inclusive(|byte| *byte == b'\n');
    let half: usize = lines.take(newlines / 2).map(<[u8]>::len).sum();
    for (bytes, expected) in [
        (&whole[..half], "parameters after the header"),
        (b"nep4_charge1 1 Si", "models with charges"),
        (b"hello", "line 1: expected the first line"),
        (b"", "line 1: expected the first line"),
    ] {
        fs::write(&path, bytes).unwrap();
        for name in ["nep_si", "other"] {
            let import = ["model", "import", "nep_si.txt", "--name", name];
            let message = error_message(&mlipview(&folder, &import));
            assert!(message.contains(expected), "{message}");
        }
    }
    let models = folder.path().join("models");
    assert_eq!(fs::read(models.join("nep_si.txt")).unwrap(), whole);
    assert_eq!(fs::read_dir(models).unwrap().count(), 2);
}
