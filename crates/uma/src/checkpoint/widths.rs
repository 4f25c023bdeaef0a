//! The widths of a network, from the shapes of its tensors.

use std::collections::BTreeMap;

use super::error::CheckpointError;
use super::settings::Settings;
use super::tensor::TensorView;

/// Bounds that keep products of widths within 64 bits.
const MAX_WIDTH: usize = 1 << 16;
const MAX_LAYERS: usize = 1 << 8;

/// The widths of a network, from the shapes of its tensors.
#[derive(Debug)]
pub(super) struct Widths {
    pub(super) sphere: usize,
    pub(super) hidden: usize,
    pub(super) edge: usize,
    pub(super) distances: usize,
    pub(super) layers: usize,
    pub(super) experts: usize,
    pub(super) lmax: usize,
    pub(super) mmax: usize,
    pub(super) elements: usize,
}

impl Widths {
    /// Measures the widths.
    ///
    /// # Errors
    /// If a tensor is missing, or has an unexpected number of dimensions.
    pub(super) fn measure(views: &BTreeMap<String, TensorView>) -> Result<Widths, CheckpointError> {
        let [elements, sphere] = shape(views, "backbone.sphere_embedding.weight")?;
        let [_, edge] = shape(views, "backbone.source_embedding.weight")?;
        let [_, scalars] = shape(
            views,
            "backbone.edge_degree_embedding.rad_func.net.0.weight",
        )?;
        let [degrees, hidden, _] = shape(views, "backbone.blocks.0.atom_wise.so3_linear_1.weight")?;
        let convolution = "backbone.blocks.0.edge_wise.so2_conv_1";
        let [experts, ..]: [usize; 3] = shape(views, &format!("{convolution}.fc_m0.weights"))?;
        let layer = |layer: &usize| {
            views.contains_key(&format!("backbone.blocks.{layer}.norm_1.affine_weight"))
        };
        let order = |order: &usize| {
            views.contains_key(&format!("{convolution}.so2_m_conv.{order}.fc.weights"))
        };
        Ok(Widths {
            sphere,
            hidden,
            edge,
            // The width of a Gaussian is the distance to the next: there are at least two.
            distances: scalars
                .checked_sub(2 * edge)
                .filter(|distances| *distances >= 2)
                .ok_or_else(|| {
                    let what = "its radial networks have fewer than two Gaussians";
                    CheckpointError::Weights(what.to_owned())
                })?,
            layers: (0..MAX_LAYERS).take_while(layer).count(),
            experts,
            lmax: degrees - 1,
            mmax: (0..degrees).take_while(order).count(),
            elements,
        })
    }

    /// Checks that the configuration agrees, where it states a width.
    pub(super) fn expect_agreement(&self, backbone: &Settings<'_>) -> Result<(), CheckpointError> {
        let widths = [
            ("sphere_channels", self.sphere),
            ("hidden_channels", self.hidden),
            ("edge_channels", self.edge),
            ("num_distance_basis", self.distances),
            ("num_layers", self.layers),
            ("num_experts", self.experts),
            ("lmax", self.lmax),
            ("mmax", self.mmax),
            ("max_num_elements", self.elements),
        ];
        for (key, measured) in widths {
            let stated = backbone.value(key);
            if !stated.is_null() && stated.as_u64() != Some(measured as u64) {
                return Err(CheckpointError::Weights(format!(
                    "{key} is {stated} in the configuration, {measured} in the weights"
                )));
            }
        }
        Ok(())
    }
}

/// The shape of a tensor, whose dimensions must be from 1 to [`MAX_WIDTH`].
fn shape<const DIMENSIONS: usize>(
    views: &BTreeMap<String, TensorView>,
    name: &str,
) -> Result<[usize; DIMENSIONS], CheckpointError> {
    let Some(view) = views.get(name) else {
        let what = format!("the tensor {name} is missing");
        return Err(CheckpointError::Weights(what));
    };
    let shape = view.shape();
    let sensible = shape.iter().all(|length| (1..=MAX_WIDTH).contains(length));
    match shape.try_into() {
        Ok(shape) if sensible => Ok(shape),
        _ => {
            let what = format!("the tensor {name} has shape {shape:?}");
            Err(CheckpointError::Weights(what))
        }
    }
}
