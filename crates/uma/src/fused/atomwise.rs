//! The feed-forward network of each atom: linear, gate activation, linear.
//!
//! fairchem: `SpectralAtomwise`.

use super::gate_activation::GateActivation;
use super::saved::SavedAtoms;
use super::scratch::{AtomwiseScratch, resize};
use super::silu::{silu_backward, silu_in_place};
use super::so3_linear::{FeatureLayout, So3Linear, matrices_by_degree};
use crate::parameters::{BlockParameters, LinearParameters};
use crate::real::Real;

/// y = So3Linear₂(gate(SiLU(W x₀ + b), So3Linear₁(x))), where x₀ is degree 0.
///
/// Between the linear layers each atom has its gate scalars, then its hidden components; the matrix
/// of degree 0 computes both.
#[derive(Clone, Debug)]
pub(crate) struct Atomwise<T> {
    so3_linear_1: So3Linear<T>,
    gate: GateActivation,
    so3_linear_2: So3Linear<T>,
    /// S = (L + 1)².
    components: usize,
    /// C.
    channels: usize,
    /// H.
    hidden: usize,
}

impl<T: Real> Atomwise<T> {
    pub(crate) fn new(block: &BlockParameters<T>) -> Atomwise<T> {
        let (scalar_mlp, linear_1) = (&block.scalar_mlp, &block.so3_linear_1);
        let linear_2 = &block.so3_linear_2;
        let (channels, hidden) = (linear_1.inputs, linear_1.outputs);
        let mut first = matrices_by_degree(linear_1);
        let degrees = (0..first.len()).flat_map(|l| std::iter::repeat_n(l, 2 * l + 1));
        let degrees: Vec<usize> = degrees.collect();
        if let Some(scalars) = first.first_mut() {
            *scalars = LinearParameters {
                inputs: channels,
                outputs: scalar_mlp.outputs + hidden,
                weight: [&scalar_mlp.weight[..], &scalars.weight].concat(),
                bias: Vec::new(),
            };
        }
        let first_bias = [&scalar_mlp.bias[..], &linear_1.bias].concat();
        Atomwise {
            so3_linear_1: So3Linear::new(&first, first_bias),
            components: degrees.len(),
            gate: GateActivation::new(hidden, degrees),
            so3_linear_2: So3Linear::new(&matrices_by_degree(linear_2), linear_2.bias.clone()),
            channels,
            hidden,
        }
    }

    /// Features: `[N, S, C]`.
    fn features(&self) -> FeatureLayout {
        FeatureLayout {
            offset: 0,
            stride: self.components * self.channels,
            width: self.channels,
        }
    }

    /// Hidden components after the gate: `[N, S, H]`.
    fn after_gate(&self) -> FeatureLayout {
        FeatureLayout {
            offset: 0,
            stride: self.components * self.hidden,
            width: self.hidden,
        }
    }

    /// Hidden components before the gate, after the gate scalars: `[N, L·H + S·H]`.
    fn before_gate(&self) -> FeatureLayout {
        FeatureLayout {
            offset: self.gate.scalars(),
            stride: self.gate.scalars() + self.components * self.hidden,
            width: self.hidden,
        }
    }

    /// `[N, S, C]` to `[N, S, C]`.
    pub(crate) fn forward(
        &self,
        x: &[T],
        saved: &mut SavedAtoms<T>,
        scratch: &mut AtomwiseScratch<T>,
        y: &mut [T],
    ) {
        let count = x.len() / self.features().stride;
        let (width, gates) = (self.before_gate().stride, self.gate.scalars());
        let before = resize(&mut saved.before_gate, count * width);
        let from = (x, self.features());
        let to = (&mut *before, self.before_gate());
        self.so3_linear_1.forward(count, from, to);
        let scalars = resize(&mut saved.scalars, count * gates);
        let activated = resize(&mut scratch.activated, count * self.after_gate().stride);
        let gate = resize(&mut scratch.gates, gates);
        let atoms = before
            .chunks_exact_mut(width)
            .zip(scalars.chunks_exact_mut(gates));
        let atoms = atoms.zip(activated.chunks_exact_mut(self.after_gate().stride));
        for ((before, scalars), activated) in atoms {
            scalars.copy_from_slice(&before[..gates]);
            // fairchem applies both: SiLU here, and the sigmoid of its result in the gate.
            silu_in_place(&mut before[..gates]);
            self.gate.forward(before, gate, activated);
        }
        let from = (&*activated, self.after_gate());
        self.so3_linear_2.forward(count, from, (y, self.features()));
    }

    /// dE/dx from dE/dy, both `[N, S, C]`.
    pub(crate) fn backward(
        &self,
        grad_output: &[T],
        saved: &SavedAtoms<T>,
        scratch: &mut AtomwiseScratch<T>,
        grad_input: &mut [T],
    ) {
        let count = grad_output.len() / self.features().stride;
        let (width, gates) = (self.before_gate().stride, self.gate.scalars());
        let activated = resize(&mut scratch.activated, count * self.after_gate().stride);
        let to = (&mut *activated, self.after_gate());
        self.so3_linear_2
            .backward(count, (grad_output, self.features()), to);
        let gradient = resize(&mut scratch.gradient, count * width);
        let gate = resize(&mut scratch.gates, gates);
        let atoms = saved
            .before_gate
            .chunks_exact(width)
            .zip(saved.scalars.chunks_exact(gates));
        let atoms = atoms.zip(activated.chunks_exact(self.after_gate().stride));
        for (((before, scalars), g), gradient) in atoms.zip(gradient.chunks_exact_mut(width)) {
            self.gate.backward(before, gate, g, gradient);
            silu_backward(scalars, gradient);
        }
        let from = (&*gradient, self.before_gate());
        self.so3_linear_1
            .backward(count, from, (grad_input, self.features()));
    }
}
