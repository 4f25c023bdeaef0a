//! Backbone: embedding, blocks, final norm, and the energy head after it; the parts on atoms run some
//! atoms at a time on all threads.
//!
//! fairchem: `eSCNMDBackbone`.

use rayon::prelude::*;

use super::block::Block;
use super::charge_balance::ChargeBalance;
use super::edges::GraphEdges;
use super::energy_head::EnergyHead;
use super::rms_norm::RmsNorm;
use super::saved::SavedAtoms;
use super::scratch::{ScratchPool, resize};
use crate::checkpoint::Configuration;
use crate::parameters::Parameters;
use crate::real::Real;

/// Atoms per job: whole panels of the matrix product for each degree, and with a hundred channels a
/// tenth of a millisecond, much more than it takes to hand a job to a thread.
const ATOMS_PER_JOB: usize = 12;

/// The part of the network on atoms. Features are those of all atoms, `[N, S, C]`.
pub(crate) struct Backbone<T> {
    /// `[elements, C]`.
    sphere_embedding: Vec<T>,
    /// Charge, multiplicity and task, the same for all atoms: `[C]`.
    system_embedding: Vec<T>,
    blocks: Vec<Block<T>>,
    charge_balance: Option<ChargeBalance>,
    norm: RmsNorm<T>,
    head: EnergyHead<T>,
    /// S·C, the size of a feature.
    feature: usize,
    /// Activations by block and job, kept between evaluations to reuse their memory.
    saved: Vec<Vec<SavedAtoms<T>>>,
}

impl<T: Real> Backbone<T> {
    pub(crate) fn new(parameters: &Parameters<T>, configuration: &Configuration) -> Backbone<T> {
        let shared = &parameters.shared;
        let degrees = configuration.lmax + 1;
        let feature = degrees * degrees * parameters.system_embedding.len();
        let balanced = configuration.charge_balanced_channels.clone();
        Backbone {
            sphere_embedding: shared.sphere_embedding.clone(),
            system_embedding: parameters.system_embedding.clone(),
            blocks: shared.blocks.par_iter().map(Block::new).collect(),
            charge_balance: balanced.map(|channels| ChargeBalance { channels, feature }),
            norm: RmsNorm::new(&shared.norm),
            head: EnergyHead::new(&shared.head),
            feature,
            saved: vec![Vec::new(); shared.blocks.len()],
        }
    }

    /// The features after the last block of atoms with these atomic numbers and total charge, e.
    pub(crate) fn forward(
        &mut self,
        numbers: &[u8],
        charge: i32,
        edges: &mut GraphEdges<'_, T>,
        scratch: &ScratchPool<T>,
    ) -> Vec<T> {
        let mut features = edges.edge_degree();
        self.embed(numbers, &mut features);
        for block in 0..self.blocks.len() {
            let normed = self.norm_1(block, &features);
            let sums = edges.edgewise(block, normed);
            self.atomwise(block, &sums, &mut features, charge, scratch);
        }
        features
    }

    /// Passes dE/dfeatures after the last block back to the edges, which collect dE/dgeometry.
    pub(crate) fn backward(
        &self,
        mut gradient: Vec<T>,
        edges: &mut GraphEdges<'_, T>,
        scratch: &ScratchPool<T>,
    ) {
        for block in (0..self.blocks.len()).rev() {
            self.atomwise_backward(block, &mut gradient, scratch);
            let normed = edges.edgewise_backward(block, &gradient);
            self.norm_1_backward(block, normed, &mut gradient);
        }
        edges.edge_degree_backward(&gradient);
    }

    /// Adds the embeddings of atoms with these atomic numbers to degree 0 of `features`.
    fn embed(&mut self, numbers: &[u8], features: &mut [T]) {
        for saved in &mut self.saved {
            saved.resize_with(numbers.len().div_ceil(ATOMS_PER_JOB), SavedAtoms::default);
        }
        let channels = self.system_embedding.len();
        for (number, feature) in numbers.iter().zip(features.chunks_exact_mut(self.feature)) {
            let element = &self.sphere_embedding[usize::from(*number) * channels..][..channels];
            let parts = element.iter().zip(&self.system_embedding);
            for (feature, (element, system)) in feature.iter_mut().zip(parts) {
                *feature += *element + *system;
            }
        }
    }

