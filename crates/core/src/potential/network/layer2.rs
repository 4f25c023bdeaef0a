//! Second message-passing layer: from the messages of neighbors to energies, with the backward pass.
//!
//! For atom i with the moments A of its neighbors' messages, times own(species i), its own message
//! (scalar, a), hidden layer h of the first layer and, with charges, charge q:
//!
//! 1. x = [invariants of A; v·a; h; q]
//! 2. y = silu(silu(x W_in + b(species)) W_mid + b_mid)
//! 3. E = offset(species) + floor(energy(species) + y·w_out)

use super::activation::silu;
use super::channels::{CHANNELS, Channels};
use super::chunk::Chunk;
use super::dense::BLOCK;
use super::invariants::{Mix, invariants};
use super::message::{Message, aggregate, aggregate_backward};
use super::moments::{Moments, invariant_count};
use super::radial::SplineTable;
use super::uncertainty::Uncertainty;
use crate::potential::simd::{Matrix, Output, Simd};

/// Weights of the second layer. K channels, H: width of the hidden layers.
#[derive(Clone, Debug)]
pub(super) struct Layer2<const C: usize> {
    /// gₛ(r) and gᵥ(r).
    pub(super) table: SplineTable<2>,
    /// own: [species, K]; `None` if it is 1.
    pub(super) own: Option<Vec<Channels>>,
    /// Contribution of the charge to the scalar of a message, 1/e: [K]; `None` without charges.
    pub(super) emit_charge: Option<Channels>,
    pub(super) mix: Mix<C>,
    /// W_in: [(invariants + 1) K + H + 1, H], without charges a row less, and its transpose.
    pub(super) input: Matrix<f32>,
    pub(super) input_transposed: Matrix<f32>,
    /// b: [species, H].
    pub(super) bias: Vec<Vec<f32>>,
    /// W_mid: [H, H], and its transpose.
    pub(super) middle: Matrix<f32>,
    pub(super) middle_transposed: Matrix<f32>,
    /// b_mid: [H].
    pub(super) middle_bias: Vec<f32>,
    /// w_out, eV: [H].
    pub(super) output: Vec<f32>,
    /// Energy offset, not floored, eV: [species].
    pub(super) offset: Vec<f64>,
    /// Bias of the learned energy, eV: [species].
    pub(super) energy: Vec<f64>,
    pub(super) uncertainty: Option<Uncertainty>,
}

/// First column of v·a in x; h follows, and q is the last one.
const fn projection_column(components: usize) -> usize {
    invariant_count(components) * CHANNELS
}

/// First column of h in x.
const fn hidden_column(components: usize) -> usize {
    projection_column(components) + CHANNELS
}

/// Input from the first layer: `[atoms]` each, charges in e.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) species: &'a [u8],
    pub(super) messages: &'a [Message],
    pub(super) charges: &'a [f64],
}

