//! Distance bounds at coordination centers, in place of those of organic geometry.

use super::super::graph::{Graph, Kind};
use super::bond_length::bond_length;
use super::coordination::{Center, chelates};
use super::restraints::Bounds;

/// Tolerance of a bond length at a center, Å.
const LENGTH: f64 = 0.01;

/// Tolerance of an angle between ligands, degrees; and where one of the ligands is in a chelate ring.
const ANGLE: f64 = 1.0;
const CHELATE_ANGLE: f64 = 12.0;

/// Angle between the two ligands of a five-membered chelate ring, degrees: ethylenediamine, oxalate. In
/// a ring of four the ligands have the distance that the fourth atom gives them.
const FIVE_RING: [f64; 2] = [76.0, 92.0];

/// What two atoms on either side of a center keep apart, as a fraction of the sum of their van der
/// Waals radii: hydrogens of cis ligands come to 0.7 of it.
const CONTACT: f64 = 0.7;

/// No bound but what triangles give.
const FAR: f64 = 1000.0;

/// Sets the bounds of bonds, angles and distances across all centers.
pub(super) fn apply(
    bounds: &mut Bounds,
    graph: &Graph,
    centers: &[Center],
    hybridization: &[u8],
    van_der_waals: &[f64],
) {
    for center in centers {
        loosen_across(bounds, graph, center, van_der_waals);
    }
    for center in centers {
        set_lengths(bounds, graph, center);
    }
    let atoms: Vec<usize> = centers.iter().map(|center| center.atom).collect();
    for center in centers {
        set_angles(bounds, graph, &atoms, center);
        // The angles at a ligand that is a center itself are its own.
        for &ligand in center
            .ligands
            .iter()
            .filter(|ligand| !atoms.contains(ligand))
        {
            set_angles_at_ligand(bounds, graph, center, ligand, hybridization[ligand], &atoms);
        }
    }
}

/// Pairs whose shortest path leads over or to the center: they only keep apart.
fn loosen_across(bounds: &mut Bounds, graph: &Graph, center: &Center, van_der_waals: &[f64]) {
    let from_center = graph.distances(center.atom, None);
    for (one, &near) in from_center.iter().enumerate() {
        if near == usize::MAX || one == center.atom {
            continue;
        }
        let direct = graph.distances(one, Some(center.atom));
        for other in one + 1..from_center.len() {
            let far = from_center[other];
            let over = other != center.atom && far != usize::MAX && near + far < direct[other];
            if over && near + far >= 2 {
                let lower = CONTACT * (van_der_waals[one] + van_der_waals[other]);
                bounds.set(one, other, lower, FAR);
            }
        }
        if near >= 3 {
            let lower = CONTACT * (van_der_waals[one] + van_der_waals[center.atom]);
            bounds.set(one, center.atom, lower, FAR);
        }
    }
}

/// The length that the organic bounds know is kept, where they know one.
fn set_lengths(bounds: &mut Bounds, graph: &Graph, center: &Center) {
    let node = &graph.0[center.atom];
    for link in &node.neighbors {
        let tolerance = bounds.upper(center.atom, link.atom) - bounds.lower(center.atom, link.atom);
        let known = center.is_known && tolerance < 0.1;
        let numbers = [node.number, graph.0[link.atom].number];
        let dative = link.kind != Kind::Covalent;
        // A carbonyl written M=C=O has the length of M–C≡O.
        let order = if graph.0[link.atom].is_cumulated() {
            1
        } else {
            link.order
        };
        let length = match bond_length(numbers, order, dative) {
            Some(length) if !known => length,
            _ => bounds.middle(center.atom, link.atom),
        };
        bounds.set(center.atom, link.atom, length - LENGTH, length + LENGTH);
    }
}

