//! Functions of the length of an edge: Gaussian basis, envelope, and the gradient by the edge.

use glam::DVec3;

/// p, the exponent of the envelope.
const EXPONENT: i32 = 5;

/// The Gaussian basis of distances, with centers from 0 to the cutoff, both included (fairchem
/// `GaussianSmearing`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Gaussians {
    /// B.
    pub(crate) count: usize,
    /// The last center, Å.
    pub(crate) cutoff: f64,
}

impl Gaussians {
    /// exp(−(d − μ)²/2w²) at distance d, Å, and its derivative, 1/Å; the width w is twice the spacing
    /// of the centers μ.
    pub(crate) fn value_and_slope(self, index: usize, distance: f64) -> (f64, f64) {
        let spacing = self.cutoff / (self.count - 1) as f64;
        let width = 2.0 * spacing;
        let off = (distance - index as f64 * spacing) / width;
        let value = (-0.5 * off * off).exp();
        (value, -off / width * value)
    }
}

/// The envelope, which goes to 0 at the cutoff, and its derivative, 1/Å:
/// u(s) = 1 − (p+1)(p+2)/2 sᵖ + p(p+2) sᵖ⁺¹ − p(p+1)/2 sᵖ⁺² with s = d / cutoff and p = 5
/// (J. Gasteiger, J. Groß, S. Günnemann, ICLR 2020, arXiv:2003.03123, equation 8; fairchem
/// `PolynomialEnvelope`).
pub(crate) fn envelope(distance: f64, cutoff: f64) -> (f64, f64) {
    let s = distance / cutoff;
    if s >= 1.0 {
        return (0.0, 0.0);
    }
    let p = f64::from(EXPONENT);
    let power = s.powi(EXPONENT - 1);
    let value = 1.0
        + power
            * s
            * (-(p + 1.0) * (p + 2.0) / 2.0 + s * (p * (p + 2.0) - s * p * (p + 1.0) / 2.0));
    let slope = -p * (p + 1.0) * (p + 2.0) / 2.0 * power * (1.0 - s) * (1.0 - s);
    (value, slope / cutoff)
}

/// dE/dv of the edge vector v with length d: torque × v / d² + slope v / d, where `torque` is dE per
/// radian of rotation and `slope` is dE/dd, per Å.
pub(crate) fn gradient(edge: DVec3, torque: DVec3, slope: f64) -> DVec3 {
    torque.cross(edge) / edge.length_squared() + slope / edge.length() * edge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_finite_differences_of_the_values() {
        let step = 1e-6;
        let gaussians = Gaussians {
            count: 12,
            cutoff: 6.0,
        };
        for distance in [0.3, 1.7, 4.4, 5.9, 6.5] {
            let ends = [distance + step, distance - step];
            let difference = |[ahead, behind]: [f64; 2]| (ahead - behind) / (2.0 * step);
            let slope = difference(ends.map(|d| envelope(d, 6.0).0));
            assert!((slope - envelope(distance, 6.0).1).abs() < 1e-9);
            for index in 0..12 {
                let slope = difference(ends.map(|d| gaussians.value_and_slope(index, d).0));
                assert!((slope - gaussians.value_and_slope(index, distance).1).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn the_envelope_falls_from_one_to_zero() {
        assert_eq!(envelope(0.0, 6.0), (1.0, 0.0));
        assert!(envelope(5.999, 6.0).0.abs() < 1e-9);
        assert_eq!(envelope(6.0, 6.0), (0.0, 0.0));
    }
}
