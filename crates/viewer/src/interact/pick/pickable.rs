//! Atoms and bonds that a ray can hit.

use bevy::prelude::*;
use glam::IVec3;

use super::intersection::{intersect_stick, misses_sphere, misses_sticks};
use crate::interact::aim::{Aim, Hit};
use crate::scene::appearance::AtomAppearance;
use crate::scene::beam::Beam;
use crate::scene::bonds::{drawn_shift, relative_radius};
use crate::scene::bounds::bounding_box;
use crate::scene::coordinates::to_drawn;
use crate::scene::selection::Target;
use mlipview_core::chem::Cell;
use mlipview_core::chem::bonds::Bond;
use mlipview_core::script::BondOpacities;

/// Fraction of a bond's length at either end that counts as the atom.
const ATOM_FRACTION: f32 = 0.25;

/// Everything that can be hit.
pub struct Pickable<'a> {
    /// Drawn position of each atom, Å.
    pub positions: &'a [Vec3],
    /// Appearance of each atom.
    pub appearances: &'a [AtomAppearance],
    /// The drawn bonds.
    pub bonds: &'a [Bond],
    /// Opacities of the bonds.
    pub bond_opacities: &'a BondOpacities,
    /// Cell translation of each atom; empty if all are zero.
    pub shifts: &'a [IVec3],
    /// Radius of single sticks, Å.
    pub stick: f32,
    /// Whether double, triple and aromatic bonds have several sticks.
    pub with_orders: bool,
    /// The cell.
    pub cell: Option<&'a Cell>,
    /// Number of periodic images along each cell vector.
    pub images: [u32; 3],
}