fn set_angles(bounds: &mut Bounds, graph: &Graph, centers: &[usize], center: &Center) {
    let Some(directions) = &center.directions else {
        return;
    };
    let chelates = chelates(graph, center.atom, &center.ligands);
    let chelated = |ligand: usize| chelates.iter().any(|(pair, _)| pair.contains(&ligand));
    for one in 0..center.ligands.len() {
        for other in one + 1..center.ligands.len() {
            let ideal = directions[one]
                .angle_between(directions[other])
                .to_degrees();
            let ring = chelates.iter().find(|(pair, _)| *pair == [one, other]);
            let pair = [center.ligands[one], center.ligands[other]];
            let tolerance = if chelated(one) || chelated(other) {
                CHELATE_ANGLE
            } else {
                ANGLE
            };
            match ring.map(|(_, size)| size) {
                Some(4) if !bridges(graph, centers, center, pair) => {}
                Some(5) => set_angle(bounds, pair, center.atom, FIVE_RING),
                _ if ideal + tolerance >= 180.0 => {
                    set_straight(bounds, pair, center.atom, tolerance);
                }
                _ => {
                    let interval = [ideal - tolerance, ideal + tolerance];
                    set_angle(bounds, pair, center.atom, interval);
                }
            }
        }
    }
}

/// Whether two ligands are both bonded to another center.
fn bridges(graph: &Graph, centers: &[usize], center: &Center, [one, other]: [usize; 2]) -> bool {
    let bonded = |ligand: usize, atom: usize| {
        (graph.0[ligand].neighbors.iter()).any(|link| link.atom == atom)
    };
    (centers.iter()).any(|&atom| atom != center.atom && bonded(one, atom) && bonded(other, atom))
}

/// Angles between the center and what else is bonded to a ligand, by the ligand's hybridization.
fn set_angles_at_ligand(
    bounds: &mut Bounds,
    graph: &Graph,
    center: &Center,
    ligand: usize,
    hybridization: u8,
    centers: &[usize],
) {
    let around = graph.distances(ligand, Some(center.atom));
    for link in &graph.0[ligand].neighbors {
        if link.atom == center.atom || center.ligands.contains(&link.atom) {
            continue;
        }
        // The ring that the ligand closes with the center over its other neighbors, if it is small.
        let ring = (center.ligands.iter().filter(|other| **other != ligand))
            .map(|other| around[*other].saturating_add(2))
            .min();
        let interval = match (ring, hybridization) {
            (Some(4), _) => [78.0, 105.0],
            (Some(5..=7), _) => [98.0, 140.0],
            _ if centers.contains(&link.atom) => [115.0, 180.0],
            (_, 2) => [174.0, 180.0],
            (_, 3) => [112.0, 132.0],
            (_, 4) => [100.0, 118.0],
            _ => [80.0, 140.0],
        };
        set_angle(bounds, [center.atom, link.atom], ligand, interval);
    }
}

/// The distance of two atoms bonded to a third from the interval of their angle, degrees.
fn set_angle(bounds: &mut Bounds, [one, other]: [usize; 2], middle: usize, degrees: [f64; 2]) {
    let (a, b) = (bounds.middle(one, middle), bounds.middle(middle, other));
    let distance = |degrees: f64| {
        let cosine = degrees.clamp(0.0, 180.0).to_radians().cos();
        (a * a + b * b - 2.0 * a * b * cosine).sqrt()
    };
    bounds.set(one, other, distance(degrees[0]), distance(degrees[1]));
}

/// Two atoms opposite to each other. The distance hardly changes with an angle near 180°, and bonds that
/// lengthen by their tolerance would let it bend by 10°: it starts from the longest bonds.
fn set_straight(bounds: &mut Bounds, [one, other]: [usize; 2], middle: usize, tolerance: f64) {
    let longest = bounds.upper(one, middle) + bounds.upper(middle, other);
    let bent = (0.5 * tolerance).to_radians().cos();
    let lower = longest * bent - 0.25 * LENGTH;
    bounds.set(one, other, lower, longest);
}
