//! The second layer: what those around see themselves, and what it costs.

use super::activation::silu;
use super::channels::{CHANNELS, Channels};
use super::chunk::Chunk;
use super::doubt::Doubt;
use super::matrix::{BLOCK, Matrix};
use super::message::{Message, listen};
use super::moments::{INVARIANTS, Mix, Moments, invariants};
use super::radial::Table;

/// Weights of the second layer.
#[derive(Clone, Debug)]
pub(super) struct Second {
    /// gₛ(r) and gᵥ(r).
    pub(super) table: Table<2>,
    /// What a charge adds to what its atom tells, 1/e.
    pub(super) emit_charge: Channels,
    pub(super) mix: Mix,
    pub(super) input: Matrix,
    pub(super) input_back: Matrix,
    /// For each species.
    pub(super) bias: Vec<Vec<f32>>,
    pub(super) middle: Matrix,
    pub(super) middle_back: Matrix,
    pub(super) middle_bias: Vec<f32>,
    /// eV.
    pub(super) output: Vec<f32>,
    /// What is added for each species and has no bottom to mind, eV.
    pub(super) offset: Vec<f64>,
    /// What the learned energy begins with for each species, eV.
    pub(super) energy: Vec<f64>,
    pub(super) doubt: Option<Doubt>,
}

// The input: the invariants; how the vectors lie to the atom's own arrow; its hidden layer; its
// charge.
const TOWARD: usize = INVARIANTS * CHANNELS;
const HIDDEN: usize = TOWARD + CHANNELS;

/// What the neighbors of all atoms tell, and their charges (e).
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) species: &'a [u8],
    pub(super) messages: &'a [Message],
    pub(super) charges: &'a [f64],
}

/// The energies of a chunk's atoms and how far to trust them, and the gradients with their moments,
/// their hidden layer, their charge and their own arrow.
#[inline(always)]
pub(super) fn evaluate(
    second: &Second,
    told: Told<'_>,
    chunk: &mut Chunk,
    gradients: &mut [Moments],
) {
    for block in chunk.blocks() {
        let atoms = chunk.of_block(block);
        let mut moments = [Moments::ZERO; BLOCK];
        let mut mixed = [Moments::ZERO; BLOCK];
        for (index, atom) in atoms.clone().enumerate() {
            let near = chunk.surroundings.of(atom);
            moments[index] = listen(&second.table, near, told.messages);
            mixed[index] = second.mix.mixed(&moments[index]);
        }
        forward(second, told, chunk, block, &moments, &mixed);
        let mut steepness = [0.0; BLOCK];
        for (index, atom) in atoms.clone().enumerate() {
            let species = usize::from(told.species[chunk.atoms.start + atom]);
            let last = chunk.layers[1].row(index);
            let terms = last.iter().zip(&second.output);
            let sum: f64 = terms
                .map(|(y, weight)| f64::from(*y) * f64::from(*weight))
                .sum();
            let (learned, slope) = floored(second.energy[species] + sum);
            chunk.energies[atom] = second.offset[species] + learned;
            steepness[index] = slope;
            if let Some(doubt) = &second.doubt {
                let room = chunk.white.row_mut(0);
                chunk.force_errors[atom] = doubt.force_error(species, last, room);
            }
        }
        backward(second, chunk, steepness);
        for (index, atom) in atoms.enumerate() {
            let input = chunk.input.row(index);
            let gradient = &mut gradients[atom];
            *gradient = second.mix.gradient(&moments[index], &mixed[index], input);
            let arrow = &told.messages[chunk.atoms.start + atom].arrow;
            let back = &mut chunk.message_gradients[atom].arrow;
            for axis in 0..3 {
                for k in 0..CHANNELS {
                    let toward = input[TOWARD + k];
                    gradient.0[1 + axis][k] += toward * arrow[axis][k];
                    back[axis][k] = toward * moments[index].0[1 + axis][k];
                }
            }
            let hidden = chunk.hidden_gradients.row_mut(atom);
            let (from, rest) = input[HIDDEN..].split_at(hidden.len());
            hidden.copy_from_slice(from);
            chunk.charge_gradients[atom] = f64::from(rest[0]);
        }
    }
}

