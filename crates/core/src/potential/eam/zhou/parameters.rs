//! Parameters of the embedded atom method of Zhou, Johnson and Wadley.

use crate::chem::Element;

/// Parameters of one element, with the symbols of the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Parameters {
    /// Distance of nearest neighbors rₑ in the crystal, Å.
    pub(super) distance: f64,
    /// Density fₑ of a neighbor at rₑ.
    pub(super) density: f64,
    /// Density ρₑ in the crystal.
    pub(super) crystal_density: f64,
    /// Decays α and β of repulsion and attraction, without unit.
    pub(super) alpha: f64,
    pub(super) beta: f64,
    /// Strengths A and B of repulsion and attraction, eV.
    pub(super) repulsion: f64,
    pub(super) attraction: f64,
    /// Offsets κ and λ of the cutoffs of repulsion and attraction, in rₑ.
    pub(super) kappa: f64,
    pub(super) lambda: f64,
    /// Fₙ₀ … Fₙ₃, eV: embedding energy below ρₙ.
    pub(super) dilute: [f64; 4],
    /// F₀ … F₃, eV: embedding energy between ρₙ and ρ₀.
    pub(super) middle: [f64; 4],
    /// η: exponent of the embedding energy beyond ρ₀.
    pub(super) eta: f64,
    /// ρₛ, and Fₑ in eV: embedding energy beyond ρ₀.
    pub(super) dense: [f64; 2],
    /// ρₙ/ρₑ.
    pub(super) dilute_limit: f64,
}

/// ρₙ/ρₑ of all elements but platinum.
const DILUTE_LIMIT: f64 = 0.85;

/// ρₙ/ρₑ of platinum, where its branches of the table meet; at 0.85 they are 2.6 eV apart.
const DILUTE_LIMIT_OF_PLATINUM: f64 = 0.25;

/// ρ₀/ρₑ of all elements.
pub(super) const DENSE_LIMIT: f64 = 1.15;

impl Parameters {
    /// The parameters of an element, if there are any.
    pub(super) fn of(element: Element) -> Option<Parameters> {
        let (_, row) = TABLE
            .iter()
            .find(|(symbol, _)| *symbol == element.symbol())?;
        let [
            re,
            fe,
            rho_e,
            rho_s,
            alpha,
            beta,
            a,
            b,
            kappa,
            lambda,
            rest @ ..,
        ] = *row;
        let [fn0, fn1, fn2, fn3, f0, f1, f2, f3, eta, fe_dense] = rest;
        Some(Parameters {
            distance: re,
            density: fe,
            crystal_density: rho_e,
            alpha,
            beta,
            repulsion: a,
            attraction: b,
            kappa,
            lambda,
            dilute: [fn0, fn1, fn2, fn3],
            middle: [f0, f1, f2, f3],
            eta,
            dense: [rho_s, fe_dense],
            dilute_limit: if element == Element::PT {
                DILUTE_LIMIT_OF_PLATINUM
            } else {
                DILUTE_LIMIT
            },
        })
    }
}

/// The elements that have parameters, by atomic number.
pub(in crate::potential::eam) fn known() -> Vec<Element> {
    Element::all()
        .filter(|&element| Parameters::of(element).is_some())
        .collect()
}

