//! Files that `train` writes: pictures of samples, and networks with model cards.

use std::fs;

use tempfile::TempDir;

use super::folder;
use crate::program::{json_lines, mlipview, text};

/// Runs the program with words as arguments, successfully; returns its standard output.
fn run(folder: &TempDir, arguments: &str) -> String {
    let output = mlipview(folder, &arguments.split(' ').collect::<Vec<_>>());
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// Trains on labels of ethanol by nano, as `mine.safetensors`; returns its lines of JSON.
fn train(folder: &TempDir) -> Vec<serde_json::Value> {
    run(
        folder,
        "md library:ethanol --potential nano --temperature 400 --steps 200 --every 10 -o labels.xyz",
    );
    let arguments = "train labels.xyz --start nano --epochs 2 --batch 40 --samples 2 --seed 7 \
                     --method GFN2-xTB -o mine.safetensors --json";
    let words: Vec<&str> = arguments.split_whitespace().collect();
    json_lines(&mlipview(folder, &words))
}

#[test]
fn each_sample_has_a_picture_with_a_ball_for_each_atom_and_two_halves_of_each_bond() {
    let folder = folder();
    let lines = train(&folder);
    let samples: Vec<_> = lines
        .iter()
        .filter(|line| line["callback"] == "sample")
        .collect();
    assert_eq!(samples.len(), 2);
    for sample in samples {
        let path = sample["thumbnail_path"].as_str().unwrap();
        assert_eq!(
            path.strip_suffix(".svg"),
            sample["path"].as_str().unwrap().strip_suffix(".xyz")
        );
        let picture = fs::read_to_string(folder.path().join(path)).unwrap();
        assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
        assert!(
            picture.contains("width=\"160\" height=\"120\""),
            "{picture}"
        );
        // Ethanol: nine atoms, eight bonds; each half is drawn with its outline.
        assert_eq!(picture.matches("<circle ").count(), 9);
        assert_eq!(picture.matches("<path ").count(), 32);
        assert!(
            !picture.contains("NaN") && !picture.contains("inf"),
            "{picture}"
        );
    }
}

#[cfg(feature = "uma")]
#[test]
fn the_model_card_of_a_trained_network_is_shown_in_words_and_in_json() {
    let folder = folder();
    let lines = train(&folder);
    let card = &lines.last().unwrap()["card"];
    let words = run(&folder, "model info mine.safetensors");
    let frames = card["training"]["frames"].as_u64().unwrap();
    let error = card["validation"]["force_rmse"].as_f64().unwrap();
    for expected in [
        "network of nano".to_owned(),
        "--potential nano:file=mine.safetensors".to_owned(),
        "nano; energies of free atoms of the start".to_owned(),
        format!(
            "{frames} structures, {} atoms of H C O, from labels.xyz",
            9 * frames
        ),
        "GFN2-xTB".to_owned(),
        format!("forces {error:.4} eV/Å"),
        "seed 7, 2 epochs".to_owned(),
        format!("mlipview {}, card version 1", env!("CARGO_PKG_VERSION")),
        "SHA-256".to_owned(),
    ] {
        assert!(words.contains(&expected), "{expected}\n{words}");
    }
    let object = &json_lines(&mlipview(
        &folder,
        &["model", "info", "mine.safetensors", "--json"],
    ))[0];
    assert_eq!(&object["card"], card);
    assert_eq!(object["name"], "mine.safetensors");
}

#[cfg(feature = "uma")]
#[test]
fn a_built_in_network_has_no_card_but_names_its_labels() {
    let folder = folder();
    for (name, labels) in [("nano", "GFN2-xTB"), ("solid", "MatPES")] {
        let words = run(&folder, &format!("model info {name}"));
        assert!(words.contains(&format!("{name}, built in")), "{words}");
        assert!(words.contains(labels), "{words}");
        let object = &json_lines(&mlipview(&folder, &["model", "info", name, "--json"]))[0];
        assert!(object["card"].is_null() && object["path"].is_null());
        assert_eq!(object["potential"], name);
    }
}

#[cfg(feature = "uma")]
#[test]
fn a_damaged_network_is_an_error_that_names_the_file() {
    let folder = folder();
    fs::write(folder.path().join("bad.safetensors"), "nothing").unwrap();
    let output = mlipview(&folder, &["model", "info", "bad.safetensors"]);
    let error = crate::program::error_message(&output);
    assert!(error.contains("bad.safetensors"), "{error}");
    assert!(error.contains("not a safetensors file"), "{error}");
}
