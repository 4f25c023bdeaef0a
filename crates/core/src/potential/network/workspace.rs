//! The steps of an evaluation, in buffers that are reused.

use std::ops::Range;

use glam::{DMat3, DVec3};
use rayon::prelude::*;

use super::channels::CHANNELS;
use super::charges;
use super::chunk::{CHUNK, Chunk};
use super::forces::{self, Gradients};
use super::layer1;
use super::layer2::{self, Input};
use super::message::Message;
use super::moments::Moments;
use super::parameters::Parameters;
use super::physics::Physics;
use super::physics_sums;
use super::sums::Sums;
use super::uncertainty::Uncertainty;
use crate::chem::neighbors::NeighborList;
use crate::chem::{Cell, Structure};
use crate::potential::Evaluation;
use crate::potential::simd::dispatch;

/// Maximum number of groups of chunks; each has its own sums over all atoms.
const GROUPS: usize = 16;

/// Buffers of an evaluation: `[atoms]` unless stated otherwise.
pub(super) struct Workspace<const C: usize> {
    species: Vec<u8>,
    /// e.
    charges: Vec<f64>,
    messages: Vec<Message>,
    /// Gradients with respect to the sums over neighbors in both layers: [2, atoms].
    gradients: [Vec<Moments<C>>; 2],
    chunks: Vec<Chunk<C>>,
    /// One per group of chunks.
    sums: Vec<Sums>,
}

