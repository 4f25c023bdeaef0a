//! Models of residues in chains, from PDB and mmCIF files.

use super::alternates::keep_one_of_each;
use super::arrays::set_array;
use super::atom_site::AtomSite;
use super::formal_charges::set_charges;
use super::nuclide::set_isotopes;
use super::virtual_sites::{self, VirtualSite};
use super::{Configuration, Notes, ParseError, repeated_atoms};
use crate::chem::properties::{Column, Data};
use crate::chem::{Cell, Structure};

/// Names of per-atom arrays, as in ASE.
pub(super) const OCCUPANCY: &str = "occupancy";
pub(super) const B_FACTOR: &str = "bfactor";
/// Name of the per-atom array of insertion codes, which distinguish residues of the same number.
const INSERTION_CODE: &str = "insertion_code";

/// A model of a file while it is parsed.
#[derive(Default)]
pub(super) struct ModelBuilder {
    sites: Vec<AtomSite>,
    left_out: Vec<VirtualSite>,
    /// Notes about its rows.
    pub(super) notes: Notes,
}

impl ModelBuilder {
    /// Whether it has no atoms.
    pub(super) fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// Adds the atom of a row.
    pub(super) fn add(&mut self, site: AtomSite) {
        self.sites.push(site);
    }

    /// Omits a row that is not an atom or has no position.
    pub(super) fn skip(&mut self, name: &str, residue: &str) {
        self.left_out.push(VirtualSite {
            row: self.sites.len() + self.left_out.len(),
            name: name.to_owned(),
            residue: residue.to_owned(),
        });
    }

    /// Builds the structure without duplicates and alternates; returns it with the serial numbers.
    pub(super) fn assemble(
        mut self,
        cell: Option<Cell>,
    ) -> Result<(Configuration, Vec<Option<i64>>), ParseError> {
        virtual_sites::note(&self.left_out, &mut self.notes);
        repeated_atoms::keep_first(&mut self.sites, &mut self.notes);
        keep_one_of_each(&mut self.sites, &mut self.notes);
        let mut structure = structure(&self.sites, cell)?;
        virtual_sites::set(&mut structure, &self.left_out);
        let configuration = Configuration {
            notes: self.notes,
            ..Configuration::from(structure)
        };
        let serials = self.sites.iter().map(|site| site.serial);
        Ok((configuration, serials.collect()))
    }
}

/// The structure of sites; its charge is the sum of the stated charges.
fn structure(sites: &[AtomSite], cell: Option<Cell>) -> Result<Structure, ParseError> {
    let elements = sites.iter().map(|site| site.nuclide.element).collect();
    let positions = sites.iter().map(|site| site.position).collect();
    let mut structure = Structure::new(elements, positions)
        .map_err(ParseError::atoms)?
        .with_cell(cell);
    let isotopes: Vec<Option<f64>> = sites.iter().map(|site| site.nuclide.mass).collect();
    set_isotopes(&mut structure, &isotopes)?;
    let labels = sites.iter().map(|site| site.label.clone()).collect();
    structure
        .set_labels(Some(labels))
        .map_err(ParseError::atoms)?;

    let reals = |value: fn(&AtomSite) -> f64| Data::Reals(sites.iter().map(value).collect());
    set_array(&mut structure, OCCUPANCY, reals(|site| site.occupancy))?;
    set_array(&mut structure, B_FACTOR, reals(|site| site.b_factor))?;
    if sites.iter().any(|site| !site.insertion.is_empty()) {
        let codes = sites.iter().map(|site| site.insertion.clone()).collect();
        set_array(&mut structure, INSERTION_CODE, Data::Texts(codes))?;
    }
    if sites.iter().any(|site| site.charge.is_some()) {
        let charges = sites.iter().map(|site| site.charge.unwrap_or(0));
        set_charges(&mut structure, charges.collect())?;
    }
    Ok(structure)
}

/// The insertion code of an atom; mostly empty.
pub(super) fn insertion_code(structure: &Structure, atom: usize) -> &str {
    match structure.arrays().get(INSERTION_CODE).map(Column::data) {
        Some(Data::Texts(codes)) => codes.get(atom).map_or("", String::as_str),
        _ => "",
    }
}

/// Whether a residue is a standard one of proteins or nucleic acids (`ATOM` instead of `HETATM`).
pub(super) fn is_standard(residue: &str) -> bool {
    const STANDARD: [&str; 36] = [
        "ALA", "ARG", "ASN", "ASP", "CYS", "GLN", "GLU", "GLY", "HIS", "ILE", "LEU", "LYS", "MET",
        "PHE", "PRO", "SER", "THR", "TRP", "TYR", "VAL", "HID", "HIE", "HIP", "HSD", "HSE", "HSP",
        "CYX", "A", "C", "G", "U", "DA", "DC", "DG", "DT", "DU",
    ];
    STANDARD.contains(&residue)
}
