//! The activation of the hidden layers.

/// Replaces x by silu(x) = x σ(x), and tells its slope σ(x) (1 + x (1 − σ(x))), where
/// σ(x) = 1/(1 + e⁻ˣ): S. Elfwing, E. Uchibe, K. Doya, Neural Netw. 107, 3 (2018), eqs. 5 and 6.
#[inline(always)]
pub(super) fn silu(x: &mut [f32], slopes: &mut [f32]) {
    for (x, slope) in x.iter_mut().zip(slopes) {
        let sigmoid = 1.0 / (1.0 + exp(-*x));
        let value = *x * sigmoid;
        *slope = sigmoid + value * (1.0 - sigmoid);
        *x = value;
    }
}

/// ln(1 + eˣ), and its slope 1/(1 + e⁻ˣ).
pub(super) fn softplus(x: f64) -> (f64, f64) {
    (
        x.max(0.0) + (-x.abs()).exp().ln_1p(),
        1.0 / (1.0 + (-x).exp()),
    )
}

/// eˣ within two units in the last place, where it and its inverse are finite.
///
/// Without a table, a branch or a library, so that it is done for many x at once and is the same on
/// every processor. x = n ln 2 + r with |r| ≤ ln 2 / 2; the polynomial for eʳ and ln 2 in two parts
/// are those of S. L. Moshier's Cephes, `expf`.
#[inline(always)]
#[expect(
    clippy::excessive_precision,
    reason = "the digits of the source, rounded by the compiler"
)]
fn exp(x: f32) -> f32 {
    // Added to a small number, it leaves the nearest integer in the last bits.
    const ROUNDER: f32 = 12_582_912.0;
    const LN_2: [f32; 2] = [0.693_359_375, -2.121_944_40e-4];
    let x = x.clamp(-87.0, 87.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUNDER;
    let n = rounded - ROUNDER;
    let r = x - n * LN_2[0] - n * LN_2[1];
    let mut sum = 1.987_569_15e-4;
    for coefficient in [
        1.398_199_950_7e-3,
        8.333_451_907_3e-3,
        4.166_579_589_4e-2,
        1.666_666_545_9e-1,
        5.000_000_120_1e-1,
    ] {
        sum = sum * r + coefficient;
    }
    let power = f32::from_bits(rounded.to_bits().wrapping_add(127) << 23);
    (sum * r * r + r + 1.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_that_of_the_library() {
        for step in -8_700..=8_700_i16 {
            let x = f32::from(step) * 0.01;
            let due = f64::from(x).exp();
            assert!((f64::from(exp(x)) / due - 1.0).abs() < 2e-7, "{x}");
        }
        assert!(exp(f32::NAN).is_nan());
    }

    #[test]
    fn slopes_are_those_of_the_values() {
        for x in [-30.0, -3.0, -0.1, 0.0, 0.7, 5.0, 40.0] {
            let difference = (softplus(x + 1e-5).0 - softplus(x - 1e-5).0) / 2e-5;
            assert!((softplus(x).1 - difference).abs() < 1e-6);
            let silu = |x: f32| {
                let (mut value, mut slope) = ([x], [0.0]);
                silu(&mut value, &mut slope);
                (f64::from(value[0]), f64::from(slope[0]))
            };
            let x = x as f32;
            let difference =
                (silu(x + 0.01).0 - silu(x - 0.01).0) / f64::from((x + 0.01) - (x - 0.01));
            assert!((silu(x).1 - difference).abs() < 1e-3, "{x}");
        }
    }
}
