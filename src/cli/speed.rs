//! Speed limit of dynamics that people watch, as an argument.

use clap::Args;

/// The argument `--speed`.
#[derive(Args, Clone, Copy)]
pub(crate) struct Speed {
    /// Speed limit of dynamics, ps of simulated time per second; "max" is as fast as possible.
    #[arg(
        long = "speed",
        value_name = "PS/S",
        default_value = "0.3",
        help_heading = "Dynamics"
    )]
    limit: SpeedLimit,
}

impl Speed {
    /// The limit, fs/s; `None`: as fast as possible.
    #[cfg_attr(
        not(any(feature = "server", feature = "viewer")),
        expect(dead_code, reason = "only the window and rooms limit the speed")
    )]
    pub(crate) fn limit(self) -> Option<f64> {
        self.limit.0
    }
}

/// A speed limit, fs/s.
#[derive(Clone, Copy)]
struct SpeedLimit(Option<f64>);

impl std::str::FromStr for SpeedLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<SpeedLimit, String> {
        if text == "max" {
            return Ok(SpeedLimit(None));
        }
        match text.parse::<f64>() {
            Ok(limit) if limit > 0.0 && limit.is_finite() => Ok(SpeedLimit(Some(1000.0 * limit))),
            _ => Err("expected a positive number of ps per second, or \"max\"".to_owned()),
        }
    }
}
