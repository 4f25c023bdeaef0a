//! Parameters of the Stillinger–Weber potential, by triplets of elements.

use crate::chem::Element;
use crate::potential::parameter_file::{ParameterFile, ParameterFileError};
use crate::potential::triplets::Triplets;

/// Parameters of an atom with two neighbors; those of pairs are used where both have one element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Parameters {
    /// Energy scale ε, eV.
    pub(super) epsilon: f64,
    /// Length scale σ, Å.
    pub(super) sigma: f64,
    /// Cutoff a, in σ.
    pub(super) a: f64,
    /// Strength λ of the three-body term, in ε.
    pub(super) lambda: f64,
    /// Decay γ of the three-body term, in σ.
    pub(super) gamma: f64,
    /// cos θ₀ of the ideal angle.
    pub(super) ideal_cosine: f64,
    /// A and B of the pair energy.
    pub(super) strengths: [f64; 2],
    /// Exponents p and q of the pair energy.
    pub(super) exponents: [f64; 2],
    /// Value of the decays below which LAMMPS leaves out a pair; 0: none.
    pub(super) tolerance: f64,
}

/// Silicon: F. H. Stillinger, T. A. Weber, Phys. Rev. B 31, 5262 (1985), doi:10.1103/PhysRevB.31.5262.
/// ε and σ are 50 kcal/mol and 0.20951 nm there; in eV as in LAMMPS's Si.sw and in OpenKIM.
const SILICON: Parameters = Parameters {
    epsilon: 2.1683,
    sigma: 2.0951,
    a: 1.8,
    lambda: 21.0,
    gamma: 1.2,
    ideal_cosine: -1.0 / 3.0,
    strengths: [7.049_556_277, 0.602_224_558_4],
    exponents: [4.0, 0.0],
    tolerance: 0.0,
};

/// The numbers of an entry of a file.
const NUMBERS: &str = "epsilon, sigma, a, lambda, gamma, cos θ₀, A, B, p, q, tol";

/// The built-in parameters.
pub(super) fn built_in() -> Triplets<Parameters> {
    Triplets::new([([Element::SI; 3], SILICON)])
}

/// The parameters of a file `*.sw` of LAMMPS.
///
/// # Errors
/// If it is malformed.
pub(super) fn read(file: &ParameterFile) -> Result<Triplets<Parameters>, ParameterFileError> {
    Triplets::read(file, 11, NUMBERS, |words| {
        let positive = |at: usize, name: &str| words[at].number_in(0.0..=1e6, name);
        Ok(Parameters {
            epsilon: positive(0, "epsilon")?,
            sigma: positive(1, "sigma")?,
            a: words[2].number_in(0.0..=100.0, "a")?,
            lambda: positive(3, "lambda")?,
            gamma: positive(4, "gamma")?,
            ideal_cosine: words[5].number("cos θ₀")?,
            strengths: [words[6].number("A")?, words[7].number("B")?],
            exponents: [positive(8, "p")?, positive(9, "q")?],
            tolerance: positive(10, "tol")?,
        })
    })
}

impl Parameters {
    /// The distance a σ where the functions end, Å.
    pub(super) fn end(&self) -> f64 {
        self.a * self.sigma
    }

    /// The distance (Å) up to which LAMMPS includes pairs: where exp(γσ/(r − aσ)) is the tolerance, with
    /// σ in place of γσ if γ ≥ 1.
    pub(super) fn cutoff(&self) -> f64 {
        if self.tolerance <= 0.0 {
            return self.end();
        }
        let decay = self.sigma * self.gamma.min(1.0);
        (self.end() + decay / self.tolerance.min(0.01).ln()).max(0.0)
    }
}
