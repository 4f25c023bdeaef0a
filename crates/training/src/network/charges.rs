//! Charges that add up to the total charges of the frames, and their electrostatic energy.

use burn::tensor::activation::softplus;

use super::Tensor;
use super::inputs::ElectrostaticInputs;

/// q = q₀ + w (Q − Σq₀)/Σw with w = softplus(x), where sums are over the atoms of a frame: [A, 1] each.
pub(super) fn distribute(inputs: &ElectrostaticInputs, q0: Tensor<2>, x: Tensor<2>) -> Tensor<2> {
    let weight = softplus(x, 1.0);
    let sums = |of: &Tensor<2>| inputs.membership.clone().matmul(of.clone());
    let per_weight = (inputs.totals.clone() - sums(&q0)) / sums(&weight);
    let of_atoms = inputs.membership.clone().transpose().matmul(per_weight);
    q0 + weight * of_atoms
}

/// The electrostatic energies of atoms, ½ qᵢ Σⱼ qⱼ γ(rᵢⱼ), eV: [A, 1].
pub(super) fn energies(inputs: &ElectrostaticInputs, charges: &Tensor<2>) -> Tensor<2> {
    charges.clone() * inputs.potentials.clone().matmul(charges.clone()) * 0.5
}
