//! Variants of the containers, each of which gives the same model.

use mlipview_uma::checkpoint::{Checkpoint, CheckpointError};

use super::writer::{Draft, Object, omega, plain, tasks, zip};
use super::{bits, config, open};

fn reopened(draft: &Draft) -> Result<Checkpoint, CheckpointError> {
    Checkpoint::from_bytes(draft.write(), b"")
}

fn expect_same(one: &Checkpoint, other: &Checkpoint) {
    assert_eq!(one.configuration(), other.configuration());
    assert_eq!(
        one.names().collect::<Vec<_>>(),
        other.names().collect::<Vec<_>>()
    );
    for name in one.names() {
        assert_eq!(bits(one, name), bits(other, name), "{name}");
    }
}

#[test]
fn a_file_without_omegaconf_gives_the_same_model() {
    for name in ["tiny-1p1", "tiny-1p2p1", "tiny-l4"] {
        let original = open(name);
        let draft = Draft::of(&original, &config(name));
        expect_same(&reopened(&draft).unwrap(), &original);
    }
}

#[test]
fn a_file_with_omegaconf_leaves_gives_the_same_model() {
    let original = open("tiny-1p1");
    let config = config("tiny-1p1");
    let mut draft = Draft::of(&original, &config);
    draft.model = omega(&config["model_config"]);
    draft.tasks = omega(&tasks(&config));
    expect_same(&reopened(&draft).unwrap(), &original);
}

#[test]
fn a_file_that_was_edited_by_its_authors_gives_the_same_model() {
    let original = open("tiny-1p2p1");
    let config = config("tiny-1p2p1");
    let mut draft = Draft::of(&original, &config);
    let all = tasks(&config);
    draft.tasks = Object::List(all.as_array().unwrap().iter().map(omega).collect());
    // Seven experts in a storage of eight.
    for layer in [0, 2, 4] {
        let name = format!("output_heads.energyandforcehead.head.energy_block.{layer}.weights");
        let stored = draft.weights.get_mut(&name).unwrap();
        assert_eq!(stored.shape[0], 7);
        let eighth = stored.count / 7;
        stored.count += eighth;
        let storage = draft.storages.get_mut(&stored.key).unwrap();
        storage.extend(vec![0xff; 4 * eighth as usize]);
    }
    expect_same(&reopened(&draft).unwrap(), &original);
}

#[test]
fn a_transposed_tensor_in_the_middle_of_a_shared_storage_is_read_by_its_strides() {
    let original = open("tiny-1p1");
    let mut draft = Draft::of(&original, &config("tiny-1p1"));
    let name = "backbone.blocks.0.edge_wise.so2_conv_1.fc_m0.weights";
    let values: Vec<f32> = original.tensor(name).unwrap().values();
    let (experts, rows, columns) = (3, 40, 60);
    let mut storage = vec![f32::NAN; 5];
    for expert in 0..experts {
        for column in 0..columns {
            for row in 0..rows {
                storage.push(values[(expert * rows + row) * columns + column]);
            }
        }
    }
    storage.push(f32::NAN);
    let stored = draft.weights.get_mut(name).unwrap();
    stored.offset = 5;
    stored.count = storage.len() as i64;
    stored.strides = vec![(rows * columns) as i64, 1, rows as i64];
    let key = stored.key.clone();
    let bytes = storage
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    draft.storages.insert(key, bytes);
    let checkpoint = reopened(&draft).unwrap();
    expect_same(&checkpoint, &original);
    let mut sum = vec![0.0_f32; rows * columns];
    checkpoint
        .tensor(name)
        .unwrap()
        .part(1)
        .add_scaled(1.0, &mut sum);
    assert_eq!(sum, values[rows * columns..][..rows * columns]);
}

#[test]
fn a_large_file_has_64_bit_sizes() {
    let original = open("tiny-1p1");
    let draft = Draft::of(&original, &config("tiny-1p1"));
    let bytes = zip(&draft.entries(&draft.object().pickle()), true);
    expect_same(&Checkpoint::from_bytes(bytes, b"").unwrap(), &original);
}

