//! Writes valid and invalid checkpoints: a pickle, storages, a zip file.

use std::collections::BTreeMap;

use mlipview_uma::checkpoint::Checkpoint;
use serde_json::{Value, json};

/// An object of a pickle.
#[derive(Clone, Debug)]
pub(super) enum Object {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Tuple(Vec<Object>),
    List(Vec<Object>),
    Dict(Vec<(Object, Object)>),
    Global(&'static str, &'static str),
    /// The call of a function with a tuple of arguments.
    Call(Box<Object>, Vec<Object>),
    /// An object of a class with a state.
    New(Box<Object>, Box<Object>),
    Persistent(Vec<Object>),
    /// Opcodes.
    Raw(Vec<u8>),
}

use Object::*;

pub(super) fn text(text: &str) -> Object {
    Text(text.to_owned())
}

pub(super) fn dict(items: Vec<(&str, Object)>) -> Object {
    Dict(
        items
            .into_iter()
            .map(|(key, value)| (text(key), value))
            .collect(),
    )
}

pub(super) fn new(module: &'static str, name: &'static str, state: Object) -> Object {
    New(Box::new(Global(module, name)), Box::new(state))
}

impl Object {
    /// Its pickle in protocol 2.
    pub(super) fn pickle(&self) -> Vec<u8> {
        let mut bytes = vec![0x80, 2];
        self.write(&mut bytes);
        bytes.push(b'.');
        bytes
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        let all = |bytes: &mut Vec<u8>, items: &[Object]| {
            bytes.push(b'(');
            items.iter().for_each(|item| item.write(bytes));
        };
        match self {
            None => bytes.push(b'N'),
            Bool(true) => bytes.push(0x88),
            Bool(false) => bytes.push(0x89),
            Int(integer) => {
                bytes.extend([0x8a, 8]);
                bytes.extend(integer.to_le_bytes());
            }
            Float(float) => {
                bytes.push(b'G');
                bytes.extend(float.to_be_bytes());
            }
            Text(text) => {
                bytes.push(b'X');
                bytes.extend((text.len() as u32).to_le_bytes());
                bytes.extend(text.as_bytes());
            }
            Tuple(items) => {
                all(bytes, items);
                bytes.push(b't');
            }
            List(items) => {
                bytes.push(b']');
                all(bytes, items);
                bytes.push(b'e');
            }
            Dict(items) => {
                bytes.extend([b'}', b'(']);
                for (key, value) in items {
                    key.write(bytes);
                    value.write(bytes);
                }
                bytes.push(b'u');
            }
            Global(module, name) => bytes.extend(format!("c{module}\n{name}\n").bytes()),
            Call(function, arguments) => {
                function.write(bytes);
                all(bytes, arguments);
                bytes.extend([b't', b'R']);
            }
            New(class, state) => {
                class.write(bytes);
                bytes.extend([b')', 0x81]);
                state.write(bytes);
                bytes.push(b'b');
            }
            Persistent(reference) => {
                Tuple(reference.clone()).write(bytes);
                bytes.push(b'Q');
            }
            Raw(raw) => bytes.extend(raw),
        }
    }
}

/// JSON as Python's dictionaries and lists.
pub(super) fn plain(value: &Value) -> Object {
    match value {
        Value::Null => None,
        Value::Bool(boolean) => Bool(*boolean),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => Int(integer),
            _ => Float(number.as_f64().unwrap()),
        },
        Value::String(string) => text(string),
        Value::Array(items) => List(items.iter().map(plain).collect()),
        Value::Object(table) => {
            let items = table.iter();
            Dict(
                items
                    .map(|(key, value)| (text(key), plain(value)))
                    .collect(),
            )
        }
    }
}

