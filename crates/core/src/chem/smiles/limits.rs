//! Limits on the size of SMILES strings.

/// Maximum number of atoms, hydrogens included; embedding takes quadratic time.
pub const MAX_ATOMS: usize = 300;

/// Maximum length of a string, bytes.
pub(super) const MAX_BYTES: usize = 4096;
