//! The search itself: every atom against the bins around it.

use std::ops::Range;

use glam::IVec3;
use rayon::prelude::*;

use super::Neighbor;
use super::bins::Bins;
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
    /// The names of an atom's neighbors.
    found: Vec<u64>,
    /// The shifts that occur: what `image` of its neighbors refers to until all pieces agree.
    shifts: Shifts,
    /// For each of them its index among the shifts of all pieces.
    agreed: Vec<u32>,
}

/// Bins in a piece.
const PIECE: usize = 512;

impl Search {
    /// Finds all neighbors of `atoms` atoms, or half of them.
    pub(super) fn run(&mut self, bins: &Bins, offsets: &[IVec3], atoms: usize, half: bool) {
        let filled = bins.starts.len() - 1;
        let pieces = filled.div_ceil(PIECE);
        self.pieces.resize_with(pieces, Piece::default);
        self.pieces
            .par_iter_mut()
            .enumerate()
            .for_each(|(index, piece)| {
                let first = index * PIECE;
                piece.fill(bins, offsets, first..(first + PIECE).min(filled), half);
            });
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
        self.pieces
            .par_iter_mut()
            .for_each(|piece| piece.rename_shifts(shifts));
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
    fn fill(&mut self, bins: &Bins, offsets: &[IVec3], range: Range<usize>, half: bool) {
        self.shifts.clear();
        self.neighbors.clear();
        self.atoms.clear();
        self.runs.clear();
        let corner = bins.numbers[bins.starts[range.start] as usize];
        for column in &bins.columns {
            let first = corner.wrapping_add_signed(column.first);
            let place = bins.numbers.partition_point(|&number| number < first) as u32;
            self.runs.push((place, place));
        }
        for bin in range {
            let (start, end) = (bins.starts[bin] as usize, bins.starts[bin + 1] as usize);
            if !bins.is_atom[start..end].contains(&true) {
                continue;
            }
            let candidates = self.advance(bins, bins.numbers[start]);
            for place in start..end {
                if bins.is_atom[place] {
                    self.found.resize(candidates, 0);
                    self.look_around(bins, place, half);
                    self.list(bins.names[place], offsets);
                }
            }
        }
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
        let (x, y, z) = (bins.x[place], bins.y[place], bins.z[place]);
        let mut count = 0;
        for &(start, end) in &self.runs {
            let run = start as usize..end as usize;
            let others = bins.x[run.clone()]
                .iter()
                .zip(&bins.y[run.clone()])
                .zip(&bins.z[run.clone()])
                .zip(&bins.names[run]);
            for (((other_x, other_y), other_z), &name) in others {
                let (dx, dy, dz) = (other_x - x, other_y - y, other_z - z);
                let near = dx * dx + dy * dy + dz * dz <= bins.reach_squared;
                self.found[count] = name;
                count += usize::from(near & (name != own) & (name >= least));
            }
        }
        self.found.truncate(count);
    }

    /// Lists what was found around an atom, sorted.
    fn list(&mut self, own: u64, offsets: &[IVec3]) {
        self.found.sort_unstable();
        let home = offsets[own as u32 as usize];
        for &name in &self.found {
            let image = self.shifts.name(offsets[name as u32 as usize] - home);
            self.neighbors.push(Neighbor {
                atom: (name >> 32) as u32,
                image,
            });
        }
        self.atoms
            .push(((own >> 32) as u32, self.neighbors.len() as u32));
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
