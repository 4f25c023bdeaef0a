//! How the energy changes as edges turn and grow.

use super::Tensor;
use super::place::Place;
use crate::harmonics::Harmonics;

/// The gradient with respect to the geometry of edges, as it comes in, layer by layer.
///
/// The energy does not depend on how the frame of an edge is rolled about it, so instead of the
/// rotation's derivative it is enough to know what a turn does to what enters and leaves the frame:
/// if x are features outside, y features inside, and y = D x or x = Dᵀ y, then turning the edge by ω
/// changes the energy by ω · Σ ⟨∂E, J Dᵀ y⟩, or its mirror image; as the generators J are
/// antisymmetric, both are ω · Σᵢⱼ Jᵢⱼ (x yᵀ D)ᵢⱼ, where one of x, y is a gradient.
#[derive(Clone, Debug)]
pub(super) struct Pull {
    /// Σ x yᵀ: [E, S, K].
    turn: Option<Tensor<3>>,
    /// dE/dd: [E, 1].
    slope: Option<Tensor<2>>,
}

impl Pull {
    /// Nothing yet.
    pub(super) fn none() -> Pull {
        Pull {
            turn: None,
            slope: None,
        }
    }

    /// Adds x yᵀ: features outside, [E, S, c], and inside the frame, [E, K, c].
    pub(super) fn turn(&mut self, outside: Tensor<3>, inside: Tensor<3>) {
        let product = outside.matmul(inside.swap_dims(1, 2));
        self.turn = Some(match self.turn.take() {
            Some(turn) => turn + product,
            None => product,
        });
    }

    /// Adds to dE/dd: [E, 1].
    pub(super) fn stretch(&mut self, slope: Tensor<2>) {
        self.slope = Some(match self.slope.take() {
            Some(sum) => sum + slope,
            None => slope,
        });
    }

    /// For each edge the torque about x, y, z and the slope: [E, 4].
    pub(super) fn torque_and_slope(
        self,
        rotation: &Tensor<3>,
        generators: &Tensor<2>,
    ) -> Option<Tensor<2>> {
        let turn = self.turn?.matmul(rotation.clone());
        let [edges, components, _] = turn.dims();
        let torque = turn
            .reshape([edges, components * components])
            .matmul(generators.clone());
        Some(Tensor::cat(vec![torque, self.slope?], 1))
    }
}

/// The generators as columns: [S·S, 3].
pub(super) fn generators(harmonics: &Harmonics, place: &Place) -> Tensor<2> {
    let components = harmonics.components();
    let mut columns = vec![0.0; components * components * 3];
    for (axis, generator) in harmonics.generators.iter().enumerate() {
        for entry in generator {
            columns[(entry.row * components + entry.column) * 3 + axis] = entry.value;
        }
    }
    place.rounded(columns.into_iter(), [components * components, 3])
}