/// Forward and backward pass of a chunk: its energies and expected force errors, and the gradients with
/// respect to its moments, hidden layer, charges and message vectors.
#[inline(always)]
pub(super) fn evaluate<S: Simd, const C: usize>(
    simd: S,
    layer: &Layer2<C>,
    inputs: Input<'_>,
    chunk: &mut Chunk<C>,
    gradients: &mut [Moments<C>],
) {
    for block in chunk.blocks() {
        let atoms = chunk.of_block(block);
        let mut moments = [Moments::ZERO; BLOCK];
        let mut mixed = [Moments::ZERO; BLOCK];
        for (index, atom) in atoms.clone().enumerate() {
            let edges = chunk.edges.of(atom);
            moments[index] = aggregate(simd, &layer.table, edges, inputs.messages);
            if let Some(own) = &layer.own {
                let species = usize::from(inputs.species[chunk.atoms.start + atom]);
                moments[index].scale(&own[species]);
            }
            mixed[index] = layer.mix.mixed(&moments[index]);
        }
        forward(simd, layer, inputs, chunk, block, [&moments, &mixed]);
        // E = offset + floor(energy + y·w_out).
        let mut floor_derivatives = [0.0; BLOCK];
        for (index, atom) in atoms.clone().enumerate() {
            let species = usize::from(inputs.species[chunk.atoms.start + atom]);
            let last = chunk.layers[1].row(index);
            let terms = last.iter().zip(&layer.output);
            let sum: f64 = terms
                .map(|(y, weight)| f64::from(*y) * f64::from(*weight))
                .sum();
            let (learned, derivative) = floored(layer.energy[species] + sum);
            chunk.energies[atom] = layer.offset[species] + learned;
            floor_derivatives[index] = derivative;
            if let Some(uncertainty) = &layer.uncertainty {
                let scratch = chunk.whitened.row_mut(0);
                chunk.distances[atom] = uncertainty.distance(species, last, scratch);
            }
        }
        backward(layer, chunk, atoms.len(), floor_derivatives);
        // From ∂E/∂x to ∂E/∂A, ∂E/∂a, ∂E/∂h and ∂E/∂q; ∂E/∂A times own.
        for (index, atom) in atoms.enumerate() {
            let input = chunk.input.row(index);
            let gradient = &mut gradients[atom];
            *gradient = layer
                .mix
                .gradient(simd, &moments[index], &mixed[index], input);
            let vector = &inputs.messages[chunk.atoms.start + atom].vector;
            let vector_gradient = &mut chunk.message_gradients[atom].vector;
            for axis in 0..3 {
                for k in 0..CHANNELS {
                    let projection = input[projection_column(C) + k];
                    gradient.0[1 + axis][k] += projection * vector[axis][k];
                    vector_gradient[axis][k] = projection * moments[index].0[1 + axis][k];
                }
            }
            let hidden = chunk.hidden_gradients.row_mut(atom);
            let (from, rest) = input[hidden_column(C)..].split_at(hidden.len());
            hidden.copy_from_slice(from);
            chunk.charge_gradients[atom] = rest.first().copied().map_or(0.0, f64::from);
            if let Some(own) = &layer.own {
                let species = usize::from(inputs.species[chunk.atoms.start + atom]);
                gradient.scale(&own[species]);
            }
        }
    }
}

/// F: the learned energy of an atom is used as it is down to −F, and is always above −2 F, eV. A
/// polynomial of the density has no lower bound where atoms are closer than in the training set.
pub const FLOOR: f64 = 10.0;

/// Factor of the last layer's weights, eV.
pub const ENERGY_UNIT: f64 = 10.0;

/// A bounded energy (eV) and its derivative: e down to −F, −F − F tanh((−F − e)/F) below.
#[inline(always)]
fn floored(energy: f64) -> (f64, f32) {
    if energy >= -FLOOR {
        return (energy, 1.0);
    }
    let bend = ((-FLOOR - energy) / FLOOR).tanh();
    (-FLOOR - FLOOR * bend, (1.0 - bend * bend) as f32)
}

