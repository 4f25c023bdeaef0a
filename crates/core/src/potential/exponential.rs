//! The exponential function in single precision, for inner loops.

/// eˣ within two units in the last place, where it and its inverse are finite.
///
/// Without a table, a branch or a library call, so that it vectorizes and gives the same bits on every
/// CPU. x = n ln 2 + r with |r| ≤ ln 2 / 2; the polynomial for eʳ and ln 2 in two parts
/// are those of S. L. Moshier's Cephes, `expf`.
#[inline(always)]
#[expect(
    clippy::excessive_precision,
    reason = "the digits of the source, rounded by the compiler"
)]
#[must_use]
pub fn exp(x: f32) -> f32 {
    // 1.5 · 2²³: adding it leaves the nearest integer in the last bits.
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
    fn the_exponential_agrees_with_the_standard_library() {
        for step in -8_700..=8_700_i16 {
            let x = f32::from(step) * 0.01;
            let expected = f64::from(x).exp();
            assert!((f64::from(exp(x)) / expected - 1.0).abs() < 2e-7, "{x}");
        }
        assert!(exp(f32::NAN).is_nan());
    }
}
