//! Pair and three-body terms of the Stillinger–Weber potential.

use super::parameters::Parameters;

/// The parameters of a triplet in the form that loops over atoms need.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    /// Square of the cutoff, Å².
    pub(super) cutoff2: f64,
    /// a σ, Å.
    end: f64,
    /// σ and γ σ, Å.
    decays: [f64; 2],
    /// A ε B σᵖ and A ε σ^q.
    strengths: [f64; 2],
    /// p and q.
    exponents: [f64; 2],
    /// λ ε, eV.
    strength: f64,
    ideal_cosine: f64,
}

impl Terms {
    pub(super) fn new(parameters: &Parameters) -> Terms {
        let Parameters {
            epsilon,
            sigma,
            lambda,
            gamma,
            ideal_cosine,
            strengths: [a, b],
            exponents,
            ..
        } = *parameters;
        let [p, q] = exponents;
        Terms {
            cutoff2: parameters.cutoff().powi(2),
            end: parameters.end(),
            decays: [sigma, gamma * sigma],
            strengths: [a * epsilon * b * sigma.powf(p), a * epsilon * sigma.powf(q)],
            exponents,
            strength: lambda * epsilon,
            ideal_cosine,
        }
    }

    /// φ₂ (eV) and dφ₂/dr (eV/Å) at a distance below the cutoff:
    ///
    /// φ₂ = A ε (B (σ/r)ᵖ − (σ/r)^q) exp(σ/(r − aσ)).
    pub(super) fn pair(&self, r: f64) -> (f64, f64) {
        // Rounding can let a distance below the cutoff reach its end.
        if r >= self.end {
            return (0.0, 0.0);
        }
        let [p, q] = self.exponents;
        let repulsion = self.strengths[0] * power(r, -p);
        let attraction = self.strengths[1] * power(r, -q);
        let inverse = 1.0 / (r - self.end);
        let decay = (self.decays[0] * inverse).exp();
        let energy = (repulsion - attraction) * decay;
        (
            energy,
            (q * attraction - p * repulsion) / r * decay
                - energy * self.decays[0] * inverse * inverse,
        )
    }

    /// The decay e = exp(γσ/(r − aσ)) of the three-body term, and its logarithmic derivative, 1/Å.
    pub(super) fn decay(&self, r: f64) -> (f64, f64) {
        if r >= self.end {
            return (0.0, 0.0);
        }
        let inverse = 1.0 / (r - self.end);
        let exponent = self.decays[1] * inverse;
        (exponent.exp(), -exponent * inverse)
    }

    /// λ ε (cos θ − cos θ₀)² and its derivative by cos θ, eV.
    pub(super) fn bend(&self, cosine: f64) -> (f64, f64) {
        let off = cosine - self.ideal_cosine;
        (self.strength * off * off, 2.0 * self.strength * off)
    }
}

/// rˣ, faster for integers.
fn power(r: f64, exponent: f64) -> f64 {
    let integer = exponent as i32;
    if f64::from(integer) == exponent {
        r.powi(integer)
    } else {
        r.powf(exponent)
    }
}
