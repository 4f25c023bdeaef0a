//! Bond perception from distances, for drawing and editing; potentials do not use it.
//!
//! Atoms are bonded if they are closer than the [`Limits`] of their elements, unless an atom bonded to
//! both bridges them (`bridge`).

mod bond;
mod bridge;
mod components;
mod graph;
mod lengths;
mod molecules;
pub(in crate::chem) mod orders;
mod pair_table;
mod rings;
mod side;

use std::collections::HashMap;

use glam::{DVec3, IVec3};

use super::neighbors::TooDense;
use super::structure::{BondOrder, StatedBond};
use super::{Cell, Element, NeighborList, Structure};
pub use bond::Bond;
pub use components::{Component, PeriodicNet};
use graph::BondGraph;
pub use lengths::Limits;
pub use molecules::RingBond;
pub use orders::Orders;
use pair_table::PairTable;
pub use side::{Side, SideError};

/// Bonds of a structure, updated as atoms move, in linear time.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::chem::{Bonds, Element, Structure};
///
/// let positions = vec![DVec3::ZERO, 0.96 * DVec3::X, 0.96 * DVec3::Y, 5.0 * DVec3::Z];
/// let elements = vec![Element::O, Element::H, Element::H, Element::AR];
/// let bonds = Bonds::of(&Structure::new(elements, positions)?)?;
/// assert_eq!(bonds.list().len(), 2);
/// assert_eq!(bonds.molecules(), [vec![0, 1, 2], vec![3]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Bonds {
    bonds: Vec<Bond>,
    /// Contacts of metals that other atoms may bridge; merged into `bonds` by each update.
    contacts: Vec<Bond>,
    graph: BondGraph,
    neighbors: NeighborList,
    pairs: PairTable,
    stated: HashMap<[u32; 2], BondOrder>,
    /// Perceived orders of the bonds that held then; valid while the same bonds hold.
    ordered: Vec<(BondKey, Option<BondOrder>)>,
}

/// Identity of a bond: its atoms and the shift of the second.
type BondKey = ([u32; 2], IVec3);

/// Maximum number of atoms for which bond orders are perceived; drawings of larger structures do not
/// resolve them.
pub const MAX_ORDERED_ATOMS: usize = 20_000;

/// Skin of the neighbor list, Å.
const SKIN: f64 = 0.6;

impl Bonds {
    /// No bonds, to be updated.
    pub fn empty() -> Bonds {
        Bonds {
            bonds: Vec::new(),
            contacts: Vec::new(),
            graph: BondGraph::default(),
            neighbors: NeighborList::half(0.0, SKIN),
            pairs: PairTable::default(),
            stated: HashMap::new(),
            ordered: Vec::new(),
        }
    }

    /// Perceives the bonds of a structure, with its stated orders.
    ///
    /// # Errors
    /// As [`Bonds::update`].
    pub fn of(structure: &Structure) -> Result<Bonds, TooDense> {
        let mut bonds = Bonds::empty();
        bonds.set_stated(structure.stated_bonds());
        bonds.update(
            structure.elements(),
            structure.positions(),
            structure.cell.as_ref(),
        )?;
        Ok(bonds)
    }

    /// Sets the stated bond orders from the next update on. All bonds between two atoms, to any image,
    /// get the order stated for the two.
    pub fn set_stated(&mut self, stated: &[StatedBond]) {
        self.stated.clear();
        self.ordered.clear();
        let ordered = |bond: &&StatedBond| bond.order != BondOrder::Unspecified;
        for bond in stated.iter().filter(ordered) {
            let [one, other] = bond.atoms.map(|atom| atom as u32);
            self.stated
                .insert([one.min(other), one.max(other)], bond.order);
        }
    }

