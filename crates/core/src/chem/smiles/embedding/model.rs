//! What the positions of a molecule must satisfy.

use super::restraints::{Bounds, Torsion, Volume};
use super::stereo::{DoubleBond, Tetrahedron};

/// Half the force constant of bonds, of distances between atoms two bonds apart, and of all others.
const BOND: f64 = 300.0;
const TWO_BONDS: f64 = 50.0;
const OTHER: f64 = 5.0;

/// Of distances between ligands, which change little with an angle near 180°.
const LIGAND_PAIRS: f64 = 1000.0;

/// What the positions of one molecule, all of whose atoms are joined by bonds, must satisfy.
pub(super) struct Model {
    /// The atoms, as they are numbered in the whole.
    pub(super) atoms: Vec<usize>,
    pub(super) bonds: Vec<[usize; 2]>,
    pub(super) bounds: Bounds,
    /// The bounds, those of bonds narrowed to their middle.
    pub(super) lengths: Bounds,
    pub(super) stiffness: Vec<f64>,
    /// Volumes of stated handedness; then those of planes as well.
    pub(super) handed: Vec<Volume>,
    pub(super) planes: Vec<Volume>,
    pub(super) torsions: Vec<Torsion>,
    pub(super) tetrahedra: Vec<Tetrahedron>,
    pub(super) double_bonds: Vec<DoubleBond>,
    /// Pairs of ligands at centers, whose angles are checked.
    pub(super) ideal: Vec<[usize; 2]>,
}

/// What all parts together must satisfy.
pub(super) struct Whole {
    pub(super) bonds: Vec<[usize; 2]>,
    pub(super) bounds: Bounds,
    pub(super) near: Vec<Vec<bool>>,
    pub(super) handed: Vec<Volume>,
    pub(super) planes: Vec<Volume>,
    pub(super) torsions: Vec<Torsion>,
    pub(super) tetrahedra: Vec<Tetrahedron>,
    pub(super) double_bonds: Vec<DoubleBond>,
    pub(super) ideal: Vec<[usize; 2]>,
}

impl Whole {
    /// What one part must satisfy, its atoms numbered anew.
    pub(super) fn part(&self, atoms: Vec<usize>) -> Model {
        let mut place = vec![usize::MAX; self.near.len()];
        for (index, &atom) in atoms.iter().enumerate() {
            place[atom] = index;
        }
        let inside = |atom: usize| place[atom] != usize::MAX;
        let volumes = |volumes: &[Volume]| -> Vec<Volume> {
            (volumes.iter())
                .filter(|volume| inside(volume.atoms[0]))
                .map(|volume| Volume {
                    atoms: volume.atoms.map(|atom| place[atom]),
                    ..*volume
                })
                .collect()
        };
        let tetrahedra: Vec<Tetrahedron> = (self.tetrahedra.iter())
            .filter(|center| inside(center.atom))
            .map(|center| Tetrahedron {
                atom: place[center.atom],
                corners: center.corners.map(|atom| place[atom]),
                ..*center
            })
            .collect();
        let mut handed = volumes(&self.handed);
        handed.extend(tetrahedra.iter().filter_map(Tetrahedron::volume));
        let torsions: Vec<Torsion> = (self.torsions.iter())
            .filter(|torsion| inside(torsion.atoms[0]))
            .map(|torsion| Torsion {
                atoms: torsion.atoms.map(|atom| place[atom]),
                ..torsion.clone()
            })
            .collect();
        let count = atoms.len();
        let mut stiffness = vec![OTHER; count * count];
        for i in 0..count {
            for j in 0..count {
                if self.near[atoms[i]][atoms[j]] {
                    stiffness[i * count + j] = TWO_BONDS;
                }
            }
        }
        let ideal: Vec<[usize; 2]> = (self.ideal.iter())
            .filter(|pair| inside(pair[0]))
            .map(|pair| pair.map(|atom| place[atom]))
            .collect();
        for &[one, other] in &ideal {
            stiffness[one * count + other] = LIGAND_PAIRS;
            stiffness[other * count + one] = LIGAND_PAIRS;
        }
        // The ends of a preferred torsion are held by it alone.
        for torsion in &torsions {
            let [first, _, _, last] = torsion.atoms;
            stiffness[first * count + last] = 0.0;
            stiffness[last * count + first] = 0.0;
        }
        let pair = |i: usize, j: usize| {
            let (i, j) = (atoms[i], atoms[j]);
            (self.bounds.lower(i, j), self.bounds.upper(i, j))
        };
        let bounds = Bounds::new(count, pair);
        let bonds: Vec<[usize; 2]> = (self.bonds.iter())
            .filter(|bond| inside(bond[0]))
            .map(|bond| bond.map(|atom| place[atom]))
            .collect();
        let mut lengths = bounds.clone();
        for &[one, other] in &bonds {
            stiffness[one * count + other] = BOND;
            stiffness[other * count + one] = BOND;
            let middle = bounds.middle(one, other);
            lengths.set(one, other, middle, middle);
        }
        Model {
            bonds,
            lengths,
            ideal,
            planes: volumes(&self.planes),
            double_bonds: (self.double_bonds.iter())
                .filter(|bond| inside(bond.atoms[1]))
                .map(|bond| bond.renumbered(&place))
                .collect(),
            atoms,
            bounds,
            stiffness,
            handed,
            torsions,
            tetrahedra,
        }
    }
}
