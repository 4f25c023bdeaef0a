//! Channels: the feature dimension of the network, of constant size.

/// Number of channels K: a compile-time constant, so that loops over them are vectorized.
pub(super) const CHANNELS: usize = 32;

/// A feature: [K].
pub(super) type Channels = [f32; CHANNELS];

/// Channels that are processed in registers together.
pub(super) const LANES: usize = 8;

/// The [`LANES`] channels from `LANES * part` on.
#[inline(always)]
pub(super) fn lanes(channels: &Channels, part: usize) -> &[f32; LANES] {
    channels
        .as_chunks()
        .0
        .get(part)
        .expect("a part of the channels")
}

/// The same, mutable.
#[inline(always)]
pub(super) fn lanes_mut(channels: &mut Channels, part: usize) -> &mut [f32; LANES] {
    channels
        .as_chunks_mut()
        .0
        .get_mut(part)
        .expect("a part of the channels")
}

/// The sum of all lanes, always in the same order.
#[inline(always)]
pub(super) fn total(lanes: &[f32; LANES]) -> f32 {
    let [a, b, c, d, e, f, g, h] = *lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}