    /// Perceives the bonds at new positions (Å). An atom with a non-finite position has no bonds.
    ///
    /// # Errors
    /// If there are too many neighbors because atoms overlap; there are no bonds then.
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
        let cutoff = self.pairs.max_cutoff();
        if cutoff != self.neighbors.cutoff() {
            self.neighbors = NeighborList::half(cutoff, SKIN);
        }
        self.bonds.clear();
        if let Err(error) = self.neighbors.update(positions, cell) {
            self.graph.connect(positions.len(), &[], |_| true);
            return Err(error);
        }
        self.add_bonds(elements, positions);
        let is_connected =
            self.pairs.has_bridges() && !self.weaken_bridged(elements, positions, cell);
        if !is_connected || !self.bonds.iter().all(Bond::holds) {
            self.graph
                .connect(positions.len(), &self.bonds, Bond::holds);
        }
        Ok(())
    }

    /// Weakens bridged bonds; returns whether any bond changed. If none did, the graph has all bonds.
    fn weaken_bridged(
        &mut self,
        elements: &[Element],
        positions: &[DVec3],
        cell: Option<&Cell>,
    ) -> bool {
        self.graph.connect(positions.len(), &self.bonds, |_| true);
        let pairs = &self.pairs;
        let bridge = |[one, other]: [Element; 2]| pairs.row(one)[pairs.index(other)].bridge;
        let length = |bond: &Bond| bond.between(positions, cell).length();
        bridge::weaken_bridged(
            &mut self.bonds,
            &mut self.contacts,
            &self.graph,
            elements,
            bridge,
            length,
        )
    }

    /// Adds a bond for each pair within its limits; pairs of metals that may be bridged go to
    /// `contacts`.
    fn add_bonds(&mut self, elements: &[Element], positions: &[DVec3]) {
        self.contacts.clear();
        let translations = self.neighbors.translations();
        for (atom, &position) in positions.iter().enumerate() {
            let element = elements[atom];
            let pairs = self.pairs.row(element);
            for neighbor in self.neighbors.neighbors(atom) {
                let (other, image) = (neighbor.atom as usize, neighbor.image as usize);
                let vector = positions[other] - position + translations[image];
                let pair = &pairs[self.pairs.index(elements[other])];
                let limits = pair.limits;
                let square = vector.length_squared();
                if square >= limits.cutoff * limits.cutoff {
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

    /// Perceives the orders, from valences and lengths, of the bonds that hold and have no stated order.
    /// Bonds of metals have none, nor have structures of more than [`MAX_ORDERED_ATOMS`] atoms. The
    /// arguments are those of the last update, positions in Å. While the same bonds hold, orders do not change.
    ///
    /// # Panics
    /// If there are fewer positions or elements than at the last update.
    pub fn perceive_orders(
        &mut self,
        elements: &[Element],
        positions: &[DVec3],
        cell: Option<&Cell>,
    ) {
        if positions.len() > MAX_ORDERED_ATOMS {
            return;
        }
        let holding = self.bonds.iter().filter(|bond| bond.holds());
        let keys = holding.map(|bond| (bond.atoms, bond.shift));
        if !keys.eq(self.ordered.iter().map(|(key, _)| *key)) {
            let orders = Orders::perceive(elements, positions, cell, self);
            let all = self.bonds.iter().enumerate();
            let ordered = all.filter(|(_, bond)| bond.holds()).map(|(index, bond)| {
                let pair = bond.atoms.map(|atom| elements[atom as usize]);
                ((bond.atoms, bond.shift), orders.displayed(index, pair))
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

    /// The bonds, sorted by first atom, second atom, shift.
    pub fn list(&self) -> &[Bond] {
        &self.bonds
    }

    /// Bonds of an atom that hold: ascending indices into [`Bonds::list`]. A bond of an atom to its own
    /// image occurs twice.
    ///
    /// # Panics
    /// If the atom is out of range of the last update.
    pub fn of_atom(&self, atom: usize) -> impl Iterator<Item = usize> + '_ {
        self.graph
            .neighbors(atom)
            .iter()
            .map(|neighbor| neighbor.bond as usize)
    }
}
