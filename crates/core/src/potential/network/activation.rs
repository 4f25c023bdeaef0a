//! Activation functions with their derivatives: SiLU and softplus.

use crate::potential::exponential::exp;

/// Replaces x by silu(x) = x σ(x), and sets `derivatives` to σ(x) (1 + x (1 − σ(x))), where
/// σ(x) = 1/(1 + e⁻ˣ): S. Elfwing, E. Uchibe, K. Doya, Neural Netw. 107, 3 (2018), eqs. 5 and 6.
#[inline(always)]
pub(super) fn silu(x: &mut [f32], derivatives: &mut [f32]) {
    for (x, derivative) in x.iter_mut().zip(derivatives) {
        let sigmoid = 1.0 / (1.0 + exp(-*x));
        let value = *x * sigmoid;
        *derivative = sigmoid + value * (1.0 - sigmoid);
        *x = value;
    }
}

/// softplus(x) = ln(1 + eˣ), and its derivative 1/(1 + e⁻ˣ).
pub(super) fn softplus(x: f64) -> (f64, f64) {
    (
        x.max(0.0) + (-x.abs()).exp().ln_1p(),
        1.0 / (1.0 + (-x).exp()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_agree_with_finite_differences() {
        for x in [-30.0, -3.0, -0.1, 0.0, 0.7, 5.0, 40.0] {
            let difference = (softplus(x + 1e-5).0 - softplus(x - 1e-5).0) / 2e-5;
            assert!((softplus(x).1 - difference).abs() < 1e-6);
            let silu = |x: f32| {
                let (mut value, mut derivative) = ([x], [0.0]);
                silu(&mut value, &mut derivative);
                (f64::from(value[0]), f64::from(derivative[0]))
            };
            let x = x as f32;
            let difference =
                (silu(x + 0.01).0 - silu(x - 0.01).0) / f64::from((x + 0.01) - (x - 0.01));
            assert!((silu(x).1 - difference).abs() < 1e-3, "{x}");
        }
    }
}