/// The learned energy of an atom is as the network says down to −F (eV), and never below −2F: the
/// network is a polynomial of a density, and has no bottom where atoms crowd as in no label.
const FLOOR: f64 = 10.0;

/// An energy that is not without bottom (eV), and its slope: e down to −F, −F − F tanh((−F − e)/F)
/// below.
#[inline(always)]
fn floored(energy: f64) -> (f64, f32) {
    if energy >= -FLOOR {
        return (energy, 1.0);
    }
    let bend = ((-FLOOR - energy) / FLOOR).tanh();
    (-FLOOR - FLOOR * bend, (1.0 - bend * bend) as f32)
}

/// To the last hidden layer of a block of atoms.
#[inline(always)]
fn forward(
    second: &Second,
    told: Told<'_>,
    chunk: &mut Chunk,
    block: usize,
    moments: &[Moments; BLOCK],
    mixed: &[Moments; BLOCK],
) {
    let hidden = chunk.hidden.block(block);
    let atoms = chunk.of_block(block);
    let layer = chunk.layers[0].block_mut(0);
    let input = chunk.input.block_mut(0);
    for (index, atom) in atoms.enumerate() {
        let atom = chunk.atoms.start + atom;
        let input = &mut *input[index];
        invariants(&moments[index], &mixed[index], input);
        let (vectors, arrow) = (&moments[index].0, &told.messages[atom].arrow);
        for k in 0..CHANNELS {
            input[TOWARD + k] = vectors[1][k] * arrow[0][k]
                + vectors[2][k] * arrow[1][k]
                + vectors[3][k] * arrow[2][k];
        }
        let (to_hidden, rest) = input[HIDDEN..].split_at_mut(hidden[index].len());
        to_hidden.copy_from_slice(hidden[index]);
        rest[0] = told.charges[atom] as f32;
        layer[index].copy_from_slice(&second.bias[usize::from(told.species[atom])]);
    }
    second.input.add_product(input.map(|row| &*row), layer);
    activate(chunk, 0);
    let [before, after] = &mut chunk.layers;
    let mut after = after.block_mut(0);
    for row in &mut after {
        row.copy_from_slice(&second.middle_bias);
    }
    second.middle.add_product(before.block(0), after);
    activate(chunk, 1);
}

#[inline(always)]
fn activate(chunk: &mut Chunk, layer: usize) {
    let rows = chunk.layers[layer].block_mut(0);
    let slopes = chunk.layer_slopes[layer].block_mut(0);
    for (row, slopes) in rows.into_iter().zip(slopes) {
        silu(row, slopes);
    }
}

/// From the energies of a block of atoms to the gradients with its input.
#[inline(always)]
fn backward(second: &Second, chunk: &mut Chunk, steepness: [f32; BLOCK]) {
    let [before, after] = &mut chunk.layers;
    let slopes = chunk.layer_slopes[1].block(0);
    let rows = after.block_mut(0).into_iter().zip(slopes);
    for ((row, slopes), steepness) in rows.zip(steepness) {
        for ((gradient, slope), weight) in row.iter_mut().zip(slopes).zip(&second.output) {
            *gradient = steepness * slope * weight;
        }
    }
    let mut rows = before.block_mut(0);
    rows.iter_mut().for_each(|row| row.fill(0.0));
    second.middle_back.add_product(after.block(0), rows);
    let slopes = chunk.layer_slopes[0].block(0);
    for (row, slopes) in before.block_mut(0).into_iter().zip(slopes) {
        for (gradient, slope) in row.iter_mut().zip(slopes) {
            *gradient *= slope;
        }
    }
    let mut input = chunk.input.block_mut(0);
    input.iter_mut().for_each(|row| row.fill(0.0));
    second.input_back.add_product(before.block(0), input);
}
