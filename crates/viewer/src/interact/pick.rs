//! What a ray meets first: atoms and bonds as they are drawn.
//!
//! All atoms are swept in a line, without any grid: 100 000 of them take a fraction of a
//! millisecond, whereas a grid would have to be made anew whenever atoms move, which takes longer
//! than the sweep (`benches/pick.rs`). A ray is only asked again when it or the scene has changed.

use std::sync::Arc;

use bevy::prelude::*;
use glam::IVec3;

use super::aim::{Aim, Aims, Hit, Pointing, Reach};
use crate::scene::appearance::{Look, Looks, Radii};
use crate::scene::beam::Beam;
use crate::scene::bonds::{Bonding, breadth, drawn_shift};
use crate::scene::coordinates::to_drawn;
use crate::scene::displayed::Scene;
use crate::scene::selection::{Hover, Target};
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use mlipview_core::chem::Cell;
use mlipview_core::chem::bonds::Bond;
use mlipview_core::sim::constraint::Hand;

/// How far from either atom, as a share of the bond's length, a stick still belongs to the atom.
const OWN: f32 = 0.25;

/// No bond is longer, Å: 1.3225 of twice the largest covalent radius (2.6 Å).
const LONGEST: f32 = 7.0;

/// All that can be met.
pub struct Pickable<'a> {
    /// Where each atom is drawn, Å.
    pub positions: &'a [Vec3],
    /// How each atom looks.
    pub looks: &'a [Look],
    /// The bonds that are drawn.
    pub bonds: &'a [Bond],
    /// By how many cells each atom is drawn away from where it is; empty when none is.
    pub shifts: &'a [IVec3],
    /// The radius of single sticks, Å.
    pub stick: f32,
    /// Whether double, triple and aromatic bonds are drawn as several sticks.
    pub with_orders: bool,
    /// The cell.
    pub cell: Option<&'a Cell>,
    /// How often the cell is drawn along each of its vectors.
    pub images: [u32; 3],
}

impl Pickable<'_> {
    /// The first atom or bond along a ray; what is thinner than the beam is met anywhere inside it.
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
            if bounds.is_some_and(|(center, radius)| misses(ray, beam, center, radius)) {
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

    /// What an aim meets: what its hand touches, or else the first along its ray.
    fn met(&self, aim: &Aim) -> Option<Hit> {
        let touched = aim
            .reach
            .and_then(|reach| self.nearest(reach.pose.translation.into(), reach.touch));
        touched.or_else(|| self.first(aim.ray, aim.beam))
    }

    /// The atom or bond whose surface is nearest to a point (Å), if that is within a distance (Å). Sticks
    /// that go through a face of the cell are left out: their ends can be touched.
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
            for (atom, (place, look)) in self.positions.iter().zip(self.looks).enumerate() {
                let gap = place.distance(point) - look.radius;
                offer(gap, Target::Atom(atom), [atom; 2]);
            }
            for (index, bond) in self.bonds.iter().enumerate() {
                let ends = bond.atoms.map(|atom| atom as usize);
                if let Some((share, gap)) = self.gap_to_stick(bond, point)
                    && (OWN..=1.0 - OWN).contains(&share)
                {
                    offer(gap, Target::Bond(index), ends);
                }
            }
        }
        nearest.map(|(_, hit)| hit)
    }

    /// Where along a stick it is nearest to a point (as a share of its length) and how near, Å.
    fn gap_to_stick(&self, bond: &Bond, point: Vec3) -> Option<(f32, f32)> {
        let [one, other] = bond.atoms.map(|atom| atom as usize);
        let (from, to) = (*self.positions.get(one)?, *self.positions.get(other)?);
        if drawn_shift(bond, self.shifts) != IVec3::ZERO {
            return None;
        }
        let axis = to - from;
        let share = (point - from).dot(axis) / axis.length_squared();
        let gap = point.distance(from + share * axis) - self.radius(bond);
        share.is_finite().then_some((share, gap))
    }

    /// The radius of a bond with all its sticks, Å.
    fn radius(&self, bond: &Bond) -> f32 {
        self.stick * breadth(bond.order.filter(|_| self.with_orders))
    }

    fn first_atom(&self, ray: Ray3d, beam: Beam) -> Option<(Target, f32)> {
        let (origin, direction) = (ray.origin, *ray.direction);
        let mut first = None;
        let mut nearest = f32::INFINITY;
        for (atom, (position, look)) in self.positions.iter().zip(self.looks).enumerate() {
            let away = *position - origin;
            let along = away.dot(direction);
            // Not |away|² - along², which far from the origin is a difference of large numbers.
            let aside = (away - along * direction).length_squared();
            let radius = look.radius.max(beam.start + beam.growth * along);
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
            if shift == IVec3::ZERO && passes(ray, beam, from, stick) {
                continue;
            }
            let mut meet = |ends: [Vec3; 2], atoms: [usize; 2], most: f32| {
                let Some((share, distance)) = meets(ray, beam, ends, stick, most) else {
                    return;
                };
                if first.is_none_or(|(_, nearest)| distance < nearest) {
                    let target = if share < OWN {
                        Target::Atom(atoms[0])
                    } else if share > 1.0 - OWN {
                        Target::Atom(atoms[1])
                    } else {
                        Target::Bond(index)
                    };
                    first = Some((target, distance));
                }
            };
            match self.cell.filter(|_| shift != IVec3::ZERO) {
                None => meet([from, to], [one, other], 1.0),
                Some(cell) => {
                    // Through a face: each half begins at its own atom.
                    let across = crate::scene::coordinates::to_drawn(cell.translation(shift));
                    meet([from, to + across], [one, other], 0.5);
                    meet([to, from - across], [other, one], 0.5);
                }
            }
        }
        first
    }

    /// A sphere around all atoms.
    fn bounds(&self) -> (Vec3, f32) {
        let finite = || self.positions.iter().filter(|place| place.is_finite());
        let low = finite().fold(Vec3::INFINITY, |low, place| low.min(*place));
        let high = finite().fold(Vec3::NEG_INFINITY, |high, place| high.max(*place));
        // The largest radius of an atom, and half of the longest bond.
        let margin = 4.0;
        ((low + high) / 2.0, (high - low).length() / 2.0 + margin)
    }
}

