//! Bounds of parameters.

/// A parameter out of its bounds.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the {parameter} must be {bound}, not {value}")]
pub struct ParameterError {
    /// Its name, with its unit.
    pub parameter: &'static str,
    /// Its bound, in words.
    pub bound: &'static str,
    /// Its value, in the unit of `parameter`.
    pub value: f64,
}

/// A finite number above zero.
pub(super) fn positive(parameter: &'static str, value: f64) -> Result<(), ParameterError> {
    require(
        value > 0.0 && value.is_finite(),
        parameter,
        "a positive number",
        value,
    )
}

/// A finite number from zero.
pub(super) fn not_negative(parameter: &'static str, value: f64) -> Result<(), ParameterError> {
    require(
        value >= 0.0 && value.is_finite(),
        parameter,
        "zero or a positive number",
        value,
    )
}

/// A finite number.
pub(super) fn finite(parameter: &'static str, value: f64) -> Result<(), ParameterError> {
    require(value.is_finite(), parameter, "a finite number", value)
}

fn require(
    holds: bool,
    parameter: &'static str,
    bound: &'static str,
    value: f64,
) -> Result<(), ParameterError> {
    let error = ParameterError {
        parameter,
        bound,
        value,
    };
    if holds { Ok(()) } else { Err(error) }
}
