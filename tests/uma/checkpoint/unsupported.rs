//! Unsupported and invalid checkpoints, and their errors.

use std::fs;

use mlipview_uma::checkpoint::Checkpoint;
use serde_json::{Value, json};

use super::writer::{Draft, Object, dict, new, text, zip};
use super::{config, data, open};

/// The error of a draft.
fn error_of(draft: &Draft) -> String {
    error_of_bytes(draft.write())
}

fn error_of_bytes(bytes: Vec<u8>) -> String {
    Checkpoint::from_bytes(bytes, b"").unwrap_err().to_string()
}

fn draft() -> Draft {
    Draft::of(&open("tiny-1p1"), &config("tiny-1p1"))
}

/// The error of the reference model with a change to its configuration.
fn error_with(change: impl FnOnce(&mut Value)) -> String {
    let mut config = config("tiny-1p1");
    change(&mut config);
    error_of(&Draft::of(&open("tiny-1p1"), &config))
}

#[test]
fn an_unsupported_setting_is_refused_by_name() {
    let backbone = [
        (
            "norm_type",
            json!("layer_norm"),
            "is \"layer_norm\"; expected \"rms_norm_sh\"",
        ),
        (
            "ff_type",
            json!("grid"),
            "is \"grid\"; expected \"spectral\"",
        ),
        ("moe_single", json!(true), "is true; expected false"),
        ("layers_moe", json!([1]), "is [1]; expected null"),
        ("direct_forces", json!(true), "is true; expected false"),
        (
            "spin_balanced_channels",
            json!([0]),
            "is [0]; expected null",
        ),
        (
            "use_solvent_embedding",
            json!(true),
            "is true; expected no such setting",
        ),
        (
            "cutoff",
            json!(-6),
            "is -6; expected more than 0 and at most 100 Å",
        ),
        (
            "max_neighbors",
            json!(0),
            "is 0; expected a whole number from 1",
        ),
        (
            "charge_balanced_channels",
            json!([0, 2]),
            "is [0,2]; expected a list of adjacent channels",
        ),
        (
            "model",
            json!("a.B"),
            "is \"a.B\"; expected eSCNMDMoeBackbone",
        ),
    ];
    for (key, value, words) in backbone {
        let error = error_with(|config| config["model_config"]["backbone"][key] = value);
        assert_eq!(
            error,
            format!("the model's model_config.backbone.{key} {words}")
        );
    }
    let error = error_with(|config| {
        let backbone = config["model_config"]["backbone"].as_object_mut().unwrap();
        backbone.remove("ff_type");
    });
    assert_eq!(
        error,
        "the model's model_config.backbone.ff_type is absent, which means \"grid\"; expected \
         \"spectral\""
    );
}

#[test]
fn a_model_without_a_generation_is_refused() {
    let error = error_with(|config| {
        config["model_config"]["backbone"]["model_version"] = json!(1.0);
    });
    assert!(
        error.starts_with("the model's model_config.model_id is absent"),
        "{error}"
    );
}

#[test]
fn a_head_of_another_kind_is_refused() {
    let error = error_with(|config| {
        config["model_config"]["heads"]["energyandforcehead"]["head_cls"] =
            json!("x.Linear_Energy_Head");
    });
    assert!(
        error.contains("energyandforcehead.head_cls is \"x.Linear_Energy_Head\""),
        "{error}"
    );
    let error = error_with(|config| {
        config["model_config"]["heads"]["second"] = json!({});
    });
    assert!(error.ends_with("expected a single head"), "{error}");
}

#[test]
fn forces_that_are_not_the_gradient_of_the_energy_are_refused() {
    let mut config = config("tiny-1p1");
    let mut draft = Draft::of(&open("tiny-1p1"), &config);
    let mut tasks = super::writer::tasks(&config.take());
    tasks[1]["normalizer"]["rmsd"] = json!(2.0);
    draft.tasks = super::writer::plain(&tasks);
    let error = error_of(&draft);
    assert!(
        error.ends_with("expected the energy's rmsd, and mean 0"),
        "{error}"
    );
}

#[test]
fn references_for_too_few_elements_are_refused() {
    let error = error_with(|config| config["element_references"]["omol"] = json!([1.0, 2.0]));
    assert!(
        error.ends_with("expected 100 numbers, one for each atomic number from 0"),
        "{error}"
    );
}

#[test]
fn weights_that_contradict_the_configuration_are_refused() {
    let error = error_with(|config| config["model_config"]["backbone"]["num_layers"] = json!(3));
    assert_eq!(
        error,
        "the weights do not match the configuration: num_layers is 3 in the configuration, 2 in the \
         weights"
    );
}

#[test]
fn missing_and_unexpected_tensors_are_listed() {
    let mut draft = draft();
    let bias = draft.weights.remove("backbone.mix_csd.bias").unwrap();
    draft.weights.insert("backbone.mystery".to_owned(), bias);
    let norm = draft.weights.get_mut("backbone.norm.affine_bias").unwrap();
    norm.shape = vec![5, 2];
    norm.strides = vec![2, 1];
    assert_eq!(
        error_of(&draft),
        "the weights do not match the configuration: missing: backbone.mix_csd.bias; unexpected: \
         backbone.mystery; backbone.norm.affine_bias is F32 with shape [5, 2], expected [10]"
    );
}