/// By how much each image of the cell is away from the first, Å.
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

/// Whether a ray goes past all sticks that begin at a point: most do, and this is told faster.
fn passes(ray: Ray3d, beam: Beam, from: Vec3, stick: f32) -> bool {
    let away = from - ray.origin;
    let along = away.dot(*ray.direction);
    let aside = (away - along * *ray.direction).length_squared();
    let reach = LONGEST + stick.max(beam.radius(along + LONGEST));
    aside > reach * reach
}

fn misses(ray: Ray3d, beam: Beam, center: Vec3, radius: f32) -> bool {
    let away = center - ray.origin;
    let along = away.dot(*ray.direction);
    let aside = (away - along * *ray.direction).length();
    aside > radius + beam.radius(along + radius) || along < -radius
}

/// Where along a stick (as a share of its length, up to `most`) and how far along the ray the two
/// meet.
fn meets(
    ray: Ray3d,
    beam: Beam,
    [from, to]: [Vec3; 2],
    stick: f32,
    most: f32,
) -> Option<(f32, f32)> {
    let axis = to - from;
    let away = from - ray.origin;
    // The nearest points of the ray and the segment.
    let (slant, length) = (axis.dot(*ray.direction), axis.length_squared());
    let (along, across) = (away.dot(*ray.direction), away.dot(axis));
    let spread = length - slant * slant;
    let share = if spread > 1e-6 * length {
        ((slant * along - across) / spread).clamp(0.0, most)
    } else {
        most / 2.0
    };
    let along = along + share * slant;
    let gap = (away + share * axis - along * *ray.direction).length_squared();
    let radius = stick.max(beam.radius(along));
    (gap <= radius * radius && along > 0.0)
        .then(|| (share, (along - (radius * radius - gap).sqrt()).max(0.0)))
}

/// What is known of the last question of a hand.
struct Asked {
    hand: Hand,
    pressed: bool,
    ray: Ray3d,
    beam: Beam,
    reach: Option<Reach>,
    versions: [u64; 3],
    style: ([u32; 3], f32),
    hit: Option<Hit>,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (meet, hover)
            .chain()
            .in_set(ViewerSystems::Point)
            .after(Pointing),
    );
}

fn meet(
    scene: Res<Scene>,
    looks: Res<Looks>,
    bonding: Res<Bonding>,
    style: Res<Style>,
    mut aims: ResMut<Aims>,
    mut asked: Local<Vec<Asked>>,
) {
    let perceived = bonding.of(&scene.frame).map(Arc::clone);
    let radii = Radii::of(&style, scene.frame.identity.elements());
    let bonds = perceived.as_deref().map(|perceived| perceived.bonds.list());
    let stick = radii.of_stick();
    let pickable = Pickable {
        positions: scene.positions(),
        looks: looks.list(),
        bonds: bonds.filter(|_| stick.is_some()).unwrap_or(&[]),
        shifts: scene.shifts(),
        stick: stick.unwrap_or(0.0),
        with_orders: perceived
            .as_ref()
            .is_some_and(|perceived| perceived.with_orders),
        cell: scene.frame.cell.as_ref(),
        images: style.images,
    };
    let versions = [scene.version(), looks.version(), bonding.version()];
    let style = (style.images, pickable.stick);
    asked.retain(|asked| aims.of(asked.hand).is_some());
    for aim in aims.list_mut() {
        let before = asked.iter_mut().find(|asked| asked.hand == aim.hand);
        let fresh = before.as_ref().is_none_or(|before| {
            (before.ray, before.beam, before.reach) != (aim.ray, aim.beam, aim.reach)
                || before.versions != versions
                || before.style != style
        });
        // While it stays pressed only what it met at first is of interest.
        let stays = before
            .as_ref()
            .is_some_and(|before| before.pressed && aim.pressed);
        let hit = match &before {
            Some(before) if stays || !fresh => before.hit,
            _ => pickable.met(aim),
        };
        aim.hit = hit;
        let now = Asked {
            hand: aim.hand,
            pressed: aim.pressed,
            ray: aim.ray,
            beam: aim.beam,
            reach: aim.reach,
            versions,
            style,
            hit,
        };
        match before {
            Some(before) => *before = now,
            None => asked.push(now),
        }
    }
}

/// What is pointed at shows it, unless a button is down: what the first of all that point meets.
fn hover(aims: Res<Aims>, mut hover: ResMut<Hover>) {
    let mut idle = aims.list().iter().filter(|aim| !aim.pressed);
    let target = idle.find_map(|aim| Some(aim.hit?.target));
    if hover.target != target {
        hover.target = target;
    }
}
