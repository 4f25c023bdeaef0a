//! Embedding energy in closed form: three branches, continuous with their derivatives.

use super::super::functions::Embedding;
use super::parameters::{DENSE_LIMIT, Parameters};

/// The embedding energy of one element.
#[derive(Clone, Copy, Debug)]
pub(super) struct ZhouEmbedding {
    /// ρₑ.
    crystal_density: f64,
    /// ρₙ and ρ₀.
    limits: [f64; 2],
    /// Fₙ₀ … Fₙ₃, eV.
    dilute: [f64; 4],
    /// F₀ … F₃, eV.
    middle: [f64; 4],
    eta: f64,
    /// ρₛ, and Fₑ in eV.
    dense: [f64; 2],
}

impl ZhouEmbedding {
    /// The constants of the outer branches from value v and slope s = ρ F′ of the middle one:
    ///
    /// | branch | constants |
    /// |---|---|
    /// | ρ < ρₙ | Fₙ₀ = v, Fₙ₁ = s, Fₙ₂ of the table, Fₙ₃ so that F(0) = 0 |
    /// | ρ ≥ ρ₀ | L = ln(ρ₀/ρₛ) = s/(η s − η² v), Fₑ = v / ((1 − η L) exp(η L)) |
    pub(super) fn new(parameters: &Parameters) -> ZhouEmbedding {
        let density = parameters.crystal_density;
        let limits = [parameters.dilute_limit * density, DENSE_LIMIT * density];
        let at = |limit: f64| polynomial(&parameters.middle, limit / density - 1.0);
        let (value, slope) = at(limits[0]);
        let slope = slope * limits[0] / density;
        let quadratic = parameters.dilute[2];
        let dilute = [value, slope, quadratic, value - slope + quadratic];
        let (value, slope) = at(limits[1]);
        let slope = slope * limits[1] / density;
        let eta = parameters.eta;
        let log = slope / (eta * slope - eta * eta * value);
        let strength = value / ((1.0 - eta * log) * (eta * log).exp());
        ZhouEmbedding {
            crystal_density: density,
            limits,
            dilute,
            middle: parameters.middle,
            eta,
            dense: [limits[1] / log.exp(), strength],
        }
    }
}

impl Embedding for ZhouEmbedding {
    fn energy_and_derivative(&self, density: f64) -> (f64, f64) {
        let [dilute_limit, dense_limit] = self.limits;
        if density < dilute_limit {
            let (energy, derivative) = polynomial(&self.dilute, density / dilute_limit - 1.0);
            (energy, derivative / dilute_limit)
        } else if density < dense_limit {
            let scale = self.crystal_density;
            let (energy, derivative) = polynomial(&self.middle, density / scale - 1.0);
            (energy, derivative / scale)
        } else {
            let [scale, strength] = self.dense;
            let log = (density / scale).ln();
            let power = strength * (self.eta * log).exp();
            (
                power * (1.0 - self.eta * log),
                -power * self.eta * self.eta * log / density,
            )
        }
    }
}

/// Σᵢ cᵢ yⁱ and its derivative.
fn polynomial([c0, c1, c2, c3]: &[f64; 4], y: f64) -> (f64, f64) {
    (
        ((c3 * y + c2) * y + c1) * y + c0,
        (3.0 * c3 * y + 2.0 * c2) * y + c1,
    )
}

#[cfg(test)]
mod tests {
    use super::super::known;
    use super::*;

    #[test]
    fn the_branches_meet_at_the_constants_of_the_paper() {
        for element in known() {
            let parameters = Parameters::of(element).unwrap();
            let found = ZhouEmbedding::new(&parameters);
            let close = |one: f64, other: f64, error: f64| {
                assert!((one - other).abs() <= error, "{element}: {one}, {other}");
            };
            for (one, other) in found.dilute.into_iter().zip(parameters.dilute) {
                close(one, other, 2e-6);
            }
            let [density, strength] = parameters.dense;
            close(found.dense[0] / density, 1.0, 2e-4);
            close(found.dense[1], strength, 1e-4);
            close(found.energy_and_derivative(0.0).0, 0.0, 1e-15);
            for limit in found.limits {
                let (below, slope_below) = found.energy_and_derivative(limit * (1.0 - 1e-12));
                let (above, slope_above) = found.energy_and_derivative(limit);
                close(below, above, 1e-10);
                close(limit * slope_below, limit * slope_above, 1e-9);
            }
        }
    }
}
