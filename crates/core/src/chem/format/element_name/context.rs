//! Context of an atom name in its file.

use super::formula::Formula;

/// Number of letters in the symbol columns of a PDB file, 13 and 14.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::chem::format) enum SymbolWidth {
    /// Unknown: names of four letters, files that ignore the columns, other formats.
    #[default]
    Unknown,
    /// The name starts in column 14.
    One,
    /// The name starts in column 13.
    Two,
}

/// Context of an atom name in its file.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::chem::format) struct NameContext<'a> {
    /// The name of its residue; empty in files without residues (CIF, XYZ).
    pub(in crate::chem::format) residue: &'a str,
    /// The formula of its residue or, without residues, of all.
    pub(in crate::chem::format) formula: Option<&'a Formula>,
    /// Width of its symbol by the columns of the name.
    pub(in crate::chem::format) width: SymbolWidth,
}