/// rₑ (Å), fₑ, ρₑ, ρₛ, α, β, A (eV), B (eV), κ, λ, Fₙ₀, Fₙ₁, Fₙ₂, Fₙ₃, F₀, F₁, F₂, F₃ (eV), η, Fₑ (eV).
///
/// X. W. Zhou, R. A. Johnson, H. N. G. Wadley, Phys. Rev. B 69, 144113 (2004),
/// doi:10.1103/PhysRevB.69.144113. The same numbers are in the authors' file `EAM_code` (in
/// LAMMPS, tools/eam_database) and in GPUMD's `eam_zhou_2004_18Elements.txt`. The paper has one F₃ for
/// densities below and above ρₑ in all of these.
#[rustfmt::skip]
const TABLE: [(&str, [f64; 20]); 16] = [
    ("Cu", [2.556162, 1.554485, 21.175871, 21.175395, 8.127620, 4.334731, 0.396620, 0.548085, 0.308782, 0.756515,
            -2.170269, -0.263788, 1.088878, -0.817603, -2.190000, 0.000000, 0.561830, -2.100595, 0.310490, -2.186568]),
    ("Ag", [2.891814, 1.106232, 14.604100, 14.604144, 9.132010, 4.870405, 0.277758, 0.419611, 0.339710, 0.750758,
            -1.729364, -0.255882, 0.912050, -0.561432, -1.750000, 0.000000, 0.744561, -1.150650, 0.783924, -1.748423]),
    ("Au", [2.885034, 1.529021, 19.991632, 19.991509, 9.516052, 5.075228, 0.229762, 0.356666, 0.356570, 0.748798,
            -2.937772, -0.500288, 1.601954, -0.835530, -2.980000, 0.000000, 1.706587, -1.134778, 1.021095, -2.978815]),
    ("Ni", [2.488746, 2.007018, 27.562015, 27.562031, 8.383453, 4.471175, 0.429046, 0.633531, 0.443599, 0.820658,
            -2.693513, -0.076445, 0.241442, -2.375626, -2.700000, 0.000000, 0.265390, -0.152856, 0.445470, -2.700000]),
    ("Pd", [2.750897, 1.595417, 21.335246, 21.940073, 8.697397, 4.638612, 0.406763, 0.598880, 0.397263, 0.754799,
            -2.321006, -0.473983, 1.615343, -0.231681, -2.360000, 0.000000, 1.481742, -1.675615, 1.130000, -2.352753]),
    ("Pt", [2.771916, 2.336509, 33.367564, 35.205357, 7.105782, 3.789750, 0.556398, 0.696037, 0.385255, 0.770510,
            -1.455568, -2.149952, 0.528491, 1.222875, -4.170000, 0.000000, 3.010561, -2.420128, 1.450000, -4.145597]),
    ("Al", [2.863924, 1.403115, 20.418205, 23.195740, 6.613165, 3.527021, 0.314873, 0.365551, 0.379846, 0.759692,
            -2.807602, -0.301435, 1.258562, -1.247604, -2.830000, 0.000000, 0.622245, -2.488244, 0.785902, -2.824528]),
    ("Pb", [3.499723, 0.647872, 8.450154, 8.450063, 9.121799, 5.212457, 0.161219, 0.236884, 0.250805, 0.764955,
            -1.422370, -0.210107, 0.682886, -0.529378, -1.440000, 0.000000, 0.702726, -0.538766, 0.935380, -1.439436]),
    ("Fe", [2.481987, 1.885957, 20.041463, 20.041463, 9.818270, 5.236411, 0.392811, 0.646243, 0.170306, 0.340613,
            -2.534992, -0.059605, 0.193065, -2.282322, -2.540000, 0.000000, 0.200269, -0.148770, 0.391750, -2.539945]),
    ("Mo", [2.728100, 2.723710, 29.354065, 29.354065, 8.393531, 4.476550, 0.708787, 1.120373, 0.137640, 0.275280,
            -3.692913, -0.178812, 0.380450, -3.133650, -3.710000, 0.000000, 0.875874, 0.776222, 0.790879, -3.712093]),
    ("Ta", [2.860082, 3.086341, 33.787168, 33.787168, 8.489528, 4.527748, 0.611679, 1.032101, 0.176977, 0.353954,
            -5.103845, -0.405524, 1.112997, -3.585325, -5.140000, 0.000000, 1.640098, 0.221375, 0.848843, -5.141526]),
    ("W", [2.740840, 3.487340, 37.234847, 37.234847, 8.900114, 4.746728, 0.882435, 1.394592, 0.139209, 0.278417,
            -4.946281, -0.148818, 0.365057, -4.432406, -4.960000, 0.000000, 0.661935, 0.348147, 0.582714, -4.961306]),
    ("Mg", [3.196291, 0.544323, 7.132600, 7.132600, 10.228708, 5.455311, 0.137518, 0.225930, 0.500000, 1.000000,
            -0.896473, -0.044291, 0.162232, -0.689950, -0.900000, 0.000000, 0.122838, -0.226010, 0.431425, -0.899702]),
    ("Co", [2.505979, 1.975299, 27.206789, 27.206789, 8.679625, 4.629134, 0.421378, 0.640107, 0.500000, 1.000000,
            -2.541799, -0.219415, 0.733381, -1.589003, -2.560000, 0.000000, 0.705845, -0.687140, 0.694608, -2.559307]),
    ("Ti", [2.933872, 1.863200, 25.565138, 25.565138, 8.775431, 4.680230, 0.373601, 0.570968, 0.500000, 1.000000,
            -3.203773, -0.198262, 0.683779, -2.321732, -3.220000, 0.000000, 0.608587, -0.750710, 0.558572, -3.219176]),
    ("Zr", [3.199978, 2.230909, 30.879991, 30.879991, 8.559190, 4.564902, 0.424667, 0.640054, 0.500000, 1.000000,
            -4.485793, -0.293129, 0.990148, -3.202516, -4.510000, 0.000000, 0.928602, -0.981870, 0.597133, -4.509025]),
];
