//! The argument `--speed`: the speed limit of dynamics that people watch.

use clap::Args;

/// Speed limit of dynamics in the window and on the server.
#[derive(Args, Clone, Copy)]
pub(crate) struct SpeedArgs {
    /// Speed limit of dynamics, ps of simulated time per second; "max" for no limit.
    #[arg(
        long = "speed",
        value_name = "PS/S",
        default_value = "0.3",
        help_heading = "Dynamics"
    )]
    limit: SpeedLimit,
}

impl SpeedArgs {
    /// Speed limit, fs/s; `None`: no limit.
    #[cfg_attr(
        not(any(feature = "server", feature = "viewer")),
        expect(dead_code, reason = "only the window and the server limit the speed")
    )]
    pub(crate) fn limit(self) -> Option<f64> {
        self.limit.0
    }
}

/// Speed limit, fs/s; `None`: no limit.
#[derive(Clone, Copy)]
struct SpeedLimit(Option<f64>);

/// Invalid text of a speed limit.
#[derive(Debug, thiserror::Error)]
#[error("expected a positive number of ps per second, or \"max\"")]
struct SpeedLimitError;

impl std::str::FromStr for SpeedLimit {
    type Err = SpeedLimitError;

    fn from_str(text: &str) -> Result<SpeedLimit, SpeedLimitError> {
        if text == "max" {
            return Ok(SpeedLimit(None));
        }
        match text.parse::<f64>() {
            Ok(limit) if limit > 0.0 && limit.is_finite() => Ok(SpeedLimit(Some(1000.0 * limit))),
            _ => Err(SpeedLimitError),
        }
    }
}
