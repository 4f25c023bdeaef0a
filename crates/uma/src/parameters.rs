//! The network's parameters, read from a checkpoint, with the experts of one system merged.
//!
//! Only this file and [`crate::checkpoint`] know the names of tensors in a checkpoint.

use std::sync::Arc;

use crate::checkpoint::{Checkpoint, CheckpointError, Head};
use crate::real::Real;
use crate::system::System;
use mlipview_core::potential::simd::Matrix;

/// y = W x + b.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LinearParameters<T> {
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    /// W: `[outputs, inputs]`.
    pub(crate) weight: Vec<T>,
    /// b: `[outputs]`, or empty for none.
    pub(crate) bias: Vec<T>,
}

impl<T: Real> LinearParameters<T> {
    /// The matrix of x ↦ W x.
    pub(crate) fn matrix(&self) -> Matrix<T> {
        let weight = |input, output| self.weight[output * self.inputs + input];
        Matrix::from_fn(self.inputs, self.outputs, weight)
    }

    /// The matrix of the backward pass, g ↦ Wᵀ g.
    pub(crate) fn transposed(&self) -> Matrix<T> {
        let weight = |output, input| self.weight[output * self.inputs + input];
        Matrix::from_fn(self.outputs, self.inputs, weight)
    }
}

/// Scale and shift after a normalization.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Affine<T> {
    /// `[channels]` for a layer norm, `[L + 1, channels]` for the norm of spherical features.
    pub(crate) weight: Vec<T>,
    /// `[channels]`.
    pub(crate) bias: Vec<T>,
}

/// One matrix per degree, and a bias for degree 0 (fairchem `SO3_Linear`).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct So3Parameters<T> {
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    /// `[L + 1, outputs, inputs]`.
    pub(crate) weight: Vec<T>,
    /// `[outputs]`.
    pub(crate) bias: Vec<T>,
}

/// LinearParameters, layer norm, SiLU, linear, layer norm, SiLU, linear (fairchem `RadialMLP`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RadialParameters<T> {
    pub(crate) linear_1: LinearParameters<T>,
    pub(crate) norm_1: Affine<T>,
    pub(crate) linear_2: LinearParameters<T>,
    pub(crate) norm_2: Affine<T>,
    pub(crate) linear_3: LinearParameters<T>,
}

/// One matrix for m = 0, and one for each order m > 0 (fairchem `SO2_Convolution`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct So2Parameters<T> {
    pub(crate) m0: LinearParameters<T>,
    /// W of each m > 0: the rows of W_r, then those of W_i.
    pub(crate) orders: Vec<LinearParameters<T>>,
}

/// The parameters of a block that depend on the system: its merged experts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EdgewiseParameters<T> {
    pub(crate) so2_conv_1: So2Parameters<T>,
    pub(crate) so2_conv_2: So2Parameters<T>,
}

/// The parameters of a block that all systems share (fairchem `eSCNMD_Block`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BlockParameters<T> {
    pub(crate) norm_1: Affine<T>,
    pub(crate) radial: RadialParameters<T>,
    pub(crate) norm_2: Affine<T>,
    pub(crate) scalar_mlp: LinearParameters<T>,
    pub(crate) so3_linear_1: So3Parameters<T>,
    pub(crate) so3_linear_2: So3Parameters<T>,
}

/// The parameters that all systems of one task share.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SharedParameters<T> {
    /// `[elements, sphere channels]`.
    pub(crate) sphere_embedding: Vec<T>,
    /// `[elements, edge channels]`.
    pub(crate) source_embedding: Vec<T>,
    /// `[elements, edge channels]`.
    pub(crate) target_embedding: Vec<T>,
    pub(crate) edge_degree: RadialParameters<T>,
    pub(crate) blocks: Vec<BlockParameters<T>>,
    pub(crate) norm: Affine<T>,
    /// LinearParameters, SiLU, linear, SiLU, linear.
    pub(crate) head: [LinearParameters<T>; 3],
}

/// All parameters of the network of one system.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameters<T> {
    pub(crate) shared: Arc<SharedParameters<T>>,
    /// One for each block.
    pub(crate) edgewise: Vec<EdgewiseParameters<T>>,
    /// The embedding of charge, multiplicity and task: `[sphere channels]`.
    pub(crate) system_embedding: Vec<T>,
}

impl<T: Real> Parameters<T> {
    /// The parameters of a system, merged in the precision that they are used in.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor.
    pub(crate) fn merge(
        checkpoint: &Checkpoint,
        shared: Arc<SharedParameters<T>>,
        system: &System,
    ) -> Result<Parameters<T>, CheckpointError> {
        let rounded =
            |values: Vec<f64>| -> Vec<T> { values.into_iter().map(T::from_f64).collect() };
        let coefficients = rounded(system.expert_coefficients(checkpoint)?);
        Ok(Parameters {
            shared,
            edgewise: EdgewiseParameters::merge(checkpoint, &coefficients)?,
            system_embedding: rounded(system.embedding(checkpoint)?),
        })
    }
}

impl<T: Real> SharedParameters<T> {
    /// Reads what all systems of `task` share.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor.
    pub(crate) fn read(
        checkpoint: &Checkpoint,
        task: &str,
    ) -> Result<SharedParameters<T>, CheckpointError> {
        let reader = TensorReader(checkpoint);
        let blocks = (0..checkpoint.configuration().layers).map(|index| reader.block(index));
        Ok(SharedParameters {
            sphere_embedding: reader.values("backbone.sphere_embedding.weight")?,
            source_embedding: reader.values("backbone.source_embedding.weight")?,
            target_embedding: reader.values("backbone.target_embedding.weight")?,
            edge_degree: reader.radial("backbone.edge_degree_embedding.rad_func")?,
            blocks: blocks.collect::<Result<_, _>>()?,
            norm: reader.rms_norm("backbone.norm")?,
            head: reader.head(task)?,
        })
    }
}

