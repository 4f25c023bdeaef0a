//! Tripos MOL2 files: molecules with bond orders, atom types and partial charges
//! (<https://zhanggroup.org/DockRMSD/mol2.pdf>, "Tripos Mol2 File Format").
//!
//! Sections start with `@<TRIPOS>`; those of molecules, atoms, bonds and the cell (`CRYSIN`) are read.
//! The element follows from the atom type, as in `C.ar`; with types of the force fields GAFF and AMBER,
//! from the names of the atom and its residue. Lone pairs and dummies are skipped with a note. Amide
//! bonds are single; of the aromatic bonds to the oxygens of a carboxylate (`O.co2`) the first becomes
//! double and the others single, as in Open Babel. The charge is the sum of the formal charges
//! (`UNITY_ATOM_ATTR`) or else of the partial charges, if it is an integer. Total charges without formal
//! charges, and spin multiplicities, are stored in the comment of the molecule.

mod atom_type;
mod molecule;
mod section;
mod write;

use super::beginning::Beginning;
use super::lines::{Lines, text};
use super::{Configuration, ParseError};
use molecule::Molecule;
use section::section;

pub(super) use write::write;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let mut lines = Lines::new(&text);
    let mut molecules: Vec<Molecule> = Vec::new();
    while let Some(line) = lines.next() {
        let Some(name) = section(line) else {
            continue;
        };
        if name == "MOLECULE" {
            molecules.push(Molecule::read(line, &mut lines)?);
            continue;
        }
        let Some(molecule) = molecules.last_mut() else {
            return Err(line.error("@<TRIPOS>MOLECULE before any other section"));
        };
        while let Some(row) = lines.peek().filter(|row| section(*row).is_none()) {
            lines.next();
            if row.is_blank() || row.text.starts_with('#') {
                continue;
            }
            match name {
                "ATOM" => molecule.read_atom(row)?,
                "BOND" => molecule.read_bond(row)?,
                "UNITY_ATOM_ATTR" => molecule.read_attribute(row)?,
                "CRYSIN" => molecule.read_cell(row)?,
                // Sets, features, rotatable bonds, displays.
                _ => {}
            }
        }
    }
    if molecules.is_empty() {
        return Err(ParseError::whole("a section @<TRIPOS>MOLECULE", "none"));
    }
    molecules.into_iter().map(Molecule::configuration).collect()
}

/// Whether the content looks like MOL2.
pub(super) fn sniff(beginning: &Beginning<'_>) -> bool {
    beginning
        .lines()
        .any(|line| line.starts_with("@<TRIPOS>MOLECULE"))
}
