//! Energies of many frames as the smallest and largest of each block.

/// Maximum number of blocks; then two neighbors become one.
const MAX_BLOCKS: usize = 1024;

/// Smallest and largest energy of some frames, eV; NaN if no energy is known.
#[derive(Clone, Copy, Debug)]
pub struct EnergyRange {
    /// Smallest energy, eV.
    pub low: f32,
    /// Largest energy, eV.
    pub high: f32,
}

impl PartialEq for EnergyRange {
    /// Unknown energies are equal.
    fn eq(&self, other: &EnergyRange) -> bool {
        let bits = |range: &EnergyRange| [range.low, range.high].map(f32::to_bits);
        bits(self) == bits(other)
    }
}

impl EnergyRange {
    /// No known energy.
    pub const UNKNOWN: EnergyRange = EnergyRange {
        low: f32::NAN,
        high: f32::NAN,
    };

    /// The range of one energy, eV.
    pub fn of(energy: f32) -> EnergyRange {
        EnergyRange {
            low: energy,
            high: energy,
        }
    }

    /// The range of both; unknown energies do not count.
    #[must_use]
    pub fn union(self, other: EnergyRange) -> EnergyRange {
        EnergyRange {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }
}

/// Energies of consecutive frames, up to the next column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnergyColumn {
    /// Position of the first frame.
    pub position: u64,
    /// Smallest and largest energy.
    pub range: EnergyRange,
}

/// Energies of frames that arrive one after another, in bounded memory.
pub(super) struct EnergyBlocks {
    /// Number of frames of a block, a power of two.
    block: u64,
    len: u64,
    blocks: Vec<EnergyRange>,
}

impl Default for EnergyBlocks {
    fn default() -> EnergyBlocks {
        EnergyBlocks {
            block: 1,
            len: 0,
            blocks: Vec::new(),
        }
    }
}

impl EnergyBlocks {
    /// Number of frames.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Adds the energy of the next frame.
    pub(super) fn push(&mut self, energy: EnergyRange) {
        if self.blocks.len() == MAX_BLOCKS && self.len.is_multiple_of(self.block) {
            let merged = self.blocks.chunks(2).map(|pair| pair[0].union(pair[1]));
            self.blocks = merged.collect();
            self.block *= 2;
        }
        match self.blocks.last_mut() {
            Some(last) if !self.len.is_multiple_of(self.block) => *last = last.union(energy),
            _ => self.blocks.push(energy),
        }
        self.len += 1;
    }

    /// Columns of at least `size` frames, of the first `frames` frames. The last column may contain
    /// energies after them.
    pub(super) fn columns(&self, frames: u64, size: u64) -> Vec<EnergyColumn> {
        let per_column = size.div_ceil(self.block).max(1);
        let width = usize::try_from(per_column).unwrap_or(usize::MAX);
        let columns = self.blocks.chunks(width).zip(0..);
        let columns = columns.map(|(blocks, index): (&[EnergyRange], u64)| EnergyColumn {
            position: index * per_column * self.block,
            range: union_of(blocks.iter().copied()),
        });
        columns.take_while(|it| it.position < frames).collect()
    }
}

/// The range of all.
pub(super) fn union_of(ranges: impl Iterator<Item = EnergyRange>) -> EnergyRange {
    ranges.fold(EnergyRange::UNKNOWN, EnergyRange::union)
}
