//! The whole network on the processor: atoms and edges in turns, there and back.

use super::super::distance::Gaussians;
use super::super::evaluated::Evaluated;
use super::super::graph::Graph;
use super::super::harmonics::Harmonics;
use super::super::parameters::Parameters;
use super::super::real::Real;
use super::atoms::AtomsNetwork;
use super::desk::Desks;
use super::edges::EdgesNetwork;
use crate::checkpoint::Configuration;

/// The network of one system.
pub(in super::super) struct FusedNetwork<T> {
    atoms: AtomsNetwork<T>,
    edges: EdgesNetwork<T>,
    desks: Desks<T>,
}

impl<T: Real> FusedNetwork<T> {
    /// The network of these parameters.
    pub(in super::super) fn new(
        parameters: &Parameters<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
    ) -> FusedNetwork<T> {
        let gaussians = Gaussians {
            count: configuration.distances,
            cutoff: configuration.cutoff,
        };
        FusedNetwork {
            atoms: AtomsNetwork::new(parameters, configuration),
            edges: EdgesNetwork::new(parameters, harmonics, gaussians),
            desks: Desks::new(),
        }
    }

    /// The energies of atoms with these atomic numbers and total charge, e, and their gradient. With
    /// `keep`, what the way there makes along edges is kept for the way back; otherwise it is made
    /// again.
    pub(in super::super) fn evaluate(
        &mut self,
        numbers: &[u8],
        charge: i32,
        graph: &Graph,
        keep: bool,
    ) -> Evaluated {
        assert_eq!(numbers.len(), graph.atoms(), "atoms of the graph");
        // To hand work to other threads is quick among them: the whole is done by one of them.
        rayon::scope(|_| self.there_and_back(numbers, charge, graph, keep))
    }

    fn there_and_back(
        &mut self,
        numbers: &[u8],
        charge: i32,
        graph: &Graph,
        keep: bool,
    ) -> Evaluated {
        let FusedNetwork {
            atoms,
            edges,
            desks,
        } = self;
        let mut edges = edges.edges(graph, numbers, keep, desks);
        let mut features = edges.degree();
        atoms.embed(numbers, &mut features);
        for layer in 0..atoms.layers() {
            let told = atoms.tell(layer, &features);
            let heard = edges.messages(layer, told);
            atoms.think(layer, &heard, &mut features, charge, desks);
        }
        let energies = atoms.conclude(&mut features, desks);
        if graph.len() > 0 {
            let mut gradient = features;
            for layer in (0..atoms.layers()).rev() {
                atoms.think_back(layer, &mut gradient, desks);
                let told = edges.messages_backward(layer, &gradient);
                atoms.tell_back(layer, told, &mut gradient);
            }
            edges.degree_backward(&gradient);
        }
        Evaluated {
            atom_energies: energies.into_iter().map(T::wide).collect(),
            gradients: edges.gradients(),
        }
    }
}
