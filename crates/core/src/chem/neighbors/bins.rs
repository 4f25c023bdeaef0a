//! Cell lists: images sorted into cubic bins, so that neighbors in space are neighbors in memory.
//!
//! Only occupied bins are stored, ordered by x, y, z. Each column of bins along z around a bin is one
//! run of consecutive images, and the runs move forward monotonically from bin to bin.

use glam::DVec3;
use rayon::slice::ParallelSliceMut;

use super::images::{Images, bounds};

/// Bins per reach. More bins approximate the sphere better but hold fewer images each.
const BINS_PER_REACH: i64 = 2;
/// Bits of each coordinate in a bin id; positions beyond are clamped to the outermost bins.
const COORDINATE_BITS: u32 = 21;

/// Images sorted by bin; arrays are `[images]` unless noted.
#[derive(Clone, Debug, Default)]
pub(super) struct Bins {
    /// (Cutoff + skin)², Å².
    pub(super) reach_squared: f64,
    /// Positions, Å.
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    pub(super) z: Vec<f64>,
    /// Sort key of the neighbor: atom · 2³² + offset.
    pub(super) keys: Vec<u64>,
    /// Whether the image is an atom itself.
    pub(super) is_atom: Vec<bool>,
    /// Bin id: x · 2⁴² + y · 2²¹ + z.
    pub(super) bin_ids: Vec<u64>,
    /// Start of each occupied bin and end of the last, `[bins + 1]`.
    pub(super) starts: Vec<u32>,
    /// The columns of bins around a bin.
    pub(super) columns: Vec<BinColumn>,
    /// Bin id and index of each image, sorted.
    order: Vec<(u64, u32)>,
}

/// A column of bins along z: first and last bin id relative to the central bin.
#[derive(Clone, Copy, Debug)]
pub(super) struct BinColumn {
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Bins {
    /// Sorts the images into bins.
    pub(super) fn sort(&mut self, images: &Images) {
        self.reach_squared = images.reach * images.reach;
        // Slightly wider, so that rounding cannot put a neighbor one bin too far.
        let edge = images.reach.max(f64::MIN_POSITIVE) * (1.0 + 1e-9) / BINS_PER_REACH as f64;
        let (low, _) = bounds(images.images.iter().map(|image| image.position));
        self.order.clear();
        self.order.extend(
            images
                .images
                .iter()
                .enumerate()
                .map(|(index, image)| (bin_id((image.position - low) / edge), index as u32)),
        );
        if self.order.len() > MIN_PARALLEL {
            self.order.par_sort_unstable();
        } else {
            self.order.sort_unstable();
        }
        self.fill_arrays(images);
        if self.columns.is_empty() {
            self.columns = columns();
        }
    }

    fn fill_arrays(&mut self, images: &Images) {
        for coordinates in [&mut self.x, &mut self.y, &mut self.z] {
            coordinates.clear();
        }
        self.keys.clear();
        self.is_atom.clear();
        self.bin_ids.clear();
        self.starts.clear();
        for (slot, &(bin_id, index)) in self.order.iter().enumerate() {
            let image = images.images[index as usize];
            self.x.push(image.position.x);
            self.y.push(image.position.y);
            self.z.push(image.position.z);
            self.keys
                .push(u64::from(image.atom) << 32 | u64::from(image.offset));
            self.is_atom.push((index as usize) < images.atoms);
            if self.bin_ids.last() != Some(&bin_id) {
                self.starts.push(slot as u32);
            }
            self.bin_ids.push(bin_id);
        }
        self.starts.push(self.order.len() as u32);
    }
}

/// Number of images above which sorting is parallel.
const MIN_PARALLEL: usize = 16_384;

/// The id of the bin at these coordinates, in bin edges.
fn bin_id(coordinates: DVec3) -> u64 {
    let max = ((1 << COORDINATE_BITS) - 1 - 2 * BINS_PER_REACH) as f64;
    // The margin keeps the coordinates of surrounding bins from wrapping.
    let [x, y, z] = coordinates
        .to_array()
        .map(|coordinate| coordinate.clamp(0.0, max) as u64 + BINS_PER_REACH as u64);
    (x << (2 * COORDINATE_BITS)) | (y << COORDINATE_BITS) | z
}

/// The columns that a sphere of radius reach around any point of a bin can overlap:
/// gap(x)² + gap(y)² + gap(z)² < (reach / edge)², with gap(n) = max(|n| − 1, 0).
fn columns() -> Vec<BinColumn> {
    let gap = |offset: i64| (offset.abs() - 1).max(0);
    let mut columns = Vec::new();
    for x in -BINS_PER_REACH..=BINS_PER_REACH {
        for y in -BINS_PER_REACH..=BINS_PER_REACH {
            let rest = BINS_PER_REACH * BINS_PER_REACH - gap(x) * gap(x) - gap(y) * gap(y);
            if rest > 0 {
                let height = ((rest as f64).sqrt().ceil() as i64).min(BINS_PER_REACH);
                let center = (x << (2 * COORDINATE_BITS)) + (y << COORDINATE_BITS);
                columns.push(BinColumn {
                    first: center - height,
                    last: center + height,
                });
            }
        }
    }
    columns
}
