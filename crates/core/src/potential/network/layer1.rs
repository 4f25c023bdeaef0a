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
use super::channels::{CHANNELS, Channels, LANES, lanes, lanes_mut};
use super::charge_prior::ChargePrior;
use super::chunk::Chunk;
use super::edges::Edge;
use super::invariants::{Mix, invariants};
use super::matrix::Matrix;
use super::message::{BATCH, EdgeBasis, Message, edge_bases};
use super::moments::Moments;
use super::radial::SplineTable;

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
    pub(super) input: Matrix,
    pub(super) input_transposed: Matrix,
    /// b: [species, H].
    pub(super) bias: Vec<Vec<f32>>,
    /// W_out: [H, 2 K + 2], without charges [H, 2 K], and its transpose.
    pub(super) output: Matrix,
    pub(super) output_transposed: Matrix,
    /// W_vector: [K, K], and its transpose.
    pub(super) vector: Matrix,
    pub(super) vector_transposed: Matrix,
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
    fn density(&self, edges: &[Edge], species: &[u8]) -> Moments<C> {
        let mut moments = Moments::ZERO;
        let mut bases = [EdgeBasis::<C>::ZERO; BATCH];
        for batch in edges.chunks(BATCH) {
            let bases = edge_bases(batch, &mut bases);
            for part in 0..CHANNELS / LANES {
                let mut sums: [[f32; LANES]; C] =
                    std::array::from_fn(|at| *lanes(&moments.0[at], part));
                for basis in bases {
                    let emit = lanes(&self.emit[usize::from(species[basis.other])], part);
                    let radial = self.table.values(basis.table, 0, part);
                    for lane in 0..LANES {
                        let weighted = radial[lane] * emit[lane];
                        for (sum, harmonic) in sums.iter_mut().zip(basis.harmonics) {
                            sum[lane] += harmonic * weighted;
                        }
                    }
                }
                for (at, sums) in sums.into_iter().enumerate() {
                    *lanes_mut(&mut moments.0[at], part) = sums;
                }
            }
        }
        moments
    }

    /// v W_vector: [3, K].
    #[inline(always)]
    fn ungated(&self, moments: &Moments<C>) -> [Channels; 3] {
        let mut ungated = [[0.0; CHANNELS]; 3];
        let [x, y, z] = &mut ungated;
        let [from_x, from_y, from_z] = moments.vector();
        self.vector.add_product([from_x, from_y, from_z], [x, y, z]);
        ungated
    }
}

/// Forward pass of a chunk: its messages, except for their dependence on the charges, and its charge
/// priors.
#[inline(always)]
pub(super) fn forward<const C: usize>(
    layer: &Layer1<C>,
    species: &[u8],
    chunk: &mut Chunk<C>,
    messages: &mut [Message],
) {
    for (index, moments) in chunk.moments[..messages.len()].iter_mut().enumerate() {
        *moments = layer.density(chunk.edges.of(index), species);
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
            invariants(moments, &layer.mix.mixed(moments), x[index]);
            let bias = &layer.bias[usize::from(species[chunk.atoms.start + atom])];
            hidden[index].copy_from_slice(bias);
        }
        layer.input.add_product(x.map(|x| &*x), hidden);
        let derivatives = chunk.hidden_derivatives.block_mut(block);
        for (x, derivatives) in chunk.hidden.block_mut(block).into_iter().zip(derivatives) {
            silu(x, derivatives);
        }
        // (e, g, c, x) = h W_out.
        let mut out = chunk.output.block_mut(0);
        out.iter_mut().for_each(|out| out.fill(0.0));
        layer.output.add_product(chunk.hidden.block(block), out);
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
pub(super) fn backward<const C: usize>(
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
        let hidden = chunk.hidden_gradients.block_mut(block);
        layer
            .output_transposed
            .add_product(chunk.output.block(0), hidden);
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
        let mut input = chunk.input.block_mut(0);
        input.iter_mut().for_each(|row| row.fill(0.0));
        layer
            .input_transposed
            .add_product(chunk.hidden_gradients.block(block), input);
        // ∂E/∂A by the invariants, and ∂E/∂v += (g ∂E/∂a) W_vectorᵀ.
        for (input, atom) in chunk.input.block(0).into_iter().zip(atoms) {
            let moments = &chunk.moments[atom];
            let mixed = layer.mix.mixed(moments);
            let gradient = &mut gradients[atom];
            *gradient = layer.mix.gradient(moments, &mixed, input);
            let vector = &chunk.message_gradients[atom].vector;
            let gated: [Channels; 3] = std::array::from_fn(|axis| {
                std::array::from_fn(|k| chunk.gates[atom][k] * vector[axis][k])
            });
            let [x, y, z] = gradient.vector_mut();
            layer
                .vector_transposed
                .add_product(gated.each_ref().map(Channels::as_slice), [x, y, z]);
            if let Some(own) = &layer.own {
                gradient.scale(&own[usize::from(species[chunk.atoms.start + atom])]);
            }
        }
    }
}
