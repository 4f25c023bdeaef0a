//! Restraint model of a molecule: bounds, volumes, torsions and stereochemistry.

use super::restraints::{Bounds, TorsionRestraint, VolumeRestraint};
use super::stereo::{DoubleBond, Tetrahedron};

/// Half force constants of bonds, of distances of atoms two bonds apart, and of all others.
const BOND: f64 = 300.0;
const TWO_BONDS: f64 = 50.0;
const OTHER: f64 = 5.0;

/// Half force constant of distances between ligands, which hardly depend on angles near 180°.
const LIGAND_PAIRS: f64 = 1000.0;

/// Restraints of one connected part.
pub(super) struct PartModel {
    /// Atom indices in the whole molecule.
    pub(super) atoms: Vec<usize>,
    pub(super) bonds: Vec<[usize; 2]>,
    pub(super) bounds: Bounds,
    /// The bounds, with those of bonds narrowed to their mean.
    pub(super) lengths: Bounds,
    pub(super) stiffness: Vec<f64>,
    /// Volumes of stereocenters.
    pub(super) handed: Vec<VolumeRestraint>,
    pub(super) planes: Vec<VolumeRestraint>,
    pub(super) torsions: Vec<TorsionRestraint>,
    pub(super) tetrahedra: Vec<Tetrahedron>,
    pub(super) double_bonds: Vec<DoubleBond>,
    /// Pairs of ligands with an ideal angle at a center.
    pub(super) ideal: Vec<[usize; 2]>,
}

/// Restraints of all parts of a molecule.
pub(super) struct MoleculeModel {
    pub(super) bonds: Vec<[usize; 2]>,
    pub(super) bounds: Bounds,
    pub(super) near: Vec<Vec<bool>>,
    pub(super) handed: Vec<VolumeRestraint>,
    pub(super) planes: Vec<VolumeRestraint>,
    pub(super) torsions: Vec<TorsionRestraint>,
    pub(super) tetrahedra: Vec<Tetrahedron>,
    pub(super) double_bonds: Vec<DoubleBond>,
    pub(super) ideal: Vec<[usize; 2]>,
}

impl MoleculeModel {
    /// The restraints of one part, with its atoms renumbered.
    pub(super) fn part(&self, atoms: Vec<usize>) -> PartModel {
        let mut new_index = vec![usize::MAX; self.near.len()];
        for (index, &atom) in atoms.iter().enumerate() {
            new_index[atom] = index;
        }
        let inside = |atom: usize| new_index[atom] != usize::MAX;
        let volumes = |volumes: &[VolumeRestraint]| -> Vec<VolumeRestraint> {
            (volumes.iter())
                .filter(|volume| inside(volume.atoms[0]))
                .map(|volume| VolumeRestraint {
                    atoms: volume.atoms.map(|atom| new_index[atom]),
                    ..*volume
                })
                .collect()
        };
        let tetrahedra: Vec<Tetrahedron> = (self.tetrahedra.iter())
            .filter(|center| inside(center.atom))
            .map(|center| Tetrahedron {
                atom: new_index[center.atom],
                corners: center.corners.map(|atom| new_index[atom]),
                ..*center
            })
            .collect();
        let mut handed = volumes(&self.handed);
        handed.extend(tetrahedra.iter().filter_map(Tetrahedron::volume));
        let torsions: Vec<TorsionRestraint> = (self.torsions.iter())
            .filter(|torsion| inside(torsion.atoms[0]))
            .map(|torsion| TorsionRestraint {
                atoms: torsion.atoms.map(|atom| new_index[atom]),
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
            .map(|pair| pair.map(|atom| new_index[atom]))
            .collect();
        for &[one, other] in &ideal {
            stiffness[one * count + other] = LIGAND_PAIRS;
            stiffness[other * count + one] = LIGAND_PAIRS;
        }
        // Only the torsion restrains the distance of its ends.
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
            .map(|bond| bond.map(|atom| new_index[atom]))
            .collect();
        let mut lengths = bounds.clone();
        for &[one, other] in &bonds {
            stiffness[one * count + other] = BOND;
            stiffness[other * count + one] = BOND;
            let middle = bounds.middle(one, other);
            lengths.set(one, other, middle, middle);
        }
        PartModel {
            bonds,
            lengths,
            ideal,
            planes: volumes(&self.planes),
            double_bonds: (self.double_bonds.iter())
                .filter(|bond| inside(bond.atoms[1]))
                .map(|bond| bond.renumbered(&new_index))
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
