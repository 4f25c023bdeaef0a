//! The steps of an evaluation, in room that is used again.

use std::ops::Range;

use glam::{DMat3, DVec3};
use rayon::prelude::*;

use super::channels::CHANNELS;
use super::charges;
use super::chunk::{CHUNK, Chunk};
use super::first;
use super::forces::{self, Slopes};
use super::message::{Message, echo};
use super::moments::Moments;
use super::parameters::Parameters;
use super::physics;
use super::second::{self, Told};
use super::sums::Sums;
use crate::chem::neighbors::NeighborList;
use crate::chem::{Cell, Structure};
use crate::potential::Evaluation;
use crate::potential::simd::dispatch;

/// Groups of chunks at most: each has sums of its own for every atom.
const GROUPS: usize = 16;

/// What an evaluation fills, kept for the next.
#[derive(Default)]
pub(super) struct Room {
    species: Vec<u8>,
    charges: Vec<f64>,
    messages: Vec<Message>,
    /// Of the energy with the moments of both layers.
    gradients: [Vec<Moments>; 2],
    chunks: Vec<Chunk>,
    sums: Vec<Sums>,
}

impl Room {
    /// Energy, forces, stress, charges and expected errors.
    pub(super) fn evaluate(
        &mut self,
        parameters: &Parameters,
        structure: &Structure,
        near: &NeighborList,
        far: &NeighborList,
    ) -> Evaluation {
        self.prepare(parameters, structure);
        let positions = structure.positions();
        self.listen_around(parameters, positions, near);
        let total = f64::from(structure.charge);
        let missing = charges::share(total, &self.chunks, &mut self.charges);
        for (message, charge) in self.messages.iter_mut().zip(&self.charges) {
            for k in 0..CHANNELS {
                message.emit[k] += *charge as f32 * parameters.second.emit_charge[k];
            }
        }
        self.add_physics(parameters, positions, far);
        self.listen_again(parameters);
        self.go_back(parameters, missing);
        self.add_forces(parameters);
        self.evaluation(parameters, structure.cell.as_ref())
    }

    fn prepare(&mut self, parameters: &Parameters, structure: &Structure) {
        let count = structure.len();
        let mut index = [0; 256];
        for (at, element) in parameters.species.iter().enumerate() {
            index[usize::from(element.number())] = at as u8;
        }
        let species = |element: &crate::chem::Element| index[usize::from(element.number())];
        self.species.clear();
        self.species
            .extend(structure.elements().iter().map(species));
        self.charges.resize(count, 0.0);
        self.messages.resize(count, Message::ZERO);
        for gradients in &mut self.gradients {
            gradients.resize(count, Moments::ZERO);
        }
        self.chunks
            .resize_with(count.div_ceil(CHUNK), || Chunk::new(parameters));
        for (index, chunk) in self.chunks.iter_mut().enumerate() {
            chunk.atoms = index * CHUNK..count.min((index + 1) * CHUNK);
        }
        self.sums
            .resize_with(self.chunks.len().min(GROUPS), Sums::default);
    }

    fn listen_around(&mut self, parameters: &Parameters, positions: &[DVec3], list: &NeighborList) {
        let species = &self.species;
        let work = |chunk: &mut Chunk, messages: &mut [Message]| {
            let atoms = chunk.atoms.clone();
            chunk.surroundings.pick(atoms, positions, list);
            dispatch!(|_| first::forward(&parameters.first, species, chunk, messages));
        };
        each_with(&mut self.chunks, &mut self.messages, work);
    }

    fn add_physics(&mut self, parameters: &Parameters, positions: &[DVec3], list: &NeighborList) {
        let atoms = physics::Atoms {
            positions,
            species: &self.species,
            charges: &self.charges,
            list,
        };
        let (count, chunks) = (positions.len(), self.chunks.len());
        each_group(&mut self.sums, chunks, |group, sums| {
            sums.clear(count);
            let atoms_of_group = group.start * CHUNK..(group.end * CHUNK).min(count);
            dispatch!(|_| physics::add(&parameters.physics, atoms, atoms_of_group, sums));
        });
    }

    fn listen_again(&mut self, parameters: &Parameters) {
        let told = Told {
            species: &self.species,
            messages: &self.messages,
            charges: &self.charges,
        };
        let work = |chunk: &mut Chunk, gradients: &mut [Moments]| {
            dispatch!(|_| second::evaluate(&parameters.second, told, chunk, gradients));
        };
        each_with(&mut self.chunks, &mut self.gradients[1], work);
    }

