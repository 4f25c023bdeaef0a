//! Radial weights: a factor per degree, order and channel of a message, from the edge's length and
//! elements; the same for +m and −m.

use crate::parameters::So2Parameters;
use crate::real::Real;
use mlipview_core::potential::simd::dispatch;

/// y = w(d) · x of one edge, in the layout of the input of the convolution that follows.
#[derive(Clone, Debug)]
pub(crate) struct RadialWeights {
    /// Numbers of order 0.
    m0: usize,
    orders: Vec<OrderNumbers>,
}

/// The numbers of an order m > 0: `count` of +m, then `count` of −m.
#[derive(Clone, Copy, Debug)]
struct OrderNumbers {
    first: usize,
    count: usize,
}

impl RadialWeights {
    /// The weights of the input of a convolution.
    pub(crate) fn new<T>(convolution: &So2Parameters<T>) -> RadialWeights {
        let m0 = convolution.m0.inputs;
        let orders = convolution.orders.iter().scan(m0, |first, order| {
            let numbers = OrderNumbers {
                first: *first,
                count: order.inputs,
            };
            *first += 2 * order.inputs;
            Some(numbers)
        });
        RadialWeights {
            m0,
            orders: orders.collect(),
        }
    }

    /// x `[K·2C]` and weights `[outputs of the radial network]` to y `[K·2C]`.
    pub(crate) fn forward<T: Real>(&self, x: &[T], weights: &[T], y: &mut [T]) {
        dispatch!(|_| {
            let m0 = self.m0;
            multiply(&x[..m0], &weights[..m0], &mut y[..m0]);
            let mut at = m0;
            for order in &self.orders {
                let weights = &weights[at..at + order.count];
                for part in [order.first, order.first + order.count] {
                    let part = part..part + order.count;
                    multiply(&x[part.clone()], weights, &mut y[part]);
                }
                at += order.count;
            }
        });
    }

    /// Turns dE/dy in `grad` into dE/dx in place, and writes dE/dweights.
    pub(crate) fn backward<T: Real>(
        &self,
        x: &[T],
        weights: &[T],
        grad: &mut [T],
        grad_weights: &mut [T],
    ) {
        dispatch!(|_| {
            let m0 = self.m0;
            multiply(&grad[..m0], &x[..m0], &mut grad_weights[..m0]);
            multiply_by(&mut grad[..m0], &weights[..m0]);
            let mut at = m0;
            for order in &self.orders {
                let n = order.count;
                let (weights, grad_weights) = (&weights[at..at + n], &mut grad_weights[at..at + n]);
                let (x_real, x_imaginary) = x[order.first..order.first + 2 * n].split_at(n);
                let (grad_real, grad_imaginary) =
                    grad[order.first..order.first + 2 * n].split_at_mut(n);
                multiply(grad_real, x_real, grad_weights);
                for ((sum, g), x) in grad_weights
                    .iter_mut()
                    .zip(grad_imaginary.iter())
                    .zip(x_imaginary)
                {
                    *sum += *g * *x;
                }
                multiply_by(grad_real, weights);
                multiply_by(grad_imaginary, weights);
                at += n;
            }
        });
    }
}

#[inline(always)]
fn multiply<T: Real>(x: &[T], factors: &[T], y: &mut [T]) {
    for ((y, x), factor) in y.iter_mut().zip(x).zip(factors) {
        *y = *x * *factor;
    }
}

#[inline(always)]
fn multiply_by<T: Real>(x: &mut [T], factors: &[T]) {
    for (x, factor) in x.iter_mut().zip(factors) {
        *x = *x * *factor;
    }
}
