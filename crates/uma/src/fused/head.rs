//! The energy of an atom, from the row of its features that no rotation changes.
//!
//! fairchem: `MLP_EFS_Head`.

use super::super::parameters::Linear;
use super::super::real::Real;
use super::desk::room;
use super::gate::{silu, silu_backward};
use mlipview_core::potential::simd::{Layout, Matrix, dispatch, dot};

/// Linear, SiLU, linear, SiLU, linear.
#[derive(Clone, Debug)]
pub(super) struct HeadNetwork<T> {
    first: Hidden<T>,
    second: Hidden<T>,
    last: Vec<T>,
    last_bias: T,
}

/// A linear layer, for both ways.
#[derive(Clone, Debug)]
struct Hidden<T> {
    forward: Matrix<T>,
    backward: Matrix<T>,
    bias: Vec<T>,
}

impl<T: Real> HeadNetwork<T> {
    /// The head of these numbers.
    pub(super) fn new([first, second, last]: &[Linear<T>; 3]) -> HeadNetwork<T> {
        HeadNetwork {
            first: Hidden::new(first),
            second: Hidden::new(second),
            last: last.weight.clone(),
            last_bias: last.bias.iter().copied().sum(),
        }
    }

    /// The energies of some atoms with these features, and the gradient of their sum.
    pub(super) fn evaluate(
        &self,
        x: &[T],
        hidden: &mut Vec<T>,
        energies: &mut [T],
        gradient: &mut [T],
    ) {
        let (count, width) = (energies.len(), self.last.len());
        let (scalars, rows) = (Layout::rows(0, x.len() / count), Layout::rows(0, width));
        let (one, rest) = room(hidden, 3 * count * width).split_at_mut(count * width);
        let (two, activated) = rest.split_at_mut(count * width);
        let (forward, bias) = (&self.first.forward, &self.first.bias);
        forward.multiply(count, (x, scalars), bias, (one, rows));
        silu(one, activated);
        let (forward, bias) = (&self.second.forward, &self.second.bias);
        forward.multiply(count, (activated, rows), bias, (two, rows));
        silu(two, activated);
        for (energy, activated) in energies.iter_mut().zip(activated.chunks_exact(width)) {
            *energy = dispatch!(|simd| dot(T::lanes(simd), &self.last, activated)) + self.last_bias;
        }
        for g in activated.chunks_exact_mut(width) {
            g.copy_from_slice(&self.last);
        }
        silu_backward(two, activated);
        let backward = &self.second.backward;
        backward.multiply(count, (activated, rows), &[], (two, rows));
        silu_backward(one, two);
        gradient.fill(T::ZERO);
        let backward = &self.first.backward;
        backward.multiply(count, (two, rows), &[], (gradient, scalars));
    }
}

impl<T: Real> Hidden<T> {
    fn new(linear: &Linear<T>) -> Hidden<T> {
        Hidden {
            forward: linear.matrix(),
            backward: linear.transposed(),
            bias: linear.bias.clone(),
        }
    }
}
