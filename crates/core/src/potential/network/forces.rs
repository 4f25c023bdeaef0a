//! Forces of the network: the gradient of the energy with respect to every edge.

use super::channels::{CHANNELS, Channels, LANES, lanes_mut};
use super::chunk::Chunk;
use super::edges::Edge;
use super::harmonics::{self, harmonics, parity};
use super::layer1::Layer1;
use super::layer2::Layer2;
use super::message::Message;
use super::moments::Moments;
use super::repulsion::Repulsion;
use super::sums::{Sums, displacement};

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
pub(super) fn add<const C: usize>(
    gradients: Gradients<'_, C>,
    chunks: &[Chunk<C>],
    sums: &mut Sums,
) {
    for chunk in chunks {
        for (index, atom) in chunk.atoms.clone().enumerate() {
            for edge in chunk.edges.owned_by(index) {
                let pair = [atom, edge.other as usize];
                let mut gradient = gradients.of_edge(atom, edge).map(f64::from);
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

impl<const C: usize> Gradients<'_, C> {
    /// The gradient of the energy with respect to the displacement from an atom i to its neighbor j,
    /// eV/Å: [3].
    ///
    /// In both layers dE = Σ (∂E/∂Aᵢ)·d(Y(u) f eⱼ) + (∂E/∂Aⱼ)·d(Y(−u) f eᵢ), and in the second the terms
    /// gᵥ u·a and gᵥ a of the message vectors. Collected, dE = F·df(r) + w·dY(u):
    /// ∂E/∂d = u Σ F f' + (1 − u uᵀ) (Σ w ∂Y/∂u)/r.
    #[inline(always)]
    fn of_edge(&self, atom: usize, edge: &Edge) -> [f32; 3] {
        let other = edge.other as usize;
        let u = edge.unit;
        let harmonics: [f32; C] = harmonics(u);
        let signs = parity::<C>();
        let radial = self.radial(edge);
        let [first, second] = self.moments.map(|all| [&all[atom].0, &all[other].0]);
        let [mine, theirs] = [atom, other].map(|atom| &self.messages[atom]);
        let emit = [atom, other].map(|atom| &self.layer1.emit[usize::from(self.species[atom])]);
        let mut along: Channels = [0.0; CHANNELS];
        let mut across = [[0.0; CHANNELS]; 3];
        for k in 0..CHANNELS {
            let [f, gs, gv] = [radial[0][k], radial[1][k], radial[2][k]];
            // ∂E/∂f, ∂E/∂gₛ, ∂E/∂gᵥ, and the weights of the harmonics.
            let mut derivative = [0.0; 3];
            let mut weights = [0.0; C];
            for a in 0..C {
                let w = first[0][a][k] * emit[1][k] + signs[a] * first[1][a][k] * emit[0][k];
                let v = second[0][a][k] * theirs.scalar[k]
                    + signs[a] * second[1][a][k] * mine.scalar[k];
                derivative[0] += harmonics[a] * w;
                derivative[1] += harmonics[a] * v;
                weights[a] = f * w + gs * v;
            }
            let mut gradient = harmonics::gradient(u, weights);
            for axis in 0..3 {
                let [my, their] = [mine.vector[axis][k], theirs.vector[axis][k]];
                let by_scalar = second[0][0][k] * their - second[1][0][k] * my;
                let by_vector = second[0][1 + axis][k] * their + second[1][1 + axis][k] * my;
                derivative[2] += by_vector + u[axis] * by_scalar;
                gradient[axis] += gv * by_scalar;
            }
            along[k] = radial[3][k] * derivative[0]
                + radial[4][k] * derivative[1]
                + radial[5][k] * derivative[2];
            for axis in 0..3 {
                across[axis][k] = gradient[axis];
            }
        }
        // u (along) + (1 − u uᵀ) across / r.
        let along = total(&along) * self.layer1.table.density();
        let across = across.each_ref().map(total);
        let inward = across[0] * u[0] + across[1] * u[1] + across[2] * u[2];
        std::array::from_fn(|axis| {
            along * u[axis] + (across[axis] - inward * u[axis]) / edge.distance
        })
    }

    /// f, gₛ, gᵥ at the distance of an edge, then their derivatives per segment of the tables: [6, K].
    #[inline(always)]
    fn radial(&self, edge: &Edge) -> [Channels; 6] {
        let mut radial = [[0.0; CHANNELS]; 6];
        for part in 0..CHANNELS / LANES {
            let both = [
                self.layer1
                    .table
                    .values_and_derivatives(edge.table, 0, part),
                self.layer2
                    .table
                    .values_and_derivatives(edge.table, 0, part),
                self.layer2
                    .table
                    .values_and_derivatives(edge.table, 1, part),
            ];
            for (at, [values, derivatives]) in both.into_iter().enumerate() {
                *lanes_mut(&mut radial[at], part) = values;
                *lanes_mut(&mut radial[3 + at], part) = derivatives;
            }
        }
        radial
    }
}

/// The sum over all channels, always in the same order.
#[inline(always)]
fn total(channels: &Channels) -> f32 {
    let (parts, _) = channels.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for lane in 0..LANES {
        sums[lane] = (parts[0][lane] + parts[1][lane]) + (parts[2][lane] + parts[3][lane]);
    }
    super::channels::total(&sums)
}
