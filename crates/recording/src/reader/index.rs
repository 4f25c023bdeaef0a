//! Index of the frames found in a recording.

use mlipview_core::sim::FrameAddress;
use mlipview_core::sim::timeline::Mark;

use crate::container::RecordHeader;
use crate::messages::generated::FrameIndex;
use crate::messages::mark_of;

/// Maximum number of energies in memory: 64 MiB. Energies of later frames are unknown.
pub(super) const MAX_ENERGIES: usize = 8 << 20;

/// Maximum number of chunks in memory; the search ends there with an error.
const MAX_CHUNKS: usize = 4 << 20;

/// Maximum number of marks in memory; later marks are not shown.
const MAX_MARKS: usize = 1 << 20;

/// Frames found so far.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Number of frames.
    pub(super) frames: u64,
    /// Fraction of the file that has been searched.
    pub(super) searched: f64,
    /// Why frames are missing.
    pub(super) error: Option<String>,
    /// Marks, by rising address.
    pub(super) marks: Vec<Mark>,
    energies: Vec<f64>,
    /// By rising offset and first frame.
    chunks: Vec<Chunk>,
    /// Number of each structure, and the first chunk that has it.
    structures: Vec<(u64, usize)>,
}

/// A chunk with frames or structures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    /// Its record.
    pub(super) record: RecordHeader,
    /// Index of its first frame in the file.
    pub(super) first_frame: u64,
}

impl Index {
    /// Adds the next chunk with the index of its frames; returns whether there is space for more.
    pub(super) fn add(&mut self, record: RecordHeader, index: &FrameIndex) -> bool {
        if self.chunks.len() >= MAX_CHUNKS {
            let frames = self.frames;
            self.error = Some(format!("only the first {frames} frames are shown"));
            return false;
        }
        let first_frame = self.frames;
        for structure in &index.structures {
            let is_new = self
                .structures
                .last()
                .is_none_or(|(last, _)| last != structure);
            if is_new && self.structures.len() < MAX_CHUNKS {
                self.structures.push((*structure, self.chunks.len()));
            }
        }
        self.chunks.push(Chunk {
            record,
            first_frame,
        });
        let space = MAX_ENERGIES - self.energies.len();
        self.energies.extend(index.energies.iter().take(space));
        let marked = index.marked_frames.iter().zip(&index.marks);
        let marks = marked.filter_map(|(frame, mark)| {
            let in_chunk = (*frame as usize) < index.energies.len();
            Some(Mark {
                address: FrameAddress::File(first_frame + u64::from(*frame)),
                kind: mark_of(*mark).filter(|_| in_chunk)?,
            })
        });
        self.marks.extend(marks.take(MAX_MARKS - self.marks.len()));
        self.frames += index.energies.len() as u64;
        true
    }

    /// The chunk of a frame.
    pub(super) fn chunk_of(&self, frame: u64) -> Option<Chunk> {
        if frame >= self.frames {
            return None;
        }
        let after = self.chunks.partition_point(|it| it.first_frame <= frame);
        self.chunks.get(after.checked_sub(1)?).copied()
    }

    /// Energy of a frame, eV.
    pub(super) fn energy(&self, frame: u64) -> Option<f64> {
        let energy = self.energies.get(usize::try_from(frame).ok()?)?;
        Some(*energy).filter(|energy| energy.is_finite())
    }

    /// The first chunk with a structure.
    pub(super) fn chunk_with_structure(&self, number: u64) -> Option<RecordHeader> {
        let (_, chunk) = self.structures.iter().find(|(it, _)| *it == number)?;
        Some(self.chunks.get(*chunk)?.record)
    }
}
