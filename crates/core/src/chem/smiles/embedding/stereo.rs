//! Stated stereochemistry, and whether positions have it.

use chematic_smiles::RdkitMolView;
use glam::DVec3;

use super::coordination::Center;
use super::restraints::Volume;

/// Volumes that the neighbors of a stereocenter span, Å³: at least this with four neighbors, and with
/// three and the center itself; and at most.
const FOUR: f64 = 5.0;
const THREE: f64 = 2.0;
const LARGEST: f64 = 100.0;

/// Part of the least volume with which a stereocenter passes.
const PASSES: f64 = 0.8;

/// Volume of unit vectors to three neighbors below which an atom where rings meet is squashed: 0.77 in a
/// regular tetrahedron, 0.35 where the rings of a carbapenem meet.
const SQUASHED: f64 = 0.2;

/// A tetrahedral atom that is checked: a stereocenter, or the meeting of rings.
#[derive(Clone, Copy)]
pub(super) struct Tetrahedron {
    pub(super) atom: usize,
    /// Its neighbors; the atom itself stands for a missing fourth.
    pub(super) corners: [usize; 4],
    /// The sign of the volume of the corners, if the handedness is stated.
    pub(super) sign: Option<f64>,
}

/// A double bond: the neighbors on either side of it, and which of them are stated to be cis or trans.
#[derive(Clone)]
pub(super) struct DoubleBond {
    pub(super) atoms: [usize; 2],
    sides: [Vec<usize>; 2],
    stated: Option<([usize; 2], bool)>,
}

/// All tetrahedral atoms that are checked (RDKit's `findChiralSets`).
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
            let meeting = matches!(of.atomic_num, 6 | 7)
                && corners.len() == 4
                && view.num_atom_rings(atom) >= 2
                && !view.is_atom_in_ring_of_size(atom, 3);
            if of.atomic_num == 1 || sign.is_none() && !meeting {
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
    /// The volume of the corners, if it is stated.
    pub(super) fn volume(&self) -> Option<Volume> {
        let least = self.least();
        let (lower, upper) = match self.sign? {
            sign if sign > 0.0 => (least, LARGEST),
            _ => (-LARGEST, -least),
        };
        Some(Volume {
            atoms: self.corners,
            lower,
            upper,
        })
    }

    fn least(&self) -> f64 {
        if self.corners[3] == self.atom {
            THREE
        } else {
            FOUR
        }
    }

    /// Whether positions have the handedness, and no corner is folded into the others.
    pub(super) fn holds(&self, at: &[DVec3]) -> bool {
        let handed = self.volume().is_none_or(|volume| {
            let value = volume.value(|atom| at[atom]);
            value * self.sign.unwrap_or(1.0) >= PASSES * self.least()
        });
        handed && (self.corners[3] == self.atom || self.is_convex(at))
    }

    fn is_convex(&self, at: &[DVec3]) -> bool {
        let center = at[self.atom];
        let arms = self
            .corners
            .map(|corner| (at[corner] - center).normalize_or_zero());
        let volume = |a: usize, b: usize, c: usize| arms[a].dot(arms[b].cross(arms[c]));
        // The center is inside if the four volumes of three arms, taken in turn, have signs that
        // alternate.
        let volumes = [
            volume(1, 2, 3),
            -volume(0, 2, 3),
            volume(0, 1, 3),
            -volume(0, 1, 2),
        ];
        let sign = volumes[0].signum();
        // Handed centers have a volume of their own.
        let least = if self.sign.is_some() { 0.0 } else { SQUASHED };
        volumes.iter().all(|volume| volume * sign > least)
    }
}

/// All double bonds between atoms with other neighbors (RDKit's `findDoubleBonds`) that are no
/// coordination centers, whose ligands may be straight across.
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
    /// With other numbers of the atoms.
    pub(super) fn renumbered(&self, place: &[usize]) -> DoubleBond {
        let side = |atoms: &Vec<usize>| atoms.iter().map(|&atom| place[atom]).collect();
        DoubleBond {
            atoms: self.atoms.map(|atom| place[atom]),
            sides: [side(&self.sides[0]), side(&self.sides[1])],
            stated: self
                .stated
                .map(|(ends, cis)| (ends.map(|atom| place[atom]), cis)),
        }
    }

    /// Whether no side is straight, and the stated ends are on the stated sides.
    pub(super) fn holds(&self, at: &[DVec3]) -> bool {
        let [one, other] = self.atoms.map(|atom| at[atom]);
        let bent = |middle: DVec3, partner: DVec3, side: &[usize]| {
            side.iter().all(|&end| {
                let cosine = (middle - at[end])
                    .normalize_or_zero()
                    .dot((middle - partner).normalize_or_zero());
                cosine > -0.999
            })
        };
        let sides = self.stated.is_none_or(|([first, last], cis)| {
            let along = other - one;
            let normal = |end: usize, from: DVec3| (at[end] - from).cross(along);
            (normal(first, one).dot(normal(last, other)) > 0.0) == cis
        });
        sides && bent(one, other, &self.sides[0]) && bent(other, one, &self.sides[1])
    }
}
