//! Both message-passing layers, from features to the energies of atoms.

use burn::tensor::activation::silu;
use mlipview_core::potential::network::{ENERGY_UNIT, FLOOR};

use super::invariants::invariants;
use super::{Inputs, Tensor, Weights, charges};
use crate::model::Architecture;

/// Predictions of a network for the atoms of a batch.
pub(crate) struct Outputs {
    /// Energies that depend on parameters, eV: [A, 1]. Those of free atoms, dispersion and the repulsion
    /// of nuclei are missing.
    pub(crate) energies: Tensor<2>,
    /// Charges, e, if the network has charges: [A, 1].
    pub(crate) charges: Option<Tensor<2>>,
    /// The last hidden layer: [A, H].
    pub(crate) hidden: Tensor<2>,
}

/// Energies, charges and hidden layers of the atoms of a batch.
pub(crate) fn forward(architecture: &Architecture, weights: &Weights, inputs: &Inputs) -> Outputs {
    let (atoms, k) = (inputs.atoms, architecture.channels);
    let by_species = |name: &str| weights.get(name).select(0, inputs.species.clone());

    // A = mean own(i) Σⱼ Y(u) (B W_radial)(r) emit(j).
    let radial = inputs.radial.clone().matmul(weights.get("radial1"));
    let emit = weights
        .get("emit1")
        .select(0, inputs.neighbor_species.clone());
    let moments = aggregate(inputs, inputs.harmonics.clone(), radial * emit);
    let moments = scaled(moments, architecture, weights, inputs, "own1");

    // h = silu(I W_in + b); (e, g, c, x) = h W_out; a = g (v W_vector).
    let input = weights.get("in1");
    let rows = input.dims()[0];
    let all = invariants(&moments, &weights.get("mix1"), rows);
    let hidden = silu(all.matmul(input) + by_species("bias1"));
    let output = hidden.clone().matmul(weights.get("out1"));
    let column = |from: usize, to: usize| output.clone().slice([0..atoms, from..to]);
    let vectors = moments.slice([0..atoms, 1..4, 0..k]);
    let ungated = vectors
        .reshape([3 * atoms, k])
        .matmul(weights.get("arrow"))
        .reshape([atoms, 3, k]);
    let arrow = ungated * column(k, 2 * k).reshape([atoms, 1, k]);

    // e += emit₂(i) + q emit_q.
    let mut scalar = by_species("emit2") + column(0, k);
    let mut charge = None;
    if let Some(electrostatics) = &inputs.electrostatics {
        let prior = |name: &str, at: usize| {
            let table = weights.get(name).transpose();
            column(at, at + 1) + table.select(0, inputs.species.clone())
        };
        let q0 = prior("charge0", 2 * k);
        let q = charges::distribute(electrostatics, q0, prior("hold0", 2 * k + 1));
        scalar = scalar + q.clone().matmul(weights.get("emitq"));
        charge = Some(q);
    }

    // s = Σ gₛ e + gᵥ u·a; v = Σ gₛ e u + gᵥ a; t and f = Σ gₛ e Y(u).
    let moments = receive(architecture, weights, inputs, scalar, &arrow);
    let moments = scaled(moments, architecture, weights, inputs, "own2");

    // y = silu(silu([I; v·a; h; q] W_in + b) W_mid + b_mid).
    let input = weights.get("in2");
    let rest = k + architecture.hidden + usize::from(charge.is_some());
    let rows = input.dims()[0] - rest;
    let projection = (moments.clone().slice([0..atoms, 1..4, 0..k]) * arrow).sum_dim(1);
    let mut all = vec![
        invariants(&moments, &weights.get("mix2"), rows),
        projection.reshape([atoms, k]),
        hidden,
    ];
    all.extend(charge.clone());
    let first = silu(Tensor::cat(all, 1).matmul(input) + by_species("bias2"));
    let last = silu(first.matmul(weights.get("mid2")) + weights.get("midbias"));

    // E = floor(energy(i) + y·w_out) + electrostatics.
    let output = weights.get("out2").transpose();
    let own = weights.get("energy0").transpose();
    let own = own.select(0, inputs.species.clone());
    let learned = last.clone().matmul(output) * ENERGY_UNIT + own;
    let mut energies = floored(learned);
    if let (Some(electrostatics), Some(charge)) = (&inputs.electrostatics, &charge) {
        energies = energies + charges::energies(electrostatics, charge);
    }
    Outputs {
        energies,
        charges: charge,
        hidden: last,
    }
}

/// Σⱼ Y(u) x for x along the edges [A M, n] and harmonics [A, c, M]: [A, c, n].
fn aggregate(inputs: &Inputs, harmonics: Tensor<3>, x: Tensor<2>) -> Tensor<3> {
    let width = x.dims()[1];
    harmonics.matmul(x.reshape([inputs.atoms, inputs.neighbors, width]))
}

/// The moments of the messages of neighbors: scalars [A, K] and vectors [A, 3, K].
fn receive(
    architecture: &Architecture,
    weights: &Weights,
    inputs: &Inputs,
    scalar: Tensor<2>,
    vector: &Tensor<3>,
) -> Tensor<3> {
    let (atoms, edges, k) = (
        inputs.atoms,
        inputs.atoms * inputs.neighbors,
        architecture.channels,
    );
    let radial = inputs.radial.clone().matmul(weights.get("radial2"));
    let part = |from: usize| radial.clone().slice([0..edges, from..from + k]);
    let sent = scalar.select(0, inputs.neighbor.clone());
    let moments = aggregate(inputs, inputs.harmonics.clone(), part(0) * sent);
    // The harmonics of degree 0 and 1 are 1 and u: Σ gᵥ a and Σ u (gᵥ a).
    let carried = vector
        .clone()
        .reshape([atoms, 3 * k])
        .select(0, inputs.neighbor.clone())
        .reshape([edges, 3, k])
        * part(k).reshape([edges, 1, k]);
    let to_degree_1 = inputs
        .harmonics
        .clone()
        .slice([0..atoms, 0..4, 0..inputs.neighbors]);
    let sums = aggregate(inputs, to_degree_1, carried.reshape([edges, 3 * k]));
    let sum = |row: usize, axis: usize| {
        let columns = axis * k..(axis + 1) * k;
        sums.clone().slice([0..atoms, row..row + 1, columns])
    };
    let toward = sum(1, 0) + sum(2, 1) + sum(3, 2);
    let rest = moments.dims()[1] - 4;
    let none = Tensor::zeros([atoms, rest, k], &moments.device());
    let from_vectors = Tensor::cat(vec![toward, sum(0, 0), sum(0, 1), sum(0, 2), none], 1);
    moments + from_vectors
}

/// Moments times the mean and, if the network has them, factors of the species.
fn scaled(
    moments: Tensor<3>,
    architecture: &Architecture,
    weights: &Weights,
    inputs: &Inputs,
    own: &str,
) -> Tensor<3> {
    let moments = moments * architecture.mean;
    match weights.optional(own) {
        Some(table) => {
            let factors = table.select(0, inputs.species.clone());
            moments * factors.reshape([inputs.atoms, 1, architecture.channels])
        }
        None => moments,
    }
}

/// e down to −F, −F − F tanh((−F − e)/F) below.
fn floored(energies: Tensor<2>) -> Tensor<2> {
    let below = (-energies.clone() - FLOOR).clamp_min(0.0);
    energies.clamp_min(-FLOOR) - (below / FLOOR).tanh() * FLOOR
}
