//! The floating-point type of the network.

/// The floating-point type of the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// f32, as in training.
    #[default]
    Single,
    /// f64, for tests and small differences; only on the CPU.
    Double,
}