    /// From the gradients with the moments of the second layer to those of the first; of a charge to
    /// be shared out, `missing` (e) came on each unit of hold.
    fn go_back(&mut self, parameters: &Parameters, missing: f64) {
        let (first, second) = (&parameters.first, &parameters.second);
        let [first_gradients, second_gradients] = &mut self.gradients;
        let sums = &self.sums;
        let work = |chunk: &mut Chunk| {
            dispatch!(|_| echo(second, second_gradients, chunk));
            for (index, atom) in chunk.atoms.clone().enumerate() {
                let potentials = sums.iter().map(|sums| sums.atoms[atom].potential);
                chunk.charge_gradients[index] += potentials.sum::<f64>();
            }
        };
        each(&mut self.chunks, work);
        charges::claim_gradients(missing, &mut self.chunks);
        let work = |chunk: &mut Chunk, gradients: &mut [Moments]| {
            dispatch!(|_| first::backward(first, chunk, gradients));
        };
        each_with(&mut self.chunks, first_gradients, work);
    }

    fn add_forces(&mut self, parameters: &Parameters) {
        let slopes = Slopes {
            first: &parameters.first,
            second: &parameters.second,
            species: &self.species,
            messages: &self.messages,
            gradients: self.gradients.each_ref().map(Vec::as_slice),
        };
        let chunks = &self.chunks;
        each_group(&mut self.sums, chunks.len(), |group, sums| {
            dispatch!(|_| forces::add(slopes, &chunks[group], sums));
        });
    }

    fn evaluation(&self, parameters: &Parameters, cell: Option<&Cell>) -> Evaluation {
        let count = self.species.len();
        let mut forces = vec![DVec3::ZERO; count];
        let mut energies = Vec::with_capacity(count);
        energies.extend(
            self.chunks
                .iter()
                .flat_map(|chunk| &chunk.energies)
                .take(count),
        );
        let mut virial = DMat3::ZERO;
        for sums in &self.sums {
            for (atom, sum) in sums.atoms.iter().enumerate() {
                forces[atom] += DVec3::from_array(sum.force);
                energies[atom] += sum.energy;
            }
            virial += DMat3::from_cols_array_2d(&sums.virial);
        }
        let errors = self.chunks.iter().flat_map(|chunk| &chunk.force_errors);
        let doubt = parameters.second.doubt.as_ref();
        Evaluation {
            energy: energies.iter().sum(),
            forces,
            stress: cell
                .filter(|cell| cell.is_periodic())
                .map(|cell| (virial + virial.transpose()) * (0.5 / cell.volume())),
            atom_energies: Some(energies),
            charges: Some(self.charges.clone()),
            force_errors: doubt.map(|_| errors.take(count).copied().collect()),
        }
    }
}

/// Does `work` for each chunk, on several threads where there are several.
fn each(chunks: &mut [Chunk], work: impl Fn(&mut Chunk) + Send + Sync) {
    match chunks {
        [chunk] => work(chunk),
        chunks => chunks.par_iter_mut().for_each(work),
    }
}

/// Does `work` for each chunk and what its atoms have of `all`, on several threads where there are
/// several.
fn each_with<T: Send>(
    chunks: &mut [Chunk],
    all: &mut [T],
    work: impl Fn(&mut Chunk, &mut [T]) + Send + Sync,
) {
    match chunks {
        [chunk] => work(chunk, all),
        chunks => chunks
            .par_iter_mut()
            .zip(all.par_chunks_mut(CHUNK))
            .for_each(|(chunk, all)| work(chunk, all)),
    }
}

/// Does `work` for each group of so many chunks and its sums. The groups depend on the number of
/// chunks alone, so that what is added up is the same to the last bit on any number of threads.
fn each_group(sums: &mut [Sums], chunks: usize, work: impl Fn(Range<usize>, &mut Sums) + Sync) {
    let groups = sums.len();
    let bounds = |group: usize| group * chunks / groups..(group + 1) * chunks / groups;
    if groups > 1 {
        let each = sums.par_iter_mut().enumerate();
        each.for_each(|(group, sums)| work(bounds(group), sums));
    } else {
        sums.iter_mut()
            .enumerate()
            .for_each(|(group, sums)| work(bounds(group), sums));
    }
}
