//! Distance bounds at coordination centers, which replace those of organic chemistry.

use super::super::graph::{BondKind, MolecularGraph};
use super::bond_length::bond_length;
use super::coordination::{Center, chelates};
use super::restraints::Bounds;

/// Tolerance of a bond length at a center, Å.
const LENGTH_TOLERANCE: f64 = 0.01;

/// Tolerance of an angle between ligands, degrees; and where one of the ligands is in a chelate ring.
const ANGLE_TOLERANCE: f64 = 1.0;
const CHELATE_ANGLE_TOLERANCE: f64 = 12.0;

/// Bite angle of a five-membered chelate ring, degrees: ethylenediamine, oxalate. In a four-membered
/// ring the fourth atom determines the distance of the ligands.
const FIVE_RING_ANGLES: [f64; 2] = [76.0, 92.0];

/// Minimum distance of atoms on different sides of a center, as a fraction of the sum of their van der
/// Waals radii: as close as hydrogens of cis ligands.
const MIN_CONTACT: f64 = 0.7;

/// Upper bound of unrestrained distances, Å; triangle smoothing lowers it.
const MAX_DISTANCE: f64 = 1000.0;

/// Sets the bounds of bonds, angles and distances across all centers.
pub(super) fn apply(
    bounds: &mut Bounds,
    graph: &MolecularGraph,
    centers: &[Center],
    hybridization: &[u8],
    van_der_waals: &[f64],
) {
    for center in centers {
        remove_upper_bounds(bounds, graph, center, van_der_waals);
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

/// Leaves only a lower bound to pairs whose shortest path leads over or to the center.
fn remove_upper_bounds(
    bounds: &mut Bounds,
    graph: &MolecularGraph,
    center: &Center,
    van_der_waals: &[f64],
) {
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
                let lower = MIN_CONTACT * (van_der_waals[one] + van_der_waals[other]);
                bounds.set(one, other, lower, MAX_DISTANCE);
            }
        }
        if near >= 3 {
            let lower = MIN_CONTACT * (van_der_waals[one] + van_der_waals[center.atom]);
            bounds.set(one, center.atom, lower, MAX_DISTANCE);
        }
    }
}

/// Sets bond lengths at a center; a length from the organic bounds is kept.
fn set_lengths(bounds: &mut Bounds, graph: &MolecularGraph, center: &Center) {
    let node = &graph.0[center.atom];
    for link in &node.neighbors {
        let tolerance = bounds.upper(center.atom, link.atom) - bounds.lower(center.atom, link.atom);
        let known = center.is_known && tolerance < 0.1;
        let numbers = [node.number, graph.0[link.atom].number];
        let dative = link.kind != BondKind::Covalent;
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
        bounds.set(
            center.atom,
            link.atom,
            length - LENGTH_TOLERANCE,
            length + LENGTH_TOLERANCE,
        );
    }
}

/// Sets the distances between the ligands of a center from the angles of its polyhedron.
fn set_angles(bounds: &mut Bounds, graph: &MolecularGraph, centers: &[usize], center: &Center) {
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
                CHELATE_ANGLE_TOLERANCE
            } else {
                ANGLE_TOLERANCE
            };
            match ring.map(|(_, size)| size) {
                Some(4) if !bridges(graph, centers, center, pair) => {}
                Some(5) => set_angle(bounds, pair, center.atom, FIVE_RING_ANGLES),
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
fn bridges(
    graph: &MolecularGraph,
    centers: &[usize],
    center: &Center,
    [one, other]: [usize; 2],
) -> bool {
    let bonded = |ligand: usize, atom: usize| {
        (graph.0[ligand].neighbors.iter()).any(|link| link.atom == atom)
    };
    (centers.iter()).any(|&atom| atom != center.atom && bonded(one, atom) && bonded(other, atom))
}

/// Sets the angles at a ligand between the center and the ligand's other neighbors, by hybridization.
fn set_angles_at_ligand(
    bounds: &mut Bounds,
    graph: &MolecularGraph,
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
        // Size of the smallest ring through the ligand and the center.
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

/// Sets the distance of two atoms bonded to a third from the interval of their angle θ, degrees:
/// d² = a² + b² − 2 a b cos θ.
fn set_angle(bounds: &mut Bounds, [one, other]: [usize; 2], middle: usize, degrees: [f64; 2]) {
    let (a, b) = (bounds.middle(one, middle), bounds.middle(middle, other));
    let distance = |degrees: f64| {
        let cosine = degrees.clamp(0.0, 180.0).to_radians().cos();
        (a * a + b * b - 2.0 * a * b * cosine).sqrt()
    };
    bounds.set(one, other, distance(degrees[0]), distance(degrees[1]));
}

/// Sets the distance of two opposite atoms. Near 180° the distance hardly depends on the angle, and bond
/// tolerances would allow bending by 10°; the bounds therefore use the longest bonds.
fn set_straight(bounds: &mut Bounds, [one, other]: [usize; 2], middle: usize, tolerance: f64) {
    let longest = bounds.upper(one, middle) + bounds.upper(middle, other);
    let bent = (0.5 * tolerance).to_radians().cos();
    let lower = longest * bent - 0.25 * LENGTH_TOLERANCE;
    bounds.set(one, other, lower, longest);
}
