//! Parameters, a graph and random features for both implementations.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::checkpoint::Configuration;
use crate::distance::Gaussians;
use crate::fixture;
use crate::fused::chunk::{Chunk, ChunkEdges};
use crate::fused::edge_table::{EdgeTable, EdgeTableView};
use crate::fused::geometry_gradient::Generators;
use crate::fused::rotation::EdgeRotation;
use crate::graph::Graph;
use crate::harmonics::Harmonics;
use crate::network::chunk::Chunk as TensorChunk;
use crate::network::tensor::Tensor;
use crate::network::tensor_options::TensorOptions;
use crate::parameters::Parameters;

/// Water and the parameters of a small model.
pub(super) struct Setup {
    pub(super) configuration: Configuration,
    pub(super) harmonics: Harmonics,
    pub(super) parameters: Parameters<f64>,
    pub(super) options: TensorOptions,
    pub(super) numbers: Vec<u8>,
    pub(super) graph: Graph,
    random: ChaCha8Rng,
}

/// The edges of a graph as one chunk of `fused`.
pub(super) struct FusedEdges {
    table: EdgeTable<f64>,
    rotation: EdgeRotation,
    generators: Generators<f64>,
}

impl Setup {
    /// A model with L = M = 2 and charge balance, and one with L = 4, M = 2.
    pub(super) fn all() -> [Setup; 2] {
        ["tiny-1p2p1", "tiny-l4"].map(Setup::new)
    }

    fn new(model: &str) -> Setup {
        let checkpoint = fixture::checkpoint(model);
        let configuration = checkpoint.configuration().clone();
        let case = fixture::case(model, "water");
        Setup {
            harmonics: Harmonics::new(configuration.lmax, configuration.mmax),
            parameters: fixture::parameters(&checkpoint, &case.system),
            options: TensorOptions::new::<f64>(&fixture::burn_cpu()),
            graph: case.graph(configuration.cutoff),
            numbers: case.numbers,
            configuration,
            random: ChaCha8Rng::seed_from_u64(1),
        }
    }

    /// N, E, S, K, C, H.
    pub(super) fn dimensions(&self) -> [usize; 6] {
        [
            self.numbers.len(),
            self.graph.len(),
            self.harmonics.components(),
            self.harmonics.along_edge.len(),
            self.configuration.sphere_channels,
            self.configuration.hidden_channels,
        ]
    }

    /// Random numbers between −1 and 1.
    pub(super) fn random(&mut self, count: usize) -> Vec<f64> {
        (0..count)
            .map(|_| self.random.random_range(-1.0..1.0))
            .collect()
    }

    /// The same numbers as a tensor.
    pub(super) fn tensor<const D: usize>(&self, values: &[f64], shape: [usize; D]) -> Tensor<D> {
        self.options.tensor(values.to_vec(), shape)
    }

    pub(super) fn gaussians(&self) -> Gaussians {
        Gaussians {
            count: self.configuration.distances,
            cutoff: self.configuration.cutoff,
        }
    }

    /// All edges as one chunk of `network`.
    pub(super) fn tensor_chunk(&self) -> TensorChunk {
        let atoms = 0..self.numbers.len();
        let (gaussians, harmonics) = (self.gaussians(), &self.harmonics);
        TensorChunk::new(
            &self.graph,
            atoms,
            &self.numbers,
            gaussians,
            harmonics,
            &self.options,
        )
    }

    pub(super) fn fused_edges(&self) -> FusedEdges {
        let (harmonics, gaussians) = (&self.harmonics, self.gaussians());
        FusedEdges {
            table: EdgeTable::new(harmonics, gaussians, &self.graph, &self.numbers),
            rotation: EdgeRotation::new(harmonics),
            generators: Generators::new(harmonics),
        }
    }
}

impl FusedEdges {
    /// All edges as one chunk of `fused`.
    pub(super) fn chunk<'a>(&'a self, graph: &'a Graph) -> ChunkEdges<'a, f64> {
        let view = EdgeTableView {
            table: &self.table,
            graph,
            rotation: &self.rotation,
            generators: &self.generators,
        };
        view.chunk(&Chunk {
            targets: 0..graph.atoms(),
            edges: 0..graph.len(),
        })
    }
}

/// Asserts that two lists of numbers agree but for rounding.
pub(super) fn assert_close(name: &str, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{name}");
    assert!(expected.iter().any(|value| *value != 0.0), "{name} is zero");
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        let error = (found - expected).abs() / (1.0 + expected.abs());
        assert!(error < 1e-12, "{name} {index}: {found} {expected}");
    }
}
