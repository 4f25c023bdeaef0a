//! The parameters, as they are read from their file.
//!
//! `models/nano/export.py` writes it: a safetensors file with the tensors of
//! `models/nano/network.py` by name, and what is not a tensor as JSON in its metadata.

use safetensors::{Dtype, SafeTensors};
use serde_json::Value;

use super::channels::{CHANNELS, Channels};
use super::doubt::Doubt;
use super::first::First;
use super::matrix::Matrix;
use super::moments::{INVARIANTS, Mix};
use super::physics::{Nucleus, Physics};
use super::radial::Table;
use super::second::Second;
use crate::chem::Element;

/// The layout of the file that is understood here.
const FORMAT: f64 = 1.0;

/// What `network.py` multiplies the last layer with, eV.
const ENERGY_UNIT: f32 = 10.0;

/// Everything that was learned, ready for use.
#[derive(Clone, Debug)]
pub(super) struct Parameters {
    /// The elements that it knows, in the order of the tensors.
    pub(super) species: Vec<Element>,
    /// Those of them that it is meant for.
    pub(super) domain: Vec<Element>,
    /// Where the network ends, Å.
    pub(super) cutoff: f64,
    /// Where electrostatics and dispersion end, Å.
    pub(super) far: f64,
    pub(super) first: First,
    pub(super) second: Second,
    pub(super) physics: Physics,
}

/// Why bytes are no parameters.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ParametersError {
    /// Not a safetensors file.
    #[error("the parameters of nano do not read as safetensors: {0}")]
    File(String),
    /// The metadata lack something, or it is not what it should be.
    #[error(
        "the metadata of nano's parameters lack {0}; write the file with models/nano/export.py"
    )]
    Metadata(&'static str),
    /// A tensor is missing, of another shape or type, or not finite.
    #[error("the tensor {name:?} of nano's parameters is {found}, where {expected} is due")]
    Tensor {
        /// Its name.
        name: String,
        /// What is there.
        found: String,
        /// What should be.
        expected: String,
    },
}

impl Parameters {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// If they are no such file, or a tensor is not of the shape that the others make due.
    pub(super) fn read(bytes: &[u8]) -> Result<Parameters, ParametersError> {
        let file = File::open(bytes)?;
        let species = file.elements("species")?;
        let (cutoff, far) = (file.number("cutoff")?, file.number("far")?);
        Ok(Parameters {
            domain: file.elements("domain")?,
            first: first(&file, species.len(), cutoff)?,
            second: second(&file, species.len(), cutoff)?,
            physics: physics(&file, &species, far)?,
            species,
            cutoff,
            far,
        })
    }

    /// Width of the hidden layers.
    pub(super) fn hidden(&self) -> usize {
        self.second.output.len()
    }
}

fn first(file: &File<'_>, species: usize, cutoff: f64) -> Result<First, ParametersError> {
    let (radial, hidden, outputs) = (file.rows("radial1")?, file.hidden()?, 2 * CHANNELS + 2);
    let inputs = INVARIANTS * CHANNELS;
    let table = file.single("radial1", &[radial, CHANNELS])?;
    let mean = file.number("mean")?;
    let input = file.single("in1", &[inputs, hidden])?;
    let output = file.single("out1", &[hidden, outputs])?;
    let arrow = file.single("arrow", &[CHANNELS, CHANNELS])?;
    let by_species = |name| file.single(name, &[species]);
    Ok(First {
        table: Table::new(&table, cutoff, mean),
        emit: channels(&file.single("emit1", &[species, CHANNELS])?),
        mix: Mix::new(&file.single("mix1", &[3, CHANNELS, CHANNELS])?),
        input_back: Matrix::of_columns(inputs, &input),
        input: Matrix::of_rows(inputs, &input),
        bias: split(&file.single("bias1", &[species, hidden])?, hidden),
        output_back: Matrix::of_columns(hidden, &output),
        output: Matrix::of_rows(hidden, &output),
        arrow_back: Matrix::of_columns(CHANNELS, &arrow),
        arrow: Matrix::of_rows(CHANNELS, &arrow),
        emit_next: channels(&file.single("emit2", &[species, CHANNELS])?),
        charge: by_species("charge0")?.into_iter().map(f64::from).collect(),
        hold: by_species("hold0")?.into_iter().map(f64::from).collect(),
    })
}

