//! The first layer: who is around.

use super::activation::{silu, softplus};
use super::channels::{CHANNELS, Channels, LANES, lanes, lanes_mut};
use super::chunk::Chunk;
use super::matrix::Matrix;
use super::message::{BATCH, Message, Ray, rays};
use super::moments::{COMPONENTS, Mix, Moments, invariants};
use super::radial::Table;
use super::surroundings::Near;

/// Weights of the first layer.
#[derive(Clone, Debug)]
pub(super) struct First {
    /// f(r).
    pub(super) table: Table<1>,
    /// What a neighbor of each species counts.
    pub(super) emit: Vec<Channels>,
    pub(super) mix: Mix,
    pub(super) input: Matrix,
    pub(super) input_back: Matrix,
    /// For each species.
    pub(super) bias: Vec<Vec<f32>>,
    pub(super) output: Matrix,
    pub(super) output_back: Matrix,
    pub(super) arrow: Matrix,
    pub(super) arrow_back: Matrix,
    /// What each species tells before it has looked around.
    pub(super) emit_next: Vec<Channels>,
    /// The charge of each species before it has looked around, e.
    pub(super) charge: Vec<f64>,
    /// The same for how much it holds of a charge to be shared out; of this, the softplus.
    pub(super) hold: Vec<f64>,
}

/// The charge that an atom would have by itself, and how strongly it holds on to what the others
/// would not have.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Claim {
    /// e.
    pub(super) charge: f64,
    /// A positive weight.
    pub(super) hold: f64,
    /// Its slope with the output of the network.
    pub(super) hold_slope: f64,
}

/// Where in the output the charge stands, behind `emit` and the gates of the arrows; then the hold.
const CHARGE: usize = 2 * CHANNELS;
const HOLD: usize = CHARGE + 1;

