//! One atom: its descriptors, its energy, and the gradient with respect to its neighbors.

use super::edges::{Block, CloseNeighbor, Edges, inverses};
use super::harmonics::{COMPONENTS, gradient, harmonics};
use super::invariants::Moments;
use super::lanes::{LANES, Lanes, add_product, add_scaled, splat, total, total_of_doubles};
use super::network::Hidden;
use super::parameters::{PairParameters, Parameters};
use super::radial::{Envelope, MAX_BASIS};
use super::sums::{AtomSums, Sums};

/// Buffers for one atom after another.
#[derive(Clone, Debug, Default)]
pub(super) struct AtomScratch {
    /// Neighbors within the cutoff of the radial descriptors.
    pub(super) radial: Edges,
    /// Neighbors within the cutoff of the angular descriptors.
    pub(super) angular: Edges,
    /// Neighbors within the range of the repulsion of nuclei.
    pub(super) close: Vec<CloseNeighbor>,
    /// g and dg/dr of the angular neighbors: [blocks, functions].
    functions: Vec<[Lanes; 2]>,
    /// Harmonics of the angular neighbors: [blocks].
    harmonics: Vec<[Lanes; COMPONENTS]>,
    /// A in lanes: [functions].
    lanes: Vec<[Lanes; COMPONENTS]>,
    /// A, then ∂E/∂A: [functions].
    moments: Vec<Moments>,
    moment_gradients: Vec<Moments>,
    /// q and ∂E/∂q: [descriptors].
    descriptors: Vec<f32>,
    derivatives: Vec<f32>,
    hidden: Hidden,
}

impl AtomScratch {
    /// Adds an atom of a species to the sums; its neighbors have been selected.
    #[inline(always)]
    pub(super) fn add_atom(
        &mut self,
        parameters: &Parameters,
        atom: usize,
        species: usize,
        sums: &mut Sums,
    ) {
        let pairs = parameters.pairs_of(species);
        self.descriptors.clear();
        self.descriptors.resize(parameters.descriptors, 0.0);
        self.derivatives.clear();
        self.derivatives.resize(parameters.descriptors, 0.0);
        let functions = parameters.radial_functions;
        self.radial_descriptors(pairs, functions);
        self.moments(pairs, parameters);
        let angular = parameters.angular;
        angular.values(&self.moments, &mut self.descriptors[functions..]);
        let network = &parameters.networks[species];
        let energy = network.evaluate(&self.descriptors, &mut self.hidden, &mut self.derivatives);
        angular.gradients(
            &self.moments,
            &self.derivatives[functions..],
            &mut self.moment_gradients,
        );
        let mut own = AtomSums::zero();
        self.add_radial_gradients(pairs, functions, &mut own, sums);
        self.add_angular_gradients(parameters, &mut own, sums);
        let repulsion = self.add_repulsion(pairs, &mut own, sums);
        sums.energies.push(energy + repulsion);
        own.add_to(atom, sums);
    }

    /// q_n = Σ_j g_n(r_ij): first the sums of f_k over the neighbors of each species, then those over k.
    #[inline(always)]
    fn radial_descriptors(&mut self, pairs: &[PairParameters], functions: usize) {
        for group in self.radial.groups() {
            let expansion = &pairs[group.species].radial;
            let mut sums = [[0.0; LANES]; MAX_BASIS];
            let sums = &mut sums[..expansion.basis];
            for block in self.radial.blocks_of(*group) {
                let distances = block.distances();
                Envelope::at(&distances, expansion.inverse_cutoff).add_values(sums);
            }
            let mut totals = [0.0; MAX_BASIS];
            for (value, lanes) in totals.iter_mut().zip(&*sums) {
                *value = total_of_doubles(lanes) as f32;
            }
            for (n, descriptor) in self.descriptors[..functions].iter_mut().enumerate() {
                let terms = expansion.of_function(n).iter().zip(&totals);
                *descriptor += terms.map(|(c, value)| c * value).sum::<f32>();
            }
        }
    }

    /// A_nlm = Σ_j g_n(r_ij) Y_lm; keeps g, dg/dr and Y.
    #[inline(always)]
    fn moments(&mut self, pairs: &[PairParameters], parameters: &Parameters) {
        let functions = parameters.angular.functions;
        let components = parameters.angular.components();
        self.functions.clear();
        self.harmonics.clear();
        self.lanes.clear();
        self.lanes.resize(functions, [splat(0.0); COMPONENTS]);
        for group in self.angular.groups() {
            let expansion = &pairs[group.species].angular;
            for block in self.angular.blocks_of(*group) {
                let distances = block.distances();
                let mut values = [splat(0.0); MAX_BASIS];
                let mut derivatives = [splat(0.0); MAX_BASIS];
                Envelope::at(&distances, expansion.inverse_cutoff).values_and_derivatives(
                    &mut values[..expansion.basis],
                    &mut derivatives[..expansion.basis],
                );
                let harmonics = harmonics(&unit(block, &inverses(&distances)));
                for n in 0..functions {
                    let mut function = [splat(0.0); 2];
                    let terms = expansion
                        .of_function(n)
                        .iter()
                        .zip(&values)
                        .zip(&derivatives);
                    for ((c, value), derivative) in terms {
                        add_scaled(&mut function[0], *c, value);
                        add_scaled(&mut function[1], *c, derivative);
                    }
                    let sums = self.lanes[n][..components].iter_mut();
                    for (sum, component) in sums.zip(&harmonics) {
                        add_product(sum, &function[0], component);
                    }
                    self.functions.push(function);
                }
                self.harmonics.push(harmonics);
            }
        }
        self.moments.clear();
        let totals = |lanes: &[Lanes; COMPONENTS]| std::array::from_fn(|at| total(&lanes[at]));
        self.moments.extend(self.lanes.iter().map(totals));
        self.moment_gradients.resize(functions, [0.0; COMPONENTS]);
    }

