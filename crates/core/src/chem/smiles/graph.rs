//! Atoms and bonds of a molecule with hydrogens: integer bond orders, dative bonds told apart.

use chematic_core::{BondOrder, Molecule};

use crate::chem::Element;

/// An atom and its bonds.
pub(super) struct Node {
    pub(super) number: i32,
    pub(super) charge: i32,
    pub(super) neighbors: Vec<Link>,
}

/// A bond as one of its atoms sees it.
pub(super) struct Link {
    pub(super) atom: usize,
    /// 1 to 4 of a covalent bond; a dative bond is 1 as well.
    pub(super) order: i32,
    pub(super) kind: Kind,
}

/// Where the electrons of a bond come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As many from either atom.
    Covalent,
    /// Both from the atom that has this link.
    Gives,
    /// Both from the other atom.
    Takes,
}

/// Atoms in the order of the molecule.
pub(super) struct Graph(pub(super) Vec<Node>);

impl Graph {
    /// Of a molecule without aromatic bonds.
    pub(super) fn new(molecule: &Molecule) -> Graph {
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
                BondOrder::Dative => (1, [Kind::Gives, Kind::Takes]),
                order => (i32::from(order.order_int()), [Kind::Covalent; 2]),
            };
            for ((from, to), kind) in [(one, other), (other, one)].into_iter().zip(kinds) {
                nodes[from].neighbors.push(Link {
                    atom: to,
                    order,
                    kind,
                });
            }
        }
        Graph(nodes)
    }

    /// Bonds on the shortest path from an atom to every other that does not lead through `without`;
    /// `usize::MAX` where there is none.
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

    /// The atoms of each part that no bond joins to another, parts in the order of their first atoms.
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
    /// Electrons outside the core that no bond of this atom takes up, those that it gives included.
    pub(super) fn free_electrons(&self) -> i32 {
        let covalent = |link: &&Link| link.kind == Kind::Covalent;
        let shared: i32 = (self.neighbors.iter().filter(covalent))
            .map(|link| link.order)
            .sum();
        outer_electrons(self.number).0 - self.charge - shared
    }

    /// Whether it has two neighbors, both by double bonds.
    pub(super) fn is_cumulated(&self) -> bool {
        self.neighbors.len() == 2 && self.neighbors.iter().all(|link| link.order == 2)
    }

    /// Number of electron pairs that it gives.
    pub(super) fn pairs_given(&self) -> i32 {
        (self
            .neighbors
            .iter()
            .filter(|link| link.kind == Kind::Gives))
        .count() as i32
    }
}

/// Electrons outside the noble-gas core and filled d and f shells, and whether the octet rule is of
/// use: not in the d and f blocks.
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

/// Whether an atomic number is a metal's, to which ligands may bind by a pair of electrons.
pub(super) fn is_metal(number: i32) -> bool {
    let element = u8::try_from(number).ok().and_then(Element::from_number);
    element.is_some_and(Element::is_metal)
}
