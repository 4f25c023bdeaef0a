//! Neighbor search: compares every atom with the images in the bins around it.

use std::ops::Range;

use glam::IVec3;
use rayon::prelude::*;

use super::bins::Bins;
use super::limits::NeighborLimit;
use super::neighbor::Neighbor;
use super::shifts::ShiftTable;

/// Neighbors of all atoms, in pieces that threads fill independently.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pieces: Vec<Piece>,
    /// Location of each atom's neighbors, `[atoms]`.
    ranges: Vec<NeighborRange>,
    /// The shifts of all neighbors, sorted.
    pub(super) shifts: Vec<IVec3>,
}

/// The neighbors `start..end` of a piece.
#[derive(Clone, Copy, Debug, Default)]
struct NeighborRange {
    piece: u32,
    start: u32,
    end: u32,
}

/// Neighbors of the atoms in consecutive bins, and the buffers of their search.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub(super) neighbors: Vec<Neighbor>,
    /// The atoms in these bins, and the end of each one's neighbors in `neighbors`.
    atoms: Vec<(u32, u32)>,
    /// For each column, the range of images in it.
    runs: Vec<(u32, u32)>,
    /// Squared distances to the images of a run, Å².
    distances: Vec<f64>,
    /// Keys of an atom's neighbors: atom · 2³² + offset.
    found: Vec<u64>,
    /// Shifts of this piece; `Neighbor::image` indexes them until the pieces are merged.
    shifts: ShiftTable,
    /// Index of each of these shifts in [`Search::shifts`].
    merged: Vec<u32>,
}

/// Number of bins in a piece.
const BINS_PER_PIECE: usize = 512;
/// Number of neighbors after which a piece updates the shared count.
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
        if self.pieces.len() * BINS_PER_PIECE < bin_count {
            self.pieces
                .resize_with(bin_count.div_ceil(BINS_PER_PIECE), Piece::default);
        }
        // Pieces without bins keep their buffers for later updates.
        let fill = |(index, piece): (usize, &mut Piece)| {
            let first = (index * BINS_PER_PIECE).min(bin_count);
            let last = (first + BINS_PER_PIECE).min(bin_count);
            piece.fill(bins, offsets, first..last, half, limit);
        };
        // A single piece takes less time than waking other threads.
        if bin_count > BINS_PER_PIECE {
            self.pieces.par_iter_mut().enumerate().for_each(fill);
        } else {
            self.pieces.iter_mut().enumerate().for_each(fill);
        }
        self.merge_shifts();
        self.ranges.clear();
        self.ranges.resize(atoms, NeighborRange::default());
        for (index, piece) in self.pieces.iter().enumerate() {
            let mut start = 0;
            for &(atom, end) in &piece.atoms {
                self.ranges[atom as usize] = NeighborRange {
                    piece: index as u32,
                    start,
                    end,
                };
                start = end;
            }
        }
    }

    /// Merges the shifts of all pieces into one sorted list and renumbers the neighbors' images.
    fn merge_shifts(&mut self) {
        self.shifts.clear();
        for piece in &self.pieces {
            self.shifts.extend_from_slice(&piece.shifts.list);
        }
        self.shifts.sort_unstable_by_key(IVec3::to_array);
        self.shifts.dedup();
        let shifts = &self.shifts;
        if self.pieces.len() > 1 {
            self.pieces
                .par_iter_mut()
                .for_each(|piece| piece.renumber_shifts(shifts));
        } else {
            self.pieces
                .iter_mut()
                .for_each(|piece| piece.renumber_shifts(shifts));
        }
    }

    /// Number of neighbors of all atoms.
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.neighbors.len()).sum()
    }

    pub(super) fn neighbors(&self, atom: usize) -> &[Neighbor] {
        let NeighborRange { piece, start, end } = self.ranges[atom];
        match self.pieces.get(piece as usize) {
            Some(piece) => &piece.neighbors[start as usize..end as usize],
            None => &[],
        }
    }
}

impl Piece {
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
        self.runs.clear();
        if range.is_empty() {
            return;
        }
        let corner = bins.bin_ids[bins.starts[range.start] as usize];
        for column in &bins.columns {
            let first = corner.wrapping_add_signed(column.first);
            let slot = bins.bin_ids.partition_point(|&bin_id| bin_id < first) as u32;
            self.runs.push((slot, slot));
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
            for slot in start..end {
                if bins.is_atom[slot] {
                    self.found.resize(candidates, 0);
                    self.collect_near(bins, slot, half);
                    self.list_neighbors(bins.keys[slot], offsets);
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

    /// Moves the runs forward to the columns around a bin; returns the number of images in them.
    fn advance(&mut self, bins: &Bins, center: u64) -> usize {
        let mut candidates = 0;
        for (column, (start, end)) in bins.columns.iter().zip(&mut self.runs) {
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
    fn collect_near(&mut self, bins: &Bins, slot: usize, half: bool) {
        let own_key = bins.keys[slot];
        let min_key = if half { own_key } else { 0 };
        let center = [bins.x[slot], bins.y[slot], bins.z[slot]];
        let found = &mut self.found[..];
        let mut count = 0;
        for &(start, end) in &self.runs {
            let run = start as usize..end as usize;
            let distances = &mut self.distances[..run.len()];
            let x = bins.x[run.clone()].iter();
            let yz = bins.y[run.clone()].iter().zip(&bins.z[run.clone()]);
            for ((x, (y, z)), distance) in x.zip(yz).zip(distances.iter_mut()) {
                let (x, y, z) = (x - center[0], y - center[1], z - center[2]);
                *distance = x * x + y * y + z * z;
            }
            // Branch-free, since a branch on the distance would be mispredicted often.
            for (&distance, &key) in distances.iter().zip(&bins.keys[run]) {
                found[count] = key;
                count += usize::from((distance <= bins.reach_squared) & (key >= min_key));
            }
        }
        self.found.truncate(count);
    }

    /// Appends the neighbors of an atom, sorted: shift = offset_j − offset_i.
    fn list_neighbors(&mut self, own_key: u64, offsets: &[IVec3]) {
        self.found.sort_unstable();
        let own_offset = offset_of(own_key);
        let (mut offset, mut image) = (own_offset, self.shifts.index(IVec3::ZERO));
        for &key in self.found.iter().filter(|&&key| key != own_key) {
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

fn atom_of(key: u64) -> u32 {
    (key >> 32) as u32
}

fn offset_of(key: u64) -> usize {
    key as u32 as usize
}
