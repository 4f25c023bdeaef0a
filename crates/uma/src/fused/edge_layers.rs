//! The part of the network on edges.

use rayon::prelude::*;

use super::edge_degree_embedding::EdgeDegreeEmbedding;
use super::edgewise::Edgewise;
use super::geometry_gradient::Generators;
use super::rotation::EdgeRotation;
use super::saved::SavedMessages;
use crate::distance::Gaussians;
use crate::harmonics::Harmonics;
use crate::parameters::Parameters;
use crate::real::Real;

/// The edge degree embedding and the edgewise layer of each block.
pub(crate) struct EdgeLayers<T> {
    pub(crate) edge_degree: EdgeDegreeEmbedding<T>,
    pub(crate) edgewise: Vec<Edgewise<T>>,
    pub(crate) rotation: EdgeRotation,
    pub(crate) generators: Generators<T>,
    pub(crate) harmonics: Harmonics,
    pub(crate) gaussians: Gaussians,
    /// S·C, the size of a feature.
    pub(crate) feature: usize,
    /// Activations by layer (the edge degree embedding first) and chunk, kept between evaluations:
    /// allocating a gigabyte anew costs as much as filling it.
    pub(crate) saved: Vec<Vec<SavedMessages<T>>>,
}

impl<T: Real> EdgeLayers<T> {
    pub(crate) fn new(
        parameters: &Parameters<T>,
        harmonics: &Harmonics,
        gaussians: Gaussians,
    ) -> EdgeLayers<T> {
        let shared = &parameters.shared;
        let components = harmonics.components();
        let degrees: Vec<usize> = harmonics.along_edge.iter().map(|row| row.degree).collect();
        let blocks = shared.blocks.par_iter().zip(&parameters.edgewise);
        let edgewise =
            |(block, edgewise)| Edgewise::new(shared, block, edgewise, &degrees, components);
        EdgeLayers {
            edge_degree: EdgeDegreeEmbedding::new(shared, harmonics.lmax),
            edgewise: blocks.map(edgewise).collect(),
            rotation: EdgeRotation::new(harmonics),
            generators: Generators::new(harmonics),
            harmonics: harmonics.clone(),
            gaussians,
            feature: components * parameters.system_embedding.len(),
            saved: Vec::new(),
        }
    }
}
