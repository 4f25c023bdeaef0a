//! Activations of the forward pass that the backward pass needs.

use super::radial::SavedRadial;

/// Activations of some edges in one block.
#[derive(Clone, Debug, Default)]
pub(crate) struct SavedMessages<T> {
    pub(crate) radial: SavedRadial<T>,
    /// The radial weights: `[E, outputs of the radial network]`.
    pub(crate) weights: Vec<T>,
    /// The output of the first convolution: `[E, gate scalars + K·H]`.
    pub(crate) before_gate: Vec<T>,
    /// The messages in the frames of the edges: `[E, K, C]`.
    pub(crate) messages: Vec<T>,
}

/// Activations of some atoms in one block.
#[derive(Clone, Debug, Default)]
pub(crate) struct SavedAtoms<T> {
    pub(crate) norm_1: SavedRmsNorm<T>,
    pub(crate) norm_2: SavedRmsNorm<T>,
    /// The gate scalars before SiLU: `[N, L·H]`.
    pub(crate) scalars: Vec<T>,
    /// The gate scalars after SiLU and the hidden components before the gate: `[N, L·H + S·H]`.
    pub(crate) before_gate: Vec<T>,
}

/// Activations of a norm.
#[derive(Clone, Debug, Default)]
pub(crate) struct SavedRmsNorm<T> {
    /// The normed features before weight and bias: `[N, S, C]`.
    pub(crate) normed: Vec<T>,
    /// 1 / √(mean square + ε): `[N]`.
    pub(crate) scales: Vec<T>,
}