impl<const C: usize> Workspace<C> {
    /// Empty buffers.
    pub(super) fn new() -> Workspace<C> {
        Workspace {
            species: Vec::new(),
            charges: Vec::new(),
            messages: Vec::new(),
            gradients: [Vec::new(), Vec::new()],
            chunks: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// Energy, forces, stress, charges and expected force errors; `pairs` is the list of the physical
    /// pair terms, if the network has charges.
    pub(super) fn evaluate(
        &mut self,
        parameters: &Parameters<C>,
        structure: &Structure,
        neighbors: &NeighborList,
        pairs: Option<&NeighborList>,
    ) -> Evaluation {
        self.prepare(parameters, structure);
        let positions = structure.positions();
        self.forward_layer1(parameters, positions, neighbors);
        let per_weight = self.distribute_charges(parameters, structure.charge);
        match (&parameters.physics, pairs) {
            (Some(physics), Some(pairs)) => self.add_physics(physics, positions, pairs),
            _ => {
                let clear = |sums: &mut Sums| sums.clear(positions.len());
                self.sums.iter_mut().for_each(clear);
            }
        }
        self.evaluate_layer2(parameters);
        self.backward(parameters, per_weight);
        self.add_forces(parameters);
        self.evaluation(parameters, structure.cell.as_ref())
    }

    /// Sets the charges and adds them to the messages; returns the result of [`charges::distribute`].
    fn distribute_charges(&mut self, parameters: &Parameters<C>, total: i32) -> Option<f64> {
        let emit_charge = parameters.layer2.emit_charge.as_ref()?;
        let total = f64::from(total);
        let per_weight = charges::distribute(total, &self.chunks, &mut self.charges);
        for (message, charge) in self.messages.iter_mut().zip(&self.charges) {
            for k in 0..CHANNELS {
                message.scalar[k] += *charge as f32 * emit_charge[k];
            }
        }
        Some(per_weight)
    }

    fn prepare(&mut self, parameters: &Parameters<C>, structure: &Structure) {
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
            .resize_with(count.div_ceil(CHUNK), || Chunk::new(parameters.widths()));
        for (index, chunk) in self.chunks.iter_mut().enumerate() {
            chunk.atoms = index * CHUNK..count.min((index + 1) * CHUNK);
        }
        self.sums
            .resize_with(self.chunks.len().min(GROUPS), Sums::default);
    }

    fn forward_layer1(
        &mut self,
        parameters: &Parameters<C>,
        positions: &[DVec3],
        list: &NeighborList,
    ) {
        let species = &self.species;
        let work = |chunk: &mut Chunk<C>, messages: &mut [Message]| {
            let atoms = chunk.atoms.clone();
            chunk.edges.select(atoms, positions, list);
            dispatch!(|simd| layer1::forward(simd, &parameters.layer1, species, chunk, messages));
        };
        each_with(&mut self.chunks, &mut self.messages, work);
    }

    fn add_physics(&mut self, physics: &Physics, positions: &[DVec3], list: &NeighborList) {
        let atoms = physics_sums::PairAtoms {
            positions,
            species: &self.species,
            charges: &self.charges,
            list,
        };
        let (count, chunks) = (positions.len(), self.chunks.len());
        each_group(&mut self.sums, chunks, |group, sums| {
            sums.clear(count);
            let atoms_of_group = group.start * CHUNK..(group.end * CHUNK).min(count);
            dispatch!(|_| physics_sums::add(physics, atoms, atoms_of_group, sums));
        });
    }

    fn evaluate_layer2(&mut self, parameters: &Parameters<C>) {
        let input = Input {
            species: &self.species,
            messages: &self.messages,
            charges: &self.charges,
        };
        let work = |chunk: &mut Chunk<C>, gradients: &mut [Moments<C>]| {
            dispatch!(|simd| layer2::evaluate(simd, &parameters.layer2, input, chunk, gradients));
        };
        each_with(&mut self.chunks, &mut self.gradients[1], work);
    }

    /// From the gradients with respect to the sums over neighbors of the second layer to those of the
    /// first, by way of messages and charges;
    /// `per_weight` is the result of [`charges::distribute`].
    fn backward(&mut self, parameters: &Parameters<C>, per_weight: Option<f64>) {
        let (layer1, layer2) = (&parameters.layer1, &parameters.layer2);
        let [gradients1, gradients2] = &mut self.gradients;
        let (sums, species) = (&self.sums, &self.species);
        let work = |chunk: &mut Chunk<C>| {
            dispatch!(|simd| layer2::backward_messages(simd, layer2, gradients2, chunk));
            for (index, atom) in chunk.atoms.clone().enumerate() {
                let potentials = sums.iter().map(|sums| sums.atoms[atom].potential);
                chunk.charge_gradients[index] += potentials.sum::<f64>();
            }
        };
        each(&mut self.chunks, work);
        if let Some(per_weight) = per_weight {
            charges::backward(per_weight, &mut self.chunks);
        }
        let work = |chunk: &mut Chunk<C>, gradients: &mut [Moments<C>]| {
            dispatch!(|simd| layer1::backward(simd, layer1, species, chunk, gradients));
        };
        each_with(&mut self.chunks, gradients1, work);
    }

    fn add_forces(&mut self, parameters: &Parameters<C>) {
        let gradients = Gradients {
            layer1: &parameters.layer1,
            layer2: &parameters.layer2,
            species: &self.species,
            messages: &self.messages,
            moments: self.gradients.each_ref().map(Vec::as_slice),
            repulsion: parameters
                .physics
                .is_none()
                .then_some(&parameters.repulsion),
        };
        let chunks = &self.chunks;
        each_group(&mut self.sums, chunks.len(), |group, sums| {
            dispatch!(|simd| forces::add(simd, gradients, &chunks[group], sums));
        });
    }

    fn evaluation(&self, parameters: &Parameters<C>, cell: Option<&Cell>) -> Evaluation {
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
        let uncertainty = parameters.layer2.uncertainty.as_ref();
        let force_errors = uncertainty.map(|uncertainty| self.force_errors(uncertainty, &forces));
        Evaluation {
            energy: energies.iter().sum(),
            forces,
            stress: cell
                .filter(|cell| cell.is_periodic())
                .map(|cell| (virial + virial.transpose()) * (0.5 / cell.volume())),
            atom_energies: Some(energies),
            charges: parameters.physics.as_ref().map(|_| self.charges.clone()),
            force_errors,
        }
    }

    /// Expected errors of the `forces` (eV/Å), eV/Å.
    fn force_errors(&self, uncertainty: &Uncertainty, forces: &[DVec3]) -> Vec<f64> {
        let distances = self.chunks.iter().flat_map(|chunk| &chunk.distances);
        let atoms = distances.zip(&self.species).zip(forces);
        atoms
            .map(|((distance, species), force)| {
                uncertainty.force_error(*distance, usize::from(*species), force.length())
            })
            .collect()
    }
}

/// Runs `work` for each chunk, in parallel if there are several.
fn each<const C: usize>(chunks: &mut [Chunk<C>], work: impl Fn(&mut Chunk<C>) + Send + Sync) {
    match chunks {
        [chunk] => work(chunk),
        chunks => chunks.par_iter_mut().for_each(work),
    }
}

/// Runs `work` for each chunk and the part of `all` `[atoms]` of its atoms, in parallel if there are
/// several.
fn each_with<T: Send, const C: usize>(
    chunks: &mut [Chunk<C>],
    all: &mut [T],
    work: impl Fn(&mut Chunk<C>, &mut [T]) + Send + Sync,
) {
    match chunks {
        [chunk] => work(chunk, all),
        chunks => chunks
            .par_iter_mut()
            .zip(all.par_chunks_mut(CHUNK))
            .for_each(|(chunk, all)| work(chunk, all)),
    }
}

/// Runs `work` for each group of chunks and its sums. The groups depend only on the number of chunks,
/// so that sums are equal to the last bit on any number of threads.
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
