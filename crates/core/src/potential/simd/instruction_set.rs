//! Selection of the vector instruction set when the program runs.

use std::env;
use std::sync::OnceLock;

use super::instructions::Portable;
#[cfg(target_arch = "x86_64")]
use super::instructions::{Avx2, Avx512};

/// Environment variable that forces an instruction set: `avx512`, `avx2` or `portable`. The program
/// refuses to start if the name is unknown or the CPU does not support the set.
pub const VARIABLE: &str = "MLIPVIEW_CPU";

/// All names, of any machine.
const NAMES: [&str; 3] = ["avx512", "avx2", "portable"];

/// A vector instruction set; a value proves that this CPU supports it.
#[derive(Clone, Copy, Debug)]
pub enum InstructionSet {
    /// Vectors of 512 bits.
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    /// Vectors of 256 bits.
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    /// The baseline of the target that the program is compiled for.
    Portable(Portable),
}

/// [`VARIABLE`] does not name an instruction set that this CPU supports.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstructionSetError {
    /// No instruction set of this name.
    #[error("{VARIABLE}: unknown kind of CPU '{0}'; expected avx512, avx2 or portable")]
    Unknown(String),
    /// This CPU does not support it.
    #[error("{VARIABLE}: this CPU does not support {name}; expected one of: {available}")]
    Unavailable {
        /// The requested instruction set.
        name: String,
        /// The supported ones.
        available: String,
    },
}

impl InstructionSet {
    /// The supported instruction sets, the fastest first; the last one is [`Portable`].
    pub fn available() -> Vec<InstructionSet> {
        let kinds = [
            #[cfg(target_arch = "x86_64")]
            Avx512::detect().map(InstructionSet::Avx512),
            #[cfg(target_arch = "x86_64")]
            Avx2::detect().map(InstructionSet::Avx2),
            Some(InstructionSet::Portable(Portable)),
        ];
        kinds.into_iter().flatten().collect()
    }

    /// The instruction set of a name.
    ///
    /// # Errors
    /// If the name is unknown, or the CPU does not support the set.
    pub fn named(name: &str) -> Result<InstructionSet, InstructionSetError> {
        let available = InstructionSet::available();
        if let Some(instruction_set) = available.iter().find(|kind| kind.name() == name) {
            return Ok(*instruction_set);
        }
        if !NAMES.contains(&name) {
            return Err(InstructionSetError::Unknown(name.to_owned()));
        }
        let names: Vec<&str> = available.iter().map(|kind| kind.name()).collect();
        Err(InstructionSetError::Unavailable {
            name: name.to_owned(),
            available: names.join(", "),
        })
    }

    /// The instruction set that [`VARIABLE`] names; the fastest if it is empty or not set.
    ///
    /// # Errors
    /// If the name is unknown, or the CPU does not support the set.
    pub fn from_environment() -> Result<InstructionSet, InstructionSetError> {
        match env::var_os(VARIABLE) {
            Some(name) if !name.is_empty() => InstructionSet::named(&name.to_string_lossy()),
            _ => Ok(InstructionSet::best()),
        }
    }

    /// The instruction set that potentials use, fixed at the first call: that of the environment, or
    /// the fastest if [`from_environment`](Self::from_environment) fails. The program reports that
    /// failure when it starts.
    #[inline]
    pub fn current() -> InstructionSet {
        static CURRENT: OnceLock<InstructionSet> = OnceLock::new();
        *CURRENT.get_or_init(|| {
            InstructionSet::from_environment().unwrap_or_else(|_| InstructionSet::best())
        })
    }

    /// Its name, as in [`VARIABLE`].
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx512(_) => "avx512",
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx2(_) => "avx2",
            InstructionSet::Portable(_) => "portable",
        }
    }

    fn best() -> InstructionSet {
        let portable = InstructionSet::Portable(Portable);
        InstructionSet::available()
            .first()
            .copied()
            .unwrap_or(portable)
    }
}
