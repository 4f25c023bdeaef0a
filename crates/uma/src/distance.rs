//! What the network is told of the length of an edge, and how its results act along it.

use glam::DVec3;

/// The exponent of the envelope.
const EXPONENT: i32 = 5;

/// Distances as a row of Gaussians, with centers from zero to the cutoff, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gaussians {
    /// How many.
    pub(super) count: usize,
    /// The last center, Å.
    pub(super) cutoff: f64,
}

impl Gaussians {
    /// The value of one of them at a distance (Å), and its slope (1/Å): exp(−(d − μ)²/2w²), where w
    /// is twice the spacing of the centers.
    pub(super) fn value_and_slope(self, index: usize, distance: f64) -> (f64, f64) {
        let spacing = self.cutoff / (self.count - 1) as f64;
        let width = 2.0 * spacing;
        let off = (distance - index as f64 * spacing) / width;
        let value = (-0.5 * off * off).exp();
        (value, -off / width * value)
    }
}

/// The envelope that ends all interaction at the cutoff, and its slope (1/Å): J. Gasteiger, J. Groß,
/// S. Günnemann, ICLR 2020, arXiv:2003.03123, equation 8, with p = 5.
pub(super) fn envelope(distance: f64, cutoff: f64) -> (f64, f64) {
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

/// The gradient of an energy that changes by `torque` for each radian by which the edge turns, and by
/// `slope` for each Å by which it grows: torque × v / d² + slope v / d.
pub(super) fn gradient(edge: DVec3, torque: DVec3, slope: f64) -> DVec3 {
    torque.cross(edge) / edge.length_squared() + slope / edge.length() * edge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_the_slopes_of_the_values() {
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
    fn the_envelope_falls_from_one_to_nothing() {
        assert_eq!(envelope(0.0, 6.0), (1.0, 0.0));
        assert!(envelope(5.999, 6.0).0.abs() < 1e-9);
        assert_eq!(envelope(6.0, 6.0), (0.0, 0.0));
    }
}
