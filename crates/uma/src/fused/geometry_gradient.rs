//! The gradient of the energy with respect to the direction and the length of edges.

use crate::harmonics::{Harmonics, SparseEntry};
use crate::real::Real;
use mlipview_core::potential::simd::{dispatch, dot};

/// dE/drotation and dE/dd of some edges, summed over blocks.
pub(crate) struct GeometryGradient<'a, T> {
    /// The torque about x, y, z: `[E, 3]`.
    pub(crate) torques: &'a mut [[T; 3]],
    /// dE/dd: `[E]`.
    pub(crate) slopes: &'a mut [T],
}

/// The generators Jₓ, J_y, J_z of rotations. They are antisymmetric: only Jᵢⱼ with i < j is kept.
#[derive(Clone, Debug)]
pub(crate) struct Generators<T> {
    entries: Vec<GeneratorEntry<T>>,
}

/// One number of a generator.
#[derive(Clone, Copy, Debug)]
struct GeneratorEntry<T> {
    axis: usize,
    row: usize,
    column: usize,
    value: T,
}

impl<T: Real> Generators<T> {
    pub(crate) fn new(harmonics: &Harmonics) -> Generators<T> {
        let upper = |entry: &&SparseEntry| entry.row < entry.column;
        let entries = harmonics
            .generators
            .iter()
            .enumerate()
            .flat_map(|(axis, entries)| {
                entries
                    .iter()
                    .filter(upper)
                    .map(move |entry| GeneratorEntry {
                        axis,
                        row: entry.row,
                        column: entry.column,
                        value: T::from_f64(entry.value),
                    })
            });
        Generators {
            entries: entries.collect(),
        }
    }

    /// torqueₖ += sign ⟨g, Jₖ x⟩, with g and x `[S, channels]`.
    pub(crate) fn add_torque(
        &self,
        sign: T,
        g: &[T],
        x: &[T],
        channels: usize,
        torque: &mut [T; 3],
    ) {
        dispatch!(|simd| {
            let simd = T::lanes(simd);
            let of = |component: usize| component * channels..(component + 1) * channels;
            for entry in &self.entries {
                let (row, column) = (of(entry.row), of(entry.column));
                let one = dot(simd, &g[row.clone()], &x[column.clone()]);
                let other = dot(simd, &g[column], &x[row]);
                torque[entry.axis] += sign * entry.value * (one - other);
            }
        });
    }
}
