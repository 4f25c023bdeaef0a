//! The numbers of the network as it is used: read from a checkpoint, the experts merged.
//!
//! This file alone knows the names that they have in a checkpoint.

use std::sync::Arc;

use super::real::Real;
use crate::checkpoint::{Checkpoint, CheckpointError, Head};
use mlipview_core::potential::simd::Matrix;

/// y = W x + b.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Linear<T> {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// W by rows: outputs × inputs.
    pub(super) weight: Vec<T>,
    /// b; empty where there is none.
    pub(super) bias: Vec<T>,
}

impl<T: Real> Linear<T> {
    /// The matrix of x ↦ W x.
    pub(super) fn matrix(&self) -> Matrix<T> {
        let weight = |input, output| self.weight[output * self.inputs + input];
        Matrix::from_fn(self.inputs, self.outputs, weight)
    }

    /// The matrix of its backward pass, g ↦ Wᵀ g.
    pub(super) fn transposed(&self) -> Matrix<T> {
        let weight = |output, input| self.weight[output * self.inputs + input];
        Matrix::from_fn(self.outputs, self.inputs, weight)
    }
}

/// Factor and addend for each channel.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Affine<T> {
    /// For a layer norm: channels; for a norm of features: (L + 1) × channels.
    pub(super) weight: Vec<T>,
    /// Channels.
    pub(super) bias: Vec<T>,
}

/// One matrix for each degree, and a bias for degree 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LinearByDegree<T> {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// (L + 1) × outputs × inputs.
    pub(super) weight: Vec<T>,
    /// Outputs.
    pub(super) bias: Vec<T>,
}

/// The network of distances and species: linear, norm, SiLU, linear, norm, SiLU, linear.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Radial<T> {
    pub(super) first: Linear<T>,
    pub(super) first_norm: Affine<T>,
    pub(super) second: Linear<T>,
    pub(super) second_norm: Affine<T>,
    pub(super) last: Linear<T>,
}

/// A convolution along edges: one matrix for m = 0, one for each order m > 0.
///
/// The rows of the matrix of an order are those for the real part above those for the imaginary.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Convolution<T> {
    pub(super) zero: Linear<T>,
    pub(super) orders: Vec<Linear<T>>,
}

/// What a layer has that depends on the system: its experts, merged.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Convolutions<T> {
    pub(super) first: Convolution<T>,
    pub(super) second: Convolution<T>,
}

/// What a layer has for all systems.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layer<T> {
    pub(super) norm_1: Affine<T>,
    pub(super) radial: Radial<T>,
    pub(super) norm_2: Affine<T>,
    pub(super) gate: Linear<T>,
    pub(super) linear_1: LinearByDegree<T>,
    pub(super) linear_2: LinearByDegree<T>,
}

/// What all systems share.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shared<T> {
    /// 100 elements × sphere channels.
    pub(super) sphere: Vec<T>,
    /// 100 elements × edge channels.
    pub(super) source: Vec<T>,
    /// 100 elements × edge channels.
    pub(super) target: Vec<T>,
    pub(super) edge_degree: Radial<T>,
    pub(super) layers: Vec<Layer<T>>,
    pub(super) norm: Affine<T>,
    /// Linear, SiLU, linear, SiLU, linear.
    pub(super) head: [Linear<T>; 3],
}

/// The network for one system.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parameters<T> {
    pub(super) shared: Arc<Shared<T>>,
    pub(super) convolutions: Vec<Convolutions<T>>,
    /// The embedding of charge, multiplicity and task: sphere channels.
    pub(super) system: Vec<T>,
}

impl<T: Real> Shared<T> {
    /// What all systems of one task share.
    ///
    /// # Errors
    /// If something is missing.
    pub(super) fn read(checkpoint: &Checkpoint, task: &str) -> Result<Shared<T>, CheckpointError> {
        let file = File(checkpoint);
        let layers = (0..checkpoint.configuration().layers).map(|layer| file.layer(layer));
        Ok(Shared {
            sphere: file.values("backbone.sphere_embedding.weight")?,
            source: file.values("backbone.source_embedding.weight")?,
            target: file.values("backbone.target_embedding.weight")?,
            edge_degree: file.radial("backbone.edge_degree_embedding.rad_func")?,
            layers: layers.collect::<Result<_, _>>()?,
            norm: file.norm("backbone.norm")?,
            head: file.head(task)?,
        })
    }
}

impl<T: Real> Convolutions<T> {
    /// The experts of each layer, merged with these shares.
    ///
    /// # Errors
    /// If something is missing.
    pub(super) fn merge(
        checkpoint: &Checkpoint,
        shares: &[T],
    ) -> Result<Vec<Convolutions<T>>, CheckpointError> {
        let file = File(checkpoint);
        let layer = |layer: usize| {
            let name = format!("backbone.blocks.{layer}.edge_wise");
            let merged = Convolutions {
                first: file.convolution(&format!("{name}.so2_conv_1"), shares)?,
                second: file.convolution(&format!("{name}.so2_conv_2"), shares)?,
            };
            // The experts of one layer alone may be half a gigabyte.
            checkpoint.forget_pages();
            Ok(merged)
        };
        (0..checkpoint.configuration().layers).map(layer).collect()
    }
}

