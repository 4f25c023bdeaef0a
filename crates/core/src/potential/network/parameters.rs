//! The parameters of a network, read from the files that `mlipview train` and the `export.py` of
//! `models/nano` and `models/solid` write.
//!
//! Tensors have the names of `models/nano/network.py`; numbers and elements are in the metadata
//! (docs/model-card.md).

use super::channels::{CHANNELS, Channels};
use super::chunk::Widths;
use super::dense::matrix_and_transpose;
use super::file::{File, ParametersError};
use super::invariants::Mix;
use super::layer1::{ChargeBias, Layer1};
use super::layer2::{ENERGY_UNIT, Layer2};
use super::moments::{DEGREE_2, degree_count, invariant_count};
use super::physics::{Dispersion, Physics};
use super::radial::SplineTable;
use super::repulsion::Repulsion;
use super::uncertainty::Uncertainty;
use crate::chem::Element;

/// Tensors of the uncertainty, by their names in the file.
const UNCERTAINTY_MEAN: &str = "doubt_mean";
const UNCERTAINTY_WHITENING: &str = "doubt_whiten";
const UNCERTAINTY_SCALE: &str = "doubt_scale";
const UNCERTAINTY_FORCE: &str = "doubt_force";
const UNCERTAINTY_ELEMENTS: &str = "doubt_elements";

/// The highest degree of the moments that a file's parameters are for; they must have charges.
pub(in crate::potential) fn degree_with_charges(bytes: &[u8]) -> Result<usize, ParametersError> {
    let file = File::open(bytes)?;
    file.rows("charge0")?;
    Ok(file.rows("mix1")?.saturating_sub(1))
}

/// All parameters of the potential.
#[derive(Clone, Debug)]
pub(in crate::potential) struct Parameters<const C: usize> {
    /// The elements with parameters, in the order of the tensors.
    pub(super) species: Vec<Element>,
    /// The elements that it was trained for.
    pub(super) domain: Vec<Element>,
    /// Cutoff of the network, Å.
    pub(super) cutoff: f64,
    pub(super) layer1: Layer1<C>,
    pub(super) layer2: Layer2<C>,
    /// Electrostatics and dispersion; `None` without charges.
    pub(super) physics: Option<Physics>,
    pub(super) repulsion: Repulsion,
}

impl<const C: usize> Parameters<C> {
    /// Reads a file.
    ///
    /// # Errors
    /// If it is not a parameter file, or the shape of a tensor does not fit the others.
    pub(in crate::potential) fn read(bytes: &[u8]) -> Result<Parameters<C>, ParametersError> {
        let file = File::open(bytes)?;
        let species = file.elements("species")?;
        let cutoff = file.number("cutoff")?;
        let numbers = species.iter().map(|element| f64::from(element.number()));
        let numbers: Vec<f64> = numbers.collect();
        let radii = file.double("covalent", species.len())?;
        // Without charges, pairs beyond the network's cutoff are not seen.
        let largest = radii.iter().copied().fold(0.0, f64::max);
        if !file.has_charges() && 2.0 * largest > cutoff {
            return Err(ParametersError::Tensor {
                name: "covalent".to_owned(),
                found: format!("up to {largest} Å"),
                expected: format!("at most half the cutoff of {cutoff} Å"),
            });
        }
        let repulsion = Repulsion::new(&numbers, &radii);
        Ok(Parameters {
            domain: file.elements("domain")?,
            layer1: layer1(&file, species.len(), cutoff)?,
            layer2: layer2(&file, species.len(), cutoff)?,
            physics: physics(&file, species.len(), &repulsion)?,
            repulsion,
            species,
            cutoff,
        })
    }

    /// Whether the network has charges, as that of nano.
    pub(in crate::potential) fn has_charges(&self) -> bool {
        self.physics.is_some()
    }

    /// Widths of the dense layers.
    pub(super) fn widths(&self) -> Widths {
        Widths {
            hidden: self.layer2.output.len(),
            layer1_output: self.layer1.output.outputs(),
            layer2_input: self.layer2.input.inputs(),
        }
    }
}

fn layer1<const C: usize>(
    file: &File<'_>,
    species: usize,
    cutoff: f64,
) -> Result<Layer1<C>, ParametersError> {
    let (radial, hidden) = (file.rows("radial1")?, file.hidden()?);
    let inputs = invariant_count(C) * CHANNELS;
    let present = present_invariants::<C>(file)?;
    let charges = charge_bias(file, species)?;
    let outputs = 2 * CHANNELS + if charges.is_some() { 2 } else { 0 };
    let table = file.single("radial1", &[radial, CHANNELS])?;
    let mean = file.number("mean")?;
    let input = file.single("in1", &[present * CHANNELS, hidden])?;
    let input = with_all_invariants::<C>(input, present, hidden);
    let output = file.single("out1", &[hidden, outputs])?;
    let vector = file.single("arrow", &[CHANNELS, CHANNELS])?;
    let [input, input_transposed] = matrix_and_transpose(inputs, &input);
    let [output, output_transposed] = matrix_and_transpose(hidden, &output);
    let [vector, vector_transposed] = matrix_and_transpose(CHANNELS, &vector);
    Ok(Layer1 {
        table: SplineTable::new(&table, cutoff, mean),
        emit: channels(&file.single("emit1", &[species, CHANNELS])?),
        own: own(file, "own1", species)?,
        mix: Mix::new(&file.single("mix1", &[degree_count(C), CHANNELS, CHANNELS])?),
        input,
        input_transposed,
        bias: split(&file.single("bias1", &[species, hidden])?, hidden),
        output,
        output_transposed,
        vector,
        vector_transposed,
        emit_next: channels(&file.single("emit2", &[species, CHANNELS])?),
        charges,
    })
}

