//! The rules by which atoms are parts of solids or of molecules.

use crate::chem::bonds::Component;
use crate::chem::{Bonds, Element, Structure};

/// Most metal atoms of a complex, such as Al₂Cl₆; a component with more is a piece of a solid.
const MAX_METALS_OF_A_COMPLEX: usize = 2;

/// Elements of which adsorbed molecules have one at least; borides and carbides have pairs of others.
const OF_MOLECULES: [Element; 3] = [Element::H, Element::N, Element::O];

/// The atoms of a structure, while the rules are applied one after the other.
pub(super) struct Parts<'a> {
    elements: &'a [Element],
    /// The atoms that each atom is bonded to.
    neighbors: Vec<Vec<usize>>,
    /// Whether each atom is part of a solid: `[atoms]`.
    pub(super) in_solid: Vec<bool>,
}

impl<'a> Parts<'a> {
    /// All atoms as parts of molecules.
    pub(super) fn new(structure: &'a Structure, bonds: &Bonds) -> Parts<'a> {
        let mut neighbors = vec![Vec::new(); structure.len()];
        for bond in bonds.list() {
            let [one, other] = bond.atoms.map(|atom| atom as usize);
            neighbors[one].push(other);
            neighbors[other].push(one);
        }
        Parts {
            elements: structure.elements(),
            neighbors,
            in_solid: vec![false; structure.len()],
        }
    }

    /// Sheets, frameworks and chains without carbon; and metal atoms, but for complexes.
    pub(super) fn add_nets_and_metals(&mut self, component: &Component) {
        let is_carbon = |atom: &usize| self.elements[*atom] == Element::C;
        let is_net = match component.dimensionality {
            0 => false,
            1 => !component.atoms.iter().any(is_carbon),
            _ => true,
        };
        let metals = component.atoms.iter().filter(|it| self.is_metal(**it));
        let is_complex = metals.count() <= MAX_METALS_OF_A_COMPLEX;
        for &atom in &component.atoms {
            let is_metal_of_solid =
                self.is_metal(atom) && (!is_complex || self.has_metal_neighbor(atom));
            self.in_solid[atom] = is_net || is_metal_of_solid;
        }
    }

    /// Nonmetal atoms that are bonded to metals of solids only.
    pub(super) fn add_adsorbed_atoms(&mut self) {
        for atom in 0..self.elements.len() {
            let is_bonded = !self.neighbors[atom].is_empty();
            if !self.in_solid[atom] && is_bonded && !self.is_metal(atom) {
                let mut neighbors = self.neighbors[atom].iter();
                let of_solid = |it: &usize| self.is_metal(*it) && self.in_solid[*it];
                self.in_solid[atom] = neighbors.all(of_solid);
            }
        }
    }

    /// Molecules that are bonded to a metal whose atoms are bonded to each other: two nonmetal atoms or
    /// more that are bonded to each other.
    pub(super) fn remove_adsorbed_molecules(&mut self) {
        let mut reached = vec![false; self.elements.len()];
        for start in 0..self.elements.len() {
            if reached[start] || self.is_metal(start) {
                continue;
            }
            reached[start] = true;
            let (mut molecule, mut next, mut is_adsorbed) = (vec![start], 0, false);
            while let Some(&atom) = molecule.get(next) {
                next += 1;
                for &other in &self.neighbors[atom] {
                    if self.is_metal(other) {
                        is_adsorbed |= self.has_metal_neighbor(other);
                    } else if !reached[other] {
                        reached[other] = true;
                        molecule.push(other);
                    }
                }
            }
            let mut elements = molecule.iter().map(|atom| self.elements[*atom]);
            if is_adsorbed && molecule.len() > 1 && elements.any(|it| OF_MOLECULES.contains(&it)) {
                for atom in molecule {
                    self.in_solid[atom] = false;
                }
            }
        }
    }

    /// Hydrogen that is bonded to carbon.
    pub(super) fn remove_hydrogen_on_carbon(&mut self) {
        for atom in 0..self.elements.len() {
            let on_carbon = |it: &usize| self.elements[*it] == Element::C;
            if self.elements[atom] == Element::H && self.neighbors[atom].iter().any(on_carbon) {
                self.in_solid[atom] = false;
            }
        }
    }

    /// Metal atoms without bonds: ions in a solid, or a gas of metal atoms.
    pub(super) fn add_unbonded_metals(&mut self) {
        let is_unbonded = |atom: usize| self.is_metal(atom) && self.neighbors[atom].is_empty();
        let unbonded: Vec<usize> = (0..self.elements.len())
            .filter(|it| is_unbonded(*it))
            .collect();
        if self.in_solid.contains(&true) || unbonded.len() == self.elements.len() {
            for atom in unbonded {
                self.in_solid[atom] = true;
            }
        }
    }

    fn is_metal(&self, atom: usize) -> bool {
        self.elements[atom].is_metal()
    }

    fn has_metal_neighbor(&self, atom: usize) -> bool {
        self.neighbors[atom].iter().any(|it| self.is_metal(*it))
    }
}
