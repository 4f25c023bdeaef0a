//! Forces of the network: the gradient of the energy with respect to every edge.

use super::channels::{Channels, Part, parts};
use super::chunk::Chunk;
use super::edges::Edge;
use super::harmonics;
use super::layer1::Layer1;
use super::layer2::Layer2;
use super::message::Message;
use super::moments::Moments;
use super::repulsion::Repulsion;
use super::sums::{Sums, displacement};
use crate::potential::simd::{Simd, Vector};

/// Messages and gradients of all atoms, from which forces are computed.
#[derive(Clone, Copy)]
pub(super) struct Gradients<'a, const C: usize> {
    pub(super) layer1: &'a Layer1<C>,
    pub(super) layer2: &'a Layer2<C>,
    /// `[atoms]`.
    pub(super) species: &'a [u8],
    /// `[atoms]`.
    pub(super) messages: &'a [Message],
    /// ∂E/∂Σⱼ of the sums over neighbors in both layers: [2, atoms].
    pub(super) moments: [&'a [Moments<C>]; 2],
    /// Repulsion of nuclei, where the physical pair terms do not include it.
    pub(super) repulsion: Option<&'a Repulsion>,
}

/// Adds the forces of the pairs that some chunks own.
#[inline(always)]
pub(super) fn add<S: Simd, const C: usize>(
    simd: S,
    gradients: Gradients<'_, C>,
    chunks: &[Chunk<C>],
    sums: &mut Sums,
) {
    for chunk in chunks {
        for (index, atom) in chunk.atoms.clone().enumerate() {
            for edge in chunk.edges.owned_by(index) {
                let pair = [atom, edge.other as usize];
                let mut gradient = gradients.of_edge(simd, atom, edge).map(f64::from);
                if let Some(repulsion) = gradients.repulsion {
                    let species = pair.map(|atom| usize::from(gradients.species[atom]));
                    let terms = repulsion.pair(species);
                    let distance = f64::from(edge.distance);
                    if distance < terms.cutoff {
                        let [energy, derivative] = terms.energy_and_derivative(distance);
                        sums.add_energy(pair, energy);
                        for (sum, component) in gradient.iter_mut().zip(displacement(edge)) {
                            *sum += derivative * component;
                        }
                    }
                }
                sums.add_force(pair, displacement(edge), gradient);
            }
        }
    }
}

/// Arrays of one of the two atoms of an edge, for the gradient with respect to it.
#[derive(Clone, Copy)]
struct End<'a, const C: usize> {
    /// ∂E/∂A in the first and in the second layer.
    first: &'a [Channels; C],
    second: &'a [Channels; C],
    emit: &'a Channels,
    message: &'a Message,
}

/// ∂E/∂r per segment of the tables, and Σ w ∂Y/∂u.
struct EdgeSums<S: Simd> {
    along: Part<S>,
    across: [Part<S>; 3],
}

