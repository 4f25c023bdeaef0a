//! Terms of effective medium theory with the parameters of the elements of one structure.

use std::sync::LazyLock;

use super::parameters::{BETA, Parameters, largest_radius};
use crate::chem::Element;

/// The smooth cutoff.
///
/// The interaction is switched off by w(r) = 1/(1 + exp(a (r − rc))), which is one half midway between the
/// third and fourth neighbors of an fcc crystal of the largest atom in the table, and 10⁻⁴ at the
/// fourth. Pairs are dropped 0.5 Å beyond the midpoint, where w is 6·10⁻⁶.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    midpoint: f64,
    steepness: f64,
    pub(super) cutoff: f64,
}

/// The same for all elements, as in ASE by default.
pub(super) static RANGE: LazyLock<Range> = LazyLock::new(|| {
    let first = BETA * largest_radius();
    let fourth = 2.0 * first;
    let midpoint = 0.5 * first * (3.0_f64.sqrt() + 2.0);
    Range {
        midpoint,
        steepness: (1.0 / 1e-4 - 1.0_f64).ln() / (fourth - midpoint),
        cutoff: midpoint + 0.5,
    }
});

impl Range {
    /// w and (dw/dr)/w at a distance, Å.
    #[inline]
    pub(super) fn switch(&self, distance: f64) -> (f64, f64) {
        let weight = 1.0 / (1.0 + (self.steepness * (distance - self.midpoint)).exp());
        (weight, self.steepness * (weight - 1.0))
    }
}

/// Embedding energy of an atom of one element as a function of its density.
#[derive(Clone, Copy, Debug)]
pub(super) struct Embedding {
    parameters: Parameters,
    /// Γ₁ = 12 γ₁: the density sum of the perfect crystal.
    crystal_density: f64,
}

impl Embedding {
    pub(super) fn new(parameters: Parameters) -> Embedding {
        let (gamma1, _) = gammas(&parameters);
        Embedding {
            parameters,
            crystal_density: 12.0 * gamma1,
        }
    }

    /// Energy of an atom in density σ₁, counted from the perfect crystal, and its derivative.
    ///
    /// | equation | here |
    /// |---|---|
    /// | s̄ − s₀ = −ln(σ₁/Γ₁)/(β η₂) | `stretch` |
    /// | E_c = E₀ (1 + λ(s̄−s₀)) exp(−λ(s̄−s₀)) | `cohesion` |
    /// | E_AS, crystal part = 6 V₀ exp(−κ(s̄−s₀)) | `sphere` |
    pub(super) fn energy_and_derivative(&self, density: f64) -> (f64, f64) {
        let Parameters {
            cohesion: e0,
            strength: v0,
            eta,
            kappa,
            lambda,
            ..
        } = self.parameters;
        if density == 0.0 {
            return (-e0, 0.0);
        }
        let stretch = -(density / self.crystal_density).ln() / (BETA * eta);
        let decay = (-lambda * stretch).exp();
        let cohesion = e0 * (1.0 + lambda * stretch) * decay;
        let sphere = 6.0 * v0 * (-kappa * stretch).exp();
        let stretch_derivative = -e0 * lambda * lambda * stretch * decay - kappa * sphere;
        (
            cohesion + sphere - e0,
            -stretch_derivative / (BETA * eta * density),
        )
    }
}

/// Density and atomic-sphere energy at an atom due to a neighbor, by their elements.
#[derive(Clone, Copy, Debug)]
pub(super) struct NeighborTerm {
    /// η₂ of the neighbor, 1/Å.
    eta: f64,
    /// r₁ = β s₀ of the neighbor, Å.
    first_neighbor: f64,
    /// χ = n₀(neighbor)/n₀(atom).
    chi: f64,
    /// κ/β of the neighbor.
    kappa: f64,
    /// −½ χ V₀/γ₂, with V₀ and γ₂ of the atom.
    sphere: f64,
}

/// Values of a [`NeighborTerm`] at one distance.
#[derive(Clone, Copy, Debug)]
pub(super) struct NeighborTermValues {
    /// Contribution to σ₁ of the atom: χ w exp(−η (r − r₁)).
    pub(super) density: f64,
    /// d(density)/dr, 1/Å.
    pub(super) density_derivative: f64,
    /// Contribution to the atomic-sphere energy, eV: −½ χ V₀/γ₂ w exp(−κ/β (r − r₁)).
    pub(super) energy: f64,
    /// d(energy)/dr, eV/Å.
    pub(super) energy_derivative: f64,
}

impl NeighborTerm {
    pub(super) fn new(atom: &Parameters, neighbor: &Parameters) -> NeighborTerm {
        let (_, gamma2) = gammas(atom);
        let chi = neighbor.density / atom.density;
        NeighborTerm {
            eta: neighbor.eta,
            first_neighbor: BETA * neighbor.radius,
            chi,
            kappa: neighbor.kappa / BETA,
            sphere: -0.5 * chi * atom.strength / gamma2,
        }
    }

    /// The values at a distance (Å) with the switch w = `weight` and its logarithmic derivative (dw/dr)/w.
    #[inline]
    pub(super) fn evaluate(
        &self,
        distance: f64,
        weight: f64,
        switch_derivative: f64,
    ) -> NeighborTermValues {
        let excess = distance - self.first_neighbor;
        let density = self.chi * weight * (-self.eta * excess).exp();
        let energy = self.sphere * weight * (-self.kappa * excess).exp();
        NeighborTermValues {
            density,
            density_derivative: density * (switch_derivative - self.eta),
            energy,
            energy_derivative: energy * (switch_derivative - self.kappa),
        }
    }
}

/// γ₁ and γ₂: sums over the first three shells of the fcc crystal, so that its energy is E₀.
fn gammas(parameters: &Parameters) -> (f64, f64) {
    let first = BETA * parameters.radius;
    [(12.0, 1.0), (6.0, 2.0), (24.0, 3.0_f64)].into_iter().fold(
        (0.0, 0.0),
        |(gamma1, gamma2), (count, square)| {
            let distance = first * square.sqrt();
            let share = count / 12.0 * RANGE.switch(distance).0;
            let excess = distance - first;
            (
                gamma1 + share * (-parameters.eta * excess).exp(),
                gamma2 + share * (-parameters.kappa / BETA * excess).exp(),
            )
        },
    )
}

/// The terms of all elements of a structure.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) embeddings: Vec<Embedding>,
    neighbor_terms: Vec<NeighborTerm>,
}

impl Terms {
    /// `None` if an element has no parameters.
    pub(super) fn of(elements: &[Element]) -> Option<Terms> {
        let parameters: Vec<Parameters> = elements
            .iter()
            .map(|&element| Parameters::of(element))
            .collect::<Option<_>>()?;
        let pairs = parameters
            .iter()
            .flat_map(|atom| parameters.iter().map(move |other| (atom, other)));
        Some(Terms {
            neighbor_terms: pairs
                .map(|(atom, other)| NeighborTerm::new(atom, other))
                .collect(),
            embeddings: parameters.iter().copied().map(Embedding::new).collect(),
        })
    }

    /// The term at an atom of one species due to a neighbor of another.
    #[inline]
    pub(super) fn neighbor_term(&self, atom: usize, neighbor: usize) -> &NeighborTerm {
        &self.neighbor_terms[atom * self.embeddings.len() + neighbor]
    }
}
