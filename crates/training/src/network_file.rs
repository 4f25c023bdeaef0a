//! Network files: named tensors and metadata of nano, solid or a network of the same kind, read and
//! written without loss.

use std::collections::BTreeMap;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use serde_json::Value;

/// Names of the entry of the safetensors metadata that holds the network's metadata as JSON; the first
/// is written.
const METADATA_KEYS: [&str; 2] = ["network", "nano"];

/// The numbers of a tensor, in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Numbers {
    /// Single precision.
    Single(Vec<f32>),
    /// Double precision.
    Double(Vec<f64>),
}

/// A tensor of a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileTensor {
    pub(crate) shape: Vec<usize>,
    pub(crate) numbers: Numbers,
}

/// Why bytes are no network file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NetworkFileError {
    /// Not a safetensors file, or a damaged one.
    #[error("invalid network file: not a safetensors file: {0}")]
    Format(String),
    /// No metadata.
    #[error(
        "invalid network file: the metadata lack the entry \"network\" in JSON; expected a file that \
         mlipview train has written, as docs/model-card.md describes it"
    )]
    Metadata,
    /// An invalid model card.
    #[error(
        "invalid network file: the model card cannot be read: {0}; expected version 1, as docs/model-card.md \
         describes it"
    )]
    Card(String),
    /// A tensor of another type.
    #[error("invalid network file: the tensor {name:?} has type {found}, expected F32 or F64")]
    Type {
        /// Its name.
        name: String,
        /// Its type.
        found: String,
    },
    /// A tensor that is missing, or of another shape.
    #[error("invalid network file: the tensor {name:?} is {found}, expected {expected}")]
    Tensor {
        /// Its name.
        name: String,
        /// Its state.
        found: String,
        /// The expected type and shape.
        expected: String,
    },
}

/// The content of a network file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NetworkFile {
    /// A JSON object.
    pub(crate) metadata: Value,
    pub(crate) tensors: BTreeMap<String, FileTensor>,
}

impl NetworkFile {
    /// Reads a file.
    pub(crate) fn read(bytes: &[u8]) -> Result<NetworkFile, NetworkFileError> {
        let unreadable = |error: safetensors::SafeTensorError| {
            // The library's errors end with a full stop or a value; either reads well here.
            NetworkFileError::Format(error.to_string())
        };
        let file = SafeTensors::deserialize(bytes).map_err(unreadable)?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(unreadable)?;
        let text = header.metadata().as_ref().and_then(|entries| {
            let mut found = METADATA_KEYS.iter().filter_map(|key| entries.get(*key));
            found.next()
        });
        let metadata = text
            .and_then(|text| serde_json::from_str(text).ok())
            .filter(Value::is_object)
            .ok_or(NetworkFileError::Metadata)?;
        let tensors = file
            .iter()
            .map(|(name, view)| Ok((name.to_owned(), tensor(name, &view)?)))
            .collect::<Result<_, _>>()?;
        Ok(NetworkFile { metadata, tensors })
    }

    /// The bytes of the file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let data: Vec<(&String, Dtype, &Vec<usize>, Vec<u8>)> = self
            .tensors
            .iter()
            .map(|(name, tensor)| {
                let (dtype, bytes) = match &tensor.numbers {
                    Numbers::Single(values) => (
                        Dtype::F32,
                        values.iter().flat_map(|v| v.to_le_bytes()).collect(),
                    ),
                    Numbers::Double(values) => (
                        Dtype::F64,
                        values.iter().flat_map(|v| v.to_le_bytes()).collect(),
                    ),
                };
                (name, dtype, &tensor.shape, bytes)
            })
            .collect();
        let views = data.iter().map(|(name, dtype, shape, bytes)| {
            let view = TensorView::new(*dtype, (*shape).clone(), bytes);
            (name.as_str(), view.expect("as many numbers as the shape"))
        });
        let metadata = [(METADATA_KEYS[0].to_owned(), self.metadata.to_string())];
        safetensors::serialize(views, Some(metadata.into_iter().collect()))
            .expect("tensors of a file fit into one")
    }

    /// A tensor in single precision of `D` dimensions.
    pub(crate) fn single(&self, name: &str, dimensions: usize) -> Result<&[f32], NetworkFileError> {
        match self.tensors.get(name) {
            Some(FileTensor {
                shape,
                numbers: Numbers::Single(values),
            }) if shape.len() == dimensions => Ok(values),
            found => Err(unexpected(
                name,
                found,
                &format!("F32 of {dimensions} dimensions"),
            )),
        }
    }

    /// A vector in double precision of a `length`.
    pub(crate) fn double(&self, name: &str, length: usize) -> Result<&[f64], NetworkFileError> {
        match self.tensors.get(name) {
            Some(FileTensor {
                numbers: Numbers::Double(values),
                ..
            }) if values.len() == length => Ok(values),
            found => Err(unexpected(name, found, &format!("F64 of shape [{length}]"))),
        }
    }

    /// The size of a dimension of a tensor.
    pub(crate) fn size(&self, name: &str, dimension: usize) -> Result<usize, NetworkFileError> {
        let found = self.tensors.get(name);
        found
            .and_then(|tensor| tensor.shape.get(dimension).copied())
            .ok_or_else(|| unexpected(name, found, &format!("of {} dimensions", dimension + 1)))
    }

    /// Adds or replaces a tensor in single precision.
    pub(crate) fn set_single(&mut self, name: &str, shape: &[usize], values: Vec<f32>) {
        self.set(name, shape, Numbers::Single(values));
    }

    /// Adds or replaces a vector in double precision.
    pub(crate) fn set_double(&mut self, name: &str, values: Vec<f64>) {
        self.set(name, &[values.len()], Numbers::Double(values));
    }

    fn set(&mut self, name: &str, shape: &[usize], numbers: Numbers) {
        let shape = shape.to_vec();
        self.tensors
            .insert(name.to_owned(), FileTensor { shape, numbers });
    }
}

fn tensor(name: &str, view: &TensorView<'_>) -> Result<FileTensor, NetworkFileError> {
    let data = view.data();
    let numbers = match view.dtype() {
        Dtype::F32 => {
            let (values, _) = data.as_chunks();
            Numbers::Single(
                values
                    .iter()
                    .map(|bytes| f32::from_le_bytes(*bytes))
                    .collect(),
            )
        }
        Dtype::F64 => {
            let (values, _) = data.as_chunks();
            Numbers::Double(
                values
                    .iter()
                    .map(|bytes| f64::from_le_bytes(*bytes))
                    .collect(),
            )
        }
        found => {
            return Err(NetworkFileError::Type {
                name: name.to_owned(),
                found: format!("{found:?}"),
            });
        }
    };
    Ok(FileTensor {
        shape: view.shape().to_vec(),
        numbers,
    })
}

fn unexpected(name: &str, found: Option<&FileTensor>, expected: &str) -> NetworkFileError {
    let found = match found {
        None => "missing".to_owned(),
        Some(FileTensor {
            shape,
            numbers: Numbers::Single(_),
        }) => format!("F32 of shape {shape:?}"),
        Some(FileTensor { shape, .. }) => format!("F64 of shape {shape:?}"),
    };
    NetworkFileError::Tensor {
        name: name.to_owned(),
        found,
        expected: expected.to_owned(),
    }
}
