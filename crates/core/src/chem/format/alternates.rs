//! Alternate locations: selects one conformer per residue.

use std::collections::HashMap;

use super::Notes;
use super::atom_site::AtomSite;

/// Keeps one site per atom: that of the conformer with the highest occupancy or, if that lacks the atom,
/// of the next; the first among equals. If conformers have different residue names, only those with the
/// name of the best conformer are kept.
pub(super) fn keep_one_of_each(sites: &mut Vec<AtomSite>, notes: &mut Notes) {
    if sites.iter().all(|site| site.alternate.is_empty()) {
        return;
    }
    let mut residues: HashMap<_, Vec<usize>> = HashMap::new();
    for (index, site) in sites.iter().enumerate() {
        let residue = (
            &*site.label.chain,
            site.label.residue_number,
            &*site.insertion,
        );
        residues.entry(residue).or_default().push(index);
    }
    let mut is_kept = vec![true; sites.len()];
    for members in residues.values() {
        let has_alternates = members
            .iter()
            .any(|&index| !sites[index].alternate.is_empty());
        if has_alternates {
            mark_omitted(sites, members, &mut is_kept);
        }
    }
    let left_out = is_kept.iter().filter(|&&is_kept| !is_kept).count();
    let mut is_kept = is_kept.into_iter();
    sites.retain(|_| is_kept.next().unwrap_or(true));
    if left_out > 0 {
        notes.whole(format!(
            "{left_out} alternate locations were left out: each atom is where the conformer of \
             highest occupancy has it"
        ));
    }
}

/// Marks the omitted sites of one residue.
fn mark_omitted(sites: &[AtomSite], members: &[usize], is_kept: &mut [bool]) {
    let conformers = ranked_conformers(sites, members);
    let of_alternates = conformers.iter().find(|conformer| !conformer.id.is_empty());
    let name = of_alternates.map_or("", |best| best.residue);
    // Conformer of each kept atom.
    let mut kept_from: HashMap<(&str, String), &str> = HashMap::new();
    for conformer in &conformers {
        let of_conformer = |index: &&usize| conformer.has(&sites[**index]);
        for &index in members.iter().filter(of_conformer) {
            let site = &sites[index];
            let atom = (&*site.label.residue, atom_name(site));
            if !conformer.id.is_empty() && conformer.residue != name {
                is_kept[index] = false;
                continue;
            }
            let from = *kept_from.entry(atom).or_insert(conformer.id);
            is_kept[index] = from == conformer.id;
        }
    }
}

/// Conformer of a residue.
struct Conformer<'a> {
    /// Empty for sites without alternates.
    id: &'a str,
    residue: &'a str,
    occupancy: f64,
}

impl Conformer<'_> {
    fn has(&self, site: &AtomSite) -> bool {
        self.id == site.alternate && self.residue == site.label.residue
    }
}

/// The conformers of a residue by descending occupancy.
fn ranked_conformers<'a>(sites: &'a [AtomSite], members: &[usize]) -> Vec<Conformer<'a>> {
    let mut conformers: Vec<Conformer<'_>> = Vec::new();
    for site in members.iter().map(|&index| &sites[index]) {
        match conformers.iter_mut().find(|conformer| conformer.has(site)) {
            Some(conformer) => conformer.occupancy = site.occupancy.max(conformer.occupancy),
            None => conformers.push(Conformer {
                id: &site.alternate,
                residue: &site.label.residue,
                occupancy: site.occupancy,
            }),
        }
    }
    conformers.sort_by(|one, other| other.occupancy.total_cmp(&one.occupancy));
    conformers
}

/// The name of an atom; deuterium gets the name of the hydrogen that it replaces.
fn atom_name(site: &AtomSite) -> String {
    match site.label.name.strip_prefix('D') {
        Some(rest) if site.nuclide.mass.is_some() => format!("H{rest}"),
        _ => site.label.name.clone(),
    }
}
