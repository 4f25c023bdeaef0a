//! A rigid body: mass, center, principal moments and axes of a group of atoms.

use glam::{DMat3, DQuat, DVec3};

use super::free_rotor::{FastRotation, rotate};
use super::outer_product::outer;
use super::principal_axes::principal_axes;
use crate::chem::Structure;

/// A body is linear if its smallest principal moment is below this fraction of the largest: its atoms lie
/// within a hundredth of its length of a line, and a rotation about the line would be too fast to follow.
const LINEAR: f64 = 1e-4;

/// A body is a point if its largest principal moment is below this, amu Å².
const POINT: f64 = 1e-8;

/// A rigid body at one instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::sim) struct Body {
    /// amu.
    pub(in crate::sim) mass: f64,
    /// Center of mass X, Å.
    pub(in crate::sim) center: DVec3,
    /// Principal moments, amu Å², rising; those about which a body cannot rotate are zero.
    moments: DVec3,
    /// Principal axes, the columns of a rotation.
    axes: DMat3,
}

/// Velocities of a rigid body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::sim) struct Motion {
    /// Velocity of the center of mass V, Å/fs.
    pub(in crate::sim) linear: DVec3,
    /// Angular velocity ω, rad/fs.
    pub(in crate::sim) angular: DVec3,
}

impl Motion {
    /// V + ω × r at an arm r (Å) from the center, Å/fs.
    pub(in crate::sim) fn velocity_at(&self, arm: DVec3) -> DVec3 {
        self.linear + self.angular.cross(arm)
    }
}

impl Body {
    /// The body of a group of atoms of a structure, at other positions (Å, `[atoms]`).
    pub(in crate::sim) fn of(structure: &Structure, positions: &[DVec3], group: &[usize]) -> Body {
        let (mut mass, mut moment) = (0.0, DVec3::ZERO);
        for &atom in group {
            mass += structure.mass(atom);
            moment += structure.mass(atom) * positions[atom];
        }
        let center = moment / mass;
        let mut inertia = DMat3::ZERO;
        for &atom in group {
            let arm = positions[atom] - center;
            let squared = DMat3::from_diagonal(DVec3::splat(arm.length_squared()));
            inertia += structure.mass(atom) * (squared - outer(arm, arm));
        }
        let (mut moments, axes) = principal_axes(inertia);
        if moments.z < POINT {
            moments = DVec3::ZERO;
        } else if moments.x < LINEAR * moments.z {
            moments.x = 0.0;
        }
        Body {
            mass,
            center,
            moments,
            axes,
        }
    }

    /// 3 of a point, 5 of a linear body, else 6.
    pub(in crate::sim) fn degrees_of_freedom(&self) -> usize {
        let rotations = self.moments.to_array();
        3 + rotations.iter().filter(|moment| **moment > 0.0).count()
    }

    /// Radius of gyration (Σ r²/n)^½ about the center of mass, Å; zero of a point.
    pub(in crate::sim) fn radius(&self, positions: &[DVec3], group: &[usize]) -> f64 {
        if self.moments.z == 0.0 {
            return 0.0;
        }
        let squared = |&atom: &usize| positions[atom].distance_squared(self.center);
        (group.iter().map(squared).sum::<f64>() / group.len() as f64).sqrt()
    }

    /// The rigid motion with the momentum and angular momentum of the atoms at some velocities (Å/fs,
    /// `[atoms]`).
    pub(in crate::sim) fn motion(
        &self,
        structure: &Structure,
        positions: &[DVec3],
        velocities: &[DVec3],
        group: &[usize],
    ) -> Motion {
        let (mut momentum, mut angular_momentum) = (DVec3::ZERO, DVec3::ZERO);
        for &atom in group {
            let momentum_of_atom = structure.mass(atom) * velocities[atom];
            momentum += momentum_of_atom;
            angular_momentum += (positions[atom] - self.center).cross(momentum_of_atom);
        }
        Motion {
            linear: momentum / self.mass,
            angular: self.axes * self.over_moments(self.axes.transpose() * angular_momentum),
        }
    }

    /// The rotation, and the motion after it, of a body without torque over `duration` (fs).
    ///
    /// # Errors
    /// If it rotates too fast.
    pub(super) fn rotate_freely(
        &self,
        motion: Motion,
        duration: f64,
    ) -> Result<(DMat3, Motion), FastRotation> {
        let angular = self.axes.transpose() * motion.angular;
        if self.moments.x == 0.0 {
            // Across the line of a linear body both moments are the same: ω is constant.
            let rotation = DQuat::from_scaled_axis(duration * motion.angular);
            return Ok((DMat3::from_quat(rotation), motion));
        }
        let (turn, angular) = rotate(self.moments, self.moments * angular, duration)?;
        let axes = self.axes * turn;
        let motion = Motion {
            angular: axes * self.over_moments(angular),
            ..motion
        };
        // By way of a quaternion, since a product of matrices is orthogonal only up to rounding errors,
        // which would add up over many steps.
        let rotation = DQuat::from_mat3(&(axes * self.axes.transpose()));
        Ok((DMat3::from_quat(rotation / rotation.length()), motion))
    }

    /// L/I along the principal axes, without those that the body cannot rotate about.
    fn over_moments(&self, angular_momentum: DVec3) -> DVec3 {
        let along = |axis: usize| match self.moments[axis] {
            0.0 => 0.0,
            moment => angular_momentum[axis] / moment,
        };
        DVec3::new(along(0), along(1), along(2))
    }
}
