//! Density and pair energy in closed form, with their derivatives and taper.

use super::parameters::Parameters;

/// Length of the taper, in the distance where it begins.
const TAPER: f64 = 0.05;

/// A function that goes to zero between two distances, Å.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tapered {
    start: f64,
    pub(super) end: f64,
}

impl Tapered {
    /// For atoms with a distance rₑ of nearest neighbors in the crystal, Å: from √5 rₑ.
    pub(super) fn of(distance: f64) -> Tapered {
        let start = 5.0_f64.sqrt() * distance;
        Tapered {
            start,
            end: (1.0 + TAPER) * start,
        }
    }

    /// A value and its derivative at a distance, times w and with w′:
    ///
    /// w = 1 − 10 s³ + 15 s⁴ − 6 s⁵ with s from 0 to 1 within the taper.
    pub(super) fn at(&self, r: f64, (value, derivative): (f64, f64)) -> (f64, f64) {
        let s = (r - self.start) / (self.end - self.start);
        if s <= 0.0 {
            return (value, derivative);
        }
        if s >= 1.0 {
            return (0.0, 0.0);
        }
        let w = 1.0 - s * s * s * (10.0 - s * (15.0 - 6.0 * s));
        let slope = -30.0 * s * s * (1.0 - s) * (1.0 - s) / (self.end - self.start);
        (w * value, w * derivative + slope * value)
    }
}

/// The density f at a distance (Å) of an atom, and its derivative, 1/Å.
pub(super) fn density(atom: &Parameters, r: f64) -> (f64, f64) {
    term(atom.density, atom.beta, atom.lambda, atom.distance, r)
}

/// The pair energy φ of two atoms at a distance (Å), eV, and its derivative, eV/Å.
pub(super) fn pair(one: &Parameters, other: &Parameters, r: f64) -> (f64, f64) {
    if one == other {
        return pair_of_one_element(one, r);
    }
    let ((f_a, df_a), (f_b, df_b)) = (density(one, r), density(other, r));
    let (phi_a, dphi_a) = pair_of_one_element(one, r);
    let (phi_b, dphi_b) = pair_of_one_element(other, r);
    // q = f_b/f_a, q′/q = f_b′/f_b − f_a′/f_a.
    let q = f_b / f_a;
    let log_derivative = df_b / f_b - df_a / f_a;
    (
        0.5 * (q * phi_a + phi_b / q),
        0.5 * (q * (dphi_a + log_derivative * phi_a) + (dphi_b - log_derivative * phi_b) / q),
    )
}

fn pair_of_one_element(atom: &Parameters, r: f64) -> (f64, f64) {
    let (repulsion, slope) = term(atom.repulsion, atom.alpha, atom.kappa, atom.distance, r);
    let (attraction, other_slope) = term(atom.attraction, atom.beta, atom.lambda, atom.distance, r);
    (repulsion - attraction, slope - other_slope)
}

/// v = a exp(−b(x−1)) / (1 + t²⁰) with x = r/rₑ and t = x − c, and
/// v′ = −v (b + 20 t¹⁹/(1 + t²⁰))/rₑ.
fn term(a: f64, b: f64, c: f64, r_e: f64, r: f64) -> (f64, f64) {
    let x = r / r_e;
    let t = x - c;
    let t19 = t.powi(19);
    let decay = 1.0 + t19 * t;
    let value = a * (-b * (x - 1.0)).exp() / decay;
    (value, -value * (b + 20.0 * t19 / decay) / r_e)
}