/// JSON as nodes of OmegaConf, leaves included.
pub(super) fn omega(value: &Value) -> Object {
    let node = |module, name, key, content| {
        let metadata = new(
            "omegaconf.base",
            "ContainerMetadata",
            dict(vec![("ref_type", Global("typing", "Any"))]),
        );
        // A parent, which must be ignored.
        let parent = Int(-1);
        let state = dict(vec![
            ("_metadata", metadata),
            ("_parent", parent),
            (key, content),
        ]);
        new(module, name, state)
    };
    match value {
        Value::Array(items) => {
            let items = List(items.iter().map(omega).collect());
            node("omegaconf.listconfig", "ListConfig", "_content", items)
        }
        Value::Object(table) => {
            let items = table.iter();
            let items = items.map(|(key, value)| (text(key), omega(value)));
            let items = Dict(items.collect());
            node("omegaconf.dictconfig", "DictConfig", "_content", items)
        }
        leaf => node("omegaconf.nodes", "AnyNode", "_val", plain(leaf)),
    }
}

/// A tensor as a view into a storage.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) class: &'static str,
    pub(super) key: String,
    pub(super) count: i64,
    pub(super) offset: i64,
    pub(super) shape: Vec<i64>,
    pub(super) strides: Vec<i64>,
}

impl Stored {
    pub(super) fn object(&self) -> Object {
        let sizes = |sizes: &[i64]| Tuple(sizes.iter().copied().map(Int).collect());
        let storage = Persistent(vec![
            text("storage"),
            Global("torch", self.class),
            text(&self.key),
            text("cpu"),
            Int(self.count),
        ]);
        Call(
            Box::new(Global("torch._utils", "_rebuild_tensor_v2")),
            vec![
                storage,
                Int(self.offset),
                sizes(&self.shape),
                sizes(&self.strides),
                Bool(false),
                Call(Box::new(Global("collections", "OrderedDict")), vec![]),
            ],
        )
    }
}

/// The content of a checkpoint to be written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) model: Object,
    pub(super) tasks: Object,
    pub(super) weights: BTreeMap<String, Stored>,
    pub(super) storages: BTreeMap<String, Vec<u8>>,
}

impl Draft {
    /// The content of a reference model with its `config.json`.
    pub(super) fn of(checkpoint: &Checkpoint, config: &Value) -> Draft {
        let mut draft = Draft {
            model: plain(&config["model_config"]),
            tasks: plain(&tasks(config)),
            weights: BTreeMap::new(),
            storages: BTreeMap::new(),
        };
        for (index, name) in checkpoint.names().enumerate() {
            let tensor = checkpoint.tensor(name).unwrap();
            let shape: Vec<i64> = tensor.shape().iter().map(|length| *length as i64).collect();
            let values = tensor.values::<f32>();
            let key = index.to_string();
            let stored = Stored {
                class: "FloatStorage",
                key: key.clone(),
                count: values.len() as i64,
                offset: 0,
                strides: rows(&shape),
                shape,
            };
            draft.weights.insert(name.to_owned(), stored);
            let bytes = values.iter().flat_map(|value| value.to_le_bytes());
            draft.storages.insert(key, bytes.collect());
        }
        draft
    }

    /// The pickled object, with the prefix `module.` of averaged weights and their counter.
    pub(super) fn object(&self) -> Object {
        let weights = self.weights.iter();
        let mut weights: Vec<(Object, Object)> = weights
            .map(|(name, stored)| (Text(format!("module.{name}")), stored.object()))
            .collect();
        let average = Stored {
            class: "LongStorage",
            key: "n".to_owned(),
            count: 1,
            offset: 0,
            shape: vec![],
            strides: vec![],
        };
        weights.push((text("n_averaged"), average.object()));
        let state = dict(vec![
            ("model_config", self.model.clone()),
            ("model_state_dict", None),
            ("ema_state_dict", Dict(weights)),
            ("tasks_config", self.tasks.clone()),
        ]);
        new(
            "fairchem.core.units.mlip_unit.api.inference",
            "MLIPInferenceCheckpoint",
            state,
        )
    }

    pub(super) fn write(&self) -> Vec<u8> {
        self.write_with(&self.object().pickle())
    }

    /// The file with another pickle.
    pub(super) fn write_with(&self, pickle: &[u8]) -> Vec<u8> {
        zip(&self.entries(pickle), false)
    }