#[test]
fn unknown_names_are_refused_and_no_code_is_run() {
    let mut draft = draft();
    let system = Box::new(Object::Global("os", "system"));
    draft.model = Object::Call(system, vec![text("echo")]);
    assert_eq!(
        error_of(&draft),
        "the checkpoint uses the name \"os.system\", which no UMA inference checkpoint needs; no code \
         of it was run"
    );
    // Known names cannot be called in other roles.
    for (module, name) in [
        ("typing", "Any"),
        ("torch", "FloatStorage"),
        ("builtins", "str"),
    ] {
        draft.model = Object::Call(Box::new(Object::Global(module, name)), vec![]);
        assert!(error_of(&draft).contains("uses a call of"));
    }
    draft.model = new("omegaconf.base", "Metadata", dict(vec![]));
    assert!(error_of(&draft).contains("a node of OmegaConf as a setting"));
}

#[test]
fn opcodes_that_torch_never_writes_are_refused() {
    for (pickle, words) in [
        (b"\x80\x04N.".as_slice(), "pickle protocol 4"),
        (b"\x80\x02I1\n.", "the pickle opcode 0x49 (at byte 2)"),
        (
            b"\x80\x02\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01.",
            "more than 64 bits",
        ),
    ] {
        let error = error_of_bytes(draft().write_with(pickle));
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn other_kinds_of_files_are_named_in_the_error() {
    for (bytes, found) in [
        (b"".as_slice(), "an empty file"),
        (b"<!DOCTYPE html>", "a web page"),
        (
            b"version https://git-lfs.github.com/spec/v1",
            "a Git LFS pointer",
        ),
        (b"\x89PNG", "a file of another kind"),
    ] {
        let error = error_of_bytes(bytes.to_vec());
        assert!(error.starts_with(&format!("this is {found}")), "{error}");
    }
    let error = error_of_bytes(zip(&[("a.txt".to_owned(), b"text".to_vec())], false));
    assert!(
        error.starts_with("this is a zip file without a pickle"),
        "{error}"
    );
    let error = error_of_bytes(draft().write_with(&dict(vec![]).pickle()));
    assert!(
        error.starts_with("this is a PyTorch file with a dictionary"),
        "{error}"
    );
}

#[test]
fn a_compressed_or_encrypted_entry_is_refused() {
    let whole = draft().write();
    // The pickle is the first entry of the directory.
    let entry = whole
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    assert!(whole[entry + 46..].starts_with(b"m/data.pkl"));
    for (at, value, words) in [(8, 1, "encrypted"), (10, 8, "compressed")] {
        let mut bytes = whole.clone();
        bytes[entry + at] = value;
        let error = error_of_bytes(bytes);
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_flipped_bit_of_the_configuration_is_detected() {
    let mut bytes = fs::read(data("tiny-1p1/checkpoint.pt")).unwrap();
    bytes[20_000] ^= 1;
    let error = error_of_bytes(bytes);
    assert!(
        error.contains("\"checkpoint/data.pkl\" does not match its checksum"),
        "{error}"
    );
}

#[test]
fn views_beyond_their_storage_are_refused() {
    let name = "backbone.mix_csd.weight";
    let changes: [fn(&mut super::writer::Stored); 8] = [
        |stored| stored.offset = 1,
        |stored| stored.offset = i64::MAX,
        |stored| stored.offset = -1,
        |stored| stored.strides[0] = i64::MAX,
        |stored| stored.strides[0] = 31,
        |stored| stored.shape[0] = 1 << 40,
        |stored| stored.shape = vec![i64::MAX, i64::MAX],
        |stored| stored.strides.push(1),
    ];
    for change in changes {
        let mut draft = draft();
        change(draft.weights.get_mut(name).unwrap());
        let error = error_of(&draft);
        assert!(error.starts_with("the file is damaged"), "{error}");
    }
    // A view with strides of 0 has no more numbers than its storage, either.
    let mut draft = draft();
    let stored = draft.weights.get_mut(name).unwrap();
    stored.shape = vec![1 << 30, 1 << 30];
    stored.strides = vec![0, 0];
    assert!(error_of(&draft).contains("does not lie in its storage"));
}

#[test]
fn storages_with_a_wrong_length_are_refused() {
    for change in [-1, 1] {
        let mut draft = draft();
        let stored = draft.weights.get_mut("backbone.mix_csd.weight").unwrap();
        stored.count += change;
        assert!(error_of(&draft).contains("is missing (the tensor"));
    }
}

#[test]
fn parameters_must_be_floating_point_numbers_and_buffers_may_be_anything() {
    let mut whole = draft();
    let bias = whole.weights.get_mut("backbone.mix_csd.bias").unwrap();
    bias.class = "ByteStorage";
    let error = error_of(&whole);
    assert!(error.contains("expected floating-point numbers"), "{error}");
    let mut whole = draft();
    let mut buffer = whole.weights["backbone.mix_csd.bias"].clone();
    buffer.class = "BoolStorage";
    buffer.key = "nowhere".to_owned();
    for name in [
        "backbone.Jd_7",
        "backbone.x.expand_index",
        "backbone.norm.balance_degree_weight",
    ] {
        whole.weights.insert(name.to_owned(), buffer.clone());
    }
    let checkpoint = Checkpoint::from_bytes(whole.write(), b"").unwrap();
    assert_eq!(checkpoint.names().count(), 93);
    let mut whole = draft();
    let bias = whole.weights.get_mut("backbone.mix_csd.bias").unwrap();
    bias.class = "LongStorage";
    whole.storages.insert(bias.key.clone(), vec![0; 80]);
    let error = error_of(&whole);
    assert!(
        error.contains("backbone.mix_csd.bias is I64 with shape [10], expected [10]"),
        "{error}"
    );
}
