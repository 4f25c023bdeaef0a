//! Forces from the gradients with the moments of both atoms of every pair.

use super::channels::{CHANNELS, Channels, LANES, lanes_mut};
use super::chunk::Chunk;
use super::first::First;
use super::message::Message;
use super::moments::{self, COMPONENTS, Moments, harmonics, opposite};
use super::second::Second;
use super::sums::{Sums, displacement};
use super::surroundings::Near;

/// What the forces are made of, for all atoms.
#[derive(Clone, Copy)]
pub(super) struct Slopes<'a> {
    pub(super) first: &'a First,
    pub(super) second: &'a Second,
    pub(super) species: &'a [u8],
    pub(super) messages: &'a [Message],
    /// Of the energy with the moments of both layers.
    pub(super) gradients: [&'a [Moments]; 2],
}

/// Adds the forces of the pairs that some chunks own.
#[inline(always)]
pub(super) fn add(slopes: Slopes<'_>, chunks: &[Chunk], sums: &mut Sums) {
    for chunk in chunks {
        for (index, atom) in chunk.atoms.clone().enumerate() {
            for near in chunk.surroundings.owned_by(index) {
                let pull = slopes.pull(atom, near).map(f64::from);
                sums.pull([atom, near.other as usize], displacement(near), pull);
            }
        }
    }
}

impl Slopes<'_> {
    /// The gradient of the energy with the displacement from an atom i to its neighbor j, eV/Å.
    ///
    /// The energy changes by Σ (∂E/∂Aᵢ) δ(Y(u) f) eⱼ + (∂E/∂Aⱼ) δ(Y(−u) f) eᵢ in both layers, and
    /// by what the arrows bring: w and F below are the weights of δf and δY.
    #[inline(always)]
    fn pull(&self, atom: usize, near: &Near) -> [f32; 3] {
        let other = near.other as usize;
        let u = near.unit;
        let harmonics = harmonics(u);
        let signs = opposite([1.0; COMPONENTS]);
        let radial = self.radial(near);
        let [first, second] = self.gradients.map(|all| [&all[atom].0, &all[other].0]);
        let [mine, theirs] = [atom, other].map(|atom| &self.messages[atom]);
        let emit = [atom, other].map(|atom| &self.first.emit[usize::from(self.species[atom])]);
        let mut along: Channels = [0.0; CHANNELS];
        let mut across = [[0.0; CHANNELS]; 3];
        for k in 0..CHANNELS {
            let [f, g, h] = [radial[0][k], radial[1][k], radial[2][k]];
            let mut slope = [0.0; 3];
            let mut weights = [0.0; COMPONENTS];
            for a in 0..COMPONENTS {
                let w = first[0][a][k] * emit[1][k] + signs[a] * first[1][a][k] * emit[0][k];
                let v =
                    second[0][a][k] * theirs.emit[k] + signs[a] * second[1][a][k] * mine.emit[k];
                slope[0] += harmonics[a] * w;
                slope[1] += harmonics[a] * v;
                weights[a] = f * w + g * v;
            }
            let mut gradient = moments::gradient(u, weights);
            for axis in 0..3 {
                let [my, their] = [mine.arrow[axis][k], theirs.arrow[axis][k]];
                let turn = second[0][0][k] * their - second[1][0][k] * my;
                let shift = second[0][1 + axis][k] * their + second[1][1 + axis][k] * my;
                slope[2] += shift + u[axis] * turn;
                gradient[axis] += h * turn;
            }
            along[k] = radial[3][k] * slope[0] + radial[4][k] * slope[1] + radial[5][k] * slope[2];
            for axis in 0..3 {
                across[axis][k] = gradient[axis];
            }
        }
        let along = total(&along) * self.first.table.density();
        let across = across.each_ref().map(total);
        let inward = across[0] * u[0] + across[1] * u[1] + across[2] * u[2];
        std::array::from_fn(|axis| {
            along * u[axis] + (across[axis] - inward * u[axis]) / near.distance
        })
    }

    /// f, gₛ, gᵥ at a neighbor's distance, then their slopes per piece of the tables.
    #[inline(always)]
    fn radial(&self, near: &Near) -> [Channels; 6] {
        let mut radial = [[0.0; CHANNELS]; 6];
        for part in 0..CHANNELS / LANES {
            let both = [
                self.first.table.values_and_slopes(near.place, 0, part),
                self.second.table.values_and_slopes(near.place, 0, part),
                self.second.table.values_and_slopes(near.place, 1, part),
            ];
            for (at, [values, slopes]) in both.into_iter().enumerate() {
                *lanes_mut(&mut radial[at], part) = values;
                *lanes_mut(&mut radial[3 + at], part) = slopes;
            }
        }
        radial
    }
}

/// The sum over all channels, always in the same order.
#[inline(always)]
fn total(channels: &Channels) -> f32 {
    let (parts, _) = channels.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for lane in 0..LANES {
        sums[lane] = (parts[0][lane] + parts[1][lane]) + (parts[2][lane] + parts[3][lane]);
    }
    super::channels::total(&sums)
}
