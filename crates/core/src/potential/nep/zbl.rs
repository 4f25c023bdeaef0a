//! ZBL repulsion of nuclei at short distances, for one pair of elements.

use super::model::ZBL_PARAMETERS;

/// e²/(4π ε₀), eV Å, and 1/0.46848 Å⁻¹, both rounded as in the programs that models are trained with.
const COULOMB: f64 = 14.399645;
const INVERSE_LENGTH: f64 = 2.134563;

/// φ(x) = Σ a exp(−b x): a and b of the universal screening function of J. F. Ziegler, J. P. Biersack,
/// U. Littmark, The Stopping and Range of Ions in Matter (1985).
const UNIVERSAL: [f64; 8] = [
    0.18175, 3.1998, 0.50986, 0.94229, 0.28022, 0.4029, 0.02817, 0.20162,
];

/// U(r) = e²/(4π ε₀) Z₁ Z₂/r φ(r/a) fc(r) with a = 0.46848 Å/(Z₁^0.23 + Z₂^0.23); fc falls from 1 to 0
/// between the inner and the outer cutoff: Z. Fan et al., J. Chem. Phys. 157, 114801 (2022).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Zbl {
    inner: f64,
    outer: f64,
    /// e²/(4π ε₀) Z₁ Z₂, eV Å.
    charges: f64,
    /// 1/a, 1/Å.
    inverse_length: f64,
    /// a and b of each term of φ.
    terms: [f64; 8],
}

impl Zbl {
    /// The universal repulsion between two atomic numbers, with inner and outer cutoff, Å.
    pub(super) fn universal(numbers: [u8; 2], [inner, outer]: [f64; 2]) -> Zbl {
        let [one, other] = numbers.map(f64::from);
        Zbl {
            inner,
            outer,
            charges: COULOMB * one * other,
            inverse_length: (one.powf(0.23) + other.powf(0.23)) * INVERSE_LENGTH,
            terms: UNIVERSAL,
        }
    }

    /// The repulsion with the parameters of a file: inner and outer cutoff, Å, then a and b of each term.
    pub(super) fn flexible(numbers: [u8; 2], parameters: &[f64]) -> Zbl {
        let mut of_file = [0.0; ZBL_PARAMETERS];
        of_file.copy_from_slice(parameters);
        let [inner, outer, terms @ ..] = of_file;
        Zbl {
            terms,
            ..Zbl::universal(numbers, [inner, outer])
        }
    }

    /// The outer cutoff, Å.
    pub(super) fn cutoff(&self) -> f64 {
        self.outer
    }

    /// U (eV) and dU/dr (eV/Å).
    pub(super) fn energy_and_derivative(&self, distance: f64) -> (f64, f64) {
        if distance >= self.outer {
            return (0.0, 0.0);
        }
        let x = distance * self.inverse_length;
        let (mut screening, mut slope) = (0.0, 0.0);
        for term in self.terms.as_chunks::<2>().0 {
            let value = term[0] * (-term[1] * x).exp();
            screening += value;
            slope -= term[1] * value;
        }
        let energy = self.charges / distance * screening;
        let derivative = (self.charges * self.inverse_length * slope - energy) / distance;
        let (weight, weight_slope) = self.switch(distance);
        (weight * energy, weight * derivative + weight_slope * energy)
    }

    /// fc and dfc/dr, 1/Å.
    fn switch(&self, distance: f64) -> (f64, f64) {
        if distance <= self.inner {
            return (1.0, 0.0);
        }
        let rate = std::f64::consts::PI / (self.outer - self.inner);
        let (sine, cosine) = (rate * (distance - self.inner)).sin_cos();
        (0.5 * (1.0 + cosine), -0.5 * rate * sine)
    }
}
