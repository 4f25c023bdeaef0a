//! Terms of the Tersoff potential: cutoff, repulsion, attraction, bond order, and weight of a third atom.

use std::f64::consts::FRAC_PI_2;

use super::parameters::Parameters;

/// Largest exponent of the weight of distances; as in LAMMPS.
const MAX_EXPONENT: f64 = 69.0776;

/// Relative change of the bond order that is neglected.
const NEGLIGIBLE: f64 = 1e-16;

/// The parameters of a triplet in the form that loops over atoms need.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    parameters: Parameters,
    /// Square of the distance where the functions end, Å².
    pub(super) cutoff2: f64,
    /// c² and d².
    squares: [f64; 2],
}

/// The weight of a third atom in ζ, and its derivatives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    pub(super) value: f64,
    /// By the length of the bond, and the distance of the third atom, 1/Å.
    pub(super) by_distances: [f64; 2],
    pub(super) by_cosine: f64,
}

impl Terms {
    pub(super) fn new(parameters: &Parameters) -> Terms {
        Terms {
            parameters: *parameters,
            cutoff2: parameters.end().powi(2),
            squares: [parameters.c.powi(2), parameters.d.powi(2)],
        }
    }

    /// f_C and its derivative: 1 up to R − D, ½ − ½ sin(π/2 (r − R)/D) up to R + D, then 0.
    fn cutoff(&self, r: f64) -> (f64, f64) {
        let [middle, width] = self.parameters.cutoff;
        if r <= middle - width {
            return (1.0, 0.0);
        }
        if r >= middle + width {
            return (0.0, 0.0);
        }
        let (sine, cosine) = (FRAC_PI_2 * (r - middle) / width).sin_cos();
        (0.5 - 0.5 * sine, -0.5 * FRAC_PI_2 / width * cosine)
    }

    /// Repulsion f_C A exp(−λ₁ r), eV, and its derivative, eV/Å.
    pub(super) fn repulsion(&self, r: f64) -> (f64, f64) {
        let [decay, strength] = self.parameters.repulsion;
        self.truncated(r, strength, decay)
    }

    /// Attraction −f_C B exp(−λ₂ r), eV, and its derivative, eV/Å.
    pub(super) fn attraction(&self, r: f64) -> (f64, f64) {
        let [decay, strength] = self.parameters.attraction;
        self.truncated(r, -strength, decay)
    }

    fn truncated(&self, r: f64, strength: f64, decay: f64) -> (f64, f64) {
        let (weight, slope) = self.cutoff(r);
        let value = strength * (-decay * r).exp();
        (weight * value, (slope - decay * weight) * value)
    }

    /// b = (1 + (βζ)ⁿ)^(−1/2n) and db/dζ, with its limits for small and large βζ.
    pub(super) fn bond_order(&self, zeta: f64) -> (f64, f64) {
        let Parameters { n, beta, .. } = self.parameters;
        let argument = beta * zeta;
        let power = argument.powf(n);
        if argument <= 0.0 || power < 2.0 * n * NEGLIGIBLE {
            (1.0, 0.0)
        } else if power > 1.0 / (2.0 * n * NEGLIGIBLE) {
            let b = 1.0 / argument.sqrt();
            (b, -0.5 * b / zeta)
        } else {
            let b = (1.0 + power).powf(-0.5 / n);
            (b, -0.5 * b * power / ((1.0 + power) * zeta))
        }
    }

    /// The weight of a third atom, at distances rᵢⱼ and rᵢₖ (Å) and a cosine of the angle:
    ///
    /// f_C(rᵢₖ) g(cos θ) exp((λ₃ (rᵢⱼ − rᵢₖ))ᵐ)
    ///
    /// g = γ (1 + c²/d² − c²/(d² + (h − cos θ)²))
    pub(super) fn weight(&self, [bond, third]: [f64; 2], cosine: f64) -> Weight {
        let Parameters {
            is_cubic,
            gamma,
            lambda3,
            h,
            ..
        } = self.parameters;
        let (cutoff, cutoff_slope) = self.cutoff(third);
        let [c2, d2] = self.squares;
        let off = h - cosine;
        let denominator = d2 + off * off;
        let angular = gamma * (1.0 + c2 / d2 - c2 / denominator);
        let angular_slope = -2.0 * gamma * c2 * off / (denominator * denominator);
        let difference = lambda3 * (bond - third);
        let (exponent, exponent_slope) = if is_cubic {
            (difference.powi(3), 3.0 * lambda3 * difference * difference)
        } else {
            (difference, lambda3)
        };
        let radial = exponent.min(MAX_EXPONENT).exp();
        let value = cutoff * angular * radial;
        Weight {
            value,
            by_distances: [
                value * exponent_slope,
                cutoff_slope * angular * radial - value * exponent_slope,
            ],
            by_cosine: cutoff * angular_slope * radial,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parameters::built_in;
    use super::*;
    use crate::chem::Element;

    #[test]
    fn the_bond_order_is_smooth_from_none_to_many_neighbors() {
        let table = built_in().of(&[Element::C]).unwrap();
        let terms = Terms::new(table.pair(0, 0));
        let (mut last, mut zeta) = (1.0, 1e-30);
        assert_eq!(terms.bond_order(0.0), (1.0, 0.0));
        while zeta < 1e40 {
            let (b, slope) = terms.bond_order(zeta);
            let step = 1e-6 * zeta;
            let difference = terms.bond_order(zeta + step).0 - terms.bond_order(zeta - step).0;
            let expected = difference / (2.0 * step);
            assert!(
                (slope - expected).abs() * zeta <= 1e-9,
                "{zeta}: {slope}, {expected}"
            );
            assert!(b <= last && b > 0.0, "{zeta}: {b}");
            last = b;
            zeta *= 1.7;
        }
    }
}
