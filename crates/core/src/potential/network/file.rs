//! The parameter file: a safetensors file with metadata in JSON.

use std::collections::HashSet;

use safetensors::{Dtype, SafeTensors};
use serde_json::Value;

use crate::chem::Element;
use crate::potential::parameter_file::ParameterFileError;

/// The supported version of the layout.
const FORMAT: f64 = 1.0;

/// Why a parameter file is invalid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ParametersError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ParameterFileError),
    /// Not a safetensors file.
    #[error("invalid network parameters: not a safetensors file: {0}")]
    File(String),
    /// A missing or invalid entry of the metadata.
    #[error(
        "invalid network parameters: the metadata lack {0}; expected a file that mlipview train has written, \
         as docs/model-card.md describes it"
    )]
    Metadata(&'static str),
    /// A tensor that is missing, of another shape or type, or not finite.
    #[error("the tensor {name:?} of the network parameters is {found}, expected {expected}")]
    Tensor {
        /// Its name.
        name: String,
        /// Its state, or its type and shape.
        found: String,
        /// The expected type and shape.
        expected: String,
    },
}

/// The names of the tensors of a safetensors file that begins with these bytes, if they have its header;
/// `None` for other files.
pub(in crate::potential) fn tensor_names(start: &[u8]) -> Option<Vec<String>> {
    let (_, metadata) = SafeTensors::read_metadata(start).ok()?;
    Some(metadata.tensors().into_keys().collect())
}

/// A parameter file whose header has been read.
pub(super) struct File<'a> {
    tensors: SafeTensors<'a>,
    metadata: Value,
}

impl<'a> File<'a> {
    /// Whether there is a tensor of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    /// Whether the network predicts charges: the entry "charges" of the metadata, by default true.
    pub(super) fn has_charges(&self) -> bool {
        self.metadata["charges"].as_bool().unwrap_or(true)
    }

    /// Reads the header.
    pub(super) fn open(bytes: &'a [u8]) -> Result<File<'a>, ParametersError> {
        let unreadable =
            |error: safetensors::SafeTensorError| ParametersError::File(error.to_string());
        let tensors = SafeTensors::deserialize(bytes).map_err(unreadable)?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(unreadable)?;
        let text = header
            .metadata()
            .as_ref()
            .and_then(|metadata| metadata.get("network").or_else(|| metadata.get("nano")));
        let metadata = text.and_then(|text| serde_json::from_str(text).ok());
        let metadata =
            metadata.ok_or(ParametersError::Metadata("the entry \"network\", in JSON"))?;
        let file = File { tensors, metadata };
        if file.number("format")? == FORMAT {
            Ok(file)
        } else {
            Err(ParametersError::Metadata("\"format\": 1"))
        }
    }

    /// A positive number of the metadata.
    pub(super) fn number(&self, name: &'static str) -> Result<f64, ParametersError> {
        let number = self.metadata[name].as_f64();
        number
            .filter(|number| *number > 0.0)
            .ok_or(ParametersError::Metadata(name))
    }

    /// A list of elements of the metadata, by atomic number; each only once.
    pub(super) fn elements(&self, name: &'static str) -> Result<Vec<Element>, ParametersError> {
        let read = |value: &Value| Element::from_number(u8::try_from(value.as_u64()?).ok()?);
        let elements = self.metadata[name].as_array();
        let elements = elements.and_then(|numbers| numbers.iter().map(read).collect());
        let mut seen = HashSet::new();
        elements
            .filter(|elements: &Vec<Element>| elements.iter().all(|element| seen.insert(*element)))
            .ok_or(ParametersError::Metadata(name))
    }

    /// The first dimension of a tensor.
    pub(super) fn rows(&self, name: &str) -> Result<usize, ParametersError> {
        let tensor = self.tensors.tensor(name);
        let rows = tensor
            .ok()
            .and_then(|tensor| tensor.shape().first().copied());
        rows.filter(|rows| *rows > 0)
            .ok_or_else(|| ParametersError::Tensor {
                name: name.to_owned(),
                found: "missing".to_owned(),
                expected: "a tensor".to_owned(),
            })
    }

    /// Width H of the hidden layers.
    pub(super) fn hidden(&self) -> Result<usize, ParametersError> {
        self.rows("out2")
    }

    /// A tensor in single precision, in row-major order.
    pub(super) fn single(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ParametersError> {
        let values: Vec<f32> = self.values(name, Dtype::F32, shape, f32::from_le_bytes)?;
        match values.iter().all(|value| value.is_finite()) {
            true => Ok(values),
            false => Err(not_finite(name)),
        }
    }

    /// A vector in double precision.
    pub(super) fn double(&self, name: &str, length: usize) -> Result<Vec<f64>, ParametersError> {
        let values: Vec<f64> = self.values(name, Dtype::F64, &[length], f64::from_le_bytes)?;
        match values.iter().all(|value| value.is_finite()) {
            true => Ok(values),
            false => Err(not_finite(name)),
        }
    }

    fn values<T, const BYTES: usize>(
        &self,
        name: &str,
        dtype: Dtype,
        shape: &[usize],
        read: fn([u8; BYTES]) -> T,
    ) -> Result<Vec<T>, ParametersError> {
        let tensor = self.tensors.tensor(name);
        let found = match &tensor {
            Ok(tensor) if tensor.dtype() == dtype && tensor.shape() == shape => {
                let (values, _) = tensor.data().as_chunks();
                return Ok(values.iter().map(|bytes| read(*bytes)).collect());
            }
            Ok(tensor) => format!("{:?} of shape {:?}", tensor.dtype(), tensor.shape()),
            Err(_) => "missing".to_owned(),
        };
        Err(ParametersError::Tensor {
            name: name.to_owned(),
            found,
            expected: format!("{dtype:?} of shape {shape:?}"),
        })
    }
}

fn not_finite(name: &str) -> ParametersError {
    ParametersError::Tensor {
        name: name.to_owned(),
        found: "not finite".to_owned(),
        expected: "finite numbers".to_owned(),
    }
}
