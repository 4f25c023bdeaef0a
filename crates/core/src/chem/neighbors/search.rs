//! Neighbor search: compares every atom with the images in the bins around it.

use std::ops::Range;

use glam::IVec3;
use rayon::prelude::*;

use super::bins::Bins;
use super::limits::NeighborLimit;
use super::neighbor::Neighbor;
use super::shifts::ShiftTable;

/// Neighbors of all atoms, in chunks that threads fill independently.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    chunks: Vec<BinChunk>,
    /// Location of each atom's neighbors, `[atoms]`.
    ranges: Vec<NeighborRange>,
    /// The shifts of all neighbors, sorted.
    pub(super) shifts: Vec<IVec3>,
}

/// The neighbors `start..end` of a chunk.
#[derive(Clone, Copy, Debug, Default)]
struct NeighborRange {
    chunk: u32,
    start: u32,
    end: u32,
}

/// Neighbors of the atoms in consecutive bins, and the buffers of their search.
#[derive(Clone, Debug, Default)]
pub(super) struct BinChunk {
    pub(super) neighbors: Vec<Neighbor>,
    /// The atoms in these bins, and the end of each one's neighbors in `neighbors`.
    atoms: Vec<(u32, u32)>,
    /// For each column, the range of images in it.
    column_ranges: Vec<(u32, u32)>,
    /// Squared distances to the images of a range, Å².
    distances: Vec<f64>,
    /// Keys of an atom's neighbors: atom · 2³² + offset.
    keys: Vec<u64>,
    /// Shifts of this chunk; `Neighbor::image` indexes them until the chunks are merged.
    shifts: ShiftTable,
    /// Index of each of these shifts in [`Search::shifts`].
    merged: Vec<u32>,
}

/// Number of bins in a chunk.
const BINS_PER_CHUNK: usize = 512;
/// Number of neighbors after which a chunk updates the shared count.
const COUNT_INTERVAL: usize = 16_384;

impl Search {
    /// Finds the neighbors of `atoms` atoms; with `half`, each pair once. Stops early when the limit
    /// is exceeded.
    pub(super) fn run(
        &mut self,
        bins: &Bins,
        offsets: &[IVec3],
        atoms: usize,
        half: bool,
        limit: &NeighborLimit,
    ) {
        let bin_count = bins.starts.len() - 1;
        if self.chunks.len() * BINS_PER_CHUNK < bin_count {
            self.chunks
                .resize_with(bin_count.div_ceil(BINS_PER_CHUNK), BinChunk::default);
        }
        // Chunks without bins keep their buffers for later updates.
        let fill = |(index, chunk): (usize, &mut BinChunk)| {
            let first = (index * BINS_PER_CHUNK).min(bin_count);
            let last = (first + BINS_PER_CHUNK).min(bin_count);
            chunk.fill(bins, offsets, first..last, half, limit);
        };
        // A single chunk takes less time than waking other threads.
        if bin_count > BINS_PER_CHUNK {
            self.chunks.par_iter_mut().enumerate().for_each(fill);
        } else {
            self.chunks.iter_mut().enumerate().for_each(fill);
        }
        self.merge_shifts();
        self.ranges.clear();
        self.ranges.resize(atoms, NeighborRange::default());
        for (index, chunk) in self.chunks.iter().enumerate() {
            let mut start = 0;
            for &(atom, end) in &chunk.atoms {
                self.ranges[atom as usize] = NeighborRange {
                    chunk: index as u32,
                    start,
                    end,
                };
                start = end;
            }
        }
    }

    /// Merges the shifts of all chunks into one sorted list and renumbers the neighbors' images.
    fn merge_shifts(&mut self) {
        self.shifts.clear();
        for chunk in &self.chunks {
            self.shifts.extend_from_slice(&chunk.shifts.list);
        }
        self.shifts.sort_unstable_by_key(IVec3::to_array);
        self.shifts.dedup();
        let shifts = &self.shifts;
        if self.chunks.len() > 1 {
            self.chunks
                .par_iter_mut()
                .for_each(|chunk| chunk.renumber_shifts(shifts));
        } else {
            self.chunks
                .iter_mut()
                .for_each(|chunk| chunk.renumber_shifts(shifts));
        }
    }

    /// Number of neighbors of all atoms.
    pub(super) fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.neighbors.len()).sum()
    }

    /// Neighbors of an atom.
    pub(super) fn neighbors(&self, atom: usize) -> &[Neighbor] {
        let NeighborRange { chunk, start, end } = self.ranges[atom];
        match self.chunks.get(chunk as usize) {
            Some(chunk) => &chunk.neighbors[start as usize..end as usize],
            None => &[],
        }
    }
}

