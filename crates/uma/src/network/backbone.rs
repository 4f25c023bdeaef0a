//! From atoms to their features: embed, hear and think in layers, norm.
//!
//! fairchem: `eSCNMDBackbone`, `eSCNMDMoeBackbone`.

use super::balance::Balance;
use super::edges::TensorEdges;
use super::layer::{self, Layer};
use super::norm::{self, Norm};
use super::place::Place;
use super::scalar;
use super::{Indices, Tensor};
use crate::checkpoint::Configuration;
use crate::parameters::Parameters;
use crate::real::Real;

/// What happens at atoms.
#[derive(Clone, Debug)]
pub(super) struct Backbone {
    /// [elements, C].
    sphere: Tensor<2>,
    /// What each atom is told of the system: [1, C].
    pub(super) system: Tensor<2>,
    pub(super) layers: Vec<Layer>,
    pub(super) balance: Option<Balance>,
    pub(super) norm: Norm,
    /// S.
    components: usize,
}

/// What the backward needs.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    layers: Vec<layer::Kept>,
    norm: norm::Kept,
}

impl Backbone {
    pub(super) fn new<T: Real>(
        parameters: &Parameters<T>,
        configuration: &Configuration,
        place: &Place,
    ) -> Backbone {
        let shared = &parameters.shared;
        let (channels, degree) = (configuration.sphere_channels, configuration.lmax);
        let components = (degree + 1) * (degree + 1);
        let elements = shared.sphere.len() / channels;
        let layers = shared.layers.iter().enumerate();
        let balanced = configuration.charge_balanced_channels.as_ref();
        Backbone {
            sphere: place.tensor(shared.sphere.clone(), [elements, channels]),
            system: place.tensor(parameters.system.clone(), [1, channels]),
            layers: layers
                .map(|(index, layer)| Layer::new(index, layer, degree, place))
                .collect(),
            balance: balanced.map(|range| Balance::new(range, channels, place)),
            norm: Norm::new(&shared.norm, place),
            components,
        }
    }

    /// Features of atoms of these elements: [N, S, C].
    pub(super) fn forward(
        &self,
        elements: &Indices,
        charge: i32,
        mut edges: Option<&mut TensorEdges<'_>>,
    ) -> (Tensor<3>, Kept) {
        let mut x = self.embed(elements, edges.as_deref_mut());
        let mut layers = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let (y, kept) = layer.forward(x, &self.system, edges.as_deref_mut());
            x = match &self.balance {
                Some(balance) => balance.forward(y, charge),
                None => y,
            };
            layers.push(kept);
        }
        let (x, norm) = self.norm.forward(x);
        (x, Kept { layers, norm })
    }

    /// Tells the edges the gradients of what they have sent, from that of the features.
    pub(super) fn backward(&self, features: Tensor<3>, kept: Kept, edges: &mut TensorEdges<'_>) {
        let mut x = self.norm.backward(features, kept.norm);
        for (layer, kept) in self.layers.iter().zip(kept.layers).rev() {
            if let Some(balance) = &self.balance {
                x = balance.backward(x);
            }
            x = layer.backward(x, kept, &mut *edges);
        }
        edges.degree_backward(x);
    }

    /// The features before the first layer.
    pub(super) fn embed(
        &self,
        elements: &Indices,
        edges: Option<&mut TensorEdges<'_>>,
    ) -> Tensor<3> {
        let sphere = self.sphere.clone().select(0, elements.clone());
        let x = scalar::alone(sphere + self.system.clone(), self.components);
        match edges {
            Some(edges) => x + edges.degree(),
            None => x,
        }
    }
}
