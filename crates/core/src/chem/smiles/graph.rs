//! Molecular graph with hydrogens, integer bond orders and dative bonds.

use chematic_core::{BondOrder, Molecule};

use crate::chem::Element;

/// An atom and its bonds.
pub(super) struct Node {
    pub(super) number: i32,
    pub(super) charge: i32,
    pub(super) neighbors: Vec<Link>,
}

/// Bond of an atom.
pub(super) struct Link {
    pub(super) atom: usize,
    /// Bond order, 1 to 4; 1 for a dative bond.
    pub(super) order: i32,
    pub(super) kind: BondKind,
}

/// Origin of the electrons of a bond.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BondKind {
    /// One electron from each atom.
    Covalent,
    /// Dative, this atom is the donor.
    Donor,
    /// Dative, this atom is the acceptor.
    Acceptor,
}

/// Atoms in the order of the molecule.
pub(super) struct MolecularGraph(pub(super) Vec<Node>);

impl MolecularGraph {
    /// The graph of a Kekulé molecule.
    pub(super) fn new(molecule: &Molecule) -> MolecularGraph {
        let mut nodes: Vec<Node> = molecule
            .atoms()
            .map(|(_, atom)| Node {
                number: i32::from(atom.element.atomic_number()),
                charge: i32::from(atom.charge),
                neighbors: Vec::new(),
            })
            .collect();
        for (_, bond) in molecule.bonds() {
            let (one, other) = (bond.atom1.0 as usize, bond.atom2.0 as usize);
            let (order, kinds) = match bond.order {
                BondOrder::Zero => continue,
                BondOrder::Dative => (1, [BondKind::Donor, BondKind::Acceptor]),
                order => (i32::from(order.order_int()), [BondKind::Covalent; 2]),
            };
            for ((from, to), kind) in [(one, other), (other, one)].into_iter().zip(kinds) {
                nodes[from].neighbors.push(Link {
                    atom: to,
                    order,
                    kind,
                });
            }
        }
        MolecularGraph(nodes)
    }

    /// Topological distances from an atom to all others, in bonds, avoiding the atom `without`;
    /// `usize::MAX` for unreachable atoms.
    pub(super) fn distances(&self, from: usize, without: Option<usize>) -> Vec<usize> {
        let mut distances = vec![usize::MAX; self.0.len()];
        distances[from] = 0;
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(atom) = queue.pop_front() {
            for link in &self.0[atom].neighbors {
                if distances[link.atom] == usize::MAX && Some(link.atom) != without {
                    distances[link.atom] = distances[atom] + 1;
                    queue.push_back(link.atom);
                }
            }
        }
        distances
    }

    /// Connected components, in the order of their first atoms.
    pub(super) fn parts(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.0.len()];
        let mut parts = Vec::new();
        for first in 0..self.0.len() {
            if seen[first] {
                continue;
            }
            let part: Vec<usize> = (self.distances(first, None).iter().enumerate())
                .filter(|(_, bonds)| **bonds != usize::MAX)
                .map(|(atom, _)| atom)
                .collect();
            part.iter().for_each(|&atom| seen[atom] = true);
            parts.push(part);
        }
        parts
    }
}

impl Node {
    /// Valence electrons not in covalent bonds, including those of donated pairs.
    pub(super) fn free_electrons(&self) -> i32 {
        let covalent = |link: &&Link| link.kind == BondKind::Covalent;
        let shared: i32 = (self.neighbors.iter().filter(covalent))
            .map(|link| link.order)
            .sum();
        outer_electrons(self.number).0 - self.charge - shared
    }

    /// Whether it has two neighbors, both with double bonds (cumulene).
    pub(super) fn is_cumulated(&self) -> bool {
        self.neighbors.len() == 2 && self.neighbors.iter().all(|link| link.order == 2)
    }

    /// Number of donated electron pairs.
    pub(super) fn donated_pairs(&self) -> i32 {
        (self
            .neighbors
            .iter()
            .filter(|link| link.kind == BondKind::Donor))
        .count() as i32
    }
}

/// Electrons outside the noble-gas core and filled d and f shells, and whether the octet rule applies
/// (not in the d and f blocks).
pub(super) fn outer_electrons(number: i32) -> (i32, bool) {
    let core = [86, 54, 36, 18, 10, 2, 0]
        .into_iter()
        .find(|core| number > *core)
        .unwrap_or(0);
    let outer = number - core;
    let inner = match core {
        0 | 2 | 10 => 0,
        18 | 36 => 10,
        _ => 24,
    };
    if outer <= 2 || inner == 0 {
        (outer, true)
    } else if outer > inner + 2 {
        (outer - inner, true)
    } else {
        (outer, false)
    }
}

/// Whether an atomic number is that of a metal, to which ligands can bind datively.
pub(super) fn is_metal(number: i32) -> bool {
    let element = u8::try_from(number).ok().and_then(Element::from_number);
    element.is_some_and(Element::is_metal)
}
