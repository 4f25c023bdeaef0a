//! Dative bonds: bonds to metals with both electrons from the ligand.
//!
//! In the covalent bond classification (M. L. H. Green, J. Organomet. Chem. 500, 127 (1995), DOI
//! 10.1016/0022-328X(95)00508-N) a ligand is L if its atom is closed-shell without the metal, as in NH₃,
//! PR₃, OH₂, pyridine, CO and Cl⁻, and X if it has an unpaired electron to share, as Cl. SMILES writes
//! both as single bonds; the electrons tell them apart. RDKit does the same where the valence of the
//! ligand's atom would be exceeded ("dative bonds" in the RDKit Book).

use chematic_core::{
    AtomIdx, BondIdx, BondOrder, KekuleError, KekuleResult, Molecule, apply_kekule,
    atom_must_be_matched, kekulize, kekulize_with,
};

use super::graph::{BondKind, MolecularGraph, is_metal};

/// Maximum number of aromatic donors whose bonds are tried as covalent and dative.
const MAX_CHOICES: usize = 8;

/// Marks the dative bonds of a molecule with hydrogens, and returns the orders of its aromatic bonds.
///
/// # Errors
/// If no choice of dative bonds allows alternating single and double bonds.
pub(super) fn mark_dative_bonds(molecule: &mut Molecule) -> Result<KekuleResult, KekuleError> {
    let kekule = mark_aromatic(molecule)?;
    let graph = MolecularGraph::new(&apply_kekule(molecule, &kekule));
    for (atom, node) in graph.0.iter().enumerate() {
        let unpaired = node.free_electrons() % 2 != 0;
        let metal = node.neighbors.iter().find(|link| {
            link.order == 1
                && link.kind == BondKind::Covalent
                && is_metal(graph.0[link.atom].number)
        });
        if let Some(metal) = metal.filter(|_| unpaired && !is_metal(node.number)) {
            let [donor, metal] = [atom, metal.atom].map(|index| AtomIdx(index as u32));
            if let Some((bond, _)) = molecule.bond_between(donor, metal) {
                molecule.set_dative_bond(bond, donor);
            }
        }
    }
    Ok(kekule)
}

/// Kekulizes with as few pyridine-like nitrogens (dative bond to a metal) as possible; the others are
/// pyrrole-like.
fn mark_aromatic(molecule: &mut Molecule) -> Result<KekuleResult, KekuleError> {
    let refusal = match kekulize(molecule) {
        Ok(kekule) => return Ok(kekule),
        Err(refusal) => refusal,
    };
    let donors = aromatic_donors(molecule);
    if donors.len() > MAX_CHOICES {
        return Err(refusal);
    }
    let mut choices: Vec<u32> = (1..1 << donors.len()).collect();
    choices.sort_by_key(|choice| choice.count_ones());
    for choice in choices {
        let chosen: Vec<_> = (donors.iter().enumerate())
            .filter(|(index, _)| choice >> index & 1 == 1)
            .map(|(_, donor)| *donor)
            .collect();
        let pyridine = |atom| chosen.iter().any(|(donor, _)| *donor == atom);
        let attempt = kekulize_with(molecule, |atom| {
            pyridine(atom) || atom_must_be_matched(molecule, atom)
        });
        if let Ok(kekule) = attempt {
            for (donor, bond) in chosen {
                molecule.set_dative_bond(bond, donor);
            }
            return Ok(kekule);
        }
    }
    Err(refusal)
}

/// Neutral aromatic atoms of the nitrogen group with a single bond to a metal, and that bond.
fn aromatic_donors(molecule: &Molecule) -> Vec<(AtomIdx, BondIdx)> {
    let metal_bond = |atom: AtomIdx| {
        molecule.neighbors(atom).find(|(neighbor, bond)| {
            let number = molecule.atom(*neighbor).element.atomic_number();
            molecule.bond(*bond).order == BondOrder::Single && is_metal(i32::from(number))
        })
    };
    (molecule.atoms())
        .filter(|(_, atom)| {
            let number = atom.element.atomic_number();
            atom.aromatic && atom.charge == 0 && matches!(number, 7 | 15 | 33)
        })
        .filter_map(|(index, _)| metal_bond(index).map(|(_, bond)| (index, bond)))
        .collect()
}
