//! Atoms of residues in chains, as PDB and mmCIF files tell of them.

use std::collections::HashMap;

use glam::DVec3;

use super::ParseError;
use super::formal_charges::set_charges;
use super::nuclide::{Nuclide, set_isotopes};
use crate::chem::properties::{Column, Data, Value};
use crate::chem::structure::Label;
use crate::chem::{Cell, Structure};

/// Per-atom arrays; the names of the first two are ASE's.
pub(super) const OCCUPANCY: &str = "occupancy";
pub(super) const B_FACTOR: &str = "bfactor";
pub(super) const INSERTION_CODE: &str = "insertion_code";

/// One place of one atom.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) nuclide: Nuclide,
    /// Å.
    pub(super) position: DVec3,
    pub(super) label: Label,
    /// Tells residues of one number apart; empty for most.
    pub(super) insertion: String,
    /// Which of several conformers of its residue it belongs to; empty where there is one only.
    pub(super) alternate: String,
    pub(super) occupancy: f64,
    /// Å².
    pub(super) b_factor: f64,
    /// e, where stated.
    pub(super) charge: Option<i32>,
    /// What bonds call it, where they can.
    pub(super) serial: Option<i64>,
}

/// Of residues with several conformers, keeps the one that holds the highest occupancy: the first of
/// equals. Returns how many sites were left out.
pub(super) fn keep_one_conformer(sites: &mut Vec<Site>) -> usize {
    let residue = |site: &Site| {
        let Label {
            chain,
            residue_number,
            ..
        } = &site.label;
        (chain.clone(), *residue_number, site.insertion.clone())
    };
    let mut best: HashMap<_, (String, f64)> = HashMap::new();
    for site in sites.iter().filter(|site| !site.alternate.is_empty()) {
        let kept = best
            .entry(residue(site))
            .or_insert_with(|| (site.alternate.clone(), site.occupancy));
        if site.occupancy > kept.1 {
            *kept = (site.alternate.clone(), site.occupancy);
        }
    }
    let before = sites.len();
    sites.retain(|site| {
        site.alternate.is_empty()
            || best
                .get(&residue(site))
                .is_some_and(|(kept, _)| *kept == site.alternate)
    });
    before - sites.len()
}

/// The structure of some sites. Its charge is the sum of the charges that are stated.
pub(super) fn structure(
    mut sites: Vec<Site>,
    cell: Option<Cell>,
) -> Result<(Structure, Vec<Option<i64>>), ParseError> {
    let left_out = keep_one_conformer(&mut sites);
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

    let reals = |value: fn(&Site) -> f64| Data::Reals(sites.iter().map(value).collect());
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
    if left_out > 0 {
        let left_out = Value::integer(left_out as i64);
        structure
            .info
            .insert("alternate_sites_left_out".into(), left_out);
    }
    Ok((structure, sites.iter().map(|site| site.serial).collect()))
}

/// One number per atom, where the structure has them.
pub(super) fn reals<'a>(structure: &'a Structure, name: &str) -> Option<&'a [f64]> {
    match structure.arrays().get(name).map(Column::data) {
        Some(Data::Reals(values)) if values.len() == structure.len() => Some(values),
        _ => None,
    }
}

pub(super) fn set_array(
    structure: &mut Structure,
    name: &str,
    data: Data,
) -> Result<(), ParseError> {
    match Column::new(data, 1) {
        Some(column) => structure.set_array(name, column).map_err(ParseError::atoms),
        None => Ok(()),
    }
}

/// The residues of proteins and nucleic acids, whose atoms are named after H, C, N, O, P and S alone.
pub(super) fn is_standard(residue: &str) -> bool {
    const STANDARD: [&str; 33] = [
        "ALA", "ARG", "ASN", "ASP", "CYS", "GLN", "GLU", "GLY", "HIS", "ILE", "LEU", "LYS", "MET",
        "PHE", "PRO", "SER", "THR", "TRP", "TYR", "VAL", "HID", "HIE", "HIP", "CYX", "A", "C", "G",
        "U", "DA", "DC", "DG", "DT", "DU",
    ];
    STANDARD.contains(&residue)
}
