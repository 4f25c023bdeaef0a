//! Bonds as seen: perceived from distances, for eyes and hands only. No potential reads them.

mod graph;
mod rings;
mod side;

use std::collections::HashMap;

use glam::{DVec3, IVec3};

use super::neighbors::TooDense;
use super::structure::{BondOrder, StatedBond};
use super::{Cell, Element, NeighborList, Structure};
pub use graph::ClosedBond;
use graph::Graph;
pub use side::{Side, SideError};

/// Two atoms near enough to be drawn as bonded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bond {
    /// The atoms, the lower index first; twice the same for an atom bonded to its own image.
    pub atoms: [u32; 2],
    /// How many cells along a, b, c the second atom's image is from where the atom is.
    pub shift: IVec3,
    /// 1 for a whole bond, falling to 0 as it is stretched: see [`strength`].
    pub strength: f64,
    /// The order, where it was stated.
    pub order: Option<BondOrder>,
}

impl Bond {
    /// Whether it is more of a bond than not: molecules, rings and sides follow such bonds only.
    pub fn holds(&self) -> bool {
        self.strength >= 0.5
    }
}

/// How far a bond may be stretched, as a multiple of the summed covalent radii, before it counts
/// as long.
const TOLERANCE: f64 = 1.15;
/// Where, as a fraction of the long bond, the strength begins to fall and where it is gone.
const FADE: [f64; 2] = [0.9, 1.15];

/// The strength of a bond of `distance` between atoms of these covalent radii, all in Å.
///
/// With x = d / (1.15 (rᵢ + rⱼ)) it is 1 up to x = 0.9, 0 from x = 1.15 on, and between them
/// 1 − t² (3 − 2 t) with t = (x − 0.9) / 0.25. In terms of the summed radii: whole up to 1.035 of
/// them, as are the usual C–C (1.01), C–H (1.02) and O–H (0.99); half at 1.179; gone at 1.3225, far
/// below hydrogen bonds (1.8).
pub fn strength(distance: f64, radii: [f64; 2]) -> f64 {
    let x = distance / (TOLERANCE * (radii[0] + radii[1]));
    let t = ((x - FADE[0]) / (FADE[1] - FADE[0])).clamp(0.0, 1.0);
    1.0 - t * t * (3.0 - 2.0 * t)
}

/// The bonds of a structure, kept up to date as its atoms move, in time linear in their number.
#[derive(Clone, Debug)]
pub struct Bonds {
    bonds: Vec<Bond>,
    graph: Graph,
    neighbors: NeighborList,
    stated: HashMap<[u32; 2], BondOrder>,
}

/// The margin of the neighbor list, Å.
const SKIN: f64 = 0.6;

impl Bonds {
    /// No bonds yet.
    pub fn none() -> Bonds {
        Bonds {
            bonds: Vec::new(),
            graph: Graph::default(),
            neighbors: NeighborList::half(0.0, SKIN),
            stated: HashMap::new(),
        }
    }

    /// The bonds of a structure, with the orders that it states.
    ///
    /// # Errors
    /// As [`Bonds::update`].
    pub fn of(structure: &Structure) -> Result<Bonds, TooDense> {
        let mut bonds = Bonds::none();
        bonds.state(structure.stated_bonds());
        bonds.update(
            structure.elements(),
            structure.positions(),
            structure.cell.as_ref(),
        )?;
        Ok(bonds)
    }

    /// From the next update on, bonds between these atoms have these orders; others have none. All
    /// bonds between two atoms, to whichever image, have the order stated for the two.
    pub fn state(&mut self, stated: &[StatedBond]) {
        self.stated.clear();
        for bond in stated {
            let [one, other] = bond.atoms.map(|atom| atom as u32);
            self.stated
                .insert([one.min(other), one.max(other)], bond.order);
        }
    }

    /// Perceives the bonds anew. One element for each position (Å); an atom without a finite
    /// position has no bonds.
    ///
    /// # Errors
    /// If so many atoms are on top of each other that nobody could see a bond; there are none then.
    ///
    /// # Panics
    /// If there are more positions than elements.
    pub fn update(
        &mut self,
        elements: &[Element],
        positions: &[DVec3],
        cell: Option<&Cell>,
    ) -> Result<(), TooDense> {
        let largest = elements
            .iter()
            .map(|element| element.covalent_radius())
            .fold(0.0, f64::max);
        let reach = TOLERANCE * FADE[1] * 2.0 * largest;
        if reach != self.neighbors.cutoff() {
            self.neighbors = NeighborList::half(reach, SKIN);
        }
        self.bonds.clear();
        if let Err(error) = self.neighbors.update(positions, cell) {
            self.graph.connect(positions.len(), &[]);
            return Err(error);
        }
        for (atom, &position) in positions.iter().enumerate() {
            let radius = elements[atom].covalent_radius();
            for neighbor in self.neighbors.neighbors(atom) {
                let (other, image) = (neighbor.atom as usize, neighbor.image as usize);
                let vector = positions[other] - position + self.neighbors.translations()[image];
                let radii = [radius, elements[other].covalent_radius()];
                let strength = strength(vector.length(), radii);
                if strength > 0.0 {
                    let atoms = [atom as u32, neighbor.atom];
                    self.bonds.push(Bond {
                        atoms,
                        shift: self.neighbors.shifts()[image],
                        strength,
                        order: self.stated.get(&atoms).copied(),
                    });
                }
            }
        }
        self.graph.connect(positions.len(), &self.bonds);
        Ok(())
    }

    /// The bonds, sorted by first atom, then second atom, then shift.
    pub fn list(&self) -> &[Bond] {
        &self.bonds
    }

    /// An atom's bonds, those that hold: indices into [`Bonds::list`], in order. A bond of an atom to
    /// its own image occurs twice.
    ///
    /// # Panics
    /// If there was no such atom at the last update.
    pub fn of_atom(&self, atom: usize) -> impl Iterator<Item = usize> + '_ {
        self.graph.ends(atom).iter().map(|end| end.bond as usize)
    }
}