fn second(file: &File<'_>, species: usize, cutoff: f64) -> Result<Second, ParametersError> {
    let (radial, hidden) = (file.rows("radial2")?, file.hidden()?);
    let inputs = INVARIANTS * CHANNELS + CHANNELS + hidden + 1;
    let table = file.single("radial2", &[radial, 2 * CHANNELS])?;
    let mean = file.number("mean")?;
    let input = file.single("in2", &[inputs, hidden])?;
    let middle = file.single("mid2", &[hidden, hidden])?;
    let output = file.single("out2", &[hidden])?;
    let energy = file.single("energy0", &[species])?;
    Ok(Second {
        table: Table::new(&table, cutoff, mean),
        emit_charge: channels(&file.single("emitq", &[CHANNELS])?)[0],
        mix: Mix::new(&file.single("mix2", &[3, CHANNELS, CHANNELS])?),
        input_back: Matrix::of_columns(inputs, &input),
        input: Matrix::of_rows(inputs, &input),
        bias: split(&file.single("bias2", &[species, hidden])?, hidden),
        middle_back: Matrix::of_columns(hidden, &middle),
        middle: Matrix::of_rows(hidden, &middle),
        middle_bias: file.single("midbias", &[hidden])?,
        output: output
            .into_iter()
            .map(|weight| ENERGY_UNIT * weight)
            .collect(),
        offset: file.double("offset", species)?,
        energy: energy.into_iter().map(f64::from).collect(),
        doubt: doubt(file, species, hidden)?,
    })
}

/// A file may say nothing of how far its training reached.
fn doubt(file: &File<'_>, species: usize, hidden: usize) -> Result<Option<Doubt>, ParametersError> {
    if file.tensors.tensor("doubt_scale").is_err() {
        return Ok(None);
    }
    let whiten = file.single("doubt_whiten", &[species, hidden, hidden])?;
    let scale = file.single("doubt_scale", &[2])?;
    Ok(Some(Doubt {
        mean: split(&file.single("doubt_mean", &[species, hidden])?, hidden),
        whiten: whiten
            .chunks_exact(hidden * hidden)
            .map(|values| Matrix::of_columns(hidden, values))
            .collect(),
        scale: [f64::from(scale[0]), f64::from(scale[1])],
    }))
}

fn physics(file: &File<'_>, species: &[Element], far: f64) -> Result<Physics, ParametersError> {
    let of = |name| file.double(name, species.len());
    let (covalent, c6, radii) = (of("covalent")?, of("sqrt_c6")?, of("van_der_waals")?);
    let nucleus = |(index, element): (usize, &Element)| Nucleus {
        number: f64::from(element.number()),
        covalent: covalent[index],
        sqrt_c6: c6[index],
        van_der_waals: radii[index],
    };
    let nuclei: Vec<Nucleus> = species.iter().enumerate().map(nucleus).collect();
    Ok(Physics::new(&nuclei, far, file.number("softening")?))
}

fn channels(values: &[f32]) -> Vec<Channels> {
    values.as_chunks().0.to_vec()
}

fn split(values: &[f32], width: usize) -> Vec<Vec<f32>> {
    values.chunks_exact(width).map(<[f32]>::to_vec).collect()
}

/// A file whose header has been read.
struct File<'a> {
    tensors: SafeTensors<'a>,
    metadata: Value,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Result<File<'a>, ParametersError> {
        let unreadable =
            |error: safetensors::SafeTensorError| ParametersError::File(error.to_string());
        let tensors = SafeTensors::deserialize(bytes).map_err(unreadable)?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(unreadable)?;
        let text = header
            .metadata()
            .as_ref()
            .and_then(|metadata| metadata.get("nano"));
        let metadata = text.and_then(|text| serde_json::from_str(text).ok());
        let metadata = metadata.ok_or(ParametersError::Metadata("the entry \"nano\", in JSON"))?;
        let file = File { tensors, metadata };
        if file.number("format")? == FORMAT {
            Ok(file)
        } else {
            Err(ParametersError::Metadata("\"format\": 1"))
        }
    }

    fn number(&self, name: &'static str) -> Result<f64, ParametersError> {
        let number = self.metadata[name].as_f64();
        number
            .filter(|number| *number > 0.0)
            .ok_or(ParametersError::Metadata(name))
    }

    /// Elements by atomic number.
    fn elements(&self, name: &'static str) -> Result<Vec<Element>, ParametersError> {
        let read = |value: &Value| Element::from_number(u8::try_from(value.as_u64()?).ok()?);
        let elements = self.metadata[name].as_array();
        let elements = elements.and_then(|numbers| numbers.iter().map(read).collect());
        elements.ok_or(ParametersError::Metadata(name))
    }

    /// The first dimension of a tensor.
    fn rows(&self, name: &str) -> Result<usize, ParametersError> {
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

    /// Width of the hidden layers.
    fn hidden(&self) -> Result<usize, ParametersError> {
        let hidden = self.rows("out2")?;
        if hidden % Matrix::TILE == 0 {
            return Ok(hidden);
        }
        Err(ParametersError::Tensor {
            name: "out2".to_owned(),
            found: format!("{hidden} long"),
            expected: format!("a multiple of {}", Matrix::TILE),
        })
    }

    fn single(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ParametersError> {
        let values: Vec<f32> = self.values(name, Dtype::F32, shape, f32::from_le_bytes)?;
        match values.iter().all(|value| value.is_finite()) {
            true => Ok(values),
            false => Err(not_finite(name)),
        }
    }

    fn double(&self, name: &str, length: usize) -> Result<Vec<f64>, ParametersError> {
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
