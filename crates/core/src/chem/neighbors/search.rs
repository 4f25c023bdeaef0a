//! The search itself: every atom against the bins around it.

use std::ops::Range;

use glam::IVec3;
use rayon::prelude::*;

use super::Neighbor;
use super::bins::Bins;
use super::bound::Allowance;
use super::shifts::Shifts;

/// The neighbors found, in pieces that threads fill independently.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pieces: Vec<Piece>,
    /// For each atom, where its neighbors are.
    places: Vec<Place>,
    /// The shifts that occur, sorted.
    pub(super) shifts: Vec<IVec3>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Place {
    piece: u32,
    start: u32,
    end: u32,
}

/// What was found around some consecutive bins.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub(super) neighbors: Vec<Neighbor>,
    /// The atoms in these bins, and where in `neighbors` each one's end.
    atoms: Vec<(u32, u32)>,
    /// For each column, the run of images in it, by their places.
    runs: Vec<(u32, u32)>,
    /// The squares of distances in a run, Å².
    distances: Vec<f64>,
    /// The names of an atom's neighbors.
    found: Vec<u64>,
    /// The shifts that occur: what `image` of its neighbors refers to until all pieces agree.
    shifts: Shifts,
    /// For each of them its index among the shifts of all pieces.
    agreed: Vec<u32>,
}

/// Bins in a piece.
const PIECE: usize = 512;
/// Neighbors of a piece that are counted at once.
const COUNTED: usize = 16_384;

impl Search {
    /// Finds all neighbors of `atoms` atoms, or half of them; not all, once they are more than
    /// allowed.
    pub(super) fn run(
        &mut self,
        bins: &Bins,
        offsets: &[IVec3],
        atoms: usize,
        half: bool,
        allowance: &Allowance,
    ) {
        let bin_count = bins.starts.len() - 1;
        if self.pieces.len() * PIECE < bin_count {
            self.pieces
                .resize_with(bin_count.div_ceil(PIECE), Piece::default);
        }
        // Pieces without bins stay, with the memory they have, for when there are more.
        let fill = |(index, piece): (usize, &mut Piece)| {
            let first = (index * PIECE).min(bin_count);
            let last = (first + PIECE).min(bin_count);
            piece.fill(bins, offsets, first..last, half, allowance);
        };
        // Waking other threads takes longer than a single piece.
        if bin_count > PIECE {
            self.pieces.par_iter_mut().enumerate().for_each(fill);
        } else {
            self.pieces.iter_mut().enumerate().for_each(fill);
        }
        self.agree_on_shifts();
        self.places.clear();
        self.places.resize(atoms, Place::default());
        for (index, piece) in self.pieces.iter().enumerate() {
            let mut start = 0;
            for &(atom, end) in &piece.atoms {
                self.places[atom as usize] = Place {
                    piece: index as u32,
                    start,
                    end,
                };
                start = end;
            }
        }
    }

    /// Gives every shift one index, in sorted order, for all pieces.
    fn agree_on_shifts(&mut self) {
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
                .for_each(|piece| piece.rename_shifts(shifts));
        } else {
            self.pieces
                .iter_mut()
                .for_each(|piece| piece.rename_shifts(shifts));
        }
    }

    /// Number of neighbors of all atoms.
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.neighbors.len()).sum()
    }

    pub(super) fn neighbors(&self, atom: usize) -> &[Neighbor] {
        let Place { piece, start, end } = self.places[atom];
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
        allowance: &Allowance,
    ) {
        self.shifts.clear();
        self.neighbors.clear();
        self.atoms.clear();
        self.runs.clear();
        if range.is_empty() {
            return;
        }
        let corner = bins.numbers[bins.starts[range.start] as usize];
        for column in &bins.columns {
            let first = corner.wrapping_add_signed(column.first);
            let place = bins.numbers.partition_point(|&number| number < first) as u32;
            self.runs.push((place, place));
        }
        let mut counted = 0;
        for bin in range {
            let (start, end) = (bins.starts[bin] as usize, bins.starts[bin + 1] as usize);
            if !bins.is_atom[start..end].contains(&true) {
                continue;
            }
            let candidates = self.advance(bins, bins.numbers[start]);
            if self.distances.len() < candidates {
                self.distances.resize(candidates, 0.0);
            }
            for place in start..end {
                if bins.is_atom[place] {
                    self.found.resize(candidates, 0);
                    self.look_around(bins, place, half);
                    self.list(bins.names[place], offsets);
                    // Not at every atom: threads would wait for each other.
                    if self.neighbors.len() - counted > COUNTED {
                        allowance.list(self.neighbors.len() - counted);
                        counted = self.neighbors.len();
                        if allowance.is_exceeded() {
                            return;
                        }
                    }
                }
            }
        }
        allowance.list(self.neighbors.len() - counted);
    }

    /// Moves the runs onward to the columns around a bin; says how many images they hold.
    fn advance(&mut self, bins: &Bins, center: u64) -> usize {
        let mut candidates = 0;
        for (column, (start, end)) in bins.columns.iter().zip(&mut self.runs) {
            let first = center.wrapping_add_signed(column.first);
            let last = center.wrapping_add_signed(column.last);
            while bins
                .numbers
                .get(*start as usize)
                .is_some_and(|&number| number < first)
            {
                *start += 1;
            }
            *end = (*end).max(*start);
            while bins
                .numbers
                .get(*end as usize)
                .is_some_and(|&number| number <= last)
            {
                *end += 1;
            }
            candidates += (*end - *start) as usize;
        }
        candidates
    }

    fn look_around(&mut self, bins: &Bins, place: usize, half: bool) {
        let own = bins.names[place];
        let least = if half { own } else { 0 };
        let center = [bins.x[place], bins.y[place], bins.z[place]];
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
            // Without branches: which candidates are near is anybody's guess.
            for (&distance, &name) in distances.iter().zip(&bins.names[run]) {
                found[count] = name;
                count += usize::from((distance <= bins.reach_squared) & (name >= least));
            }
        }
        self.found.truncate(count);
    }

    /// Lists what was found around an atom, sorted.
    fn list(&mut self, own: u64, offsets: &[IVec3]) {
        self.found.sort_unstable();
        let home = offset_of(own);
        let (mut offset, mut image) = (home, self.shifts.name(IVec3::ZERO));
        for &name in self.found.iter().filter(|&&name| name != own) {
            // Most neighbors have the offset of the one before.
            if offset_of(name) != offset {
                offset = offset_of(name);
                image = self.shifts.name(offsets[offset] - offsets[home]);
            }
            let atom = atom_of(name);
            self.neighbors.push(Neighbor { atom, image });
        }
        self.atoms.push((atom_of(own), self.neighbors.len() as u32));
    }

    fn rename_shifts(&mut self, shifts: &[IVec3]) {
        self.agreed.clear();
        self.agreed.extend(self.shifts.list.iter().map(|shift| {
            shifts.partition_point(|other| other.to_array() < shift.to_array()) as u32
        }));
        for neighbor in &mut self.neighbors {
            neighbor.image = self.agreed[neighbor.image as usize];
        }
    }
}

fn atom_of(name: u64) -> u32 {
    (name >> 32) as u32
}

fn offset_of(name: u64) -> usize {
    name as u32 as usize
}
