//! Closed form of the embedded atom method of Zhou, Johnson and Wadley, and its cutoff.
//!
//! X. W. Zhou, R. A. Johnson, H. N. G. Wadley, Phys. Rev. B 69, 144113 (2004),
//! doi:10.1103/PhysRevB.69.144113. With x = r/rₑ of one element:
//!
//! | function | equation |
//! |---|---|
//! | density | f(r) = fₑ exp(−β(x−1)) / (1 + (x−λ)²⁰) |
//! | pair of one element | φ(r) = A exp(−α(x−1)) / (1 + (x−κ)²⁰) − B exp(−β(x−1)) / (1 + (x−λ)²⁰) |
//! | pair of elements a and b | φ(r) = ½ (f_b/f_a φ_aa + f_a/f_b φ_bb) |
//! | embedding, ρ < ρₙ | F(ρ) = Σᵢ Fₙᵢ (ρ/ρₙ − 1)ⁱ |
//! | embedding, ρₙ ≤ ρ < ρ₀ | F(ρ) = Σᵢ Fᵢ (ρ/ρₑ − 1)ⁱ |
//! | embedding, ρ₀ ≤ ρ | F(ρ) = Fₑ (1 − η ln(ρ/ρₛ)) (ρ/ρₛ)^η |
//!
//! The functions decay, but never end. The authors' program tabulates them up to √5 rₑ of the largest
//! atom and drops the rest, about 10⁻⁶ eV per pair, at once. Here each function is that of the paper up to
//! √5 rₑ of its own larger atom, and then goes to zero by a quintic within 5 % of this distance, so
//! that forces are continuous and distant atoms of other elements change nothing. Energies agree with
//! those of the tables within 10⁻⁴ eV per atom. The constants of the first and last branch of F are rounded
//! to six digits in the paper; here they follow from the middle branch, so that F and F′ are continuous.

mod closed_form;
mod embedding;
mod parameters;

use std::sync::Arc;

use super::functions::{Embedding, Functions};
use super::spline::{Grid, Spline};
use crate::chem::Element;
use closed_form::{Tapered, density, pair};
use embedding::ZhouEmbedding;
use parameters::Parameters;
pub(super) use parameters::known;

/// Number of knots of the splines through the closed forms: errors are below 10⁻¹⁰ eV and 10⁻⁷ eV/Å.
const KNOTS: usize = 2501;

/// The functions of some elements, or `None` if one has no parameters.
pub(super) fn functions(elements: &[Element]) -> Option<Functions> {
    let parameters: Vec<Parameters> = elements
        .iter()
        .map(|&element| Parameters::of(element))
        .collect::<Option<_>>()?;
    let largest = parameters
        .iter()
        .map(|one| one.distance)
        .fold(1.0, f64::max);
    let cutoff = Tapered::of(largest).end;
    let grid = Grid::new(cutoff / (KNOTS - 1) as f64, KNOTS);
    let count = parameters.len();
    let mut densities: Vec<Spline> = Vec::with_capacity(count * count);
    let mut pairs: Vec<Spline> = Vec::with_capacity(count * count);
    for (at, one) in parameters.iter().enumerate() {
        for (to, other) in parameters.iter().enumerate() {
            densities.push(if at == 0 {
                let tapered = Tapered::of(other.distance);
                Spline::hermite(&grid, |r| tapered.at(r, density(other, r)))
            } else {
                densities[to].clone()
            });
            pairs.push(if to < at {
                pairs[to * count + at].clone()
            } else {
                let tapered = Tapered::of(one.distance.max(other.distance));
                Spline::hermite(&grid, |r| {
                    let (energy, derivative) = tapered.at(r, pair(one, other, r));
                    (r * energy, energy + r * derivative)
                })
            });
        }
    }
    let embedding = |one: &Parameters| Arc::new(ZhouEmbedding::new(one)) as Arc<dyn Embedding>;
    Some(Functions {
        cutoff,
        grid,
        embeddings: parameters.iter().map(embedding).collect(),
        densities,
        pairs,
    })
}
