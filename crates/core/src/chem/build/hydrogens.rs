//! The hydrogens that a structure lacks.

use glam::DVec3;

use super::arms;
use super::crowd::{Crowd, Obstacle, crowding, least};
use super::shape::{About, DIRECTIONS, Shape, directions};
use super::valence::Valences;
use crate::chem::neighbors::TooDense;
use crate::chem::structure::Label;
use crate::chem::{Bonds, Element, Structure};

/// How many hydrogens each atom lacks, as [`hydrogens`] would add them. The bonds are those of the
/// structure.
///
/// # Panics
/// If the bonds are of fewer atoms.
pub fn missing_hydrogens(structure: &Structure, bonds: &Bonds) -> Vec<u8> {
    wanted(structure, &Valences::of(structure, bonds))
}

/// Hydrogens complete others, not each other.
fn wanted(structure: &Structure, valences: &Valences) -> Vec<u8> {
    let atoms = structure.elements().iter().zip(&valences.lacking);
    atoms
        .map(|(&element, &lacking)| if element == Element::H { 0 } else { lacking })
        .collect()
}

/// The hydrogens that complete the valences of the atoms chosen, or of all: to be appended behind the
/// structure. The bonds are those of the structure.
///
/// An atom is completed to the smallest of its usual valences ([`Element::valences`]); one that has
/// more bonds, as the sulfur of a sulfone, gets none, and nor do metals, noble gases and hydrogen. Bond
/// orders that are not stated are guessed from lengths: best of a relaxed geometry, and without regard
/// to charge. So an alkoxide or a chloride ion is completed as if it were neutral, and the charge of
/// the structure stays as it is; oxygens as near as by a double bond (carboxylate, nitro, phosphate)
/// stay bare, and so does ammonium.
///
/// Bonds are as long as the sum of the covalent radii, and leave in tetrahedral, trigonal or linear
/// directions; what can turn is turned to where most room is, which staggers it, and hydroxyl and amino
/// groups lie in the plane of a double bond beside them. The hydrogens come in the order of their atoms,
/// with residue and chain of these where there are labels; they may lie outside the cell.
///
/// # Errors
/// If so many atoms are on top of each other that nobody could see what is near.
///
/// # Panics
/// If the bonds are of fewer atoms, or one that is not there is chosen.
pub fn hydrogens(
    structure: &Structure,
    bonds: &Bonds,
    chosen: Option<&[usize]>,
) -> Result<Structure, TooDense> {
    let valences = Valences::of(structure, bonds);
    let wanted = wanted(structure, &valences);
    let mut atoms: Vec<usize> = match chosen {
        Some(chosen) => chosen.to_vec(),
        None => (0..structure.len()).collect(),
    };
    atoms.sort_unstable();
    atoms.dedup();
    atoms.retain(|&atom| wanted[atom] > 0);
    let crowd = Crowd::of(structure)?;
    let mut sites = Sites {
        structure,
        bonds,
        valences,
        hydrogens: vec![Vec::new(); structure.len()],
    };
    // Those that have no choice first, those that can turn behind them, those alone last.
    let mut order = atoms.clone();
    order.sort_by_key(|&atom| 2_usize.saturating_sub(bonds.of_atom(atom).count()));
    for atom in order {
        let around = crowd.around(atom, &sites.hydrogens);
        sites.hydrogens[atom] = sites.best_hydrogens(atom, usize::from(wanted[atom]), &around);
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
            // Sums of finite numbers of a sane size are finite; what is not, is left out.
            let hydrogen = Structure::new(vec![Element::H], vec![position + *offset]);
            if let Ok(mut hydrogen) = hydrogen {
                let labelled = hydrogen.set_labels(label.clone().map(|label| vec![label]));
                debug_assert!(labelled.is_ok(), "one label for one atom");
                added.append(&hydrogen);
            }
        }
    }
    added
}

