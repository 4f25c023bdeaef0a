//! Forces on molecules beside their overlaps: of a shell that keeps them near, and of hands.

use glam::DVec3;

use super::bodies::Bodies;
use super::fixed_atoms::FixedAtoms;

/// How much nearer than the edge of a shell its force begins, Å.
const MARGIN: f64 = 0.1;

/// Stiffness of the pull of a hand, of the stiffness of a contact; and its longest reach, Å.
const STIFFNESS: f64 = 0.5;
const MAX_REACH: f64 = 4.0;

/// An atom that is pulled to a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pull {
    /// Index of the atom in [`Packer::structure`](super::Packer::structure).
    pub atom: usize,
    /// Where it is pulled to, Å.
    pub target: DVec3,
}

/// Pulls the molecules back whose centers are farther than a distance (Å) from the nearest fixed atom:
/// E = ½ N (r − d)², N atoms of a molecule. Returns how many are outside.
pub(super) fn keep_in_shell(
    bodies: &Bodies,
    fixed: &FixedAtoms,
    shell: f64,
    forces: &mut [DVec3],
) -> usize {
    let mut outside = 0;
    for body in &bodies.bodies {
        let Some(nearest) = fixed.nearest(body.center) else {
            continue;
        };
        let distance = nearest.length();
        let depth = distance - (shell - MARGIN);
        if depth > 0.0 {
            let force = depth / distance * nearest;
            let atoms = body.first..body.first + bodies.len_of(body);
            forces[atoms].iter_mut().for_each(|each| *each += force);
            outside += usize::from(distance > shell);
        }
    }
    outside
}

/// Adds the forces of hands: F = k (t − x) on an atom, shared by all atoms of its molecule, so that a large
/// one follows as fast as a small one; bounded by a longest reach.
pub(super) fn pull(bodies: &Bodies, pulls: &[(usize, DVec3)], forces: &mut [DVec3]) {
    for (atom, target) in pulls {
        let Some(body) = bodies.bodies.get(bodies.owners[*atom] as usize) else {
            continue;
        };
        let reach = (*target - bodies.positions[*atom]).clamp_length_max(MAX_REACH);
        forces[*atom] += STIFFNESS * bodies.len_of(body) as f64 * reach;
    }
}