impl<T: Real> EdgewiseParameters<T> {
    /// Merges the experts of every block: W = Σₑ coefficientₑ Wₑ.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor.
    pub(crate) fn merge(
        checkpoint: &Checkpoint,
        coefficients: &[T],
    ) -> Result<Vec<EdgewiseParameters<T>>, CheckpointError> {
        let reader = TensorReader(checkpoint);
        let block = |index: usize| {
            let name = format!("backbone.blocks.{index}.edge_wise");
            let merged = EdgewiseParameters {
                so2_conv_1: reader.so2(&format!("{name}.so2_conv_1"), coefficients)?,
                so2_conv_2: reader.so2(&format!("{name}.so2_conv_2"), coefficients)?,
            };
            // The experts of one block alone may take half a gigabyte.
            checkpoint.release_pages();
            Ok(merged)
        };
        (0..checkpoint.configuration().layers).map(block).collect()
    }
}

/// Reads the tensors of a checkpoint by name.
struct TensorReader<'a>(&'a Checkpoint);

impl TensorReader<'_> {
    fn values<T: Real>(&self, name: &str) -> Result<Vec<T>, CheckpointError> {
        Ok(self.0.tensor(name)?.values())
    }

    fn linear<T: Real>(&self, name: &str) -> Result<LinearParameters<T>, CheckpointError> {
        let weight = self.0.tensor(&format!("{name}.weight"))?;
        Ok(LinearParameters {
            outputs: weight.shape()[0],
            inputs: weight.shape()[1],
            weight: weight.values(),
            bias: self.values(&format!("{name}.bias"))?,
        })
    }

    fn so3<T: Real>(&self, name: &str) -> Result<So3Parameters<T>, CheckpointError> {
        let weight = self.0.tensor(&format!("{name}.weight"))?;
        Ok(So3Parameters {
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

    fn rms_norm<T: Real>(&self, name: &str) -> Result<Affine<T>, CheckpointError> {
        Ok(Affine {
            weight: self.values(&format!("{name}.affine_weight"))?,
            bias: self.values(&format!("{name}.affine_bias"))?,
        })
    }

    fn radial<T: Real>(&self, name: &str) -> Result<RadialParameters<T>, CheckpointError> {
        Ok(RadialParameters {
            linear_1: self.linear(&format!("{name}.net.0"))?,
            norm_1: self.layer_norm(&format!("{name}.net.1"))?,
            linear_2: self.linear(&format!("{name}.net.3"))?,
            norm_2: self.layer_norm(&format!("{name}.net.4"))?,
            linear_3: self.linear(&format!("{name}.net.6"))?,
        })
    }

    fn block<T: Real>(&self, index: usize) -> Result<BlockParameters<T>, CheckpointError> {
        let name = format!("backbone.blocks.{index}");
        Ok(BlockParameters {
            norm_1: self.rms_norm(&format!("{name}.norm_1"))?,
            radial: self.radial(&format!("{name}.edge_wise.so2_conv_1.rad_func"))?,
            norm_2: self.rms_norm(&format!("{name}.norm_2"))?,
            scalar_mlp: self.linear(&format!("{name}.atom_wise.scalar_mlp.0"))?,
            so3_linear_1: self.so3(&format!("{name}.atom_wise.so3_linear_1"))?,
            so3_linear_2: self.so3(&format!("{name}.atom_wise.so3_linear_2"))?,
        })
    }

    fn so2<T: Real>(
        &self,
        name: &str,
        coefficients: &[T],
    ) -> Result<So2Parameters<T>, CheckpointError> {
        let order = |order| self.merged(&format!("{name}.so2_m_conv.{order}.fc"), coefficients);
        Ok(So2Parameters {
            m0: LinearParameters {
                bias: self.values(&format!("{name}.fc_m0.bias"))?,
                ..self.merged(&format!("{name}.fc_m0"), coefficients)?
            },
            orders: (0..self.0.configuration().mmax)
                .map(order)
                .collect::<Result<_, _>>()?,
        })
    }

    /// Σₑ coefficientₑ Wₑ.
    fn merged<T: Real>(
        &self,
        name: &str,
        coefficients: &[T],
    ) -> Result<LinearParameters<T>, CheckpointError> {
        let weights = self.0.tensor(&format!("{name}.weights"))?;
        let (outputs, inputs) = (weights.shape()[1], weights.shape()[2]);
        let mut weight = vec![T::ZERO; outputs * inputs];
        for (expert, coefficient) in coefficients.iter().enumerate() {
            weights.part(expert).add_scaled(*coefficient, &mut weight);
        }
        Ok(LinearParameters {
            inputs,
            outputs,
            weight,
            bias: Vec::new(),
        })
    }

    fn head<T: Real>(&self, task: &str) -> Result<[LinearParameters<T>; 3], CheckpointError> {
        let name = |at: usize| format!("output_heads.energyandforcehead.head.energy_block.{at}");
        let linear = |at| match &self.0.configuration().head {
            Head::Shared => self.linear(&name(at)),
            Head::PerTask(tasks) => {
                let weights = self.0.tensor(&format!("{}.weights", name(at)))?;
                let expert = tasks.iter().position(|other| other == task);
                let expert = expert.expect("a task of the head");
                Ok(LinearParameters {
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