    pub(super) fn entries(&self, pickle: &[u8]) -> Vec<(String, Vec<u8>)> {
        let mut entries = vec![
            ("m/data.pkl".to_owned(), pickle.to_vec()),
            ("m/byteorder".to_owned(), b"little".to_vec()),
            ("m/data/n".to_owned(), 7_i64.to_le_bytes().to_vec()),
        ];
        let storages = self.storages.iter();
        entries.extend(storages.map(|(key, bytes)| (format!("m/data/{key}"), bytes.clone())));
        entries
    }
}

/// The strides of a row-major tensor.
pub(super) fn rows(shape: &[i64]) -> Vec<i64> {
    let after = |dimension| shape[dimension + 1..].iter().product();
    (0..shape.len()).map(after).collect()
}

/// The tasks of a reference model in the official form.
pub(super) fn tasks(config: &Value) -> Value {
    let mut tasks = Vec::new();
    for dataset in config["datasets"].as_array().unwrap() {
        let dataset = dataset.as_str().unwrap();
        for property in ["energy", "forces", "stress"] {
            if property == "stress" && !["omat", "omc"].contains(&dataset) {
                continue;
            }
            let mut task = json!({
                "_target_": "fairchem.core.units.mlip_unit.mlip_unit.Task",
                "name": format!("{dataset}_{property}"),
                "property": property,
                "datasets": [dataset],
                "normalizer": {
                    "_target_": "fairchem.core.modules.normalization.normalizer.Normalizer",
                    "mean": 0.0,
                    "rmsd": config["rmsd"],
                },
            });
            if property == "energy" {
                task["element_references"] = json!({
                    "_target_": "fairchem.core.modules.normalization.element_references.ElementReferences",
                    "element_references": {
                        "_target_": "torch.DoubleTensor",
                        "_args_": [config["element_references"][dataset]],
                    },
                });
            }
            tasks.push(task);
        }
    }
    Value::Array(tasks)
}

/// A zip file of uncompressed entries; with 64-bit fields if `large`.
pub(super) fn zip(entries: &[(String, Vec<u8>)], large: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in entries {
        let start = bytes.len() as u64;
        let checksum = crc32fast::hash(content);
        let size = content.len() as u64;
        let (size_32, start_32) = match large {
            true => (u32::MAX, u32::MAX),
            false => (size as u32, start as u32),
        };
        let mut extra = Vec::new();
        if large {
            extra.extend([1, 0, 24, 0]);
            [size, size, start]
                .iter()
                .for_each(|number| extra.extend(number.to_le_bytes()));
        }
        let common = |to: &mut Vec<u8>, extra: usize| {
            to.extend([0; 6]);
            to.extend([0; 4]);
            to.extend(checksum.to_le_bytes());
            to.extend(size_32.to_le_bytes());
            to.extend(size_32.to_le_bytes());
            to.extend((name.len() as u16).to_le_bytes());
            to.extend((extra as u16).to_le_bytes());
        };
        bytes.extend(b"PK\x03\x04");
        common(&mut bytes, 4);
        bytes.extend(name.bytes());
        // A local extra field of another length than the directory's.
        bytes.extend([b'F', b'B', 0, 0]);
        bytes.extend(content);
        directory.extend(b"PK\x01\x02\x2d\x00");
        common(&mut directory, extra.len());
        directory.extend([0; 10]);
        directory.extend(start_32.to_le_bytes());
        directory.extend(name.bytes());
        directory.extend(extra);
    }
    let (start, count) = (bytes.len() as u64, entries.len() as u64);
    let size = directory.len() as u64;
    bytes.extend(directory);
    if large {
        let end = bytes.len() as u64;
        bytes.extend(b"PK\x06\x06");
        bytes.extend(44_u64.to_le_bytes());
        bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        [count, count, size, start]
            .iter()
            .for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes.extend(b"PK\x06\x07\x00\x00\x00\x00");
        bytes.extend(end.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
    }
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    let (count, size, start) = match large {
        true => (u16::MAX, u32::MAX, u32::MAX),
        false => (count as u16, size as u32, start as u32),
    };
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}
