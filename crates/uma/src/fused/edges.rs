//! All edges of an evaluation, part by part on all threads.

use std::ops::Range;

use glam::DVec3;
use rayon::prelude::*;

use super::super::distance::{self, Gaussians};
use super::super::graph::Graph;
use super::super::harmonics::Harmonics;
use super::super::parameters::Parameters;
use super::super::real::Real;
use super::degree::DegreeNetwork;
use super::desk::{Desks, Tape};
use super::layer::LayerNetwork;
use super::part::{Geometry, Part, by_edge, by_target, waves};
use super::tables::{Tables, View};
use super::turn::Turn;
use mlipview_core::potential::simd::{add, dispatch};

/// The edge part of the network, for the processor.
pub(super) struct EdgesNetwork<T> {
    degree: DegreeNetwork<T>,
    layers: Vec<LayerNetwork<T>>,
    turn: Turn<T>,
    harmonics: Harmonics,
    gaussians: Gaussians,
    /// Numbers of a feature: components × channels.
    feature: usize,
    /// What the way back needs, by layer (that of the degrees first) and part; kept between
    /// evaluations, because asking for a gigabyte anew costs as much as filling it.
    tapes: Vec<Vec<Tape<T>>>,
}

impl<T: Real> EdgesNetwork<T> {
    /// The network of these parameters.
    pub(super) fn new(
        parameters: &Parameters<T>,
        harmonics: &Harmonics,
        gaussians: Gaussians,
    ) -> EdgesNetwork<T> {
        let shared = &parameters.shared;
        let components = harmonics.components();
        let degrees: Vec<usize> = harmonics.along_edge.iter().map(|row| row.degree).collect();
        let layers = shared.layers.par_iter().zip(&parameters.convolutions);
        let layer = |(layer, convolutions)| {
            LayerNetwork::new(shared, layer, convolutions, &degrees, components)
        };
        EdgesNetwork {
            degree: DegreeNetwork::new(shared, harmonics.degree),
            layers: layers.map(layer).collect(),
            turn: Turn::new(harmonics),
            harmonics: harmonics.clone(),
            gaussians,
            feature: components * parameters.system.len(),
            tapes: Vec::new(),
        }
    }

    /// The edges of a graph of atoms with these numbers. With `keep`, what the way there makes is
    /// kept for the way back; otherwise it is made again.
    pub(super) fn edges<'a>(
        &'a mut self,
        graph: &'a Graph,
        numbers: &[u8],
        keep: bool,
        desks: &'a Desks<T>,
    ) -> GraphEdges<'a, T> {
        let mut tapes = std::mem::take(&mut self.tapes);
        let parts = Part::of(graph, rayon::current_num_threads());
        tapes.resize_with(self.layers.len() + 1, Vec::new);
        for tapes in &mut tapes {
            tapes.resize_with(if keep { parts.len() } else { 0 }, Tape::default);
        }
        GraphEdges {
            features: vec![Vec::new(); self.layers.len()],
            torques: vec![[T::ZERO; 3]; graph.len()],
            slopes: vec![T::ZERO; graph.len()],
            tables: Tables::new(&self.harmonics, self.gaussians, graph, numbers),
            parts,
            tapes,
            keep,
            graph,
            network: self,
            desks,
        }
    }
}

/// The edges of one evaluation.
pub(super) struct GraphEdges<'a, T> {
    network: &'a mut EdgesNetwork<T>,
    desks: &'a Desks<T>,
    graph: &'a Graph,
    parts: Vec<Part>,
    tables: Tables<T>,
    tapes: Vec<Vec<Tape<T>>>,
    keep: bool,
    /// What each layer was given.
    features: Vec<Vec<T>>,
    torques: Vec<[T; 3]>,
    slopes: Vec<T>,
}

