//! Damaged files: an error or a correct model, never a panic, in little time and memory.

use std::fs;

use mlipview_uma::checkpoint::Checkpoint;
use proptest::prelude::*;

use super::writer::{Draft, Object, text};
use super::{config, data, open};

/// Opens arbitrary bytes, and reads all tensors if they are a model.
fn open_and_read(bytes: Vec<u8>, configuration: &[u8]) {
    match Checkpoint::from_bytes(bytes, configuration) {
        Err(error) => {
            let error = error.to_string();
            assert!(!error.is_empty() && error.len() < 4000, "{error}");
        }
        Ok(checkpoint) => {
            for name in checkpoint.names() {
                let tensor = checkpoint.tensor(name).unwrap();
                assert_eq!(tensor.values::<f32>().len(), tensor.count());
            }
        }
    }
}

fn official() -> Vec<u8> {
    fs::read(data("tiny-1p1/checkpoint.pt")).unwrap()
}

/// A small file whose checksums match any change of its pickle, and the pickle.
fn small() -> (Draft, Vec<u8>) {
    let draft = Draft::of(&open("tiny-1p1"), &config("tiny-1p1"));
    let pickle = draft.object().pickle();
    (draft, pickle)
}

#[test]
fn a_truncated_file_is_refused_wherever_it_ends() {
    let whole = official();
    for end in (0..whole.len())
        .step_by(1009)
        .chain(whole.len() - 300..whole.len())
    {
        let error = Checkpoint::from_bytes(whole[..end].to_vec(), b"").unwrap_err();
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn a_truncated_safetensors_file_is_refused_wherever_it_ends() {
    let whole = fs::read(data("tiny-1p1/weights.safetensors")).unwrap();
    let configuration = fs::read(data("tiny-1p1/config.json")).unwrap();
    for end in (0..whole.len()).step_by(997) {
        assert!(Checkpoint::from_bytes(whole[..end].to_vec(), &configuration).is_err());
    }
    for end in (0..configuration.len()).step_by(997) {
        assert!(Checkpoint::from_bytes(whole.clone(), &configuration[..end]).is_err());
    }
}

#[test]
fn flipped_bytes_in_the_file_are_errors_or_give_a_readable_model() {
    let whole = official();
    for at in (0..whole.len())
        .step_by(509)
        .chain(whole.len() - 400..whole.len())
    {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        open_and_read(bytes, b"");
    }
}

#[test]
fn flipped_bytes_of_a_pickle_with_a_matching_checksum_do_not_panic() {
    let (draft, pickle) = small();
    for at in (0..pickle.len()).step_by(61) {
        for flip in [0x01, 0x80, 0xff] {
            let mut pickle = pickle.clone();
            pickle[at] ^= flip;
            open_and_read(draft.write_with(&pickle), b"");
        }
    }
}

#[test]
fn flipped_bytes_of_a_safetensors_header_do_not_panic() {
    let whole = fs::read(data("tiny-1p1/weights.safetensors")).unwrap();
    let configuration = fs::read(data("tiny-1p1/config.json")).unwrap();
    for at in (0..12_000).step_by(37) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x03;
        open_and_read(bytes, &configuration);
    }
}

#[test]
fn an_endlessly_nested_or_repeated_configuration_is_refused() {
    let (mut draft, _) = small();
    let bombs: [(&str, Vec<u8>); 5] = [
        // A list that contains itself.
        ("itself", b"]q\x01h\x01a".to_vec()),
        // Ten thousand nested lists.
        ("nested", [vec![b']'; 10_000], vec![b'a'; 9_999]].concat()),
        // Sixty tuples, each of which contains the previous one twice.
        ("doubled", {
            let doubled = |level: u8| [b'h', level, 0x86, b'q', level + 1];
            let levels = (0..60).flat_map(doubled);
            b"]q\x00".iter().copied().chain(levels).collect()
        }),
        // A node of OmegaConf whose content is itself.
        (
            "node",
            b"comegaconf.nodes\nAnyNode\n)\x81q\x01}X\x04\x00\x00\x00_valh\x01sb".to_vec(),
        ),
        // Marks that are never closed.
        ("marks", vec![b'('; 100_000]),
    ];
    for (name, bomb) in bombs {
        draft.model = Object::Raw(bomb);
        let error = Checkpoint::from_bytes(draft.write(), b"")
            .unwrap_err()
            .to_string();
        assert!(error.contains("damaged"), "{name}: {error}");
    }
}

#[test]
fn wrong_counts_allocate_no_memory() {
    let (draft, _) = small();
    let pickles: [&[u8]; 6] = [
        // A string of 4 GiB, a large key of the memo, and one without a value.
        b"\x80\x02X\xff\xff\xff\xffabc.",
        b"\x80\x02Nr\xff\xff\xff\xff.",
        b"\x80\x02j\xff\xff\xff\xff.",
        // Nothing to append to, to set in or to end with.
        b"\x80\x02Na.",
        b"\x80\x02(u.",
        b".",
    ];
    for pickle in pickles {
        assert!(Checkpoint::from_bytes(draft.write_with(pickle), b"").is_err());
    }
    let header = |length: u64, text: &str| {
        let mut bytes = length.to_le_bytes().to_vec();
        bytes.extend(text.bytes());
        bytes
    };
    let configuration = fs::read(data("tiny-1p1/config.json")).unwrap();
    for bytes in [
        header(u64::MAX, "{"),
        header(1 << 40, "{}"),
        header(2, "{}"),
        header(
            70,
            r#"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}"#,
        ),
        header(
            64,
            r#"{"a":{"dtype":"F32","shape":[],"data_offsets":[18446744073709551615,3]}}"#,
        ),
    ] {
        assert!(Checkpoint::from_bytes(bytes, &configuration).is_err());
    }
}

#[test]
fn many_small_values_are_refused_before_they_fill_the_memory() {
    let (draft, _) = small();
    let pickle = [b"\x80\x02".to_vec(), vec![b'}'; 5 << 20], b".".to_vec()].concat();
    let error = Checkpoint::from_bytes(draft.write_with(&pickle), b"").unwrap_err();
    assert!(error.to_string().contains("too many values"), "{error}");
    let pickle = vec![b'N'; 17 << 20];
    let error = Checkpoint::from_bytes(draft.write_with(&pickle), b"").unwrap_err();
    assert!(
        error.to_string().contains("16 MiB") || error.to_string().contains("17 MiB"),
        "{error}"
    );
}

#[test]
fn two_tensors_may_share_a_storage() {
    let (mut draft, _) = small();
    let other = draft.weights["backbone.source_embedding.weight"].clone();
    draft
        .weights
        .insert("backbone.target_embedding.weight".to_owned(), other);
    let checkpoint = Checkpoint::from_bytes(draft.write(), b"").unwrap();
    let values = |name| -> Vec<f64> { checkpoint.tensor(name).unwrap().values() };
    assert_eq!(
        values("backbone.source_embedding.weight"),
        values("backbone.target_embedding.weight")
    );
}

#[test]
fn a_key_that_is_not_a_string_is_refused() {
    let (mut draft, _) = small();
    draft.model = Object::Dict(vec![(Object::List(vec![]), text("x"))]);
    let error = Checkpoint::from_bytes(draft.write(), b"")
        .unwrap_err()
        .to_string();
    assert!(error.contains("a key that is not a string"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_to_a_pickle_makes_the_reader_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let (draft, mut pickle) = small();
        for (index, byte) in changes {
            let index = index.index(pickle.len());
            pickle[index] = byte;
        }
        if let Some(cut) = cut {
            pickle.truncate(cut.index(pickle.len()));
        }
        open_and_read(draft.write_with(&pickle), b"");
    }

    #[test]
    fn no_change_to_a_file_makes_the_reader_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = small().0.write();
        // Changes of the directory matter most.
        let tail = 8000;
        for (index, byte) in changes {
            let index = bytes.len() - 1 - index.index(tail);
            bytes[index] = byte;
        }
        open_and_read(bytes, b"");
    }
}
