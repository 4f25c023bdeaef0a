//! Kinds of matter that learned potentials are told apart by: molecules, solids, molecules at solids.

use crate::chem::neighbors::TooDense;
use crate::chem::{Bonds, Element, Structure};

/// Kind of matter of a structure: what its atoms form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Matter {
    /// Molecules of nonmetals, or single atoms of them, in a cell or not.
    Molecules,
    /// Metals, and periodic nets of bonds.
    Solid,
    /// Both: adsorbates, molecules in frameworks, solvents at surfaces.
    Both,
}

impl Matter {
    /// From perceived bonds: an atom is part of a solid if it is a metal, bonded to metals only, or in a
    /// periodic net; all others form molecules, and so does hydrogen that is bonded to carbon, as in
    /// the linkers of a metal-organic framework.
    pub(super) fn of(structure: &Structure) -> Result<Matter, TooDense> {
        let bonds = Bonds::of(structure)?;
        let mut in_solid = bonds.periodic_nets();
        let element = |atom: usize| structure.elements()[atom];
        let is_metal = |atom: usize| element(atom).is_metal();
        for (atom, in_solid) in in_solid.iter_mut().enumerate() {
            let bonded = |bond: usize| {
                let [one, other] = bonds.list()[bond].atoms.map(|atom| atom as usize);
                if one == atom { other } else { one }
            };
            let neighbors: Vec<Element> = bonds
                .of_atom(atom)
                .map(|bond| element(bonded(bond)))
                .collect();
            if element(atom) == Element::H && neighbors.contains(&Element::C) {
                *in_solid = false;
            } else {
                // Ligands and adsorbed molecules stay molecules.
                let metals_only = neighbors.iter().all(|other| other.is_metal());
                *in_solid |= is_metal(atom) || !neighbors.is_empty() && metals_only;
            }
        }
        Ok(
            match (in_solid.contains(&true), in_solid.contains(&false)) {
                (true, false) => Matter::Solid,
                (true, true) => Matter::Both,
                _ => Matter::Molecules,
            },
        )
    }
}
