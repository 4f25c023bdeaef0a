//! The energy of an atom, from the row of its features that no rotation changes.
//!
//! fairchem: `MLP_EFS_Head`.

use super::Tensor;
use super::linear::Linear;
use super::place::Place;
use super::scalar;
use super::silu::{self, silu};
use crate::parameters;
use crate::real::Real;

/// Linear, SiLU, linear, SiLU, linear.
#[derive(Clone, Debug)]
pub(super) struct Head {
    layers: [Linear; 3],
    /// S.
    components: usize,
}

/// What the backward needs: what the two SiLUs are taken of.
#[derive(Clone, Debug)]
pub(super) struct Kept([Tensor<2>; 2]);

impl Head {
    pub(super) fn new<T: Real>(
        layers: &[parameters::Linear<T>; 3],
        components: usize,
        place: &Place,
    ) -> Head {
        Head {
            layers: layers.each_ref().map(|layer| Linear::new(layer, place)),
            components,
        }
    }

    /// [N, S, C] -> energies [N, 1].
    pub(super) fn forward(&self, x: &Tensor<3>) -> (Tensor<2>, Kept) {
        let [first, second, last] = &self.layers;
        let one = first.forward(scalar::of(x));
        let two = second.forward(silu(one.clone()));
        let energies = last.forward(silu(two.clone()));
        (energies, Kept([one, two]))
    }

    /// The gradient of x from that of the energies.
    pub(super) fn backward(&self, energies: Tensor<2>, kept: Kept) -> Tensor<3> {
        let [first, second, last] = &self.layers;
        let Kept([one, two]) = kept;
        let two = last.backward(energies) * silu::slope(two);
        let one = second.backward(two) * silu::slope(one);
        scalar::alone(first.backward(one), self.components)
    }
}
