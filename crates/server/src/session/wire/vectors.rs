//! Arrays of vectors, and indices, in the formats of the wire.

use glam::DVec3;
use prost::bytes::{BufMut, BytesMut};

use super::generated as pb;

/// Coordinates in double precision, three for each vector, times `unit`.
pub(super) fn double(vectors: &[DVec3], unit: f64) -> Vec<f64> {
    vectors
        .iter()
        .flat_map(|vector| (vector * unit).to_array())
        .collect()
}

/// Coordinates in single precision, little-endian, times `unit`.
pub(super) fn single(vectors: &[DVec3], unit: f64) -> pb::Vectors {
    let mut bytes = BytesMut::with_capacity(12 * vectors.len());
    for vector in vectors {
        let [x, y, z] = (vector * unit).as_vec3().to_array();
        bytes.put_f32_le(x);
        bytes.put_f32_le(y);
        bytes.put_f32_le(z);
    }
    pb::Vectors {
        f32: bytes.freeze(),
        ..pb::Vectors::default()
    }
}

/// Coordinates as 16-bit fractions of their bounding box: value = origin + extent · u16 / 65535. The error in
/// a box of 100 Å is 0.0008 Å.
pub(super) fn fixed16(vectors: &[DVec3]) -> pb::Vectors {
    let first = vectors.first().copied().unwrap_or_default();
    let bounds =
        |(low, high): (DVec3, DVec3), vector: &DVec3| (low.min(*vector), high.max(*vector));
    let (low, high) = vectors.iter().fold((first, first), bounds);
    // The reader has origin and extent in single precision, so both are rounded before they are used.
    let origin = low.as_vec3();
    let extent = (high - origin.as_dvec3()).as_vec3();
    let scale = (1.0 / extent.as_dvec3()) * 65_535.0;
    let scale = DVec3::select(extent.as_dvec3().cmpgt(DVec3::ZERO), scale, DVec3::ZERO);
    let mut bytes = BytesMut::with_capacity(6 * vectors.len());
    for vector in vectors {
        let steps =
            ((vector - origin.as_dvec3()) * scale + 0.5).clamp(DVec3::ZERO, DVec3::splat(65_535.0));
        let steps = steps.as_u16vec3();
        bytes.put_u16_le(steps.x);
        bytes.put_u16_le(steps.y);
        bytes.put_u16_le(steps.z);
    }
    pb::Vectors {
        u16: bytes.freeze(),
        origin: origin.to_array().to_vec(),
        extent: extent.to_array().to_vec(),
        ..pb::Vectors::default()
    }
}

/// An index in 32 bits; a structure with more atoms does not fit in memory.
pub(super) fn write_index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
