//! Adding missing hydrogens.

use glam::DVec3;

use super::bonded_neighbors;
use super::geometry::{DIRECTIONS, Geometry, TorsionReference, directions};
use super::steric::{Obstacle, StericEnvironment, min_by_cost, steric_cost};
use super::valence::Valences;
use crate::chem::neighbors::TooDense;
use crate::chem::structure::Label;
use crate::chem::{Bonds, Element, Structure};

/// Number of missing hydrogens of each atom, `[atoms]`, as added by [`hydrogens`]. `bonds` are those of
/// the structure.
///
/// # Panics
/// If the bonds are of fewer atoms.
pub fn missing_hydrogen_counts(structure: &Structure, bonds: &Bonds) -> Vec<u8> {
    missing(structure, &Valences::of(structure, bonds))
}

/// Missing hydrogens; none on hydrogen itself.
fn missing(structure: &Structure, valences: &Valences) -> Vec<u8> {
    let atoms = structure.elements().iter().zip(&valences.missing);
    atoms
        .map(|(&element, &missing)| if element == Element::H { 0 } else { missing })
        .collect()
}

/// Hydrogens that saturate the selected atoms [default: all], as a structure to append. `bonds` are
/// those of the structure.
///
/// An atom is saturated to the smallest of its common valences ([`Element::valences`]); one with more
/// bonds, as the sulfur of a sulfone, gets none, nor do metals, noble gases and hydrogen. Bond orders
/// that are not stated follow from lengths, best of a relaxed geometry, and ignore charge: an alkoxide
/// or a chloride ion is saturated as if it were neutral, and the charge of the structure stays. Oxygens
/// at the distance of a double bond (carboxylate, nitro, phosphate) get no hydrogen, nor does ammonium.
///
/// Bond lengths are sums of covalent radii; directions are tetrahedral, trigonal or linear. Free
/// torsions minimize the steric cost, which staggers them; hydroxyl and amino groups lie in the plane of
/// an adjacent double bond. Hydrogens are in the order of their atoms, with residue and chain of these
/// if there are labels, and may lie outside the cell.
///
/// # Errors
/// If there are too many neighbors because atoms overlap.
///
/// # Panics
/// If the bonds are of fewer atoms, or a selected atom is out of range.
pub fn hydrogens(
    structure: &Structure,
    bonds: &Bonds,
    selected: Option<&[usize]>,
) -> Result<Structure, TooDense> {
    let valences = Valences::of(structure, bonds);
    let missing = missing(structure, &valences);
    let mut atoms: Vec<usize> = match selected {
        Some(selected) => selected.to_vec(),
        None => (0..structure.len()).collect(),
    };
    atoms.sort_unstable();
    atoms.dedup();
    atoms.retain(|&atom| missing[atom] > 0);
    let environment = StericEnvironment::of(structure)?;
    let mut sites = Sites {
        structure,
        bonds,
        valences,
        hydrogens: vec![Vec::new(); structure.len()],
    };
    // Fixed directions first, then free torsions, isolated atoms last.
    let mut order = atoms.clone();
    order.sort_by_key(|&atom| 2_usize.saturating_sub(bonds.of_atom(atom).count()));
    for atom in order {
        let around = environment.obstacles(atom, &sites.hydrogens);
        sites.hydrogens[atom] = sites.best_hydrogens(atom, usize::from(missing[atom]), &around);
    }
    Ok(collect(structure, &atoms, &sites.hydrogens))
}

fn collect(structure: &Structure, atoms: &[usize], hydrogens: &[Vec<DVec3>]) -> Structure {
    let mut added = Structure::empty();
    for &atom in atoms {
        let position = structure.positions()[atom];
        let label = structure.labels().map(|labels| Label {
            name: "H".to_owned(),
            ..labels[atom].clone()
        });
        for offset in &hydrogens[atom] {
            // A position that overflows is not added.
            let hydrogen = Structure::new(vec![Element::H], vec![position + *offset]);
            if let Ok(mut hydrogen) = hydrogen {
                let labeled = hydrogen.set_labels(label.clone().map(|label| vec![label]));
                debug_assert!(labeled.is_ok(), "one label for one atom");
                added.append(&hydrogen);
            }
        }
    }
    added
}

