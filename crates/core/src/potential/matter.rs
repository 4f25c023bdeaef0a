//! Classification of atoms as parts of molecules or of solids, which decides between learned potentials.

use crate::chem::bonds::Component;
use crate::chem::neighbors::TooDense;
use crate::chem::{Bonds, Element, Structure};

/// Most metal atoms of a complex, such as Al₂Cl₆; a component with more is a piece of a solid.
const MOST_METALS_OF_A_COMPLEX: usize = 2;

/// What the atoms of a structure are parts of, from perceived bonds.
#[derive(Clone, Debug)]
pub(super) struct Matter {
    /// Whether each atom is part of a solid, else of a molecule: `[atoms]`.
    pub(super) in_solid: Vec<bool>,
    /// Whether most atoms are in frameworks of bonds along all three axes, rather than in sheets, slabs,
    /// clusters or molecules.
    pub(super) is_framework: bool,
}

/// Kind of matter of a whole structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MatterKind {
    /// Molecules: of nonmetals, complexes and ions of metals, polymers; in a cell or not.
    Molecules,
    /// Metals, salts, sheets and frameworks of bonds.
    Solid,
    /// Both: adsorbates, molecules in frameworks, solvents at surfaces.
    Both,
}

impl Matter {
    /// From the components that bonds connect.
    ///
    /// Parts of solids are
    /// - sheets and frameworks, and chains without carbon; those with carbon are polymers,
    /// - metal atoms that are bonded to metals, or in a component with more than two metal atoms; those of
    ///   complexes, and ions with a shell of solvent, are not,
    /// - other atoms that are bonded to metals of solids only,
    /// - metal atoms without bonds, unless all others are molecules.
    ///
    /// Molecules adsorbed on a metal are not, though bonds connect them to it, and neither is hydrogen on
    /// carbon, as in the linkers of a metal-organic framework.
    pub(super) fn of(structure: &Structure) -> Result<Matter, TooDense> {
        let bonds = Bonds::of(structure)?;
        let components = bonds.components();
        let element = |atom: usize| structure.elements()[atom];
        let neighbors: Vec<Vec<usize>> = (0..structure.len())
            .map(|atom| {
                let bonded = bonds.of_atom(atom).map(|bond| {
                    let [one, other] = bonds.list()[bond].atoms.map(|atom| atom as usize);
                    if one == atom { other } else { one }
                });
                bonded.collect()
            })
            .collect();
        let mut in_solid = vec![false; structure.len()];
        for component in &components {
            let is_net = is_solid_net(component, structure);
            let metals = component.atoms.iter();
            let metals = metals.filter(|atom| element(**atom).is_metal()).count();
            for &atom in &component.atoms {
                let metal_neighbors = || neighbors[atom].iter().any(|it| element(*it).is_metal());
                let is_metal_of_solid = element(atom).is_metal()
                    && (metals > MOST_METALS_OF_A_COMPLEX || metal_neighbors());
                in_solid[atom] = is_net || is_metal_of_solid;
            }
        }
        for atom in 0..structure.len() {
            let mut bonded = neighbors[atom].iter();
            if !in_solid[atom] && !bonded.as_slice().is_empty() && !element(atom).is_metal() {
                // Atoms adsorbed on a metal; ligands and adsorbed molecules stay molecules.
                in_solid[atom] = bonded.all(|it| element(*it).is_metal() && in_solid[*it]);
            }
        }
        for molecule in adsorbed_molecules(structure, &neighbors) {
            for atom in molecule {
                in_solid[atom] = false;
            }
        }
        for atom in 0..structure.len() {
            let on_carbon = || neighbors[atom].iter().any(|it| element(*it) == Element::C);
            if element(atom) == Element::H && on_carbon() {
                in_solid[atom] = false;
            }
        }
        let is_lone = |atom: usize| element(atom).is_metal() && neighbors[atom].is_empty();
        if in_solid.contains(&true) || (0..structure.len()).all(is_lone) {
            for (atom, in_solid) in in_solid.iter_mut().enumerate() {
                *in_solid |= is_lone(atom);
            }
        }
        let of_frameworks = components.iter().filter(|it| it.dimensionality == 3);
        let of_frameworks: usize = of_frameworks.map(|it| it.atoms.len()).sum();
        Ok(Matter {
            in_solid,
            is_framework: 2 * of_frameworks > structure.len(),
        })
    }

    /// The kind of the whole.
    pub(super) fn kind(&self) -> MatterKind {
        match (
            self.in_solid.contains(&true),
            self.in_solid.contains(&false),
        ) {
            (true, false) => MatterKind::Solid,
            (true, true) => MatterKind::Both,
            _ => MatterKind::Molecules,
        }
    }
}

/// Molecules that are bonded to a metal whose atoms are bonded to each other: two nonmetal atoms or more,
/// with H, N or O; borides and carbides have pairs of others.
fn adsorbed_molecules(structure: &Structure, neighbors: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let is_metal = |atom: usize| structure.elements()[atom].is_metal();
    let is_metallic =
        |atom: usize| is_metal(atom) && neighbors[atom].iter().any(|it| is_metal(*it));
    let of_molecules = [Element::H, Element::N, Element::O];
    let mut reached = vec![false; structure.len()];
    let mut molecules = Vec::new();
    for start in 0..structure.len() {
        if reached[start] || is_metal(start) {
            continue;
        }
        reached[start] = true;
        let (mut atoms, mut next, mut is_adsorbed) = (vec![start], 0, false);
        while let Some(&atom) = atoms.get(next) {
            next += 1;
            for &other in &neighbors[atom] {
                is_adsorbed |= is_metallic(other);
                if !is_metal(other) && !reached[other] {
                    reached[other] = true;
                    atoms.push(other);
                }
            }
        }
        let is_molecule = atoms
            .iter()
            .any(|it| of_molecules.contains(&structure.elements()[*it]));
        if is_adsorbed && is_molecule && atoms.len() > 1 {
            molecules.push(atoms);
        }
    }
    molecules
}

/// Whether most atoms of a structure are in frameworks of bonds along all three axes.
pub(super) fn is_framework(structure: &Structure) -> bool {
    Matter::of(structure).is_ok_and(|matter| matter.is_framework)
}

/// Whether a component is a sheet, a framework, or a chain without carbon.
fn is_solid_net(component: &Component, structure: &Structure) -> bool {
    let is_carbon = |atom: &usize| structure.elements()[*atom] == Element::C;
    match component.dimensionality {
        0 => false,
        1 => !component.atoms.iter().any(is_carbon),
        _ => true,
    }
}
