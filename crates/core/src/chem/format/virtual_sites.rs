//! Virtual sites: rows of a file that are not atoms, such as the fourth site of a water model.
//!
//! A structure stores only atoms. The omitted rows are kept in its info, because trajectories of the same
//! topology have positions for them.

use super::Notes;
use crate::chem::Structure;
use crate::chem::properties::{Data, Value};

/// Name of the info with the omitted rows, counted from 0 among all rows.
const KEY: &str = "virtual_sites";

/// An omitted row.
#[derive(Clone, Debug)]
pub(super) struct VirtualSite {
    /// Index among all rows.
    pub(super) row: usize,
    pub(super) name: String,
    /// The name of its residue; empty in files without residues.
    pub(super) residue: String,
}

/// Notes the omitted sites.
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
            "1 row that is not an atom was left out: {}",
            names.join(", ")
        )),
        count => notes.whole(format!(
            "{count} rows that are not atoms were left out: {}",
            names.join(", ")
        )),
    }
}

/// Stores the omitted rows in the info, if any.
pub(super) fn set(structure: &mut Structure, sites: &[VirtualSite]) {
    if !sites.is_empty() {
        let rows = sites.iter().map(|site| site.row as i64).collect();
        let rows = Value::vector(Data::Integers(rows));
        structure.info.insert(KEY.to_owned(), rows);
    }
}

/// The omitted rows, ascending; empty if the info, which may come from a file, is invalid.
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