/// The length of a single bond, Å: the sum of the covalent radii.
pub(super) fn bond_length(one: Element, other: Element) -> f64 {
    one.covalent_radius() + other.covalent_radius()
}

/// The atoms with all that says where new bonds may go.
pub(super) struct Sites<'a> {
    pub(super) structure: &'a Structure,
    pub(super) bonds: &'a Bonds,
    pub(super) valences: Valences,
    /// The hydrogens that each atom has been given so far, from it to them, Å.
    pub(super) hydrogens: Vec<Vec<DVec3>>,
}

impl Sites<'_> {
    /// The best places for so many new hydrogens of an atom, from it, Å.
    fn best_hydrogens(&self, atom: usize, count: usize, around: &[Obstacle]) -> Vec<DVec3> {
        let length = bond_length(self.structure.elements()[atom], Element::H);
        let radius = Element::H.van_der_waals_radius();
        let cost = |way: &Vec<DVec3>| {
            let of_one = |direction: &DVec3| crowding(around, length * *direction, radius);
            way.iter().map(of_one).sum()
        };
        let best = least(self.ways(atom, count), cost)
            .unwrap_or_else(|| one_by_one(around, count, length, radius));
        best.into_iter()
            .map(|direction| length * direction)
            .collect()
    }

    /// The ways in which the atom's shape lets so many bonds be added.
    pub(super) fn ways(&self, atom: usize, count: usize) -> Vec<Vec<DVec3>> {
        let taken = self.taken(atom);
        let about = match taken.len() {
            1 => self.about(atom),
            _ => About::Nothing,
        };
        self.shape(atom).ways(&taken, count, about)
    }

    /// The directions of the atom's bonds.
    fn taken(&self, atom: usize) -> Vec<DVec3> {
        let bonded = arms(self.structure, self.bonds, atom).map(|(_, _, vector)| vector);
        let all = bonded.chain(self.hydrogens[atom].iter().copied());
        all.filter_map(|vector| vector.try_normalize()).collect()
    }

    fn shape(&self, atom: usize) -> Shape {
        let element = self.structure.elements()[atom];
        let planar = element == Element::B
            || element == Element::N
                && self
                    .valences
                    .is_conjugated(self.structure, self.bonds, atom);
        match self.valences.multiple(self.bonds, atom) {
            0 if planar => Shape::Trigonal,
            0 => Shape::Tetrahedral,
            1 => Shape::Trigonal,
            _ => Shape::Linear,
        }
    }

    /// What an atom with a single neighbor turns relative to: the neighbor's first other bond.
    fn about(&self, atom: usize) -> About {
        let Some((_, neighbor, vector)) = arms(self.structure, self.bonds, atom).next() else {
            return About::Nothing;
        };
        let back = -vector;
        let others = arms(self.structure, self.bonds, neighbor).map(|(_, _, way)| way);
        let mut others = others.chain(self.hydrogens[neighbor].iter().copied());
        let Some(other) = others.find(|way| way.distance_squared(back) > 1e-6) else {
            return About::Nothing;
        };
        let straight = other.angle_between(vector).sin().abs() < 0.1;
        let conjugated = self.valences.multiple(self.bonds, neighbor) == 1
            && (self.shape(atom) == Shape::Trigonal
                || self.structure.elements()[atom] == Element::O);
        if straight {
            About::Nothing
        } else if conjugated {
            About::Plane(other)
        } else {
            About::Eclipsed(other)
        }
    }
}

/// Directions without a rule: each where most room is.
pub(super) fn one_by_one(
    obstacles: &[Obstacle],
    count: usize,
    length: f64,
    radius: f64,
) -> Vec<DVec3> {
    let mut obstacles = obstacles.to_vec();
    let mut found = Vec::new();
    for _ in 0..count {
        let cost = |direction: &DVec3| crowding(&obstacles, length * *direction, radius);
        let Some(best) = least(directions(DIRECTIONS), cost) else {
            break;
        };
        obstacles.push(Obstacle::new(length * best, radius));
        found.push(best);
    }
    found
}
