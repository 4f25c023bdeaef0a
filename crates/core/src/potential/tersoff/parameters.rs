//! Parameters of the Tersoff potential, by triplets of elements.

use crate::chem::Element;
use crate::potential::parameter_file::{ParameterFile, ParameterFileError};
use crate::potential::triplets::Triplets;

/// Parameters of a bond of an atom and a neighbor, with a third atom; those of the bond alone are used
/// where both neighbors have one element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Parameters {
    /// Whether the exponent m of the distances is 3; else it is 1.
    pub(super) is_cubic: bool,
    /// γ, λ₃ (1/Å), c, d, h: weight of the third atom.
    pub(super) gamma: f64,
    pub(super) lambda3: f64,
    pub(super) c: f64,
    pub(super) d: f64,
    pub(super) h: f64,
    /// n and β of the bond order.
    pub(super) n: f64,
    pub(super) beta: f64,
    /// λ₁ (1/Å) and A (eV) of the repulsion.
    pub(super) repulsion: [f64; 2],
    /// λ₂ (1/Å) and B (eV) of the attraction.
    pub(super) attraction: [f64; 2],
    /// Middle R and half width D of the cutoff, Å.
    pub(super) cutoff: [f64; 2],
}

/// Parameters of one element, with the symbols of the paper.
struct OfElement {
    element: Element,
    /// A and B, eV.
    strengths: [f64; 2],
    /// λ and μ, 1/Å.
    decays: [f64; 2],
    beta: f64,
    n: f64,
    c: f64,
    d: f64,
    h: f64,
    /// R and S: the cutoff begins and ends, Å.
    cutoff: [f64; 2],
}

/// J. Tersoff, Phys. Rev. B 39, 5566 (1989), doi:10.1103/PhysRevB.39.5566, table I; erratum Phys. Rev. B 41,
/// 3248 (1990). The same numbers are in LAMMPS's SiC_1989.tersoff.
const ELEMENTS: [OfElement; 2] = [
    OfElement {
        element: Element::C,
        strengths: [1393.6, 346.74],
        decays: [3.4879, 2.2119],
        beta: 1.5724e-7,
        n: 0.72751,
        c: 38_049.0,
        d: 4.3484,
        h: -0.57058,
        cutoff: [1.8, 2.1],
    },
    OfElement {
        element: Element::SI,
        strengths: [1830.8, 471.18],
        decays: [2.4799, 1.7322],
        beta: 1.1e-6,
        n: 0.78734,
        c: 100_390.0,
        d: 16.217,
        h: -0.59825,
        cutoff: [2.7, 3.0],
    },
];

/// χ of the attraction of silicon and carbon.
const CHI: f64 = 0.9776;

/// The built-in parameters, mixed as in the paper: λᵢⱼ = (λᵢ + λⱼ)/2, μᵢⱼ likewise, Aᵢⱼ = √(Aᵢ Aⱼ),
/// Bᵢⱼ = χ √(Bᵢ Bⱼ), Rᵢⱼ = √(Rᵢ Rⱼ), Sᵢⱼ = √(Sᵢ Sⱼ).
pub(super) fn built_in() -> Triplets<Parameters> {
    let mut entries = Vec::new();
    for center in &ELEMENTS {
        for neighbor in &ELEMENTS {
            for third in &ELEMENTS {
                let triplet = [center.element, neighbor.element, third.element];
                entries.push((triplet, mixed(center, neighbor, third)));
            }
        }
    }
    Triplets::new(entries)
}

fn mixed(center: &OfElement, neighbor: &OfElement, third: &OfElement) -> Parameters {
    let decay = |at: usize| 0.5 * (center.decays[at] + neighbor.decays[at]);
    let strength = |at: usize| (center.strengths[at] * neighbor.strengths[at]).sqrt();
    let [start, end] = [0, 1].map(|at| (center.cutoff[at] * third.cutoff[at]).sqrt());
    let chi = if center.element == neighbor.element {
        1.0
    } else {
        CHI
    };
    Parameters {
        is_cubic: true,
        gamma: 1.0,
        lambda3: 0.0,
        c: center.c,
        d: center.d,
        h: center.h,
        n: center.n,
        beta: center.beta,
        repulsion: [decay(0), strength(0)],
        attraction: [decay(1), chi * strength(1)],
        cutoff: [0.5 * (start + end), 0.5 * (end - start)],
    }
}

/// The numbers of an entry of a file.
const NUMBERS: &str = "m, gamma, lambda3, c, d, cos θ₀, n, beta, lambda2, B, R, D, lambda1, A";

/// The parameters of a file `*.tersoff` of LAMMPS.
///
/// # Errors
/// If it is malformed.
pub(super) fn read(file: &ParameterFile) -> Result<Triplets<Parameters>, ParameterFileError> {
    Triplets::read(file, 14, NUMBERS, |words| {
        let number = |at: usize, name: &str| words[at].number_in(0.0..=1e9, name);
        let m = words[0].number("m")?;
        if m != 1.0 && m != 3.0 {
            return Err(words[0].expected("m = 1 or 3"));
        }
        let length = words[10].number_in(0.0..=100.0, "R, in Å,")?;
        Ok(Parameters {
            is_cubic: m == 3.0,
            gamma: number(1, "gamma")?,
            lambda3: words[2].number("lambda3")?,
            c: number(3, "c")?,
            d: words[4].number_in(1e-9..=1e9, "d")?,
            h: words[5].number("cos θ₀")?,
            n: number(6, "n")?,
            beta: number(7, "beta")?,
            attraction: [number(8, "lambda2")?, number(9, "B")?],
            cutoff: [length, words[11].number_in(0.0..=length, "D")?],
            repulsion: [number(12, "lambda1")?, number(13, "A")?],
        })
    })
}

impl Parameters {
    /// The distance where the functions end, Å.
    pub(super) fn end(&self) -> f64 {
        self.cutoff[0] + self.cutoff[1]
    }
}
