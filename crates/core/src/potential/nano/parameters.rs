//! The parameters of nano, read from the file that `models/nano/export.py` writes.
//!
//! Its tensors have the names of `models/nano/network.py`; numbers and elements are in its metadata.

use super::channels::{CHANNELS, Channels};
use super::chunk::Widths;
use super::file::{File, ParametersError};
use super::layer1::Layer1;
use super::layer2::Layer2;
use super::matrix::Matrix;
use super::moments::{INVARIANTS, Mix};
use super::physics::{Nucleus, Physics};
use super::radial::SplineTable;
use super::uncertainty::Uncertainty;
use crate::chem::Element;

/// Tensors of the uncertainty, by their names in the file.
const UNCERTAINTY_MEAN: &str = "doubt_mean";
const UNCERTAINTY_WHITENING: &str = "doubt_whiten";
const UNCERTAINTY_SCALE: &str = "doubt_scale";

/// Factor of the last layer in `network.py`, eV.
const ENERGY_UNIT: f32 = 10.0;

/// All parameters of the potential.
#[derive(Clone, Debug)]
pub(super) struct Parameters {
    /// The elements with parameters, in the order of the tensors.
    pub(super) species: Vec<Element>,
    /// The elements that it was trained for.
    pub(super) domain: Vec<Element>,
    /// Cutoff of the network, Å.
    pub(super) cutoff: f64,
    /// Cutoff of electrostatics and dispersion, Å.
    pub(super) pair_cutoff: f64,
    pub(super) layer1: Layer1,
    pub(super) layer2: Layer2,
    pub(super) physics: Physics,
}

impl Parameters {
    /// Reads a file.
    ///
    /// # Errors
    /// If it is not a parameter file, or the shape of a tensor does not fit the others.
    pub(super) fn read(bytes: &[u8]) -> Result<Parameters, ParametersError> {
        let file = File::open(bytes)?;
        let species = file.elements("species")?;
        let (cutoff, pair_cutoff) = (file.number("cutoff")?, file.number("far")?);
        Ok(Parameters {
            domain: file.elements("domain")?,
            layer1: layer1(&file, species.len(), cutoff)?,
            layer2: layer2(&file, species.len(), cutoff)?,
            physics: physics(&file, &species, pair_cutoff)?,
            species,
            cutoff,
            pair_cutoff,
        })
    }

    /// Widths of the dense layers.
    pub(super) fn widths(&self) -> Widths {
        Widths {
            hidden: self.layer2.output.len(),
            layer1_output: self.layer1.output.width(),
            layer2_input: self.layer2.input_transposed.width(),
        }
    }
}

fn layer1(file: &File<'_>, species: usize, cutoff: f64) -> Result<Layer1, ParametersError> {
    let (radial, hidden, outputs) = (file.rows("radial1")?, file.hidden()?, 2 * CHANNELS + 2);
    let inputs = INVARIANTS * CHANNELS;
    let table = file.single("radial1", &[radial, CHANNELS])?;
    let mean = file.number("mean")?;
    let input = file.single("in1", &[inputs, hidden])?;
    let output = file.single("out1", &[hidden, outputs])?;
    let vector = file.single("arrow", &[CHANNELS, CHANNELS])?;
    let by_species = |name| file.single(name, &[species]);
    Ok(Layer1 {
        table: SplineTable::new(&table, cutoff, mean),
        emit: channels(&file.single("emit1", &[species, CHANNELS])?),
        mix: Mix::new(&file.single("mix1", &[3, CHANNELS, CHANNELS])?),
        input_transposed: Matrix::of_columns(inputs, &input),
        input: Matrix::of_rows(inputs, &input),
        bias: split(&file.single("bias1", &[species, hidden])?, hidden),
        output_transposed: Matrix::of_columns(hidden, &output),
        output: Matrix::of_rows(hidden, &output),
        vector_transposed: Matrix::of_columns(CHANNELS, &vector),
        vector: Matrix::of_rows(CHANNELS, &vector),
        emit_next: channels(&file.single("emit2", &[species, CHANNELS])?),
        charge: by_species("charge0")?.into_iter().map(f64::from).collect(),
        weight: by_species("hold0")?.into_iter().map(f64::from).collect(),
    })
}

fn layer2(file: &File<'_>, species: usize, cutoff: f64) -> Result<Layer2, ParametersError> {
    let (radial, hidden) = (file.rows("radial2")?, file.hidden()?);
    let inputs = INVARIANTS * CHANNELS + CHANNELS + hidden + 1;
    let table = file.single("radial2", &[radial, 2 * CHANNELS])?;
    let mean = file.number("mean")?;
    let input = file.single("in2", &[inputs, hidden])?;
    let middle = file.single("mid2", &[hidden, hidden])?;
    let output = file.single("out2", &[hidden])?;
    let energy = file.single("energy0", &[species])?;
    Ok(Layer2 {
        table: SplineTable::new(&table, cutoff, mean),
        emit_charge: channels(&file.single("emitq", &[CHANNELS])?)[0],
        mix: Mix::new(&file.single("mix2", &[3, CHANNELS, CHANNELS])?),
        input_transposed: Matrix::of_columns(inputs, &input),
        input: Matrix::of_rows(inputs, &input),
        bias: split(&file.single("bias2", &[species, hidden])?, hidden),
        middle_transposed: Matrix::of_columns(hidden, &middle),
        middle: Matrix::of_rows(hidden, &middle),
        middle_bias: file.single("midbias", &[hidden])?,
        output: output
            .into_iter()
            .map(|weight| ENERGY_UNIT * weight)
            .collect(),
        offset: file.double("offset", species)?,
        energy: energy.into_iter().map(f64::from).collect(),
        uncertainty: uncertainty(file, species, hidden)?,
    })
}

/// Optional: a file may lack the statistics of the training set.
fn uncertainty(
    file: &File<'_>,
    species: usize,
    hidden: usize,
) -> Result<Option<Uncertainty>, ParametersError> {
    if !file.has(UNCERTAINTY_SCALE) {
        return Ok(None);
    }
    let whitening = file.single(UNCERTAINTY_WHITENING, &[species, hidden, hidden])?;
    let scale = file.single(UNCERTAINTY_SCALE, &[2])?;
    Ok(Some(Uncertainty {
        mean: split(&file.single(UNCERTAINTY_MEAN, &[species, hidden])?, hidden),
        whitening: whitening
            .chunks_exact(hidden * hidden)
            .map(|values| Matrix::of_columns(hidden, values))
            .collect(),
        scale: [f64::from(scale[0]), f64::from(scale[1])],
    }))
}

fn physics(file: &File<'_>, species: &[Element], cutoff: f64) -> Result<Physics, ParametersError> {
    let of = |name| file.double(name, species.len());
    let (covalent, c6, radii) = (of("covalent")?, of("sqrt_c6")?, of("van_der_waals")?);
    let nucleus = |(index, element): (usize, &Element)| Nucleus {
        number: f64::from(element.number()),
        covalent: covalent[index],
        sqrt_c6: c6[index],
        van_der_waals: radii[index],
    };
    let nuclei: Vec<Nucleus> = species.iter().enumerate().map(nucleus).collect();
    Ok(Physics::new(&nuclei, cutoff, file.number("softening")?))
}

/// Rows of K numbers.
fn channels(values: &[f32]) -> Vec<Channels> {
    values.as_chunks().0.to_vec()
}

/// Rows of `width` numbers.
fn split(values: &[f32], width: usize) -> Vec<Vec<f32>> {
    values.chunks_exact(width).map(<[f32]>::to_vec).collect()
}
