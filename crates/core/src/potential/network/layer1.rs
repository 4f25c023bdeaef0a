//! First message-passing layer: from the species of neighbors to messages and charge priors.
//!
//! For atom i with neighbors j at distance r along the unit vector u, per channel:
//!
//! 1. A = own(species i) Σⱼ Y(u) f(r) emit(species j), the moments of the neighbor density
//! 2. h = silu(I W_in + b(species i)) with the invariants I of A
//! 3. (e, g, c, x) = h W_out; c and x only with charges
//! 4. message: scalar emit₂(species i) + e, vector g (v W_vector)
//! 5. charge prior: q₀ = charge(species i) + c, w = softplus(weight(species i) + x)

use super::activation::{silu, softplus};
use super::channels::{CHANNELS, Channels, parts};
use super::charge_prior::ChargePrior;
use super::chunk::Chunk;
use super::edges::Edge;
use super::invariants::{Mix, invariants};
use super::message::{BATCH, EdgeBasis, Message, edge_bases};
use super::moments::Moments;
use super::radial::SplineTable;
use crate::potential::simd::{Layout, Matrix, Output, Simd, Vector};

/// Weights of the first layer. K channels, H: width of the hidden layer.
#[derive(Clone, Debug)]
pub(super) struct Layer1<const C: usize> {
    /// f(r).
    pub(super) table: SplineTable<1>,
    /// emit: [species, K].
    pub(super) emit: Vec<Channels>,
    /// own: [species, K]; `None` if it is 1.
    pub(super) own: Option<Vec<Channels>>,
    pub(super) mix: Mix<C>,
    /// W_in: [invariants K, H], and its transpose.
    pub(super) input: Matrix<f32>,
    pub(super) input_transposed: Matrix<f32>,
    /// b: [species, H].
    pub(super) bias: Vec<Vec<f32>>,
    /// W_out: [H, 2 K + 2], without charges [H, 2 K], and its transpose.
    pub(super) output: Matrix<f32>,
    pub(super) output_transposed: Matrix<f32>,
    /// W_vector: [K, K], and its transpose.
    pub(super) vector: Matrix<f32>,
    pub(super) vector_transposed: Matrix<f32>,
    /// emit₂: [species, K].
    pub(super) emit_next: Vec<Channels>,
    pub(super) charges: Option<ChargeBias>,
}

/// Biases of the charge priors.
#[derive(Clone, Debug)]
pub(super) struct ChargeBias {
    /// charge, e: [species].
    pub(super) charge: Vec<f64>,
    /// weight: [species].
    pub(super) weight: Vec<f64>,
}

/// Columns of c and x in the output, behind e and g.
const CHARGE: usize = 2 * CHANNELS;
const WEIGHT: usize = CHARGE + 1;

impl<const C: usize> Layer1<C> {
    /// Σⱼ Y(u) f(r) emit(species j).
    #[inline(always)]
    fn density<S: Simd>(&self, simd: S, edges: &[Edge], species: &[u8]) -> Moments<C> {
        let mut moments = Moments::ZERO;
        let mut bases = [EdgeBasis::<C>::ZERO; BATCH];
        for batch in edges.chunks(BATCH) {
            let bases = edge_bases(batch, &mut bases);
            for part in 0..parts::<S>() {
                let mut sums = moments.part(simd, part);
                for basis in bases {
                    let emit = &self.emit[usize::from(species[basis.other])];
                    let weighted = self.table.values(simd, basis.table, 0, part)
                        * Vector::load(simd, emit, part);
                    for (sum, harmonic) in sums.iter_mut().zip(basis.harmonics) {
                        *sum = weighted.scaled_add(harmonic, *sum);
                    }
                }
                moments.set_part(part, sums);
            }
        }
        moments
    }

    /// v W_vector: [3, K].
    #[inline(always)]
    fn ungated(&self, moments: &Moments<C>) -> [Channels; 3] {
        let mut ungated = [[0.0; CHANNELS]; 3];
        multiply(
            moments.vector(),
            &self.vector,
            &mut ungated,
            Output::Replace,
        );
        ungated
    }
}

/// y = v M or y += v M for vectors v and y: [3, K].
#[inline(always)]
fn multiply(v: &[Channels; 3], matrix: &Matrix<f32>, y: &mut [Channels; 3], output: Output) {
    let rows = Layout::rows(0, CHANNELS);
    let (v, y) = (v.as_flattened(), y.as_flattened_mut());
    matrix.product(3, (v, rows), (y, rows), output);
}

