//! The motion of a rigid body without torque.

use glam::{DMat3, DQuat, DVec3};

/// Maximum angle of one substep, rad: relative errors of the energy stay below 1e-9.
const MAX_ANGLE: f64 = 0.1;

/// Maximum angle of all substeps, rad: about one and a half rotations in one step.
const MAX_TOTAL_ANGLE: f64 = 10.0;

/// A rotation that is too fast for the duration of a step.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "a rigid body rotates by {angle:.1} rad in one step, expected at most {MAX_TOTAL_ANGLE} rad: use a shorter \
     timestep, or relax the structure first"
)]
pub struct FastRotation {
    /// An upper bound of the angle, rad.
    pub angle: f64,
}

/// Rotates a body with principal moments I (amu Å²) and angular momentum L (amu Å²/fs), both along its
/// axes, for `duration` (fs). Returns the rotation R of the body, in the frame of its old axes, and the
/// angular momentum along its new ones, Rᵀ L.
///
/// The kinetic energy T = Σ Lₖ²/(2 Iₖ) is split by axes. The flow of one term is exact: a rotation about
/// axis k by the angle Lₖ t/Iₖ. In the order 1, 2, 3, 2, 1 with half steps of the first four they form a
/// time-reversible symplectic step (A. Dullweber, B. Leimkuhler & R. McLachlan, J. Chem. Phys. 107, 5840
/// (1997), eq. 30), and five of these with the lengths of [`STAGES`] one of fourth order. Rotations
/// conserve the angular momentum in space exactly.
///
/// # Errors
/// If the body rotates by more than 10 rad, or its velocity is not finite.
pub(super) fn rotate(
    moments: DVec3,
    angular_momentum: DVec3,
    duration: f64,
) -> Result<(DMat3, DVec3), FastRotation> {
    let mut rotor = Rotor {
        moments,
        angular_momentum,
        rotation: DQuat::IDENTITY,
    };
    // An upper bound of the angular velocity that is conserved, so that the way back takes as many
    // substeps.
    let twice_energy = angular_momentum.dot(angular_momentum / moments);
    let angle = (twice_energy / moments.min_element()).sqrt() * duration.abs();
    if angle.is_nan() || angle > MAX_TOTAL_ANGLE {
        return Err(FastRotation { angle });
    }
    let substeps = (angle / MAX_ANGLE).ceil().max(1.0);
    for _ in 0..substeps as u32 {
        for stage in STAGES {
            rotor.step(stage * duration / substeps);
        }
    }
    let rotation = DMat3::from_quat(rotor.rotation / rotor.rotation.length());
    Ok((rotation, rotation.transpose() * angular_momentum))
}

/// 1/(4 − 4^(1/3)), with which the errors of third order cancel.
const OUTER_STAGE: f64 = 0.414_490_771_794_375_7;

/// Lengths of the five stages of a step of fourth order (M. Suzuki, Phys. Lett. A 146, 319 (1990),
/// 10.1016/0375-9601(90)90962-N).
const STAGES: [f64; 5] = [
    OUTER_STAGE,
    OUTER_STAGE,
    1.0 - 4.0 * OUTER_STAGE,
    OUTER_STAGE,
    OUTER_STAGE,
];

/// A body that rotates.
struct Rotor {
    moments: DVec3,
    /// Along the present axes.
    angular_momentum: DVec3,
    /// From the old axes to the present ones.
    rotation: DQuat,
}

impl Rotor {
    /// A step of second order.
    fn step(&mut self, duration: f64) {
        for (axis, share) in [(0, 0.5), (1, 0.5), (2, 1.0), (1, 0.5), (0, 0.5)] {
            let angle = share * duration * self.angular_momentum[axis] / self.moments[axis];
            let turn = DQuat::from_axis_angle(DVec3::AXES[axis], angle);
            self.angular_momentum = turn.conjugate() * self.angular_momentum;
            self.rotation *= turn;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    /// Moments of water, amu Å², and an angular momentum at about 300 K.
    const MOMENTS: DVec3 = DVec3::new(0.62, 1.16, 1.78);
    const ANGULAR_MOMENTUM: DVec3 = DVec3::new(0.013, 0.016, -0.021);

    #[test]
    fn a_rotation_conserves_energy_and_angular_momentum() {
        let energy = |l: DVec3| 0.5 * l.dot(l / MOMENTS);
        let (mut l, mut whole) = (ANGULAR_MOMENTUM, DMat3::IDENTITY);
        for _ in 0..10_000 {
            let (rotation, next) = rotate(MOMENTS, l, 1.0).unwrap();
            (l, whole) = (next, whole * rotation);
            let error = energy(l) / energy(ANGULAR_MOMENTUM) - 1.0;
            assert!(error.abs() < 1e-8, "{error}");
        }
        assert!((whole * l - ANGULAR_MOMENTUM).length() < 1e-10 * l.length());
    }

    #[test]
    fn one_long_rotation_is_many_short_ones() {
        let (long, l) = rotate(MOMENTS, ANGULAR_MOMENTUM, 40.0).unwrap();
        let (mut short, mut m) = (DMat3::IDENTITY, ANGULAR_MOMENTUM);
        for _ in 0..4_000 {
            let (rotation, next) = rotate(MOMENTS, m, 0.01).unwrap();
            (short, m) = (short * rotation, next);
        }
        assert!((long - short).x_axis.length() < 1e-7, "{long} {short}");
        assert!((l - m).length() < 1e-7 * l.length());
    }

    #[test]
    fn a_rotation_backward_undoes_one_forward() {
        let (forward, l) = rotate(MOMENTS, ANGULAR_MOMENTUM, 12.0).unwrap();
        let (backward, start) = rotate(MOMENTS, l, -12.0).unwrap();
        let product = (forward * backward).to_cols_array();
        let expected = DMat3::IDENTITY.to_cols_array();
        assert!(
            product
                .iter()
                .zip(expected)
                .all(|(a, b)| (a - b).abs() < 1e-13)
        );
        assert!((start - ANGULAR_MOMENTUM).length() < 1e-15);
    }

    #[test]
    fn a_rotation_that_is_too_fast_is_refused() {
        for factor in [1e3, f64::INFINITY, f64::NAN] {
            let refused = rotate(MOMENTS, factor * ANGULAR_MOMENTUM, 1.0).unwrap_err();
            assert!(refused.angle.is_nan() || refused.angle > MAX_TOTAL_ANGLE);
        }
    }
}
