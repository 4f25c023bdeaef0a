//! Bonds as seen: perceived from distances, for eyes and hands only. No potential reads them.
//!
//! Atoms are bonded where they are nearer than their elements' [`Limits`], and not merely held beside
//! each other by an atom between them (`bridge`).

mod bridge;
mod graph;
mod lengths;
pub(in crate::chem) mod orders;
mod pairs;
mod rings;
mod side;

use std::collections::HashMap;

use glam::{DVec3, IVec3};

use super::neighbors::TooDense;
use super::structure::{BondOrder, StatedBond};
use super::{Cell, Element, NeighborList, Structure};
pub use graph::ClosedBond;
use graph::Graph;
pub use lengths::Limits;
pub use orders::Orders;
use pairs::Pairs;
pub use side::{Side, SideError};

/// Two atoms near enough to be drawn as bonded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bond {
    /// The atoms, the lower index first; twice the same for an atom bonded to its own image.
    pub atoms: [u32; 2],
    /// How many cells along a, b, c the second atom's image is from where the atom is.
    pub shift: IVec3,
    /// Between which lengths it fades.
    pub limits: Limits,
    /// 1 for a whole bond, falling to 0 as it is stretched: [`Limits::strength`].
    pub strength: f64,
    /// The order, where it was stated or [perceived](Bonds::perceive_orders).
    pub order: Option<BondOrder>,
}

impl Bond {
    /// Whether it is more of a bond than not: molecules, rings and sides follow such bonds only.
    pub fn holds(&self) -> bool {
        self.strength >= 0.5
    }

    /// From the first atom to the second, Å.
    ///
    /// # Panics
    /// If the structure has fewer atoms than the bond was perceived among.
    pub fn vector(&self, structure: &Structure) -> DVec3 {
        self.between(structure.positions(), structure.cell.as_ref())
    }

    /// The distance of its atoms, Å.
    ///
    /// # Panics
    /// As [`Bond::vector`].
    pub fn length(&self, structure: &Structure) -> f64 {
        self.vector(structure).length()
    }

    fn between(&self, positions: &[DVec3], cell: Option<&Cell>) -> DVec3 {
        let [one, other] = self.atoms.map(|atom| positions[atom as usize]);
        let translation = cell.map_or(DVec3::ZERO, |cell| cell.translation(self.shift));
        other - one + translation
    }
}

/// The bonds of a structure, kept up to date as its atoms move, in time linear in their number.
#[derive(Clone, Debug)]
pub struct Bonds {
    bonds: Vec<Bond>,
    /// Contacts of metals that other atoms may bridge, until the last update judged them.
    contacts: Vec<Bond>,
    graph: Graph,
    neighbors: NeighborList,
    pairs: Pairs,
    stated: HashMap<[u32; 2], BondOrder>,
    /// The bonds that held when orders were last perceived, with their orders.
    ordered: Vec<(End, Option<BondOrder>)>,
}

/// Identity of a bond: its atoms and the image of the second.
type End = ([u32; 2], IVec3);

/// The orders of bonds among more atoms than this are not perceived: nobody tells two sticks from one in
/// such a crowd.
pub const MOST_ORDERED: usize = 20_000;

/// The margin of the neighbor list, Å.
const SKIN: f64 = 0.6;

