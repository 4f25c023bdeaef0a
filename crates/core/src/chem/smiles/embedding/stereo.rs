//! Stereocenters and double bonds, and their validation.

use chematic_smiles::RdkitMolView;
use glam::DVec3;

use super::coordination::Center;
use super::restraints::VolumeRestraint;

/// Minimum volume spanned by the neighbors of a stereocenter, Å³, with four neighbors and with three and
/// the center itself; and its maximum.
const MIN_VOLUME_OF_FOUR: f64 = 5.0;
const MIN_VOLUME_OF_THREE: f64 = 2.0;
const MAX_VOLUME: f64 = 100.0;

/// Fraction of the minimum volume at which validation accepts a stereocenter.
const ACCEPTED_FRACTION: f64 = 0.8;

/// Minimum volume of unit vectors to three neighbors of an atom at a ring fusion: 0.77 in a regular
/// tetrahedron, 0.35 at the ring fusion of a carbapenem.
const MIN_UNIT_VOLUME: f64 = 0.2;

/// Tetrahedral atom to validate: a stereocenter or an atom at a ring fusion.
#[derive(Clone, Copy)]
pub(super) struct Tetrahedron {
    pub(super) atom: usize,
    /// Its neighbors; the atom itself replaces a missing fourth.
    pub(super) corners: [usize; 4],
    /// Sign of the volume of the corners, if the handedness is stated.
    pub(super) sign: Option<f64>,
}

/// Double bond, the neighbors on either side, and the stated cis/trans pair.
#[derive(Clone)]
pub(super) struct DoubleBond {
    pub(super) atoms: [usize; 2],
    sides: [Vec<usize>; 2],
    stated: Option<([usize; 2], bool)>,
}

/// All tetrahedral atoms to validate (RDKit: `findChiralSets`).
pub(super) fn tetrahedra(view: &RdkitMolView) -> Vec<Tetrahedron> {
    (0..view.num_atoms())
        .filter_map(|atom| {
            let of = &view.atoms[atom];
            let sign = match of.chiral_tag {
                1 => Some(-1.0),
                2 => Some(1.0),
                _ => None,
            };
            let mut corners: Vec<usize> = view.neighbors(atom).collect();
            let ring_fusion = matches!(of.atomic_num, 6 | 7)
                && corners.len() == 4
                && view.num_atom_rings(atom) >= 2
                && !view.is_atom_in_ring_of_size(atom, 3);
            if of.atomic_num == 1 || sign.is_none() && !ring_fusion {
                return None;
            }
            if corners.len() == 3 {
                corners.push(atom);
            }
            Some(Tetrahedron {
                atom,
                corners: corners.try_into().ok()?,
                sign,
            })
        })
        .collect()
}

impl Tetrahedron {
    /// The volume restraint of the corners, if the handedness is stated.
    pub(super) fn volume(&self) -> Option<VolumeRestraint> {
        let min = self.min_volume();
        let (lower, upper) = match self.sign? {
            sign if sign > 0.0 => (min, MAX_VOLUME),
            _ => (-MAX_VOLUME, -min),
        };
        Some(VolumeRestraint {
            atoms: self.corners,
            lower,
            upper,
        })
    }

    fn min_volume(&self) -> f64 {
        if self.corners[3] == self.atom {
            MIN_VOLUME_OF_THREE
        } else {
            MIN_VOLUME_OF_FOUR
        }
    }

    /// Whether positions have the stated handedness and the center is inside its corners.
    pub(super) fn holds(&self, positions: &[DVec3]) -> bool {
        let handed = self.volume().is_none_or(|volume| {
            let value = volume.value(|atom| positions[atom]);
            value * self.sign.unwrap_or(1.0) >= ACCEPTED_FRACTION * self.min_volume()
        });
        handed && (self.corners[3] == self.atom || self.is_convex(positions))
    }

    fn is_convex(&self, positions: &[DVec3]) -> bool {
        let center = positions[self.atom];
        let bonds = self
            .corners
            .map(|corner| (positions[corner] - center).normalize_or_zero());
        let volume = |a: usize, b: usize, c: usize| bonds[a].dot(bonds[b].cross(bonds[c]));
        // The center is inside if the volumes of the four triples have alternating signs.
        let volumes = [
            volume(1, 2, 3),
            -volume(0, 2, 3),
            volume(0, 1, 3),
            -volume(0, 1, 2),
        ];
        let sign = volumes[0].signum();
        // Stereocenters have a volume restraint of their own.
        let min = if self.sign.is_some() {
            0.0
        } else {
            MIN_UNIT_VOLUME
        };
        volumes.iter().all(|volume| volume * sign > min)
    }
}

/// All double bonds between atoms with other neighbors (RDKit: `findDoubleBonds`) except at coordination
/// centers, whose ligands may be opposite.
pub(super) fn double_bonds(view: &RdkitMolView, centers: &[Center]) -> Vec<DoubleBond> {
    let center = |atom: usize| centers.iter().any(|center| center.atom == atom);
    (view.bonds.iter())
        .filter(|bond| bond.bond_type == 2 && !center(bond.begin) && !center(bond.end))
        .map(|bond| {
            let side = |atom: usize, other: usize| -> Vec<usize> {
                let single = |neighbor: &usize| {
                    let bond = view.bond_between(atom, *neighbor);
                    bond.is_some_and(|bond| view.bonds[bond].bond_type == 1)
                };
                (view.neighbors(atom))
                    .filter(|neighbor| *neighbor != other)
                    .filter(|neighbor| view.degree(atom) != 2 || single(neighbor))
                    .collect()
            };
            DoubleBond {
                atoms: [bond.begin, bond.end],
                sides: [side(bond.begin, bond.end), side(bond.end, bond.begin)],
                // 2 is Z, 3 is E.
                stated: (bond.stereo > 1 && bond.stereo_atoms.len() == 2).then(|| {
                    (
                        [bond.stereo_atoms[0], bond.stereo_atoms[1]],
                        bond.stereo == 2,
                    )
                }),
            }
        })
        .collect()
}

impl DoubleBond {
    /// The bond with renumbered atoms.
    pub(super) fn renumbered(&self, new_index: &[usize]) -> DoubleBond {
        let side = |atoms: &Vec<usize>| atoms.iter().map(|&atom| new_index[atom]).collect();
        DoubleBond {
            atoms: self.atoms.map(|atom| new_index[atom]),
            sides: [side(&self.sides[0]), side(&self.sides[1])],
            stated: self
                .stated
                .map(|(ends, cis)| (ends.map(|atom| new_index[atom]), cis)),
        }
    }

    /// Whether both sides are bent, and cis/trans is as stated.
    pub(super) fn holds(&self, positions: &[DVec3]) -> bool {
        let [one, other] = self.atoms.map(|atom| positions[atom]);
        let bent = |middle: DVec3, partner: DVec3, side: &[usize]| {
            side.iter().all(|&end| {
                let cosine = (middle - positions[end])
                    .normalize_or_zero()
                    .dot((middle - partner).normalize_or_zero());
                cosine > -0.999
            })
        };
        let sides = self.stated.is_none_or(|([first, last], cis)| {
            let along = other - one;
            let normal = |end: usize, from: DVec3| (positions[end] - from).cross(along);
            (normal(first, one).dot(normal(last, other)) > 0.0) == cis
        });
        sides && bent(one, other, &self.sides[0]) && bent(other, one, &self.sides[1])
    }
}
