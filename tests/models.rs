//! `mlipview model` as a person uses it: the real program, a folder of models.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use mlipview_uma::models::{Models, ModelsError};
use serde_json::Value;
use tempfile::TempDir;

/// Runs the program with a models folder in its environment.
fn mlipview(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mlipview"))
        .current_dir(folder)
        .env("MLIPVIEW_MODELS", folder.path().join("models"))
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", text(&output.stderr));
    let text = text(&output.stdout);
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    text(&output.stderr)
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/uma")
        .join(name)
}

/// A folder with the official reference checkpoint as someone would have downloaded it.
fn downloaded() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(
        data("tiny-1p1/checkpoint.pt"),
        folder.path().join("uma-s-1p1.pt"),
    )
    .unwrap();
    folder
}

/// The SHA-256 of the reference checkpoint, as `sha256sum` gives it.
const CHECKSUM: &str = "e85997e72a7fc670568c06fe93f245a96ef035398e2476d854d488dfa37ad5e3";

#[test]
fn a_downloaded_model_is_imported_and_found_by_its_name() {
    let folder = downloaded();
    let imported = lines(&mlipview(
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
    assert_eq!(names.len(), 2, "nothing half done is left: {names:?}");

    let list = lines(&mlipview(&folder, &["model", "list", "--json"]));
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["model"], "UMA-1.1");
    let info = lines(&mlipview(
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
fn a_file_says_what_it_is_before_it_is_imported() {
    let folder = downloaded();
    let output = mlipview(&folder, &["model", "info", "uma-s-1p1.pt"]);
    let told = text(&output.stdout);
    for words in [
        "UMA-1.1",
        "oc20, omol, omat (with stress), odac, omc (with stress)",
        "H to Es",
        "44 284 of 3 experts",
        "6 Å, 300 neighbors",
        CHECKSUM,
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
}

#[test]
fn a_folder_with_safetensors_is_imported_whole() {
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
    let imported = lines(&mlipview(&folder, &arguments));
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
    let info = lines(&mlipview(&folder, &["model", "info", "mine", "--json"]));
    assert_eq!(info[0]["model"], "UMA-S-1.2.1");
    let text = text(&mlipview(&folder, &["model", "list"]).stdout);
    assert!(
        text.starts_with("mine ") && text.contains("UMA-S-1.2.1"),
        "{text}"
    );
}

#[test]
fn a_models_folder_may_be_named_on_the_command_line() {
    let folder = downloaded();
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
    assert_eq!(lines(&mlipview(&folder, &list)).len(), 1);
    let empty = mlipview(&folder, &["model", "list"]);
    assert!(empty.status.success());
    assert!(text(&empty.stdout).contains("`mlipview model import FILE`"));
}

#[test]
fn a_model_is_not_imported_over_another() {
    let folder = downloaded();
    let import = ["model", "import", "uma-s-1p1.pt"];
    assert!(mlipview(&folder, &import).status.success());
    let said = refusal(&mlipview(&folder, &import));
    assert!(
        said.contains("is there already") && said.contains("--name"),
        "{said}"
    );
    let named = ["model", "import", "uma-s-1p1.pt", "--name", "second"];
    assert!(mlipview(&folder, &named).status.success());
    for name in ["", "../x", ".hidden", "a/b", "x.part"] {
        let said = refusal(&mlipview(
            &folder,
            &["model", "import", "uma-s-1p1.pt", "--name", name],
        ));
        assert!(said.contains("cannot be a model's name"), "{said}");
    }
}

#[test]
fn what_is_no_model_is_refused_and_leaves_nothing() {
    let folder = downloaded();
    let whole = fs::read(folder.path().join("uma-s-1p1.pt")).unwrap();
    let half = &whole[..whole.len() / 2];
    for (name, bytes, says) in [
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
            let said = refusal(&mlipview(&folder, &["model", command, name]));
            assert!(said.contains(says) && said.contains(name), "{said}");
        }
    }
    assert!(!folder.path().join("models").exists());
    let said = refusal(&mlipview(&folder, &["model", "import", "nothing.pt"]));
    assert!(said.contains("cannot read nothing.pt"), "{said}");
    let said = refusal(&mlipview(&folder, &["model", "info", "uma-m-1p1"]));
    assert!(
        said.contains("neither a file nor the name of a model"),
        "{said}"
    );
    assert!(said.contains("which has no models"), "{said}");
}

#[test]
fn a_model_that_was_damaged_in_the_folder_is_listed_with_what_is_wrong() {
    let folder = downloaded();
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
fn a_weight_that_changed_since_the_import_is_noticed() {
    let folder = downloaded();
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
    let told = text(&output.stdout);
    assert!(
        told.contains(&format!("{CHECKSUM}; the file was changed since")),
        "{told}"
    );
}

#[test]
fn an_import_that_is_ended_leaves_nothing() {
    let folder = downloaded();
    let models = Models::open(folder.path().join("models"));
    let path = folder.path().join("uma-s-1p1.pt");
    let mut heard = Vec::new();
    let ended = models.import(&path, None, &mut |done, all| {
        heard.push((done, all));
        ControlFlow::Break(())
    });
    assert!(matches!(ended, Err(ModelsError::Ended)), "{ended:?}");
    assert_eq!(fs::read_dir(models.folder()).unwrap().count(), 0);
    let size = fs::metadata(&path).unwrap().len();
    assert_eq!(heard.len(), 1);
    let whole = models.import(&path, None, &mut |done, all| {
        heard.push((done, all));
        ControlFlow::Continue(())
    });
    assert_eq!(whole.unwrap().size, size);
    assert_eq!(heard.last(), Some(&(size, size)));
}

#[test]
fn without_being_told_models_are_among_the_users_data() {
    let folder = downloaded();
    let list = |variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mlipview"));
        command.current_dir(&folder).args(["model", "list"]);
        for variable in ["MLIPVIEW_MODELS", "XDG_DATA_HOME", "HOME", "APPDATA"] {
            command.env_remove(variable);
        }
        command.envs(variables.iter().copied()).output().unwrap()
    };
    let said = refusal(&list(&[]));
    assert!(
        said.contains("--models-dir") && said.contains("MLIPVIEW_MODELS"),
        "{said}"
    );
    if cfg!(target_os = "linux") {
        let home = ("HOME", "/nowhere/me");
        for (variables, place) in [
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
            let told = text(&list(&variables).stdout);
            assert!(told.contains(place), "{told}");
        }
    }
}
