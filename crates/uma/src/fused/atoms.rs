//! What happens at atoms, some at a time on all threads: they embed themselves, tell and think in
//! layers, and conclude what their energies are (fairchem: `eSCNMDBackbone`).

use rayon::prelude::*;

use super::super::parameters::Parameters;
use super::super::real::Real;
use super::balance::Balance;
use super::desk::{AtomTape, Desks, room};
use super::head::HeadNetwork;
use super::norm::NormNetwork;
use super::thought::ThoughtNetwork;
use crate::checkpoint::Configuration;

/// Atoms that are worked on at a time: whole panels of a product for each degree, and with a hundred
/// channels a tenth of a millisecond, much more than it takes to hand them to a thread.
const ATOMS: usize = 12;

/// The atom part of the network. Features are those of all atoms: N × S × C.
pub(super) struct AtomsNetwork<T> {
    /// Elements × C.
    sphere: Vec<T>,
    /// What each atom is told of the system: C.
    system: Vec<T>,
    layers: Vec<ThoughtNetwork<T>>,
    balance: Option<Balance>,
    norm: NormNetwork<T>,
    head: HeadNetwork<T>,
    /// Numbers of a feature: S × C.
    feature: usize,
    /// What the way back needs, by layer and some atoms; kept between evaluations.
    tapes: Vec<Vec<AtomTape<T>>>,
}

impl<T: Real> AtomsNetwork<T> {
    /// The network of these parameters.
    pub(super) fn new(
        parameters: &Parameters<T>,
        configuration: &Configuration,
    ) -> AtomsNetwork<T> {
        let shared = &parameters.shared;
        let degrees = configuration.lmax + 1;
        let feature = degrees * degrees * parameters.system.len();
        let balanced = configuration.charge_balanced_channels.clone();
        AtomsNetwork {
            sphere: shared.sphere.clone(),
            system: parameters.system.clone(),
            layers: shared.layers.par_iter().map(ThoughtNetwork::new).collect(),
            balance: balanced.map(|channels| Balance { channels, feature }),
            norm: NormNetwork::new(&shared.norm),
            head: HeadNetwork::new(&shared.head),
            feature,
            tapes: vec![Vec::new(); shared.layers.len()],
        }
    }

    /// How many layers there are.
    pub(super) fn layers(&self) -> usize {
        self.layers.len()
    }

    /// Adds to features what atoms with these numbers are by themselves.
    pub(super) fn embed(&mut self, numbers: &[u8], features: &mut [T]) {
        for tapes in &mut self.tapes {
            tapes.resize_with(numbers.len().div_ceil(ATOMS), AtomTape::default);
        }
        let channels = self.system.len();
        for (number, feature) in numbers.iter().zip(features.chunks_exact_mut(self.feature)) {
            let element = &self.sphere[usize::from(*number) * channels..][..channels];
            let parts = element.iter().zip(&self.system);
            for (feature, (element, system)) in feature.iter_mut().zip(parts) {
                *feature += *element + *system;
            }
        }
    }

    /// What the atoms tell in a layer.
    pub(super) fn tell(&mut self, layer: usize, features: &[T]) -> Vec<T> {
        let (system, some) = (&self.system, ATOMS * self.feature);
        let mut told = vec![T::ZERO; features.len()];
        let jobs = features.par_chunks(some).zip(told.par_chunks_mut(some));
        let jobs = jobs.zip(&mut self.tapes[layer]);
        let layer = &self.layers[layer];
        jobs.for_each(|((features, told), tape)| {
            layer.tell(system, features, tape, told);
        });
        told
    }

    /// Of the gradient with what they told, adds to `gradient` that with their features.
    pub(super) fn tell_back(&self, layer: usize, mut told: Vec<T>, gradient: &mut [T]) {
        let some = ATOMS * self.feature;
        let jobs = told.par_chunks_mut(some).zip(gradient.par_chunks_mut(some));
        let jobs = jobs.zip(&self.tapes[layer]);
        let layer = &self.layers[layer];
        jobs.for_each(|((told, gradient), tape)| {
            layer.tell_back(told, gradient, tape);
        });
    }

    /// Adds to their features what they heard, and what they make of it.
    pub(super) fn think(
        &mut self,
        layer: usize,
        heard: &[T],
        features: &mut [T],
        charge: i32,
        desks: &Desks<T>,
    ) {
        let some = ATOMS * self.feature;
        let jobs = heard.par_chunks(some).zip(features.par_chunks_mut(some));
        let jobs = jobs.zip(&mut self.tapes[layer]);
        let layer = &self.layers[layer];
        jobs.for_each(|((heard, features), tape)| {
            let desk = &mut *desks.own();
            layer.think(heard, features, desk, tape);
        });
        if let Some(balance) = &self.balance {
            balance.forward(features, charge);
        }
    }

    /// Of the gradient with their features after [`think`](Self::think), in its place that with
    /// their features before, and with what they heard: they are the same.
    pub(super) fn think_back(&self, layer: usize, gradient: &mut [T], desks: &Desks<T>) {
        if let Some(balance) = &self.balance {
            balance.backward(gradient);
        }
        let jobs = gradient
            .par_chunks_mut(ATOMS * self.feature)
            .zip(&self.tapes[layer]);
        let layer = &self.layers[layer];
        jobs.for_each(|(gradient, tape)| {
            let desk = &mut *desks.own();
            layer.think_back(gradient, desk, tape);
        });
    }

    /// The energies of atoms; in the place of their features comes the gradient of the sum.
    pub(super) fn conclude(&self, features: &mut [T], desks: &Desks<T>) -> Vec<T> {
        let (norm, head) = (&self.norm, &self.head);
        let mut energies = vec![T::ZERO; features.len() / self.feature];
        let jobs = features.par_chunks_mut(ATOMS * self.feature);
        jobs.zip(energies.par_chunks_mut(ATOMS))
            .for_each(|(features, energies)| {
                let desk = &mut *desks.own();
                let atoms = &mut desk.atoms;
                let normed = room(&mut atoms.normed, features.len());
                norm.forward(features, &mut atoms.tape, normed);
                let gradient = room(&mut atoms.thought, features.len());
                head.evaluate(normed, &mut atoms.hidden, energies, gradient);
                features.fill(T::ZERO);
                norm.backward(&atoms.tape, gradient, features);
            });
        energies
    }
}
