//! The steps of an evaluation, in buffers that are reused.

use std::ops::Range;

use glam::{DMat3, DVec3};
use rayon::prelude::*;

use super::atom::AtomScratch;
use super::edges::CloseNeighbor;
use super::parameters::Parameters;
use super::sums::{Sums, VOIGT};
use crate::chem::Structure;
use crate::chem::neighbors::{NeighborList, TooDense};
use crate::potential::Evaluation;
use crate::potential::simd::dispatch;

/// Minimum number of atoms per group: below it, a thread costs more than it saves.
const MIN_ATOMS: usize = 16;

/// Maximum number of groups; each has its own sums over all atoms.
const MAX_GROUPS: usize = 16;

/// Skin of the neighbor list, Å.
const SKIN: f64 = 0.7;

/// Neighbor list and buffers of an evaluation.
pub(super) struct Workspace {
    neighbors: NeighborList,
    order: Order,
    groups: Vec<Group>,
}

/// The atoms sorted by species, so that the neighbors of one species follow each other in the list.
#[derive(Debug, Default)]
struct Order {
    /// Index in the structure: [atoms].
    atoms: Vec<u32>,
    /// Å: [atoms].
    positions: Vec<DVec3>,
    /// Index after the last atom of each species: [species].
    ends: Vec<usize>,
}

/// Buffers of one thread.
#[derive(Default)]
struct Group {
    scratch: AtomScratch,
    sums: Sums,
}

impl Workspace {
    /// Buffers for a model with a longest cutoff, Å.
    pub(super) fn new(cutoff: f64) -> Workspace {
        Workspace {
            neighbors: NeighborList::full(cutoff, SKIN),
            order: Order::default(),
            groups: Vec::new(),
        }
    }

    /// Energy, forces and stress of a structure of the elements of the parameters.
    pub(super) fn evaluate(
        &mut self,
        parameters: &Parameters,
        structure: &Structure,
    ) -> Result<Evaluation, TooDense> {
        self.order.sort(parameters, structure);
        self.neighbors
            .update(&self.order.positions, structure.cell.as_ref())?;
        let count = structure.len();
        let groups = (count / MIN_ATOMS).clamp(1, MAX_GROUPS);
        self.groups.resize_with(groups, Group::default);
        let (order, neighbors) = (&self.order, &self.neighbors);
        let work = |(index, group): (usize, &mut Group)| {
            let atoms = index * count / groups..(index + 1) * count / groups;
            group.sums.clear(count);
            dispatch!(|_| group.add_atoms(parameters, order, neighbors, atoms.clone()));
        };
        match &mut self.groups[..] {
            [group] => work((0, group)),
            groups => groups.par_iter_mut().enumerate().for_each(work),
        }
        Ok(self.evaluation(structure))
    }

    fn evaluation(&self, structure: &Structure) -> Evaluation {
        let count = structure.len();
        let (mut forces, mut energies) = (vec![DVec3::ZERO; count], vec![0.0; count]);
        let mut virial = [0.0; 6];
        let mut atoms = self.order.atoms.iter();
        for Group { sums, .. } in &self.groups {
            // Energies first: a zip takes from its first iterator before it ends.
            for (energy, atom) in sums.energies.iter().zip(&mut atoms) {
                energies[*atom as usize] = *energy;
            }
            for (atom, force) in self.order.atoms.iter().zip(&sums.forces) {
                forces[*atom as usize] += DVec3::from_array(*force);
            }
            for (sum, more) in virial.iter_mut().zip(sums.virial) {
                *sum += more;
            }
        }
        let cell = structure.cell.as_ref();
        Evaluation {
            energy: energies.iter().sum(),
            forces,
            stress: cell
                .filter(|cell| cell.is_periodic())
                .map(|cell| symmetric(virial) * (1.0 / cell.volume())),
            atom_energies: Some(energies),
            ..Evaluation::default()
        }
    }
}

fn symmetric(components: [f64; 6]) -> DMat3 {
    let mut matrix = [[0.0; 3]; 3];
    for (component, [one, other]) in components.into_iter().zip(VOIGT) {
        matrix[one][other] = component;
        matrix[other][one] = component;
    }
    DMat3::from_cols_array_2d(&matrix)
}

impl Order {
    /// Sorts the atoms by species, those of one species by index.
    fn sort(&mut self, parameters: &Parameters, structure: &Structure) {
        self.atoms.clear();
        self.ends.clear();
        let mut index = [0_u8; 256];
        for (species, element) in parameters.elements.iter().enumerate() {
            index[usize::from(element.number())] = species as u8;
        }
        let species = |atom: &u32| {
            let element = structure.elements()[*atom as usize];
            index[usize::from(element.number())]
        };
        self.atoms.extend(0..structure.len() as u32);
        self.atoms.sort_by_key(species);
        for kind in 0..parameters.elements.len() {
            let end = self
                .atoms
                .partition_point(|atom| usize::from(species(atom)) <= kind);
            self.ends.push(end);
        }
        let position = |atom: &u32| structure.positions()[*atom as usize];
        self.positions.clear();
        self.positions.extend(self.atoms.iter().map(position));
    }
}

impl Group {
    /// Adds some atoms, by their indices in the order of species.
    #[inline(always)]
    fn add_atoms(
        &mut self,
        parameters: &Parameters,
        order: &Order,
        neighbors: &NeighborList,
        atoms: Range<usize>,
    ) {
        let mut species = 0;
        for atom in atoms {
            while order.ends[species] <= atom {
                species += 1;
            }
            self.select(parameters, order, neighbors, atom, species);
            self.scratch
                .add_atom(parameters, atom, species, &mut self.sums);
        }
    }

    /// Selects the neighbors of an atom within the cutoffs of its pairs.
    #[inline(always)]
    fn select(
        &mut self,
        parameters: &Parameters,
        order: &Order,
        list: &NeighborList,
        atom: usize,
        species: usize,
    ) {
        let AtomScratch {
            radial,
            angular,
            close,
            ..
        } = &mut self.scratch;
        radial.clear();
        angular.clear();
        close.clear();
        let (positions, translations) = (&order.positions, list.translations());
        let here = positions[atom];
        let mut rest = list.neighbors(atom);
        for (other, (pair, end)) in parameters
            .pairs_of(species)
            .iter()
            .zip(&order.ends)
            .enumerate()
        {
            let count = rest.partition_point(|neighbor| (neighbor.atom as usize) < *end);
            let (neighbors, others) = rest.split_at(count);
            rest = others;
            radial.begin(other, count);
            angular.begin(other, count);
            for neighbor in neighbors {
                let there = positions[neighbor.atom as usize];
                let d = there - here + translations[neighbor.image as usize];
                let distance2 = d.length_squared();
                radial.push(d, distance2, neighbor.atom, pair.radial.cutoff2);
                angular.push(d, distance2, neighbor.atom, pair.angular.cutoff2);
                if distance2 < pair.zbl_cutoff2 {
                    close.push(CloseNeighbor {
                        d,
                        species: other,
                        other: neighbor.atom as usize,
                    });
                }
            }
            radial.end(pair.radial.cutoff2);
            angular.end(pair.angular.cutoff2);
        }
    }
}