/// Length of a single bond, Å: the sum of the covalent radii.
pub(super) fn bond_length(one: Element, other: Element) -> f64 {
    one.covalent_radius() + other.covalent_radius()
}

/// A structure with the bonds and valences that determine the directions of new bonds.
pub(super) struct Sites<'a> {
    pub(super) structure: &'a Structure,
    pub(super) bonds: &'a Bonds,
    pub(super) valences: Valences,
    /// Hydrogens added so far, per atom, relative to it, Å.
    pub(super) hydrogens: Vec<Vec<DVec3>>,
}

impl Sites<'_> {
    /// Positions of `count` new hydrogens of an atom with the lowest steric cost, relative to it, Å.
    fn best_hydrogens(&self, atom: usize, count: usize, around: &[Obstacle]) -> Vec<DVec3> {
        let length = bond_length(self.structure.elements()[atom], Element::H);
        let radius = Element::H.van_der_waals_radius();
        let cost = |way: &Vec<DVec3>| {
            let of_one = |direction: &DVec3| steric_cost(around, length * *direction, radius);
            way.iter().map(of_one).sum()
        };
        let best = min_by_cost(self.placements(atom, count), cost)
            .unwrap_or_else(|| one_by_one(around, count, length, radius));
        best.into_iter()
            .map(|direction| length * direction)
            .collect()
    }

    /// Candidate sets of directions of `count` new bonds in the atom's geometry.
    pub(super) fn placements(&self, atom: usize, count: usize) -> Vec<Vec<DVec3>> {
        let existing = self.bond_directions(atom);
        let torsion = match existing.len() {
            1 => self.torsion(atom),
            _ => TorsionReference::None,
        };
        self.geometry(atom).placements(&existing, count, torsion)
    }

    /// Directions of the atom's bonds.
    fn bond_directions(&self, atom: usize) -> Vec<DVec3> {
        let bonded =
            bonded_neighbors(self.structure, self.bonds, atom).map(|(_, _, vector)| vector);
        let all = bonded.chain(self.hydrogens[atom].iter().copied());
        all.filter_map(|vector| vector.try_normalize()).collect()
    }

    fn geometry(&self, atom: usize) -> Geometry {
        let element = self.structure.elements()[atom];
        let planar = element == Element::B
            || element == Element::N
                && self
                    .valences
                    .is_conjugated(self.structure, self.bonds, atom);
        match self.valences.multiple(self.bonds, atom) {
            0 if planar => Geometry::Trigonal,
            0 => Geometry::Tetrahedral,
            1 => Geometry::Trigonal,
            _ => Geometry::Linear,
        }
    }

    /// Torsion reference of an atom with one neighbor: the neighbor's first other bond.
    fn torsion(&self, atom: usize) -> TorsionReference {
        let Some((_, neighbor, vector)) = bonded_neighbors(self.structure, self.bonds, atom).next()
        else {
            return TorsionReference::None;
        };
        let back = -vector;
        let others = bonded_neighbors(self.structure, self.bonds, neighbor).map(|(_, _, way)| way);
        let mut others = others.chain(self.hydrogens[neighbor].iter().copied());
        let Some(other) = others.find(|way| way.distance_squared(back) > 1e-6) else {
            return TorsionReference::None;
        };
        let straight = other.angle_between(vector).sin().abs() < 0.1;
        let conjugated = self.valences.multiple(self.bonds, neighbor) == 1
            && (self.geometry(atom) == Geometry::Trigonal
                || self.structure.elements()[atom] == Element::O);
        if straight {
            TorsionReference::None
        } else if conjugated {
            TorsionReference::Plane(other)
        } else {
            TorsionReference::Eclipsed(other)
        }
    }
}

/// Directions without a geometry, one after another, each of the lowest steric cost.
pub(super) fn one_by_one(
    obstacles: &[Obstacle],
    count: usize,
    length: f64,
    radius: f64,
) -> Vec<DVec3> {
    let mut obstacles = obstacles.to_vec();
    let mut found = Vec::new();
    for _ in 0..count {
        let cost = |direction: &DVec3| steric_cost(&obstacles, length * *direction, radius);
        let Some(best) = min_by_cost(directions(DIRECTIONS), cost) else {
            break;
        };
        obstacles.push(Obstacle::new(length * best, radius));
        found.push(best);
    }
    found
}