/// A checkpoint, read by name.
struct File<'a>(&'a Checkpoint);

impl File<'_> {
    fn values<T: Real>(&self, name: &str) -> Result<Vec<T>, CheckpointError> {
        Ok(self.0.tensor(name)?.values())
    }

    fn linear<T: Real>(&self, name: &str) -> Result<Linear<T>, CheckpointError> {
        let weight = self.0.tensor(&format!("{name}.weight"))?;
        Ok(Linear {
            outputs: weight.shape()[0],
            inputs: weight.shape()[1],
            weight: weight.values(),
            bias: self.values(&format!("{name}.bias"))?,
        })
    }

    fn by_degree<T: Real>(&self, name: &str) -> Result<LinearByDegree<T>, CheckpointError> {
        let weight = self.0.tensor(&format!("{name}.weight"))?;
        Ok(LinearByDegree {
            outputs: weight.shape()[1],
            inputs: weight.shape()[2],
            weight: weight.values(),
            bias: self.values(&format!("{name}.bias"))?,
        })
    }

    fn layer_norm<T: Real>(&self, name: &str) -> Result<Affine<T>, CheckpointError> {
        Ok(Affine {
            weight: self.values(&format!("{name}.weight"))?,
            bias: self.values(&format!("{name}.bias"))?,
        })
    }

    fn norm<T: Real>(&self, name: &str) -> Result<Affine<T>, CheckpointError> {
        Ok(Affine {
            weight: self.values(&format!("{name}.affine_weight"))?,
            bias: self.values(&format!("{name}.affine_bias"))?,
        })
    }

    fn radial<T: Real>(&self, name: &str) -> Result<Radial<T>, CheckpointError> {
        Ok(Radial {
            first: self.linear(&format!("{name}.net.0"))?,
            first_norm: self.layer_norm(&format!("{name}.net.1"))?,
            second: self.linear(&format!("{name}.net.3"))?,
            second_norm: self.layer_norm(&format!("{name}.net.4"))?,
            last: self.linear(&format!("{name}.net.6"))?,
        })
    }

    fn layer<T: Real>(&self, layer: usize) -> Result<Layer<T>, CheckpointError> {
        let name = format!("backbone.blocks.{layer}");
        Ok(Layer {
            norm_1: self.norm(&format!("{name}.norm_1"))?,
            radial: self.radial(&format!("{name}.edge_wise.so2_conv_1.rad_func"))?,
            norm_2: self.norm(&format!("{name}.norm_2"))?,
            gate: self.linear(&format!("{name}.atom_wise.scalar_mlp.0"))?,
            linear_1: self.by_degree(&format!("{name}.atom_wise.so3_linear_1"))?,
            linear_2: self.by_degree(&format!("{name}.atom_wise.so3_linear_2"))?,
        })
    }

    fn convolution<T: Real>(
        &self,
        name: &str,
        shares: &[T],
    ) -> Result<Convolution<T>, CheckpointError> {
        let order = |order| self.merged(&format!("{name}.so2_m_conv.{order}.fc"), shares);
        Ok(Convolution {
            zero: Linear {
                bias: self.values(&format!("{name}.fc_m0.bias"))?,
                ..self.merged(&format!("{name}.fc_m0"), shares)?
            },
            orders: (0..self.0.configuration().mmax)
                .map(order)
                .collect::<Result<_, _>>()?,
        })
    }

    /// Σ shareₑ Wₑ.
    fn merged<T: Real>(&self, name: &str, shares: &[T]) -> Result<Linear<T>, CheckpointError> {
        let weights = self.0.tensor(&format!("{name}.weights"))?;
        let (outputs, inputs) = (weights.shape()[1], weights.shape()[2]);
        let mut weight = vec![T::of(0.0); outputs * inputs];
        for (expert, share) in shares.iter().enumerate() {
            weights.part(expert).add_scaled(*share, &mut weight);
        }
        Ok(Linear {
            inputs,
            outputs,
            weight,
            bias: Vec::new(),
        })
    }

    fn head<T: Real>(&self, task: &str) -> Result<[Linear<T>; 3], CheckpointError> {
        let name = |at: usize| format!("output_heads.energyandforcehead.head.energy_block.{at}");
        let linear = |at| match &self.0.configuration().head {
            Head::Shared => self.linear(&name(at)),
            Head::PerTask(tasks) => {
                let weights = self.0.tensor(&format!("{}.weights", name(at)))?;
                let expert = tasks.iter().position(|other| other == task);
                let expert = expert.expect("a task that the head knows");
                Ok(Linear {
                    outputs: weights.shape()[1],
                    inputs: weights.shape()[2],
                    weight: weights.part(expert).values(),
                    bias: self.values(&format!("{}.bias", name(at)))?,
                })
            }
        };
        Ok([linear(0)?, linear(2)?, linear(4)?])
    }
}