impl Bonds {
    /// No bonds yet.
    pub fn none() -> Bonds {
        Bonds {
            bonds: Vec::new(),
            contacts: Vec::new(),
            graph: Graph::default(),
            neighbors: NeighborList::half(0.0, SKIN),
            pairs: Pairs::default(),
            stated: HashMap::new(),
            ordered: Vec::new(),
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
        self.ordered.clear();
        let ordered = |bond: &&StatedBond| bond.order != BondOrder::Unspecified;
        for bond in stated.iter().filter(ordered) {
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
        self.pairs.update(elements);
        let reach = self.pairs.reach();
        if reach != self.neighbors.cutoff() {
            self.neighbors = NeighborList::half(reach, SKIN);
        }
        self.bonds.clear();
        if let Err(error) = self.neighbors.update(positions, cell) {
            self.graph.connect(positions.len(), &[], |_| true);
            return Err(error);
        }
        self.join(elements, positions);
        let is_connected = self.pairs.has_bridges() && !self.weaken(elements, positions, cell);
        if !is_connected || !self.bonds.iter().all(Bond::holds) {
            self.graph
                .connect(positions.len(), &self.bonds, Bond::holds);
        }
        Ok(())
    }

    /// Weakens what is bridged; whether any bond became another. If none did, the graph has all bonds.
    fn weaken(&mut self, elements: &[Element], positions: &[DVec3], cell: Option<&Cell>) -> bool {
        self.graph.connect(positions.len(), &self.bonds, |_| true);
        let pairs = &self.pairs;
        let bridge = |[one, other]: [Element; 2]| pairs.of(one)[pairs.place(other)].bridge;
        let length = |bond: &Bond| bond.between(positions, cell).length();
        bridge::weaken(
            &mut self.bonds,
            &mut self.contacts,
            &self.graph,
            elements,
            bridge,
            length,
        )
    }

    /// A bond between all atoms that are near enough; those of metals that may be bridged go to
    /// `contacts`.
    fn join(&mut self, elements: &[Element], positions: &[DVec3]) {
        self.contacts.clear();
        let translations = self.neighbors.translations();
        for (atom, &position) in positions.iter().enumerate() {
            let element = elements[atom];
            let pairs = self.pairs.of(element);
            for neighbor in self.neighbors.neighbors(atom) {
                let (other, image) = (neighbor.atom as usize, neighbor.image as usize);
                let vector = positions[other] - position + translations[image];
                let pair = &pairs[self.pairs.place(elements[other])];
                let limits = pair.limits;
                let square = vector.length_squared();
                if square >= limits.gone * limits.gone {
                    continue;
                }
                let strength = limits.strength(square.sqrt());
                if strength == 0.0 {
                    continue;
                }
                let atoms = [atom as u32, neighbor.atom];
                let bond = Bond {
                    atoms,
                    shift: self.neighbors.shifts()[image],
                    limits,
                    strength,
                    order: self.stated.get(&atoms).copied(),
                };
                if pair.is_bridged_contact {
                    self.contacts.push(bond);
                } else {
                    self.bonds.push(bond);
                }
            }
        }
    }

    /// Gives the bonds that hold, and whose order is not stated, the order that valences and lengths
    /// suggest; none to bonds of metals, and none at all among more than [`MOST_ORDERED`] atoms. The
    /// arguments are those of the update before. As long as the same bonds hold, they keep their orders,
    /// whatever their lengths.
    ///
    /// # Panics
    /// If there are fewer positions or elements than at the last update.
    pub fn perceive_orders(
        &mut self,
        elements: &[Element],
        positions: &[DVec3],
        cell: Option<&Cell>,
    ) {
        if positions.len() > MOST_ORDERED {
            return;
        }
        let holding = self.bonds.iter().filter(|bond| bond.holds());
        let ends = holding.map(|bond| (bond.atoms, bond.shift));
        if !ends.eq(self.ordered.iter().map(|(end, _)| *end)) {
            let orders = Orders::perceive(elements, positions, cell, self);
            let all = self.bonds.iter().enumerate();
            let ordered = all.filter(|(_, bond)| bond.holds()).map(|(index, bond)| {
                let pair = bond.atoms.map(|atom| elements[atom as usize]);
                ((bond.atoms, bond.shift), orders.drawn(index, pair))
            });
            self.ordered = ordered.collect();
        }
        let holding = self.bonds.iter_mut().filter(|bond| bond.holds());
        for (bond, (_, order)) in holding.zip(&self.ordered) {
            bond.order = bond.order.or(*order);
        }
    }

    fn stated(&self, bond: &Bond) -> Option<BondOrder> {
        self.stated.get(&bond.atoms).copied()
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