#[test]
fn other_number_types_are_converted_exactly() {
    let original = open("tiny-1p1");
    let name = "backbone.mix_csd.bias";
    let kinds: [(&str, Vec<u8>, [f64; 10]); 3] = [
        (
            "HalfStorage",
            [
                0x3c00_u16, 0xc000, 0x3555, 0x0001, 0x7bff, 0x8000, 0x0400, 0x03ff, 0x4248, 0,
            ]
            .iter()
            .flat_map(|bits| bits.to_le_bytes())
            .collect(),
            [
                1.0,
                -2.0,
                0.333251953125,
                5.960464477539063e-8,
                65504.0,
                0.0,
                6.103515625e-5,
                6.097555160522461e-5,
                3.140625,
                0.0,
            ],
        ),
        (
            "BFloat16Storage",
            [0x3f80_u16, 0xc000, 0x3eab, 0x4049, 0, 0, 0, 0, 0, 0x7f7f]
                .iter()
                .flat_map(|bits| bits.to_le_bytes())
                .collect(),
            [
                1.0,
                -2.0,
                0.333984375,
                3.140625,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
                3.3895313892515355e38,
            ],
        ),
        (
            "DoubleStorage",
            (0..10)
                .flat_map(|n| (0.1 * f64::from(n)).to_le_bytes())
                .collect(),
            std::array::from_fn(|n| 0.1 * n as f64),
        ),
    ];
    for (class, bytes, values) in kinds {
        let mut draft = Draft::of(&original, &config("tiny-1p1"));
        let stored = draft.weights.get_mut(name).unwrap();
        stored.class = class;
        draft.storages.insert(stored.key.clone(), bytes);
        let checkpoint = reopened(&draft).unwrap();
        let tensor = checkpoint.tensor(name).unwrap();
        assert_eq!(tensor.values::<f64>(), values, "{class}");
        let single = values.map(|value| value as f32);
        assert_eq!(tensor.values::<f32>(), single, "{class}");
        let mut sum = [1.0_f64; 10];
        tensor.add_scaled(2.0, &mut sum);
        assert_eq!(sum, values.map(|value| 1.0 + 2.0 * value), "{class}");
    }
}

#[test]
fn a_state_dictionary_with_attributes_and_parameters_gives_the_same_model() {
    let original = open("tiny-1p1");
    let draft = Draft::of(&original, &config("tiny-1p1"));
    // An OrderedDict with _metadata, of Parameters.
    let mut instructions = b"ccollections\nOrderedDict\n)R(".to_vec();
    let without_frame = |object: Object| {
        let pickle = object.pickle();
        pickle[2..pickle.len() - 1].to_vec()
    };
    for (name, stored) in &draft.weights {
        instructions.extend(without_frame(plain(&format!("module.{name}").into())));
        let parameter = Object::Call(
            Box::new(Object::Global("torch._utils", "_rebuild_parameter")),
            vec![stored.object(), Object::Bool(true), Object::None],
        );
        instructions.extend(without_frame(parameter));
    }
    instructions.extend(b"u}X\x09\x00\x00\x00_metadata}sb");
    let Object::New(class, state) = draft.object() else {
        panic!("a checkpoint is an object")
    };
    let Object::Dict(mut fields) = *state else {
        panic!("with a dictionary of fields")
    };
    fields[2].1 = Object::Raw(instructions);
    let pickle = Object::New(class, Box::new(Object::Dict(fields))).pickle();
    let bytes = draft.write_with(&pickle);
    expect_same(&Checkpoint::from_bytes(bytes, b"").unwrap(), &original);
}

#[test]
fn a_head_may_have_another_name() {
    let original = open("tiny-1p1");
    let mut config = config("tiny-1p1");
    let heads = config["model_config"]["heads"].as_object_mut().unwrap();
    let head = heads.remove("energyandforcehead").unwrap();
    heads.insert("efs".to_owned(), head);
    let mut draft = Draft::of(&original, &config);
    let rename = |(name, stored): (String, _)| (name.replace("energyandforcehead", "efs"), stored);
    draft.weights = draft.weights.into_iter().map(rename).collect();
    expect_same(&reopened(&draft).unwrap(), &original);
}

#[test]
fn the_seeds_of_the_fuzzer_are_a_model_and_a_truncated_one() {
    let original = open("tiny-1p1");
    let draft = Draft::of(&original, &config("tiny-1p1"));
    let pickle = std::fs::read(super::data("fuzz/pickle")).unwrap();
    let checkpoint = Checkpoint::from_bytes(draft.write_with(&pickle), b"").unwrap();
    expect_same(&checkpoint, &original);
    let large = std::fs::read(super::data("fuzz/large.zip")).unwrap();
    let error = Checkpoint::from_bytes(large, b"").unwrap_err().to_string();
    assert!(
        error.contains("the storage \"0\" of 16 numbers is missing"),
        "{error}"
    );
}
