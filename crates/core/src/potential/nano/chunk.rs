//! Some consecutive atoms, and the room that their evaluation takes: threads work on one each.

use std::ops::Range;

use super::channels::{CHANNELS, Channels};
use super::first::Claim;
use super::matrix::{BLOCK, Rows};
use super::message::Message;
use super::moments::Moments;
use super::parameters::Parameters;
use super::surroundings::Surroundings;

/// Atoms in a chunk: enough work to wake a thread for, and few enough that caffeine on two threads
/// is not slower than on one.
pub(super) const CHUNK: usize = 32;

/// What is known of a chunk's atoms and read by nobody else.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) atoms: Range<usize>,
    pub(super) surroundings: Surroundings,

    // Of the first layer, on the way forward:
    pub(super) moments: Vec<Moments>,
    pub(super) hidden: Rows,
    pub(super) hidden_slopes: Rows,
    pub(super) gates: Vec<Channels>,
    pub(super) claims: Vec<Claim>,

    // Gradients of the energy, on the way back:
    pub(super) hidden_gradients: Rows,
    pub(super) message_gradients: Vec<Message>,
    /// eV/e.
    pub(super) charge_gradients: Vec<f64>,
    /// With charge and hold of the claim.
    pub(super) claim_gradients: Vec<[f64; 2]>,

    // Results:
    /// eV.
    pub(super) energies: Vec<f64>,
    /// eV/Å.
    pub(super) force_errors: Vec<f64>,

    // Room for one block of atoms:
    pub(super) input: Rows,
    pub(super) output: Rows,
    pub(super) layers: [Rows; 2],
    pub(super) layer_slopes: [Rows; 2],
    /// Twice as wide as a hidden layer.
    pub(super) white: Rows,
}

impl Chunk {
    /// Room for a chunk's atoms.
    pub(super) fn new(parameters: &Parameters) -> Chunk {
        let hidden = parameters.hidden();
        let row = || Rows::new(BLOCK, hidden);
        Chunk {
            atoms: 0..0,
            surroundings: Surroundings::default(),
            moments: vec![Moments::ZERO; CHUNK],
            hidden: Rows::new(CHUNK, hidden),
            hidden_slopes: Rows::new(CHUNK, hidden),
            gates: vec![[0.0; CHANNELS]; CHUNK],
            claims: vec![Claim::default(); CHUNK],
            hidden_gradients: Rows::new(CHUNK, hidden),
            message_gradients: vec![Message::ZERO; CHUNK],
            charge_gradients: vec![0.0; CHUNK],
            claim_gradients: vec![[0.0; 2]; CHUNK],
            energies: vec![0.0; CHUNK],
            force_errors: vec![0.0; CHUNK],
            input: Rows::new(BLOCK, parameters.second.input_back.width()),
            output: Rows::new(BLOCK, parameters.first.output.width()),
            layers: [row(), row()],
            layer_slopes: [row(), row()],
            white: Rows::new(1, 2 * hidden),
        }
    }

    /// Blocks of atoms, the last of them perhaps not whole.
    pub(super) fn blocks(&self) -> Range<usize> {
        0..self.atoms.len().div_ceil(BLOCK)
    }

    /// Where in the chunk the atoms of a block are.
    pub(super) fn of_block(&self, block: usize) -> Range<usize> {
        block * BLOCK..((block + 1) * BLOCK).min(self.atoms.len())
    }
}
