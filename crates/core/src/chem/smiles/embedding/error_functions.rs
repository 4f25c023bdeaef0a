//! Error functions of the restraints, with gradients, for minimization.
//!
//! The first stage has the error function of T. F. Havel, "Distance Geometry: Theory, Algorithms, and
//! Chemical Applications", Encyclopedia of Computational Chemistry (1998), as RDKit has it; the second
//! has ETKDG's torsion term (S. Riniker and G. A. Landrum, J. Chem. Inf. Model. 55, 2562 (2015), DOI
//! 10.1021/acs.jcim.5b00654).

use glam::DVec3;

use super::restraints::{Bounds, TorsionRestraint, VolumeRestraint};

/// Error of positions `x` (`[atoms, 4]`, Å) in four dimensions; overwrites the gradient.
///
/// E = Σ (d²/u² − 1)² for d > u, + Σ (2 l²/(l² + d²) − 1)² for d < l, over pairs with bounds l, u,
/// + w_V Σ (volume violation)² + w_4 Σ x₄².
pub(super) fn distance_error(
    bounds: &Bounds,
    volumes: &[VolumeRestraint],
    volume_weight: f64,
    fourth_weight: f64,
    x: &[f64],
    gradient: &mut [f64],
) -> f64 {
    gradient.fill(0.0);
    let count = bounds.count;
    let mut energy = 0.0;
    for i in 0..count {
        let own = [x[4 * i], x[4 * i + 1], x[4 * i + 2], x[4 * i + 3]];
        let mut push = [0.0; 4];
        for j in i + 1..count {
            let mut displacement = [0.0; 4];
            let mut squared = 0.0;
            for axis in 0..4 {
                displacement[axis] = own[axis] - x[4 * j + axis];
                squared += displacement[axis] * displacement[axis];
            }
            let upper = bounds.upper[i * count + j] * bounds.upper[i * count + j];
            let lower = bounds.lower[i * count + j] * bounds.lower[i * count + j];
            let (error, slope) = if squared > upper {
                (squared / upper - 1.0, 1.0 / upper)
            } else if squared < lower {
                let sum = lower + squared;
                (2.0 * lower / sum - 1.0, -2.0 * lower / (sum * sum))
            } else {
                continue;
            };
            energy += error * error;
            let factor = 4.0 * error * slope;
            for axis in 0..4 {
                push[axis] += factor * displacement[axis];
                gradient[4 * j + axis] -= factor * displacement[axis];
            }
        }
        for axis in 0..4 {
            gradient[4 * i + axis] += push[axis];
        }
        energy += fourth_weight * own[3] * own[3];
        gradient[4 * i + 3] += 2.0 * fourth_weight * own[3];
    }
    let position = |atom: usize| DVec3::new(x[4 * atom], x[4 * atom + 1], x[4 * atom + 2]);
    energy + volume_energy(volumes, volume_weight, position, 4, gradient)
}

/// Error of positions `x` (`[atoms, 3]`, Å) in three dimensions; overwrites the gradient.
///
/// E = Σ k (d − clamp(d, l, u))² over pairs with half force constants k (`stiffness`, `[atoms, atoms]`),
/// + w_V Σ (volume violation)² + torsion preferences.
pub(super) fn geometry_error(
    bounds: &Bounds,
    stiffness: &[f64],
    volumes: &[VolumeRestraint],
    torsions: &[TorsionRestraint],
    x: &[f64],
    gradient: &mut [f64],
) -> f64 {
    gradient.fill(0.0);
    let count = bounds.count;
    let position = |atom: usize| DVec3::new(x[3 * atom], x[3 * atom + 1], x[3 * atom + 2]);
    let mut energy = 0.0;
    for i in 0..count {
        let own = position(i);
        let mut push = DVec3::ZERO;
        for j in i + 1..count {
            let pair = i * count + j;
            let displacement = own - position(j);
            let squared = displacement.length_squared();
            let (lower, upper) = (bounds.lower[pair], bounds.upper[pair]);
            if squared >= lower * lower && squared <= upper * upper {
                continue;
            }
            let distance = squared.sqrt().max(1e-6);
            let outside = distance - distance.clamp(lower, upper);
            energy += stiffness[pair] * outside * outside;
            let force = 2.0 * stiffness[pair] * outside / distance * displacement;
            push += force;
            add(gradient, 3, j, -force);
        }
        add(gradient, 3, i, push);
    }
    energy += volume_energy(volumes, VOLUME_STIFFNESS, position, 3, gradient);
    for torsion in torsions {
        if let Some((value, gradients)) = torsion.energy(position) {
            energy += value;
            for (atom, slope) in torsion.atoms.into_iter().zip(gradients) {
                add(gradient, 3, atom, slope);
            }
        }
    }
    energy
}

/// Weight w_V of volumes in three dimensions, where the other terms are of the order of 100.
const VOLUME_STIFFNESS: f64 = 20.0;

fn volume_energy(
    volumes: &[VolumeRestraint],
    weight: f64,
    position: impl Fn(usize) -> DVec3 + Copy,
    dimensions: usize,
    gradient: &mut [f64],
) -> f64 {
    let mut energy = 0.0;
    for volume in volumes {
        if let Some((outside, gradients)) = volume.violation(position) {
            energy += weight * outside * outside;
            for (atom, slope) in volume.atoms.into_iter().zip(gradients) {
                add(gradient, dimensions, atom, 2.0 * weight * outside * slope);
            }
        }
    }
    energy
}

fn add(gradient: &mut [f64], dimensions: usize, atom: usize, slope: DVec3) {
    for axis in 0..3 {
        gradient[dimensions * atom + axis] += slope[axis];
    }
}