impl Pickable<'_> {
    /// The first atom or bond along a ray; objects thinner than the beam are hit anywhere inside
    /// it.
    pub fn first(&self, ray: Ray3d, beam: Beam) -> Option<Hit> {
        let mut first: Option<Hit> = None;
        let images = images(self.cell, self.images);
        let bounds = if images.len() > 1 {
            Some(self.bounds())
        } else {
            None
        };
        for image in images {
            let ray = Ray3d::new(ray.origin - image, ray.direction);
            if bounds.is_some_and(|(center, radius)| misses_sphere(ray, beam, center, radius)) {
                continue;
            }
            for (target, distance) in [self.first_atom(ray, beam), self.first_stick(ray, beam)]
                .into_iter()
                .flatten()
            {
                if first.is_none_or(|first| distance < first.distance) {
                    let ends = match target {
                        Target::Atom(atom) => [atom; 2],
                        Target::Bond(bond) => self.bonds[bond].atoms.map(|atom| atom as usize),
                    };
                    first = Some(Hit {
                        target,
                        ends,
                        distance,
                        image,
                    });
                }
            }
        }
        first
    }

    /// The hit of a pointer: an object within its hand's reach, otherwise the first along its ray.
    pub(super) fn hit(&self, aim: &Aim) -> Option<Hit> {
        let touched = aim
            .hand_pose
            .and_then(|hand| self.nearest(hand.pose.translation.into(), hand.touch_distance));
        touched.or_else(|| self.first(aim.ray, aim.beam))
    }

    /// The atom or bond whose surface is nearest to a point (Å), within a distance (Å). Bonds
    /// across a cell face are ignored.
    pub fn nearest(&self, point: Vec3, within: f32) -> Option<Hit> {
        let mut nearest: Option<(f32, Hit)> = None;
        for image in images(self.cell, self.images) {
            let point = point - image;
            let mut offer = |gap: f32, target: Target, ends: [usize; 2]| {
                if gap <= within && nearest.is_none_or(|(least, _)| gap < least) {
                    let distance = 0.0;
                    let hit = Hit {
                        target,
                        ends,
                        distance,
                        image,
                    };
                    nearest = Some((gap, hit));
                }
            };
            for (atom, (position, appearance)) in
                self.positions.iter().zip(self.appearances).enumerate()
            {
                if appearance.is_hidden() {
                    continue;
                }
                let gap = position.distance(point) - appearance.radius;
                offer(gap, Target::Atom(atom), [atom; 2]);
            }
            for (index, bond) in self.bonds.iter().enumerate() {
                let ends = bond.atoms.map(|atom| atom as usize);
                if let Some((fraction, gap)) = self.gap_to_stick(bond, point)
                    && (ATOM_FRACTION..=1.0 - ATOM_FRACTION).contains(&fraction)
                {
                    offer(gap, Target::Bond(index), ends);
                }
            }
        }
        nearest.map(|(_, hit)| hit)
    }

    /// Nearest position along a stick (fraction of its length) and the distance from its surface,
    /// Å.
    fn gap_to_stick(&self, bond: &Bond, point: Vec3) -> Option<(f32, f32)> {
        let [one, other] = bond.atoms.map(|atom| atom as usize);
        let (from, to) = (*self.positions.get(one)?, *self.positions.get(other)?);
        if drawn_shift(bond, self.shifts) != IVec3::ZERO || self.is_hidden(bond) {
            return None;
        }
        let axis = to - from;
        let fraction = (point - from).dot(axis) / axis.length_squared();
        let gap = point.distance(from + fraction * axis) - self.radius(bond);
        fraction.is_finite().then_some((fraction, gap))
    }

    /// Whether a bond is not drawn.
    fn is_hidden(&self, bond: &Bond) -> bool {
        self.bond_opacities.of(bond.atoms.map(|atom| atom as usize)) <= 0.0
    }

    /// Radius of a bond with all its sticks, Å.
    fn radius(&self, bond: &Bond) -> f32 {
        self.stick * relative_radius(bond.order.filter(|_| self.with_orders))
    }

    fn first_atom(&self, ray: Ray3d, beam: Beam) -> Option<(Target, f32)> {
        let (origin, direction) = (ray.origin, *ray.direction);
        let mut first = None;
        let mut nearest = f32::INFINITY;
        for (atom, (position, appearance)) in
            self.positions.iter().zip(self.appearances).enumerate()
        {
            if appearance.is_hidden() {
                continue;
            }
            let away = *position - origin;
            let along = away.dot(direction);
            // |away|² − along² would cancel far from the origin.
            let aside = (away - along * direction).length_squared();
            let radius = appearance.radius.max(beam.start + beam.growth * along);
            let inside = radius * radius - aside;
            if inside >= 0.0 && along > 0.0 {
                let distance = (along - inside.sqrt()).max(0.0);
                if distance < nearest {
                    nearest = distance;
                    first = Some(atom);
                }
            }
        }
        first.map(|atom| (Target::Atom(atom), nearest))
    }

    fn first_stick(&self, ray: Ray3d, beam: Beam) -> Option<(Target, f32)> {
        let mut first: Option<(Target, f32)> = None;
        for (index, bond) in self.bonds.iter().enumerate() {
            let [one, other] = bond.atoms.map(|atom| atom as usize);
            let (Some(&from), Some(&to)) = (self.positions.get(one), self.positions.get(other))
            else {
                continue;
            };
            let stick = self.radius(bond);
            let shift = drawn_shift(bond, self.shifts);
            if shift == IVec3::ZERO && misses_sticks(ray, beam, from, stick) || self.is_hidden(bond)
            {
                continue;
            }
            let mut intersect = |ends: [Vec3; 2], atoms: [usize; 2], max_fraction: f32| {
                let Some((fraction, distance)) =
                    intersect_stick(ray, beam, ends, stick, max_fraction)
                else {
                    return;
                };
                if first.is_none_or(|(_, nearest)| distance < nearest) {
                    let target = if fraction < ATOM_FRACTION {
                        Target::Atom(atoms[0])
                    } else if fraction > 1.0 - ATOM_FRACTION {
                        Target::Atom(atoms[1])
                    } else {
                        Target::Bond(index)
                    };
                    first = Some((target, distance));
                }
            };
            match self.cell.filter(|_| shift != IVec3::ZERO) {
                None => intersect([from, to], [one, other], 1.0),
                Some(cell) => {
                    // Across a cell face: each half starts at its own atom.
                    let across = to_drawn(cell.translation(shift));
                    intersect([from, to + across], [one, other], 0.5);
                    intersect([to, from - across], [other, one], 0.5);
                }
            }
        }
        first
    }

    /// Bounding sphere of all atoms.
    fn bounds(&self) -> (Vec3, f32) {
        /// The largest atom radius plus half of the longest bond, Å.
        const MARGIN: f32 = 4.0;
        let corners = bounding_box(self.positions.iter().copied());
        let [low, high] = corners.unwrap_or_default();
        ((low + high) / 2.0, (high - low).length() / 2.0 + MARGIN)
    }
}

/// Translation of each periodic image, Å.
pub fn images(cell: Option<&Cell>, counts: [u32; 3]) -> Vec<Vec3> {
    let Some(cell) = cell else {
        return vec![Vec3::ZERO];
    };
    let periodic = cell.periodic();
    let count = |axis: usize| {
        if periodic[axis] {
            counts[axis].max(1)
        } else {
            1
        }
    };
    let mut images = Vec::new();
    for c in 0..count(2) as i32 {
        for b in 0..count(1) as i32 {
            for a in 0..count(0) as i32 {
                images.push(to_drawn(cell.translation(IVec3::new(a, b, c))));
            }
        }
    }
    images
}
