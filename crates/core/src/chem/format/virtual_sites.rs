//! Virtual sites: rows of a file that are no atoms, such as the fourth site of a water model.
//!
//! A structure has atoms only. Which rows were left out stays in its info, because trajectories
//! over the same topology have a position for each of them.

use super::Notes;
use crate::chem::Structure;
use crate::chem::properties::{Data, Value};

/// The info with the rows that were left out, counted from 0 among all rows of atoms and sites.
const KEY: &str = "virtual_sites";

/// A row that was left out.
#[derive(Clone, Debug)]
pub(super) struct VirtualSite {
    /// Its place among all rows of atoms and sites, counted from 0.
    pub(super) row: usize,
    pub(super) name: String,
    /// The name of its residue; empty in files without residues.
    pub(super) residue: String,
}

/// Notes which sites were left out.
pub(super) fn note(sites: &[VirtualSite], notes: &mut Notes) {
    const NAMED: usize = 5;
    let mut names: Vec<String> = Vec::new();
    for site in sites {
        let name = match &*site.residue {
            "" => site.name.clone(),
            residue => format!("{} of {residue}", site.name),
        };
        if names.len() <= NAMED && !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() > NAMED {
        names[NAMED] = "…".to_owned();
    }
    match sites.len() {
        0 => {}
        1 => notes.whole(format!(
            "1 row that is no atom was left out: {}",
            names.join(", ")
        )),
        count => notes.whole(format!(
            "{count} rows that are no atoms were left out: {}",
            names.join(", ")
        )),
    }
}

/// Keeps which rows were left out; nothing if none were.
pub(super) fn set(structure: &mut Structure, sites: &[VirtualSite]) {
    if !sites.is_empty() {
        let rows = sites.iter().map(|site| site.row as i64).collect();
        let rows = Value::vector(Data::Integers(rows));
        structure.info.insert(KEY.to_owned(), rows);
    }
}

/// The rows that were left out, in ascending order; none if the info, which a file may have brought,
/// does not name such rows.
pub(super) fn rows(structure: &Structure) -> Vec<usize> {
    let Some(Data::Integers(rows)) = structure.info.get(KEY).map(Value::data) else {
        return Vec::new();
    };
    let rows = rows.iter().map(|&row| usize::try_from(row).ok());
    let rows: Vec<usize> = rows.collect::<Option<_>>().unwrap_or_default();
    let all = structure.len() + rows.len();
    let is_sorted = rows.windows(2).all(|pair| pair[0] < pair[1]);
    let are_there = rows.last().is_none_or(|&last| last < all);
    if is_sorted && are_there {
        rows
    } else {
        Vec::new()
    }
}
