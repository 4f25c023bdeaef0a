//! The charge that the network predicts for an atom before the total charge is imposed.

/// A predicted charge q₀ and the weight w with which the atom takes part in the correction to the total
/// charge.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ChargePrior {
    /// q₀, e.
    pub(super) q0: f64,
    /// w = softplus(x) > 0.
    pub(super) weight: f64,
    /// dw/dx, where x is the output of the network.
    pub(super) weight_derivative: f64,
}