impl First {
    /// Aₖ = Σⱼ Y(u) fₖ(r) emitₖ(species of j), the moments of the density of neighbors.
    #[inline(always)]
    fn moments(&self, near: &[Near], species: &[u8]) -> Moments {
        let mut moments = Moments::ZERO;
        let mut room = [Ray::default(); BATCH];
        for batch in near.chunks(BATCH) {
            let rays = rays(batch, &mut room);
            for part in 0..CHANNELS / LANES {
                let mut sums: [[f32; LANES]; COMPONENTS] =
                    std::array::from_fn(|at| *lanes(&moments.0[at], part));
                for ray in rays {
                    let emit = lanes(&self.emit[usize::from(species[ray.other])], part);
                    let radial = self.table.values(ray.place, 0, part);
                    for lane in 0..LANES {
                        let told = radial[lane] * emit[lane];
                        for (sum, harmonic) in sums.iter_mut().zip(ray.harmonics) {
                            sum[lane] += harmonic * told;
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

    /// The gates of the arrows: a = gate · (v·W).
    #[inline(always)]
    fn ungated(&self, moments: &Moments) -> [Channels; 3] {
        let mut ungated = [[0.0; CHANNELS]; 3];
        let [x, y, z] = &mut ungated;
        let [_, from_x, from_y, from_z, ..] = &moments.0;
        self.arrow.add_product([from_x, from_y, from_z], [x, y, z]);
        ungated
    }
}

/// From the neighbors of a chunk's atoms to their messages (but for what depends on the charges) and
/// their claims.
#[inline(always)]
pub(super) fn forward(first: &First, species: &[u8], chunk: &mut Chunk, messages: &mut [Message]) {
    for (index, moments) in chunk.moments[..messages.len()].iter_mut().enumerate() {
        *moments = first.moments(chunk.surroundings.of(index), species);
    }
    for block in chunk.blocks() {
        let atoms = chunk.of_block(block);
        let x = chunk.input.block_mut(0);
        let hidden = chunk.hidden.block_mut(block);
        for (index, atom) in atoms.clone().enumerate() {
            let moments = &chunk.moments[atom];
            invariants(moments, &first.mix.mixed(moments), x[index]);
            let bias = &first.bias[usize::from(species[chunk.atoms.start + atom])];
            hidden[index].copy_from_slice(bias);
        }
        first.input.add_product(x.map(|x| &*x), hidden);
        let slopes = chunk.hidden_slopes.block_mut(block);
        for (x, slopes) in chunk.hidden.block_mut(block).into_iter().zip(slopes) {
            silu(x, slopes);
        }
        let mut out = chunk.output.block_mut(0);
        out.iter_mut().for_each(|out| out.fill(0.0));
        first.output.add_product(chunk.hidden.block(block), out);
        let out = chunk.output.block(0);
        for (out, atom) in out.into_iter().zip(atoms) {
            let species = usize::from(species[chunk.atoms.start + atom]);
            let ungated = first.ungated(&chunk.moments[atom]);
            let message = &mut messages[atom];
            for k in 0..CHANNELS {
                message.emit[k] = first.emit_next[species][k] + out[k];
                chunk.gates[atom][k] = out[CHANNELS + k];
                for axis in 0..3 {
                    message.arrow[axis][k] = out[CHANNELS + k] * ungated[axis][k];
                }
            }
            let (hold, hold_slope) = softplus(first.hold[species] + f64::from(out[HOLD]));
            chunk.claims[atom] = Claim {
                charge: first.charge[species] + f64::from(out[CHARGE]),
                hold,
                hold_slope,
            };
        }
    }
}

/// From the gradients of the energy with the messages, the claims and the hidden layer of a chunk's
/// atoms to those with their moments.
#[inline(always)]
pub(super) fn backward(first: &First, chunk: &mut Chunk, gradients: &mut [Moments]) {
    for block in chunk.blocks() {
        let atoms = chunk.of_block(block);
        let out = chunk.output.block_mut(0);
        for (out, atom) in out.into_iter().zip(atoms.clone()) {
            let message = &chunk.message_gradients[atom];
            let ungated = first.ungated(&chunk.moments[atom]);
            out.fill(0.0);
            for k in 0..CHANNELS {
                out[k] = message.emit[k];
                out[CHANNELS + k] = message.arrow[0][k] * ungated[0][k]
                    + message.arrow[1][k] * ungated[1][k]
                    + message.arrow[2][k] * ungated[2][k];
            }
            let [charge, hold] = chunk.claim_gradients[atom];
            out[CHARGE] = charge as f32;
            out[HOLD] = (hold * chunk.claims[atom].hold_slope) as f32;
        }
        let hidden = chunk.hidden_gradients.block_mut(block);
        first.output_back.add_product(chunk.output.block(0), hidden);
        let slopes = chunk.hidden_slopes.block(block);
        for (hidden, slopes) in chunk
            .hidden_gradients
            .block_mut(block)
            .into_iter()
            .zip(slopes)
        {
            for (gradient, slope) in hidden.iter_mut().zip(slopes) {
                *gradient *= slope;
            }
        }
        let mut input = chunk.input.block_mut(0);
        input.iter_mut().for_each(|row| row.fill(0.0));
        first
            .input_back
            .add_product(chunk.hidden_gradients.block(block), input);
        for (input, atom) in chunk.input.block(0).into_iter().zip(atoms) {
            let moments = &chunk.moments[atom];
            let mixed = first.mix.mixed(moments);
            let gradient = &mut gradients[atom];
            *gradient = first.mix.gradient(moments, &mixed, input);
            let arrow = &chunk.message_gradients[atom].arrow;
            let gated: [Channels; 3] = std::array::from_fn(|axis| {
                std::array::from_fn(|k| chunk.gates[atom][k] * arrow[axis][k])
            });
            let [_, x, y, z, ..] = &mut gradient.0;
            first
                .arrow_back
                .add_product(gated.each_ref().map(Channels::as_slice), [x, y, z]);
        }
    }
}