impl<const C: usize> Gradients<'_, C> {
    /// The gradient of the energy with respect to the displacement from an atom i to its neighbor j,
    /// eV/Å: [3].
    ///
    /// In both layers dE = Σ (∂E/∂Aᵢ)·d(Y(u) f eⱼ) + (∂E/∂Aⱼ)·d(Y(−u) f eᵢ), and in the second the terms
    /// gᵥ u·a and gᵥ a of the message vectors. Collected, dE = F·df(r) + w·dY(u):
    /// ∂E/∂d = u Σ F f' + (1 − u uᵀ) (Σ w ∂Y/∂u)/r.
    #[inline(always)]
    fn of_edge<S: Simd>(&self, simd: S, atom: usize, edge: &Edge) -> [f32; 3] {
        let (u, ends) = (edge.unit, [self.end(atom), self.end(edge.other as usize)]);
        let harmonics = harmonics::harmonics(u);
        let harmonic_gradients = harmonics::gradients(u);
        let zero = Vector::splat(simd, 0.0);
        let mut sums = EdgeSums {
            along: zero,
            across: [zero; 3],
        };
        for part in 0..parts::<S>() {
            self.add_part(
                simd,
                ends,
                edge,
                (&harmonics, &harmonic_gradients),
                part,
                &mut sums,
            );
        }
        let along = sums.along.total() * self.layer1.table.density();
        let [x, y, z] = sums.across;
        let across = [x.total(), y.total(), z.total()];
        let inward = across[0] * u[0] + across[1] * u[1] + across[2] * u[2];
        std::array::from_fn(|axis| {
            along * u[axis] + (across[axis] - inward * u[axis]) / edge.distance
        })
    }

    #[inline(always)]
    fn end(&self, atom: usize) -> End<'_, C> {
        End {
            first: &self.moments[0][atom].0,
            second: &self.moments[1][atom].0,
            emit: &self.layer1.emit[usize::from(self.species[atom])],
            message: &self.messages[atom],
        }
    }

    /// Adds a part of the channels.
    #[inline(always)]
    fn add_part<S: Simd>(
        &self,
        simd: S,
        [mine, theirs]: [End<'_, C>; 2],
        edge: &Edge,
        (harmonics, harmonic_gradients): (&[f32; C], &[[f32; 3]; C]),
        part: usize,
        sums: &mut EdgeSums<S>,
    ) {
        let (table1, table2) = (&self.layer1.table, &self.layer2.table);
        let [f, f_slope] = table1.values_and_derivatives(simd, edge.table, 0, part);
        let [gs, gs_slope] = table2.values_and_derivatives(simd, edge.table, 0, part);
        let [gv, gv_slope] = table2.values_and_derivatives(simd, edge.table, 1, part);
        let my_emit = Vector::load(simd, mine.emit, part);
        let their_emit = Vector::load(simd, theirs.emit, part);
        let my_scalar = Vector::load(simd, &mine.message.scalar, part);
        let their_scalar = Vector::load(simd, &theirs.message.scalar, part);
        // ∂E/∂f, ∂E/∂gₛ, ∂E/∂gᵥ.
        let zero = Vector::splat(simd, 0.0);
        let (mut by_f, mut by_gs, mut by_gv) = (zero, zero, zero);
        for a in 0..C {
            let (my_emit, my_scalar) = match harmonics::is_odd(a) {
                true => (-my_emit, -my_scalar),
                false => (my_emit, my_scalar),
            };
            let w = Vector::load(simd, &theirs.first[a], part) * my_emit;
            let w = Vector::load(simd, &mine.first[a], part).mul_add(their_emit, w);
            let v = Vector::load(simd, &theirs.second[a], part) * my_scalar;
            let v = Vector::load(simd, &mine.second[a], part).mul_add(their_scalar, v);
            by_f = w.scaled_add(harmonics[a], by_f);
            by_gs = v.scaled_add(harmonics[a], by_gs);
            let weight = w.mul_add(f, gs * v);
            for axis in 0..3 {
                let across = &mut sums.across[axis];
                *across = weight.scaled_add(harmonic_gradients[a][axis], *across);
            }
        }
        for axis in 0..3 {
            let my = Vector::load(simd, &mine.message.vector[axis], part);
            let their = Vector::load(simd, &theirs.message.vector[axis], part);
            let by_scalar = Vector::load(simd, &mine.second[0], part) * their
                - Vector::load(simd, &theirs.second[0], part) * my;
            let by_vector = Vector::load(simd, &theirs.second[1 + axis], part) * my;
            let by_vector =
                Vector::load(simd, &mine.second[1 + axis], part).mul_add(their, by_vector);
            by_gv = by_gv + by_scalar.scaled_add(edge.unit[axis], by_vector);
            sums.across[axis] = gv.mul_add(by_scalar, sums.across[axis]);
        }
        for (slope, by) in [(f_slope, by_f), (gs_slope, by_gs), (gv_slope, by_gv)] {
            sums.along = slope.mul_add(by, sums.along);
        }
    }
}