impl<T: Real> GraphEdges<'_, T> {
    /// The features that atoms have from how they are surrounded: N × S × C.
    pub(super) fn degree(&mut self) -> Vec<T> {
        let (network, desks) = (&*self.network, self.desks);
        let edges = View::new(&self.tables, self.graph);
        let mut sums = vec![T::ZERO; self.graph.atoms() * network.feature];
        let jobs = self
            .parts
            .iter()
            .zip(by_target(&mut sums, &self.parts, network.feature));
        let jobs: Vec<_> = jobs.zip(optional(&mut self.tapes[0], self.keep)).collect();
        jobs.into_par_iter().for_each(|((part, sums), tape)| {
            let desk = &mut *desks.own();
            let mut own = std::mem::take(&mut desk.tape);
            let tape = tape.unwrap_or(&mut own);
            let edges = edges.part(part);
            network
                .degree
                .forward(&network.turn, edges, desk, tape, sums);
            desk.tape = own;
        });
        sums
    }

    /// What the edges of a layer tell each atom: N × S × C, of as many features.
    pub(super) fn messages(&mut self, layer: usize, features: Vec<T>) -> Vec<T> {
        self.features[layer] = features;
        let (network, desks) = (&*self.network, self.desks);
        let features = &self.features[layer];
        let edges = View::new(&self.tables, self.graph);
        let mut sums = vec![T::ZERO; features.len()];
        let jobs = self
            .parts
            .iter()
            .zip(by_target(&mut sums, &self.parts, network.feature));
        let jobs: Vec<_> = jobs
            .zip(optional(&mut self.tapes[layer + 1], self.keep))
            .collect();
        jobs.into_par_iter().for_each(|((part, sums), tape)| {
            let desk = &mut *desks.own();
            let mut own = std::mem::take(&mut desk.tape);
            let tape = tape.unwrap_or(&mut own);
            let (layer, edges) = (&network.layers[layer], edges.part(part));
            layer.forward(&network.turn, edges, features, desk, tape, sums);
            desk.tape = own;
        });
        sums
    }

    /// Of the gradient with what a layer told the atoms, that with the features it was given.
    pub(super) fn messages_backward(&mut self, layer: usize, gradients: &[T]) -> Vec<T> {
        let (network, desks, keep) = (&*self.network, self.desks, self.keep);
        let features = std::mem::take(&mut self.features[layer]);
        let edges = View::new(&self.tables, self.graph);
        let size = network.feature;
        let mut result = vec![T::ZERO; gradients.len()];
        let mut at_sources = Vec::new();
        for wave in waves(&self.parts) {
            let parts = &self.parts[wave.clone()];
            let range = parts[0].edges.start..parts[parts.len() - 1].edges.end;
            at_sources.resize(range.len() * size, T::ZERO);
            let homes = parts[0].targets.start * size..parts[parts.len() - 1].targets.end * size;
            let jobs = parts.iter().zip(by_target(&mut result[homes], parts, size));
            let jobs = jobs.zip(by_edge(&mut at_sources, parts, size));
            let jobs = jobs.zip(by_edge(&mut self.torques[range.clone()], parts, 1));
            let jobs = jobs.zip(by_edge(&mut self.slopes[range.clone()], parts, 1));
            let tapes = optional(&mut self.tapes[layer + 1], keep).skip(wave.start);
            let jobs: Vec<_> = jobs.zip(tapes).collect();
            jobs.into_par_iter().for_each(|job| {
                let ((((part, at_targets), at_sources), torques), slopes) = job.0;
                let desk = &mut *desks.own();
                let mut own = std::mem::take(&mut desk.tape);
                let edges = edges.part(part);
                let (turn, layer) = (&network.turn, &network.layers[layer]);
                if job.1.is_none() {
                    layer.compute(turn, edges, &features, desk, &mut own);
                }
                let tape = job.1.as_deref().unwrap_or(&own);
                let geometry = &mut Geometry { torques, slopes };
                layer.backward(
                    turn, edges, &features, gradients, desk, tape, geometry, at_targets, at_sources,
                );
                desk.tape = own;
            });
            add_at_sources(self.graph, range, &at_sources, size, &mut result);
        }
        result
    }

    /// The way back through [`GraphEdges::degree`].
    pub(super) fn degree_backward(&mut self, gradients: &[T]) {
        let (network, desks, keep) = (&*self.network, self.desks, self.keep);
        let edges = View::new(&self.tables, self.graph);
        let jobs = self
            .parts
            .iter()
            .zip(by_edge(&mut self.torques, &self.parts, 1));
        let jobs = jobs.zip(by_edge(&mut self.slopes, &self.parts, 1));
        let jobs: Vec<_> = jobs.zip(optional(&mut self.tapes[0], keep)).collect();
        jobs.into_par_iter()
            .for_each(|(((part, torques), slopes), tape)| {
                let desk = &mut *desks.own();
                let mut own = std::mem::take(&mut desk.tape);
                let (degree, turn, edges) = (&network.degree, &network.turn, edges.part(part));
                if tape.is_none() {
                    let sums = &mut vec![T::ZERO; part.targets.len() * network.feature];
                    let tape = &mut own;
                    degree.forward(turn, edges, desk, tape, sums);
                }
                let tape = tape.as_deref().unwrap_or(&own);
                let geometry = &mut Geometry { torques, slopes };
                degree.backward(turn, edges, gradients, desk, tape, geometry);
                desk.tape = own;
            });
    }

    /// The gradient of the energy with the vector of each edge, in units of the energy per Å.
    pub(super) fn gradients(mut self) -> Vec<DVec3> {
        self.network.tapes = std::mem::take(&mut self.tapes);
        let edges = self
            .graph
            .vectors
            .iter()
            .zip(&self.torques)
            .zip(&self.slopes);
        let gradient = |((vector, torque), slope): ((&DVec3, &[T; 3]), &T)| {
            distance::gradient(*vector, DVec3::from(torque.map(T::wide)), slope.wide())
        };
        edges.map(gradient).collect()
    }
}

/// Adds what each edge of a range has for its source.
fn add_at_sources<T: Real>(
    graph: &Graph,
    range: Range<usize>,
    at_sources: &[T],
    size: usize,
    result: &mut [T],
) {
    result
        .par_chunks_mut(size)
        .enumerate()
        .for_each(|(atom, sum)| {
            let outgoing = graph.out_of[atom] as usize..graph.out_of[atom + 1] as usize;
            let outgoing = &graph.outgoing[outgoing];
            let begin = outgoing.partition_point(|edge| (*edge as usize) < range.start);
            let in_range = outgoing[begin..].iter().map(|edge| *edge as usize);
            for edge in in_range.take_while(|edge| *edge < range.end) {
                let values = &at_sources[(edge - range.start) * size..][..size];
                dispatch!(|_| add(sum, values));
            }
        });
}

/// The tape of each part, or none for any.
fn optional<T>(
    tapes: &mut [Tape<T>],
    keep: bool,
) -> Box<dyn Iterator<Item = Option<&mut Tape<T>>> + '_> {
    if keep {
        Box::new(tapes.iter_mut().map(Some))
    } else {
        Box::new(std::iter::repeat_with(|| None))
    }
}
