//! Eight numbers that vector instructions process together: one for each neighbor of a block.

/// Numbers per block: a vector of 256 bits.
pub(super) const LANES: usize = 8;

/// One number for each neighbor of a block.
pub(super) type Lanes = [f32; LANES];

/// The same in double precision.
pub(super) type Doubles = [f64; LANES];

/// The same number in each lane.
#[inline(always)]
pub(super) fn splat(value: f32) -> Lanes {
    [value; LANES]
}

/// sum += x y, lane by lane.
#[inline(always)]
pub(super) fn add_product(sum: &mut Lanes, x: &Lanes, y: &Lanes) {
    for lane in 0..LANES {
        sum[lane] += x[lane] * y[lane];
    }
}

/// sum += factor x, lane by lane.
#[inline(always)]
pub(super) fn add_scaled(sum: &mut Lanes, factor: f32, x: &Lanes) {
    for lane in 0..LANES {
        sum[lane] += factor * x[lane];
    }
}

/// The sum of all lanes, always in the same order.
#[inline(always)]
pub(super) fn total([a, b, c, d, e, f, g, h]: &Lanes) -> f32 {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// The same in double precision.
#[inline(always)]
pub(super) fn total_of_doubles([a, b, c, d, e, f, g, h]: &Doubles) -> f64 {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}