    /// norm₁(x) + system, the input of the messages of a block.
    fn norm_1(&mut self, block: usize, features: &[T]) -> Vec<T> {
        let (system, job) = (&self.system_embedding, ATOMS_PER_JOB * self.feature);
        let mut normed = vec![T::ZERO; features.len()];
        let jobs = features.par_chunks(job).zip(normed.par_chunks_mut(job));
        let jobs = jobs.zip(&mut self.saved[block]);
        let block = &self.blocks[block];
        jobs.for_each(|((features, normed), saved)| {
            block.norm_1(system, features, saved, normed);
        });
        normed
    }

    /// Adds dE/dx to `gradient`, from the gradient of [`norm_1`](Self::norm_1), which is used up.
    fn norm_1_backward(&self, block: usize, mut normed: Vec<T>, gradient: &mut [T]) {
        let job = ATOMS_PER_JOB * self.feature;
        let jobs = normed.par_chunks_mut(job).zip(gradient.par_chunks_mut(job));
        let jobs = jobs.zip(&self.saved[block]);
        let block = &self.blocks[block];
        jobs.for_each(|((normed, gradient), saved)| {
            block.norm_1_backward(normed, gradient, saved);
        });
    }

    /// x += Σ messages; x += atomwise(norm₂(x)); then balances the charge.
    fn atomwise(
        &mut self,
        block: usize,
        messages: &[T],
        features: &mut [T],
        charge: i32,
        scratch: &ScratchPool<T>,
    ) {
        let job = ATOMS_PER_JOB * self.feature;
        let jobs = messages.par_chunks(job).zip(features.par_chunks_mut(job));
        let jobs = jobs.zip(&mut self.saved[block]);
        let block = &self.blocks[block];
        jobs.for_each(|((messages, features), saved)| {
            let scratch = &mut *scratch.lock();
            block.atomwise(messages, features, scratch, saved);
        });
        if let Some(balance) = &self.charge_balance {
            balance.forward(features, charge);
        }
    }

    /// Turns the gradient of the result of [`atomwise`](Self::atomwise) into dE/dx, which is
    /// also the gradient of the messages.
    fn atomwise_backward(&self, block: usize, gradient: &mut [T], scratch: &ScratchPool<T>) {
        if let Some(balance) = &self.charge_balance {
            balance.backward(gradient);
        }
        let jobs = gradient
            .par_chunks_mut(ATOMS_PER_JOB * self.feature)
            .zip(&self.saved[block]);
        let block = &self.blocks[block];
        jobs.for_each(|(gradient, saved)| {
            let scratch = &mut *scratch.lock();
            block.atomwise_backward(gradient, scratch, saved);
        });
    }

    /// The energy of each atom; replaces the features by the gradient of their sum.
    pub(crate) fn energies(&self, features: &mut [T], scratch: &ScratchPool<T>) -> Vec<T> {
        let (norm, head) = (&self.norm, &self.head);
        let mut energies = vec![T::ZERO; features.len() / self.feature];
        let jobs = features.par_chunks_mut(ATOMS_PER_JOB * self.feature);
        jobs.zip(energies.par_chunks_mut(ATOMS_PER_JOB))
            .for_each(|(features, energies)| {
                let scratch = &mut *scratch.lock();
                let atoms = &mut scratch.atoms;
                let normed = resize(&mut atoms.normed, features.len());
                norm.forward(features, &mut atoms.final_norm, normed);
                let gradient = resize(&mut atoms.update, features.len());
                head.evaluate(normed, &mut atoms.hidden, energies, gradient);
                features.fill(T::ZERO);
                norm.backward(&atoms.final_norm, gradient, features);
            });
        energies
    }
}
