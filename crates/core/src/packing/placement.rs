//! First places of molecules, and new ones for those that are stuck.

use glam::{DQuat, DVec3};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, RngExt};

use super::bodies::Bodies;
use super::fixed_atoms::FixedAtoms;
use crate::chem::Cell;

/// Places that are tried for a molecule that moves elsewhere; the emptiest is taken.
const TRIES: usize = 30;

/// The most points of a grid for each molecule.
const MAX_GRID: usize = 256;

/// Places all molecules on the points of a grid in random order, displaced at random, with random
/// orientations; grid points near fixed atoms are left out as long as there are enough others.
pub(super) fn scatter(
    bodies: &mut Bodies,
    cell: &Cell,
    fixed: &FixedAtoms,
    distance: f64,
    random: &mut impl Rng,
) {
    let count = bodies.bodies.len();
    let is_clear = |point: DVec3| {
        let nearest = fixed.nearest(point).map(|nearest| nearest.length());
        nearest.is_none_or(|nearest| nearest > distance) && fixed.is_in_shell(point)
    };
    let mut sides = sides(cell, count);
    let mut points = grid(cell, sides);
    loop {
        points.retain(|point| is_clear(*point));
        // A framework may leave little room: then the molecules are pushed into it.
        if points.len() >= count || sides.iter().product::<usize>() > MAX_GRID * count {
            break;
        }
        sides = sides.map(|side| side + side.div_ceil(8));
        points = grid(cell, sides);
    }
    while points.len() < count {
        let place = random_place(cell, random);
        let near = points.choose(random).copied().unwrap_or(place);
        points.push(if fixed.is_in_shell(place) {
            place
        } else {
            near
        });
    }
    points.shuffle(random);
    let spacing = (cell.volume() / points.len() as f64).cbrt();
    for (index, point) in points.into_iter().take(count).enumerate() {
        let shift: [f64; 3] = std::array::from_fn(|_| random.random_range(-0.25..0.25));
        let body = &mut bodies.bodies[index];
        body.center = point + spacing * DVec3::from_array(shift);
        body.orientation = orientation(random);
        bodies.place(index);
    }
}

/// Numbers of grid points along the vectors of a cell, at least `count` together.
fn sides(cell: &Cell, count: usize) -> [usize; 3] {
    let lengths = cell.lengths();
    let spacing = (lengths.iter().product::<f64>() / count as f64).cbrt();
    let mut sides = lengths.map(|length| ((length / spacing).round() as usize).max(1));
    while sides.iter().product::<usize>() < count {
        let widest = (0..3).max_by(|one, other| {
            let of = |axis: usize| lengths[axis] / sides[axis] as f64;
            of(*one).total_cmp(&of(*other))
        });
        sides[widest.unwrap_or(0)] += 1;
    }
    sides
}

fn grid(cell: &Cell, sides: [usize; 3]) -> Vec<DVec3> {
    let mut points = Vec::with_capacity(sides.iter().product());
    for x in 0..sides[0] {
        for y in 0..sides[1] {
            for z in 0..sides[2] {
                let index = DVec3::new(x as f64, y as f64, z as f64) + 0.5;
                points
                    .push(cell.cartesian(index / DVec3::from_array(sides.map(|side| side as f64))));
            }
        }
    }
    points
}

/// Moves a molecule to the emptiest of some random places, with a random orientation.
pub(super) fn move_elsewhere(
    bodies: &mut Bodies,
    index: usize,
    cell: &Cell,
    fixed: &FixedAtoms,
    random: &mut impl Rng,
) {
    let own = bodies.bodies[index].first..;
    let own = own.start..own.start + bodies.len_of(&bodies.bodies[index]);
    let room = |point: DVec3| {
        let atoms = bodies.positions.iter().enumerate();
        let others = atoms.filter(|(atom, _)| !own.contains(atom));
        let distances = others.map(|(_, atom)| cell.minimum_image(*atom - point).length_squared());
        distances.fold(f64::INFINITY, f64::min)
    };
    let places: Vec<DVec3> = (0..TRIES).map(|_| random_place(cell, random)).collect();
    let best = places
        .into_iter()
        .filter(|place| fixed.is_in_shell(*place))
        .max_by(|one, other| room(*one).total_cmp(&room(*other)));
    let body = &mut bodies.bodies[index];
    body.center = best.unwrap_or(body.center);
    body.orientation = orientation(random);
    (body.velocity, body.spin) = (DVec3::ZERO, DVec3::ZERO);
    bodies.place(index);
}

/// A uniform random place in a cell, Å.
fn random_place(cell: &Cell, random: &mut impl Rng) -> DVec3 {
    cell.cartesian(DVec3::from_array(std::array::from_fn(|_| random.random())))
}

/// A uniform random orientation: K. Shoemake, in Graphics Gems III (1992), p. 124.
fn orientation(random: &mut impl Rng) -> DQuat {
    let [share, one, other]: [f64; 3] = std::array::from_fn(|_| random.random());
    let (one, other) = (std::f64::consts::TAU * one, std::f64::consts::TAU * other);
    let [near, far] = [(1.0 - share).sqrt(), share.sqrt()];
    DQuat::from_xyzw(
        near * one.sin(),
        near * one.cos(),
        far * other.sin(),
        far * other.cos(),
    )
}
