//! Charges that add up to the total charge, from the priors of all atoms, and the backward pass.

use super::chunk::Chunk;

/// Sets the charges q `[atoms]` (e) to qᵢ = q₀ᵢ + wᵢ (Q − Σq₀)/Σw for the total charge Q; returns
/// (Q − Σq₀)/Σw.
pub(super) fn distribute<const C: usize>(
    total: f64,
    chunks: &[Chunk<C>],
    charges: &mut [f64],
) -> f64 {
    let priors = || chunks.iter().flat_map(|chunk| &chunk.priors);
    let (q0_sum, weight_sum) = priors()
        .take(charges.len())
        .fold((0.0, 0.0), |(q0_sum, weight_sum), prior| {
            (q0_sum + prior.q0, weight_sum + prior.weight)
        });
    let per_weight = (total - q0_sum) / weight_sum;
    for (charge, prior) in charges.iter_mut().zip(priors()) {
        *charge = prior.q0 + prior.weight * per_weight;
    }
    per_weight
}

/// Backward of [`distribute`]: from gᵢ = ∂E/∂qᵢ to ∂E/∂q₀ᵢ = gᵢ − ḡ and
/// ∂E/∂wᵢ = (gᵢ − ḡ) (Q − Σq₀)/Σw, where ḡ = Σ g w/Σ w.
pub(super) fn backward<const C: usize>(per_weight: f64, chunks: &mut [Chunk<C>]) {
    let (mut weighted, mut weight_sum) = (0.0, 0.0);
    for chunk in chunks.iter() {
        for index in 0..chunk.atoms.len() {
            weighted += chunk.charge_gradients[index] * chunk.priors[index].weight;
            weight_sum += chunk.priors[index].weight;
        }
    }
    let mean = weighted / weight_sum;
    for chunk in chunks {
        for index in 0..chunk.atoms.len() {
            let gradient = chunk.charge_gradients[index] - mean;
            chunk.prior_gradients[index] = [gradient, gradient * per_weight];
        }
    }
}
