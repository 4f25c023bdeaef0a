//! The gradient of the energy with respect to the direction and the length of edges.

use super::tensor::Tensor;
use super::tensor_options::TensorOptions;
use crate::harmonics::Harmonics;

/// dE/drotation and dE/dd of each edge, summed over blocks.
///
/// The energy does not depend on the roll of an edge's frame, so the derivative of the rotation is
/// not needed: the torque is enough. With features x outside and y inside the frame, y = D x or
/// x = Dᵀ y, rotating the edge by ω changes the energy by ω · Σ ⟨∂E, J Dᵀ y⟩, or its mirror image;
/// the generators J are antisymmetric, so both are ω · Σᵢⱼ Jᵢⱼ (x yᵀ D)ᵢⱼ, where x or y is a gradient.
#[derive(Clone, Debug)]
pub(crate) struct GeometryGradient {
    /// Σ x yᵀ: `[E, S, K]`.
    rotation: Option<Tensor<3>>,
    /// dE/dd: `[E, 1]`.
    distance: Option<Tensor<2>>,
}

impl GeometryGradient {
    /// The gradient before any contribution.
    pub(crate) fn zero() -> GeometryGradient {
        GeometryGradient {
            rotation: None,
            distance: None,
        }
    }

    /// Adds x yᵀ: features outside the frame, `[E, S, c]`, and inside, `[E, K, c]`.
    pub(crate) fn add_rotation(&mut self, outside: Tensor<3>, inside: Tensor<3>) {
        let product = outside.matmul(inside.swap_dims(1, 2));
        self.rotation = Some(match self.rotation.take() {
            Some(sum) => sum + product,
            None => product,
        });
    }

    /// Adds to dE/dd: `[E, 1]`.
    pub(crate) fn add_distance(&mut self, slope: Tensor<2>) {
        self.distance = Some(match self.distance.take() {
            Some(sum) => sum + slope,
            None => slope,
        });
    }

    /// The torque about x, y, z and dE/dd of each edge: `[E, 4]`.
    pub(crate) fn torque_and_slope(
        self,
        rotation: &Tensor<3>,
        generators: &Tensor<2>,
    ) -> Option<Tensor<2>> {
        let product = self.rotation?.matmul(rotation.clone());
        let [edges, components, _] = product.dims();
        let torque = product
            .reshape([edges, components * components])
            .matmul(generators.clone());
        Some(Tensor::cat(vec![torque, self.distance?], 1))
    }
}

/// The generators Jₓ, J_y, J_z as columns: `[S·S, 3]`.
pub(crate) fn generators(harmonics: &Harmonics, options: &TensorOptions) -> Tensor<2> {
    let components = harmonics.components();
    let mut columns = vec![0.0; components * components * 3];
    for (axis, generator) in harmonics.generators.iter().enumerate() {
        for entry in generator {
            columns[(entry.row * components + entry.column) * 3 + axis] = entry.value;
        }
    }
    options.tensor_from_f64(columns.into_iter(), [components * components, 3])
}
