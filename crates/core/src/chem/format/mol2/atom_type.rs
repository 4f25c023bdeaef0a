//! SYBYL atom types from elements and stated bonds (<https://zhanggroup.org/DockRMSD/mol2.pdf>,
//! "Atom types"): the symbol and, for some elements, the hybridization.

use super::super::nuclide;
use crate::chem::structure::BondOrder;
use crate::chem::{Element, Structure};

/// The bonds of each atom: the neighbor and the order.
pub(super) struct BondLists(Vec<Vec<(usize, BondOrder)>>);

impl BondLists {
    pub(super) fn of(structure: &Structure) -> BondLists {
        let mut bonds = vec![Vec::new(); structure.len()];
        for bond in structure.stated_bonds() {
            let [one, other] = bond.atoms;
            bonds[one].push((other, bond.order));
            bonds[other].push((one, bond.order));
        }
        BondLists(bonds)
    }

    /// Number of bonds of an order that an atom has.
    fn count(&self, atom: usize, order: BondOrder) -> usize {
        let bonds = self.0[atom].iter();
        bonds.filter(|(_, found)| *found == order).count()
    }

    /// Number of double bonds to an element.
    fn doubles_to(&self, atom: usize, element: Element, structure: &Structure) -> usize {
        let is = |(other, order): &&(usize, BondOrder)| {
            *order == BondOrder::Double && structure.elements()[*other] == element
        };
        self.0[atom].iter().filter(is).count()
    }

    /// Whether an atom has a bond that is not single.
    fn is_unsaturated(&self, atom: usize) -> bool {
        let mut bonds = self.0[atom].iter();
        bonds.any(|(_, order)| !matches!(order, BondOrder::Single | BondOrder::Unspecified))
    }

    /// Whether the single bond of two atoms is that of an amide: the nitrogen has single bonds only,
    /// the carbon a double one to oxygen or sulfur.
    pub(super) fn is_amide(&self, atoms: [usize; 2], structure: &Structure) -> bool {
        let elements = atoms.map(|atom| structure.elements()[atom]);
        let (carbon, nitrogen) = match elements {
            [Element::C, Element::N] => (atoms[0], atoms[1]),
            [Element::N, Element::C] => (atoms[1], atoms[0]),
            _ => return false,
        };
        let to = |element| self.doubles_to(carbon, element, structure) > 0;
        // With four bonds there is no lone pair to conjugate.
        !self.is_unsaturated(nitrogen)
            && self.0[nitrogen].len() < 4
            && (to(Element::O) || to(Element::S))
    }
}

/// The type of an atom.
pub(super) fn atom_type(structure: &Structure, bonds: &BondLists, atom: usize) -> String {
    let symbol = nuclide::symbol(structure, atom);
    let kind = match structure.elements()[atom] {
        Element::C => carbon(bonds, atom),
        Element::N => nitrogen(structure, bonds, atom),
        Element::O if bonds.is_unsaturated(atom) => "2",
        Element::S => sulfur(structure, bonds, atom),
        Element::O | Element::P => "3",
        _ => return symbol.to_owned(),
    };
    format!("{symbol}.{kind}")
}

fn carbon(bonds: &BondLists, atom: usize) -> &'static str {
    let count = |order| bonds.count(atom, order);
    match (count(BondOrder::Triple), count(BondOrder::Double)) {
        _ if count(BondOrder::Aromatic) > 0 => "ar",
        (1.., _) | (_, 2..) => "1",
        (_, 1) => "2",
        _ => "3",
    }
}

fn nitrogen(structure: &Structure, bonds: &BondLists, atom: usize) -> &'static str {
    let count = |order| bonds.count(atom, order);
    let neighbors = &bonds.0[atom];
    let is_amide = |other: usize| bonds.is_amide([atom, other], structure);
    let shares_pair = |other: usize| {
        matches!(structure.elements()[other], Element::C | Element::N)
            && bonds.is_unsaturated(other)
    };
    let doubles = count(BondOrder::Double);
    match count(BondOrder::Aromatic) {
        // The lone pair of pyrrole's nitrogen belongs to the ring.
        2 if neighbors.len() == 3
            && neighbors.iter().any(|(other, order)| {
                *order == BondOrder::Single && structure.elements()[*other] == Element::H
            }) =>
        {
            "pl3"
        }
        1.. => "ar",
        0 if count(BondOrder::Triple) > 0 || doubles > 1 && neighbors.len() == 2 => "1",
        // Nitro groups.
        0 if doubles > 0 && neighbors.len() == 3 => "pl3",
        0 if doubles > 0 => "2",
        0 if neighbors.len() == 4 => "4",
        0 if neighbors.iter().any(|(other, _)| is_amide(*other)) => "am",
        0 if neighbors.len() == 3 && neighbors.iter().any(|(other, _)| shares_pair(*other)) => {
            "pl3"
        }
        0 => "3",
    }
}

fn sulfur(structure: &Structure, bonds: &BondLists, atom: usize) -> &'static str {
    match bonds.doubles_to(atom, Element::O, structure) {
        1 => "O",
        2.. => "O2",
        0 if bonds.is_unsaturated(atom) => "2",
        0 => "3",
    }
}
