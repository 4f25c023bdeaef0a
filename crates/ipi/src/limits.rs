//! Limits of messages.

/// Maximum number of atoms.
pub const MAX_ATOMS: usize = 10_000_000;

/// Maximum size of texts and of extra bytes, which are skipped.
pub const MAX_EXTRA_BYTES: usize = 16 << 20;
