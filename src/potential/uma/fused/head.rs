//! The energy of an atom, from the row of its features that no rotation changes.
//!
//! fairchem: `MLP_EFS_Head`.

use super::super::parameters::Linear;
use super::super::real::Real;
use super::desk::room;
use super::gate::{sigmoid, silu_slope};
use super::matrix::{Layout, Matrix, Panels, dot};

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
    #[inline(always)]
    pub(super) fn evaluate<const FUSED: bool, const TILES: usize>(
        &self,
        x: &[T],
        hidden: &mut Vec<T>,
        panels: &mut Panels<T>,
        energies: &mut [T],
        gradient: &mut [T],
    ) {
        let (count, width) = (energies.len(), self.last.len());
        let (scalars, rows) = (Layout::rows(0, x.len() / count), Layout::rows(0, width));
        let (one, rest) = room(hidden, 3 * count * width).split_at_mut(count * width);
        let (two, activated) = rest.split_at_mut(count * width);
        let (forward, bias) = (&self.first.forward, &self.first.bias);
        forward.multiply::<FUSED, TILES>(count, (x, scalars), bias, (one, rows), panels);
        silu(one, activated);
        let (forward, bias) = (&self.second.forward, &self.second.bias);
        forward.multiply::<FUSED, TILES>(count, (activated, rows), bias, (two, rows), panels);
        silu(two, activated);
        for (energy, activated) in energies.iter_mut().zip(activated.chunks_exact(width)) {
            *energy = dot::<T, FUSED>(&self.last, activated) + self.last_bias;
        }
        for (g, two) in activated
            .chunks_exact_mut(width)
            .zip(two.chunks_exact(width))
        {
            for ((g, two), weight) in g.iter_mut().zip(two).zip(&self.last) {
                *g = *weight * silu_slope(*two);
            }
        }
        let backward = &self.second.backward;
        backward.multiply::<FUSED, TILES>(count, (activated, rows), &[], (two, rows), panels);
        for (g, one) in two.iter_mut().zip(one.iter()) {
            *g = *g * silu_slope(*one);
        }
        gradient.fill(T::ZERO);
        let backward = &self.first.backward;
        backward.multiply::<FUSED, TILES>(count, (two, rows), &[], (gradient, scalars), panels);
    }
}

impl<T: Real> Hidden<T> {
    fn new(linear: &Linear<T>) -> Hidden<T> {
        Hidden {
            forward: Matrix::forward(linear),
            backward: Matrix::backward(linear),
            bias: linear.bias.clone(),
        }
    }
}

#[inline(always)]
fn silu<T: Real>(x: &[T], y: &mut [T]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y = *x * sigmoid(*x);
    }
}