/// Number of invariants that a file has weights for. Files of degree 3 may lack the last one.
fn present_invariants<const C: usize>(file: &File<'_>) -> Result<usize, ParametersError> {
    let (all, present) = (invariant_count(C), file.rows("in1")? / CHANNELS);
    Ok(if C > DEGREE_2 && present == all - 1 {
        present
    } else {
        all
    })
}

/// Weights of the invariants and of other inputs, [inputs, H], with zeros for the invariants that the
/// file lacks.
fn with_all_invariants<const C: usize>(
    mut weights: Vec<f32>,
    present: usize,
    hidden: usize,
) -> Vec<f32> {
    let row = CHANNELS * hidden;
    let missing = vec![0.0; (invariant_count(C) - present) * row];
    weights.splice(present * row..present * row, missing);
    weights
}

/// Optional: a network without charges lacks them.
fn charge_bias(file: &File<'_>, species: usize) -> Result<Option<ChargeBias>, ParametersError> {
    if !file.has_charges() {
        return Ok(None);
    }
    let by_species = |name| -> Result<Vec<f64>, ParametersError> {
        let values = file.single(name, &[species])?;
        Ok(values.into_iter().map(f64::from).collect())
    };
    Ok(Some(ChargeBias {
        charge: by_species("charge0")?,
        weight: by_species("hold0")?,
    }))
}

/// Factors of the receiving atom's species; `None` where the file has none.
fn own(
    file: &File<'_>,
    name: &str,
    species: usize,
) -> Result<Option<Vec<Channels>>, ParametersError> {
    if !file.has(name) {
        return Ok(None);
    }
    Ok(Some(channels(&file.single(name, &[species, CHANNELS])?)))
}

fn layer2<const C: usize>(
    file: &File<'_>,
    species: usize,
    cutoff: f64,
) -> Result<Layer2<C>, ParametersError> {
    let (radial, hidden) = (file.rows("radial2")?, file.hidden()?);
    let charge = usize::from(file.has_charges());
    let present = present_invariants::<C>(file)?;
    let rest = CHANNELS + hidden + charge;
    let inputs = invariant_count(C) * CHANNELS + rest;
    let table = file.single("radial2", &[radial, 2 * CHANNELS])?;
    let mean = file.number("mean")?;
    let input = file.single("in2", &[present * CHANNELS + rest, hidden])?;
    let input = with_all_invariants::<C>(input, present, hidden);
    let middle = file.single("mid2", &[hidden, hidden])?;
    let output = file.single("out2", &[hidden])?;
    let energy = file.single("energy0", &[species])?;
    let [input, input_transposed] = matrix_and_transpose(inputs, &input);
    let [middle, middle_transposed] = matrix_and_transpose(hidden, &middle);
    Ok(Layer2 {
        table: SplineTable::new(&table, cutoff, mean),
        own: own(file, "own2", species)?,
        emit_charge: match charge {
            0 => None,
            _ => Some(channels(&file.single("emitq", &[CHANNELS])?)[0]),
        },
        mix: Mix::new(&file.single("mix2", &[degree_count(C), CHANNELS, CHANNELS])?),
        input,
        input_transposed,
        bias: split(&file.single("bias2", &[species, hidden])?, hidden),
        middle,
        middle_transposed,
        middle_bias: file.single("midbias", &[hidden])?,
        output: output
            .into_iter()
            .map(|weight| ENERGY_UNIT as f32 * weight)
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
    // One matrix for each species, or for all of them.
    let matrices = match file.rows(UNCERTAINTY_WHITENING)? {
        1 => 1,
        _ => species,
    };
    let whitening = file.single(UNCERTAINTY_WHITENING, &[matrices, hidden, hidden])?;
    let scale = file.single(UNCERTAINTY_SCALE, &[2])?;
    let optional = |name, count: usize| match file.has(name) {
        true => file.single(name, &[count]),
        false => Ok(vec![0.0; count]),
    };
    let force = optional(UNCERTAINTY_FORCE, 1)?;
    let elements = optional(UNCERTAINTY_ELEMENTS, species)?;
    Ok(Some(Uncertainty {
        mean: split(&file.single(UNCERTAINTY_MEAN, &[species, hidden])?, hidden),
        whitening: whitening
            .chunks_exact(hidden * hidden)
            .map(|values| matrix_and_transpose(hidden, values))
            .map(|[_, transposed]| transposed)
            .collect(),
        scale: [scale[0], scale[1], force[0]].map(f64::from),
        elements: elements.into_iter().map(f64::from).collect(),
    }))
}

fn physics(
    file: &File<'_>,
    species: usize,
    repulsion: &Repulsion,
) -> Result<Option<Physics>, ParametersError> {
    if !file.has_charges() {
        return Ok(None);
    }
    let c6 = file.double("sqrt_c6", species)?.into_iter();
    let dispersion: Vec<Dispersion> = c6
        .zip(file.double("van_der_waals", species)?)
        .map(|(sqrt_c6, van_der_waals)| Dispersion {
            sqrt_c6,
            van_der_waals,
        })
        .collect();
    let (cutoff, softening) = (file.number("far")?, file.number("softening")?);
    Ok(Some(Physics::new(
        &dispersion,
        repulsion,
        cutoff,
        softening,
    )))
}

/// Rows of K numbers.
fn channels(values: &[f32]) -> Vec<Channels> {
    values.as_chunks().0.to_vec()
}

/// Rows of `width` numbers.
fn split(values: &[f32], width: usize) -> Vec<Vec<f32>> {
    values.chunks_exact(width).map(<[f32]>::to_vec).collect()
}
