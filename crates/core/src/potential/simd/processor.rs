//! The kind of processor whose vector instructions are used, and how to force one.

use std::env;
use std::sync::OnceLock;

use super::instructions::Portable;
#[cfg(target_arch = "x86_64")]
use super::instructions::{Avx2, Avx512};

/// The environment variable that forces a kind of processor: `avx512`, `avx2` or `portable`. The
/// program refuses to start where it names another, or one that the machine is not.
pub const VARIABLE: &str = "MLIPVIEW_CPU";

/// All kinds, of any machine.
const NAMES: [&str; 3] = ["avx512", "avx2", "portable"];

/// A kind of processor that this machine has, as proof of its instructions.
#[derive(Clone, Copy, Debug)]
pub enum Processor {
    /// Vectors of 512 bits.
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    /// Vectors of 256 bits.
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    /// What every processor has that the program is built for.
    Portable(Portable),
}

/// The environment variable [`VARIABLE`] does not name a kind of processor that this machine has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProcessorError {
    /// There is no such kind.
    #[error("{VARIABLE}: unknown kind of CPU '{0}'; expected avx512, avx2 or portable")]
    Unknown(String),
    /// This machine has other instructions.
    #[error("{VARIABLE}: this CPU does not support {name}; expected one of: {available}")]
    Unavailable {
        /// The kind that was asked for.
        name: String,
        /// Those that there are.
        available: String,
    },
}

impl Processor {
    /// The kinds that this machine has, the fastest first; the last one is [`Portable`].
    pub fn available() -> Vec<Processor> {
        let kinds = [
            #[cfg(target_arch = "x86_64")]
            Avx512::detect().map(Processor::Avx512),
            #[cfg(target_arch = "x86_64")]
            Avx2::detect().map(Processor::Avx2),
            Some(Processor::Portable(Portable)),
        ];
        kinds.into_iter().flatten().collect()
    }

    /// The kind of this name.
    ///
    /// # Errors
    ///
    /// Fails where there is no such kind, or the machine does not have it.
    pub fn named(name: &str) -> Result<Processor, ProcessorError> {
        let available = Processor::available();
        if let Some(processor) = available.iter().find(|kind| kind.name() == name) {
            return Ok(*processor);
        }
        if !NAMES.contains(&name) {
            return Err(ProcessorError::Unknown(name.to_owned()));
        }
        let names: Vec<&str> = available.iter().map(|kind| kind.name()).collect();
        Err(ProcessorError::Unavailable {
            name: name.to_owned(),
            available: names.join(", "),
        })
    }

    /// The kind that [`VARIABLE`] names; where it is not set or empty, the fastest.
    ///
    /// # Errors
    ///
    /// Fails where the variable names no kind, or one that the machine does not have.
    pub fn from_environment() -> Result<Processor, ProcessorError> {
        match env::var_os(VARIABLE) {
            Some(name) if !name.is_empty() => Processor::named(&name.to_string_lossy()),
            _ => Ok(Processor::best()),
        }
    }

    /// The kind that potentials use: that of the environment when it was first asked for, for the
    /// rest of the process; the fastest if [`from_environment`](Self::from_environment) fails, which
    /// the program reports when it starts.
    #[inline]
    pub fn current() -> Processor {
        static CURRENT: OnceLock<Processor> = OnceLock::new();
        *CURRENT.get_or_init(|| Processor::from_environment().unwrap_or_else(|_| Processor::best()))
    }

    /// Its name, as in [`VARIABLE`].
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(target_arch = "x86_64")]
            Processor::Avx512(_) => "avx512",
            #[cfg(target_arch = "x86_64")]
            Processor::Avx2(_) => "avx2",
            Processor::Portable(_) => "portable",
        }
    }

    fn best() -> Processor {
        let portable = Processor::Portable(Portable);
        Processor::available().first().copied().unwrap_or(portable)
    }
}
