//! Parameters of effective medium theory.

use crate::chem::Element;

/// The bohr with which ASE 3.29 converts these parameters, Å (CODATA 2014). With the present value,
/// energies would differ from ASE's in the ninth digit.
const BOHR: f64 = 0.529_177_210_563_841_1;

/// Nearest neighbors in an fcc crystal are β·s apart, where s is the radius of the sphere that holds
/// one atom's volume: (16π/3)^(1/3)/√2, rounded as in the program that the parameters come from.
pub(super) const BETA: f64 = 1.809;

/// Parameters of one element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Parameters {
    /// Cohesive energy of the fcc crystal, eV, negative.
    pub(super) cohesion: f64,
    /// Equilibrium Wigner–Seitz radius s₀, Å.
    pub(super) radius: f64,
    /// Strength V₀ of the atomic-sphere correction, eV.
    pub(super) strength: f64,
    /// Decay η₂ of the density of one atom, 1/Å.
    pub(super) eta: f64,
    /// Decay κ of the atomic-sphere correction, 1/Å.
    pub(super) kappa: f64,
    /// Curvature λ of the cohesive function, 1/Å.
    pub(super) lambda: f64,
    /// Equilibrium density n₀, 1/Å³.
    pub(super) density: f64,
}

impl Parameters {
    /// The parameters of an element, if there are any.
    pub(super) fn of(element: Element) -> Option<Parameters> {
        let (_, row) = TABLE
            .iter()
            .find(|(symbol, _)| *symbol == element.symbol())?;
        let [cohesion, radius, strength, eta, kappa, lambda, density] = *row;
        Some(Parameters {
            cohesion,
            radius: radius * BOHR,
            strength,
            eta: eta / BOHR,
            kappa: kappa / BOHR,
            lambda: lambda / BOHR,
            density: density / BOHR.powi(3),
        })
    }
}

/// The elements that have parameters, by atomic number.
pub(super) fn known() -> Vec<Element> {
    Element::all()
        .filter(|&element| Parameters::of(element).is_some())
        .collect()
}

/// The largest Wigner–Seitz radius in the table, Å.
pub(super) fn largest_radius() -> f64 {
    TABLE.iter().map(|(_, row)| row[1]).fold(0.0, f64::max) * BOHR
}

/// E₀ (eV), s₀ (bohr), V₀ (eV), η₂ (1/bohr), κ (1/bohr), λ (1/bohr), n₀ (1/bohr³).
///
/// The metals: K. W. Jacobsen, P. Stoltze, J. K. Nørskov, Surf. Sci. 366, 394 (1996),
/// doi:10.1016/0039-6028(96)00816-3, table 1. H, C, N and O are not of that paper: they are ASE's
/// (`ase.calculators.emt`), "just for fun", and describe no chemistry.
#[rustfmt::skip]
const TABLE: [(&str, [f64; 7]); 11] = [
    ("Al", [-3.28, 3.00, 1.493, 1.240, 2.000, 1.169, 0.00700]),
    ("Cu", [-3.51, 2.67, 2.476, 1.652, 2.740, 1.906, 0.00910]),
    ("Ag", [-2.96, 3.01, 2.132, 1.652, 2.790, 1.892, 0.00547]),
    ("Au", [-3.80, 3.00, 2.321, 1.674, 2.873, 2.182, 0.00703]),
    ("Ni", [-4.44, 2.60, 3.673, 1.669, 2.757, 1.948, 0.01030]),
    ("Pd", [-3.90, 2.87, 2.773, 1.818, 3.107, 2.155, 0.00688]),
    ("Pt", [-5.85, 2.90, 4.067, 1.812, 3.145, 2.192, 0.00802]),
    ("H",  [-3.21, 1.31, 0.132, 2.652, 2.790, 3.892, 0.00547]),
    ("C",  [-3.50, 1.81, 0.332, 1.652, 2.790, 1.892, 0.01322]),
    ("N",  [-5.10, 1.88, 0.132, 1.652, 2.790, 1.892, 0.01222]),
    ("O",  [-4.60, 1.95, 0.332, 1.652, 2.790, 1.892, 0.00850]),
];
