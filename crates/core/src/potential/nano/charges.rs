//! Charges: what the atoms would have by themselves, and their shares of what is missing.

use super::chunk::Chunk;

/// Sets the charges (e) of all atoms, qᵢ = cᵢ + hᵢ (Q − Σc) / Σh, from their claims c, h and the
/// total charge Q; returns what is missing for each unit of hold, (Q − Σc) / Σh.
pub(super) fn share(total: f64, chunks: &[Chunk], charges: &mut [f64]) -> f64 {
    let claims = || chunks.iter().flat_map(|chunk| &chunk.claims);
    let (claimed, held) = claims()
        .take(charges.len())
        .fold((0.0, 0.0), |(claimed, held), claim| {
            (claimed + claim.charge, held + claim.hold)
        });
    let missing = (total - claimed) / held;
    for (charge, claim) in charges.iter_mut().zip(claims()) {
        *charge = claim.charge + claim.hold * missing;
    }
    missing
}

/// From the gradients of the energy with the charges, gᵢ, to those with the claims: ∂E/∂cᵢ = gᵢ − ḡ
/// and ∂E/∂hᵢ = (gᵢ − ḡ) (Q − Σc) / Σh, where ḡ = Σ g h / Σ h.
pub(super) fn claim_gradients(missing: f64, chunks: &mut [Chunk]) {
    let (mut weighted, mut held) = (0.0, 0.0);
    for chunk in chunks.iter() {
        for index in 0..chunk.atoms.len() {
            weighted += chunk.charge_gradients[index] * chunk.claims[index].hold;
            held += chunk.claims[index].hold;
        }
    }
    let mean = weighted / held;
    for chunk in chunks {
        for index in 0..chunk.atoms.len() {
            let gradient = chunk.charge_gradients[index] - mean;
            chunk.claim_gradients[index] = [gradient, gradient * missing];
        }
    }
}