/// Activations of a block of atoms up to y, from its moments and mixed moments.
#[inline(always)]
fn forward<S: Simd, const C: usize>(
    simd: S,
    layer: &Layer2<C>,
    inputs: Input<'_>,
    chunk: &mut Chunk<C>,
    block: usize,
    [moments, mixed]: [&[Moments<C>; BLOCK]; 2],
) {
    let hidden_layer = chunk.hidden.block(block);
    let atoms = chunk.of_block(block);
    let count = atoms.len();
    // x = [invariants; v·a; h; q].
    let rows = chunk.layers[0].block_mut(0);
    let input = chunk.input.block_mut(0);
    for (index, atom) in atoms.enumerate() {
        let atom = chunk.atoms.start + atom;
        let input = &mut *input[index];
        invariants(simd, &moments[index], &mixed[index], input);
        let (v, a) = (&moments[index].0, &inputs.messages[atom].vector);
        for k in 0..CHANNELS {
            input[projection_column(C) + k] =
                v[1][k] * a[0][k] + v[2][k] * a[1][k] + v[3][k] * a[2][k];
        }
        let (to_hidden, rest) = input[hidden_column(C)..].split_at_mut(hidden_layer[index].len());
        to_hidden.copy_from_slice(hidden_layer[index]);
        if layer.emit_charge.is_some() {
            rest[0] = inputs.charges[atom] as f32;
        }
        rows[index].copy_from_slice(&layer.bias[usize::from(inputs.species[atom])]);
    }
    // silu(x W_in + b).
    let input = (&chunk.input, 0);
    chunk.layers[0].product(0..count, input, &layer.input, Output::Add);
    activate(chunk, 0);
    // silu(… W_mid + b_mid).
    let [before, after] = &mut chunk.layers;
    for row in after.block_mut(0) {
        row.copy_from_slice(&layer.middle_bias);
    }
    after.product(0..count, (before, 0), &layer.middle, Output::Add);
    activate(chunk, 1);
}

#[inline(always)]
fn activate<const C: usize>(chunk: &mut Chunk<C>, layer: usize) {
    let rows = chunk.layers[layer].block_mut(0);
    let derivatives = chunk.layer_derivatives[layer].block_mut(0);
    for (row, derivatives) in rows.into_iter().zip(derivatives) {
        silu(row, derivatives);
    }
}

/// From the energies of a block of atoms to ∂E/∂x, in `chunk.input`.
#[inline(always)]
fn backward<const C: usize>(
    layer: &Layer2<C>,
    chunk: &mut Chunk<C>,
    count: usize,
    floor_derivatives: [f32; BLOCK],
) {
    // ∂E/∂(y before silu) = floor' silu' w_out.
    let [before, after] = &mut chunk.layers;
    let derivatives = chunk.layer_derivatives[1].block(0);
    let rows = after.block_mut(0).into_iter().zip(derivatives);
    for ((row, derivatives), floor_derivative) in rows.zip(floor_derivatives) {
        for ((gradient, derivative), weight) in row.iter_mut().zip(derivatives).zip(&layer.output) {
            *gradient = floor_derivative * derivative * weight;
        }
    }
    // … W_midᵀ silu'.
    let middle = &layer.middle_transposed;
    before.product(0..count, (after, 0), middle, Output::Replace);
    let derivatives = chunk.layer_derivatives[0].block(0);
    for (row, derivatives) in before.block_mut(0).into_iter().zip(derivatives) {
        for (gradient, derivative) in row.iter_mut().zip(derivatives) {
            *gradient *= derivative;
        }
    }
    // … W_inᵀ.
    let transposed = &layer.input_transposed;
    let input = &mut chunk.input;
    input.product(0..count, (before, 0), transposed, Output::Replace);
}

/// Adds to the gradients of a chunk's messages and charges those by way of its neighbors, from
/// `gradients` `[atoms]` with respect to the moments of all atoms.
#[inline(always)]
pub(super) fn backward_messages<S: Simd, const C: usize>(
    simd: S,
    layer: &Layer2<C>,
    gradients: &[Moments<C>],
    chunk: &mut Chunk<C>,
) {
    for index in 0..chunk.atoms.len() {
        let received = aggregate_backward(simd, &layer.table, chunk.edges.of(index), gradients);
        let message = &mut chunk.message_gradients[index];
        message.scalar = received.scalar;
        for axis in 0..3 {
            for k in 0..CHANNELS {
                message.vector[axis][k] += received.vector[axis][k];
            }
        }
        if let Some(emit_charge) = &layer.emit_charge {
            let terms = received.scalar.iter().zip(emit_charge);
            chunk.charge_gradients[index] += terms
                .map(|(one, other)| f64::from(one * other))
                .sum::<f64>();
        }
    }
}