/// Forward pass of a chunk: its messages, except for their dependence on the charges, and its charge
/// priors.
#[inline(always)]
pub(super) fn forward<S: Simd, const C: usize>(
    simd: S,
    layer: &Layer1<C>,
    species: &[u8],
    chunk: &mut Chunk<C>,
    messages: &mut [Message],
) {
    for (index, moments) in chunk.moments[..messages.len()].iter_mut().enumerate() {
        *moments = layer.density(simd, chunk.edges.of(index), species);
        if let Some(own) = &layer.own {
            moments.scale(&own[usize::from(species[chunk.atoms.start + index])]);
        }
    }
    for block in chunk.blocks() {
        let atoms = chunk.of_block(block);
        // h = silu(I W_in + b).
        let x = chunk.input.block_mut(0);
        let hidden = chunk.hidden.block_mut(block);
        for (index, atom) in atoms.clone().enumerate() {
            let moments = &chunk.moments[atom];
            invariants(simd, moments, &layer.mix.mixed(moments), x[index]);
            let bias = &layer.bias[usize::from(species[chunk.atoms.start + atom])];
            hidden[index].copy_from_slice(bias);
        }
        let input = (&chunk.input, 0);
        chunk
            .hidden
            .product(atoms.clone(), input, &layer.input, Output::Add);
        let derivatives = chunk.hidden_derivatives.block_mut(block);
        for (x, derivatives) in chunk.hidden.block_mut(block).into_iter().zip(derivatives) {
            silu(x, derivatives);
        }
        // (e, g, c, x) = h W_out.
        let hidden = (&chunk.hidden, atoms.start);
        chunk
            .output
            .product(0..atoms.len(), hidden, &layer.output, Output::Replace);
        let out = chunk.output.block(0);
        for (out, atom) in out.into_iter().zip(atoms) {
            let species = usize::from(species[chunk.atoms.start + atom]);
            let ungated = layer.ungated(&chunk.moments[atom]);
            let message = &mut messages[atom];
            for k in 0..CHANNELS {
                message.scalar[k] = layer.emit_next[species][k] + out[k];
                chunk.gates[atom][k] = out[CHANNELS + k];
                for axis in 0..3 {
                    message.vector[axis][k] = out[CHANNELS + k] * ungated[axis][k];
                }
            }
            if let Some(charges) = &layer.charges {
                let (weight, weight_derivative) =
                    softplus(charges.weight[species] + f64::from(out[WEIGHT]));
                chunk.priors[atom] = ChargePrior {
                    q0: charges.charge[species] + f64::from(out[CHARGE]),
                    weight,
                    weight_derivative,
                };
            }
        }
    }
}

/// Backward pass of a chunk: from the gradients of the energy with respect to its messages, charge
/// priors and hidden layer to those with respect to the densities of its neighbors.
#[inline(always)]
pub(super) fn backward<S: Simd, const C: usize>(
    simd: S,
    layer: &Layer1<C>,
    species: &[u8],
    chunk: &mut Chunk<C>,
    gradients: &mut [Moments<C>],
) {
    for block in chunk.blocks() {
        let atoms = chunk.of_block(block);
        // ∂E/∂(e, g, c, x).
        let out = chunk.output.block_mut(0);
        for (out, atom) in out.into_iter().zip(atoms.clone()) {
            let message = &chunk.message_gradients[atom];
            let ungated = layer.ungated(&chunk.moments[atom]);
            out.fill(0.0);
            for k in 0..CHANNELS {
                out[k] = message.scalar[k];
                out[CHANNELS + k] = message.vector[0][k] * ungated[0][k]
                    + message.vector[1][k] * ungated[1][k]
                    + message.vector[2][k] * ungated[2][k];
            }
            if layer.charges.is_some() {
                let [charge, weight] = chunk.prior_gradients[atom];
                out[CHARGE] = charge as f32;
                out[WEIGHT] = (weight * chunk.priors[atom].weight_derivative) as f32;
            }
        }
        // ∂E/∂h += ∂E/∂(e, g, c, x) W_outᵀ, then times silu'.
        let output = (&chunk.output, 0);
        chunk.hidden_gradients.product(
            atoms.clone(),
            output,
            &layer.output_transposed,
            Output::Add,
        );
        let derivatives = chunk.hidden_derivatives.block(block);
        for (hidden, derivatives) in chunk
            .hidden_gradients
            .block_mut(block)
            .into_iter()
            .zip(derivatives)
        {
            for (gradient, derivative) in hidden.iter_mut().zip(derivatives) {
                *gradient *= derivative;
            }
        }
        // ∂E/∂I = ∂E/∂h W_inᵀ.
        let hidden = (&chunk.hidden_gradients, atoms.start);
        chunk.input.product(
            0..atoms.len(),
            hidden,
            &layer.input_transposed,
            Output::Replace,
        );
        // ∂E/∂A by the invariants, and ∂E/∂v += (g ∂E/∂a) W_vectorᵀ.
        for (input, atom) in chunk.input.block(0).into_iter().zip(atoms) {
            let moments = &chunk.moments[atom];
            let mixed = layer.mix.mixed(moments);
            let gradient = &mut gradients[atom];
            *gradient = layer.mix.gradient(simd, moments, &mixed, input);
            let vector = &chunk.message_gradients[atom].vector;
            let gated: [Channels; 3] = std::array::from_fn(|axis| {
                std::array::from_fn(|k| chunk.gates[atom][k] * vector[axis][k])
            });
            let by_vector = gradient.vector_mut();
            multiply(&gated, &layer.vector_transposed, by_vector, Output::Add);
            if let Some(own) = &layer.own {
                gradient.scale(&own[usize::from(species[chunk.atoms.start + atom])]);
            }
        }
    }
}