    /// The repulsion of nuclei, eV: half of that of each pair.
    #[inline(always)]
    fn add_repulsion(&self, pairs: &[PairParameters], own: &mut AtomSums, sums: &mut Sums) -> f64 {
        let mut total = 0.0;
        for neighbor in &self.close {
            let Some(zbl) = &pairs[neighbor.species].zbl else {
                continue;
            };
            let distance = neighbor.d.length();
            let (energy, derivative) = zbl.energy_and_derivative(distance);
            total += 0.5 * energy;
            let gradient = (0.5 * derivative / distance) * neighbor.d;
            own.add_one(neighbor.d, gradient, neighbor.other, sums);
        }
        total
    }

    /// ∂E/∂d = u Σ_n (∂E/∂q_n) dg_n/dr of the radial descriptors.
    #[inline(always)]
    fn add_radial_gradients(
        &self,
        pairs: &[PairParameters],
        functions: usize,
        own: &mut AtomSums,
        sums: &mut Sums,
    ) {
        for group in self.radial.groups() {
            let expansion = &pairs[group.species].radial;
            let mut weights = [0.0; MAX_BASIS];
            for (n, derivative) in self.derivatives[..functions].iter().enumerate() {
                for (weight, c) in weights.iter_mut().zip(expansion.of_function(n)) {
                    *weight += f64::from(*derivative) * f64::from(*c);
                }
            }
            let mut count = group.count;
            for block in self.radial.blocks_of(*group) {
                let distances = block.distances();
                let envelope = Envelope::at(&distances, expansion.inverse_cutoff);
                let slope = envelope.weighted_derivative(&weights[..expansion.basis]);
                let gradient = unit(block, &inverses(&distances)).map(|u| product(&u, &slope));
                own.add(block, &gradient, count, &mut sums.forces);
                count = count.saturating_sub(LANES);
            }
        }
    }

    /// ∂E/∂d = Σ B [u Y dg/dr + (1 − u uᵀ) ∇Y g/r] with B = ∂E/∂A of the angular descriptors.
    #[inline(always)]
    fn add_angular_gradients(&self, parameters: &Parameters, own: &mut AtomSums, sums: &mut Sums) {
        let functions = parameters.angular.functions;
        let components = parameters.angular.components();
        let mut kept = self.functions.chunks_exact(functions).zip(&self.harmonics);
        for group in self.angular.groups() {
            let mut count = group.count;
            for (block, (functions, harmonics)) in
                self.angular.blocks_of(*group).iter().zip(&mut kept)
            {
                let inverses = inverses(&block.distances());
                let mut weights = [splat(0.0); COMPONENTS];
                let mut along = splat(0.0);
                for component in 0..components {
                    let mut slope = splat(0.0);
                    for (function, gradient) in functions.iter().zip(&self.moment_gradients) {
                        add_scaled(&mut weights[component], gradient[component], &function[0]);
                        add_scaled(&mut slope, gradient[component], &function[1]);
                    }
                    add_product(&mut along, &slope, &harmonics[component]);
                }
                let unit = unit(block, &inverses);
                let gradient = projected(&unit, &along, &gradient(&unit, &weights), &inverses);
                own.add(block, &gradient, count, &mut sums.forces);
                count = count.saturating_sub(LANES);
            }
        }
    }
}

/// Unit vectors to the neighbors of a block.
#[inline(always)]
fn unit(block: &Block, inverses: &Lanes) -> [Lanes; 3] {
    block
        .displacement
        .each_ref()
        .map(|axis| product(axis, inverses))
}

#[inline(always)]
fn product(x: &Lanes, y: &Lanes) -> Lanes {
    std::array::from_fn(|lane| x[lane] * y[lane])
}

/// u along + (1 − u uᵀ) across/r.
#[inline(always)]
fn projected(
    unit: &[Lanes; 3],
    along: &Lanes,
    across: &[Lanes; 3],
    inverses: &Lanes,
) -> [Lanes; 3] {
    let mut gradient = [splat(0.0); 3];
    for lane in 0..LANES {
        let u = unit.each_ref().map(|axis| axis[lane]);
        let v = across.each_ref().map(|axis| axis[lane]);
        let inward = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
        for axis in 0..3 {
            gradient[axis][lane] =
                u[axis] * along[lane] + (v[axis] - inward * u[axis]) * inverses[lane];
        }
    }
    gradient
}
