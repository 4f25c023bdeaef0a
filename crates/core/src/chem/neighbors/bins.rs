//! Images sorted into cubic bins, so that what is near in space is near in memory.
//!
//! Only bins that hold something are stored, in the order of their coordinates: the bins around
//! one, a few cubes of a column at a time, are runs of consecutive images, and move onward as one
//! walks through the bins in order.

use glam::DVec3;
use rayon::slice::ParallelSliceMut;

use super::images::{Images, bounds};

/// Bin edges per reach. More make a better sphere of cubes but emptier bins.
const EDGES: i64 = 2;
/// Bits of each coordinate in the number of a bin; beyond, bins at the border take all the rest.
const BITS: u32 = 21;

/// Images by bin; the arrays run over the images in the order of their bins.
#[derive(Clone, Debug, Default)]
pub(super) struct Bins {
    /// The square of the distance up to which pairs count, Å².
    pub(super) reach_squared: f64,
    /// Where, Å.
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    pub(super) z: Vec<f64>,
    /// Which image of which atom: atom · 2³² + offset.
    pub(super) names: Vec<u64>,
    /// Whether it is an atom itself.
    pub(super) is_atom: Vec<bool>,
    /// The number of its bin.
    pub(super) numbers: Vec<u64>,
    /// Where each bin that holds something begins, and where the last one ends.
    pub(super) starts: Vec<u32>,
    /// The columns of bins around a bin.
    pub(super) columns: Vec<Column>,
    order: Vec<(u64, u32)>,
}

/// A column of bins: what to add to the number of the bin in the center for its first and last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Bins {
    /// Takes over the images, sorted.
    pub(super) fn sort(&mut self, images: &Images) {
        self.reach_squared = images.reach * images.reach;
        // A little wider, so that rounding cannot place a neighbor one bin too far.
        let edge = images.reach.max(f64::MIN_POSITIVE) * (1.0 + 1e-9) / EDGES as f64;
        let (low, _) = bounds(images.images.iter().map(|image| image.position));
        self.order.clear();
        self.order.extend(
            images
                .images
                .iter()
                .enumerate()
                .map(|(index, image)| (number((image.position - low) / edge), index as u32)),
        );
        if self.order.len() > PARALLEL {
            self.order.par_sort_unstable();
        } else {
            self.order.sort_unstable();
        }
        self.lay_out(images);
        if self.columns.is_empty() {
            self.columns = columns();
        }
    }

    fn lay_out(&mut self, images: &Images) {
        for coordinates in [&mut self.x, &mut self.y, &mut self.z] {
            coordinates.clear();
        }
        self.names.clear();
        self.is_atom.clear();
        self.numbers.clear();
        self.starts.clear();
        for (place, &(number, index)) in self.order.iter().enumerate() {
            let image = images.images[index as usize];
            self.x.push(image.position.x);
            self.y.push(image.position.y);
            self.z.push(image.position.z);
            self.names
                .push(u64::from(image.atom) << 32 | u64::from(image.offset));
            self.is_atom.push((index as usize) < images.atoms);
            if self.numbers.last() != Some(&number) {
                self.starts.push(place as u32);
            }
            self.numbers.push(number);
        }
        self.starts.push(self.order.len() as u32);
    }
}

/// From this many images on the sort is shared among threads.
const PARALLEL: usize = 16_384;

/// The number of the bin at these coordinates, counted in edges.
fn number(coordinates: DVec3) -> u64 {
    let most = ((1 << BITS) - 1 - 2 * EDGES) as f64;
    // Bins around any bin have coordinates that neither fall below zero nor need another bit.
    let [x, y, z] = coordinates
        .to_array()
        .map(|coordinate| coordinate.clamp(0.0, most) as u64 + EDGES as u64);
    (x << (2 * BITS)) | (y << BITS) | z
}

/// The columns that a sphere of one reach around any point of a bin may touch.
fn columns() -> Vec<Column> {
    // How many whole edges lie between bins that many apart.
    let gap = |apart: i64| (apart.abs() - 1).max(0);
    let mut columns = Vec::new();
    for x in -EDGES..=EDGES {
        for y in -EDGES..=EDGES {
            let rest = EDGES * EDGES - gap(x) * gap(x) - gap(y) * gap(y);
            if rest > 0 {
                let height = ((rest as f64).sqrt().ceil() as i64).min(EDGES);
                let center = (x << (2 * BITS)) + (y << BITS);
                columns.push(Column {
                    first: center - height,
                    last: center + height,
                });
            }
        }
    }
    columns
}
