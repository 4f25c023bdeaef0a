//! Duplicate rows of an atom.

use std::collections::HashSet;

use super::Notes;
use super::atom_site::AtomSite;

/// Removes rows with the same names, alternate location and position as an earlier one. Files extracted
/// from others contain such duplicates.
pub(super) fn keep_first(sites: &mut Vec<AtomSite>, notes: &mut Notes) {
    let before = sites.len();
    let mut seen = HashSet::new();
    sites.retain(|site| {
        let label = &site.label;
        let position = site.position.to_array().map(f64::to_bits);
        let texts = [
            &label.name,
            &label.residue,
            &label.chain,
            &site.insertion,
            &site.alternate,
        ];
        seen.insert((texts.map(Clone::clone), label.residue_number, position))
    });
    let left_out = before - sites.len();
    if left_out > 0 {
        notes.whole(format!(
            "{left_out} atoms are listed again at the same position; each is there once"
        ));
    }
}