impl BinChunk {
    /// Finds the neighbors of the atoms in a range of bins.
    fn fill(
        &mut self,
        bins: &Bins,
        offsets: &[IVec3],
        range: Range<usize>,
        half: bool,
        limit: &NeighborLimit,
    ) {
        self.shifts.clear();
        self.neighbors.clear();
        self.atoms.clear();
        self.column_ranges.clear();
        if range.is_empty() {
            return;
        }
        let corner = bins.bin_ids[bins.starts[range.start] as usize];
        for column in &bins.columns {
            let first = corner.wrapping_add_signed(column.first);
            let index = bins.bin_ids.partition_point(|&bin_id| bin_id < first) as u32;
            self.column_ranges.push((index, index));
        }
        let mut counted = 0;
        for bin in range {
            let (start, end) = (bins.starts[bin] as usize, bins.starts[bin + 1] as usize);
            if !bins.is_atom[start..end].contains(&true) {
                continue;
            }
            let candidates = self.advance(bins, bins.bin_ids[start]);
            if self.distances.len() < candidates {
                self.distances.resize(candidates, 0.0);
            }
            for index in start..end {
                if bins.is_atom[index] {
                    self.keys.resize(candidates, 0);
                    self.collect_near(bins, index, half);
                    self.list_neighbors(bins.keys[index], offsets);
                    // An update for every atom would make threads contend for the counter.
                    if self.neighbors.len() - counted > COUNT_INTERVAL {
                        limit.count(self.neighbors.len() - counted);
                        counted = self.neighbors.len();
                        if limit.is_exceeded() {
                            return;
                        }
                    }
                }
            }
        }
        limit.count(self.neighbors.len() - counted);
    }

    /// Moves the ranges forward to the columns around a bin; returns the number of images in them.
    fn advance(&mut self, bins: &Bins, center: u64) -> usize {
        let mut candidates = 0;
        for (column, (start, end)) in bins.columns.iter().zip(&mut self.column_ranges) {
            let first = center.wrapping_add_signed(column.first);
            let last = center.wrapping_add_signed(column.last);
            while bins
                .bin_ids
                .get(*start as usize)
                .is_some_and(|&bin_id| bin_id < first)
            {
                *start += 1;
            }
            *end = (*end).max(*start);
            while bins
                .bin_ids
                .get(*end as usize)
                .is_some_and(|&bin_id| bin_id <= last)
            {
                *end += 1;
            }
            candidates += (*end - *start) as usize;
        }
        candidates
    }

    /// Collects the keys of the images within reach: |r_j − r_i|² ≤ reach².
    fn collect_near(&mut self, bins: &Bins, index: usize, half: bool) {
        let own_key = bins.keys[index];
        let min_key = if half { own_key } else { 0 };
        let center = [bins.x[index], bins.y[index], bins.z[index]];
        let keys = &mut self.keys[..];
        let mut count = 0;
        for &(start, end) in &self.column_ranges {
            let range = start as usize..end as usize;
            let distances = &mut self.distances[..range.len()];
            let x = bins.x[range.clone()].iter();
            let yz = bins.y[range.clone()].iter().zip(&bins.z[range.clone()]);
            for ((x, (y, z)), distance) in x.zip(yz).zip(distances.iter_mut()) {
                let (x, y, z) = (x - center[0], y - center[1], z - center[2]);
                *distance = x * x + y * y + z * z;
            }
            // Branch-free, since a branch on the distance would be mispredicted often.
            for (&distance, &key) in distances.iter().zip(&bins.keys[range]) {
                keys[count] = key;
                count += usize::from((distance <= bins.reach_squared) & (key >= min_key));
            }
        }
        self.keys.truncate(count);
    }

    /// Appends the neighbors of an atom, sorted: shift = offset_j − offset_i.
    fn list_neighbors(&mut self, own_key: u64, offsets: &[IVec3]) {
        self.keys.sort_unstable();
        let own_offset = offset_of(own_key);
        let (mut offset, mut image) = (own_offset, self.shifts.index(IVec3::ZERO));
        for &key in self.keys.iter().filter(|&&key| key != own_key) {
            // Consecutive neighbors mostly have the same offset.
            if offset_of(key) != offset {
                offset = offset_of(key);
                image = self.shifts.index(offsets[offset] - offsets[own_offset]);
            }
            let atom = atom_of(key);
            self.neighbors.push(Neighbor { atom, image });
        }
        self.atoms
            .push((atom_of(own_key), self.neighbors.len() as u32));
    }

    /// Replaces indices into the shifts of this chunk by indices into the merged list.
    fn renumber_shifts(&mut self, shifts: &[IVec3]) {
        self.merged.clear();
        self.merged.extend(self.shifts.list.iter().map(|shift| {
            shifts.partition_point(|other| other.to_array() < shift.to_array()) as u32
        }));
        for neighbor in &mut self.neighbors {
            neighbor.image = self.merged[neighbor.image as usize];
        }
    }
}

/// Atom of a key: its upper 32 bits.
fn atom_of(key: u64) -> u32 {
    (key >> 32) as u32
}

/// Index of the offset of a key: its lower 32 bits.
fn offset_of(key: u64) -> usize {
    key as u32 as usize
}
