//! Reading of a timeline for its summaries.

use std::sync::Arc;

use super::energy::{EnergyBlocks, EnergyColumn, EnergyRange, union_of};
use super::memory::MemoryFrames;
use super::summary::{MAX_COLUMNS, MAX_LINES, ShownMark, TimelineSummary};
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::playback::FrameAddress;
use mlipview_core::sim::timeline::{FrameSource, Mark, Timeline};

/// Maximum number of energies of the file read in one update.
const MAX_ENERGIES: u64 = 200_000;

/// Number of frames of a file up to which columns are made of each energy, not of blocks.
const EXACT_FRAMES: u64 = 4096;

/// Reads a timeline again and again, each frame once.
pub struct TimelineTracker {
    timeline: Timeline,
    revision: u64,
    memory: MemoryFrames,
    file: FileFrames,
}

/// Energies and marks of the frames of a file.
#[derive(Default)]
struct FileFrames {
    source: Option<Arc<dyn FrameSource>>,
    energies: EnergyBlocks,
    marks: Vec<Mark>,
    /// Number of frames and searched fraction when the marks were read.
    marked: Option<(u64, f64)>,
}

impl TimelineTracker {
    /// A tracker that has read nothing.
    pub fn new(timeline: Timeline) -> TimelineTracker {
        TimelineTracker {
            timeline,
            revision: 0,
            memory: MemoryFrames::default(),
            file: FileFrames::default(),
        }
    }

    /// Whether another update without a new frame gives the same summary.
    pub fn is_complete(&self) -> bool {
        let source = self.file.source.as_ref();
        source.is_none_or(|source| {
            source.searched() >= 1.0 && self.file.energies.len() >= source.len()
        })
    }

    /// Reads what is new, and returns the summary, with `activity` as that of the simulation.
    pub fn update(&mut self, activity: Activity) -> TimelineSummary {
        self.file.update(self.timeline.source());
        self.memory.update(&self.timeline);
        self.revision += 1;
        let source = self.file.source.as_deref();
        let file_frames = self.timeline.frames_of_file();
        let entries = &self.memory.entries;
        let mut lines = self.timeline.lines();
        lines.drain(..lines.len().saturating_sub(MAX_LINES));
        let columns = self.column_size(file_frames);
        TimelineSummary {
            revision: self.revision,
            file: source.map_or_else(String::new, |source| source.name().to_owned()),
            file_frames,
            searched: source.map_or(1.0, FrameSource::searched),
            search_error: source
                .and_then(FrameSource::search_error)
                .unwrap_or_default(),
            memory_frames: entries.len() as u64,
            first: entries.front().map_or(0, |entry| entry.number),
            last: entries.back().map_or(0, |entry| entry.number),
            runs: self.memory.runs(),
            marks: self.marks(file_frames, columns),
            lines,
            energy: self.energy(file_frames, columns),
            activity,
        }
    }

    /// Number of frames of a column.
    fn column_size(&self, file_frames: u64) -> u64 {
        // Three columns may be narrower: the last of the file, one of unknown energies, and the last one.
        let columns = MAX_COLUMNS as u64 - 3;
        let frames = file_frames + self.memory.entries.len() as u64;
        frames.div_ceil(columns).max(1)
    }

    fn energy(&self, file_frames: u64, size: u64) -> Vec<EnergyColumn> {
        let mut columns = self.file.columns(file_frames, size);
        let width = usize::try_from(size).unwrap_or(usize::MAX);
        let energies: Vec<EnergyRange> = self.memory.entries.iter().map(|it| it.energy).collect();
        let memory = energies.chunks(width).zip(0..);
        columns.extend(memory.map(|(energies, index)| EnergyColumn {
            position: file_frames + size * index,
            range: union_of(energies.iter().copied()),
        }));
        columns
    }

    fn marks(&self, file_frames: u64, size: u64) -> Vec<ShownMark> {
        let of_file = self
            .file
            .marks
            .iter()
            .filter_map(|mark| match mark.address {
                FrameAddress::File(index) if index < file_frames => Some(ShownMark {
                    position: index,
                    address: mark.address,
                    kind: mark.kind,
                }),
                _ => None,
            });
        let entries = self.memory.entries.iter().zip(file_frames..);
        let in_memory = entries.filter_map(|(entry, position)| {
            Some(ShownMark {
                position,
                address: FrameAddress::Memory(entry.number),
                kind: entry.mark?,
            })
        });
        let mut marks: Vec<ShownMark> = of_file.chain(in_memory).collect();
        marks.dedup_by_key(|mark| mark.position / size);
        marks
    }
}

impl FileFrames {
    fn update(&mut self, source: Option<Arc<dyn FrameSource>>) {
        let same = match (&self.source, &source) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        if !same {
            *self = FileFrames {
                source,
                ..FileFrames::default()
            };
        }
        let Some(source) = &self.source else { return };
        let (from, len) = (self.energies.len(), source.len());
        for index in from..len.min(from + MAX_ENERGIES) {
            self.energies.push(energy_of(source.as_ref(), index));
        }
        let found = Some((len, source.searched()));
        if self.marked != found {
            self.marked = found;
            self.marks = source.marks();
        }
    }

    /// Columns of the first `frames` frames.
    fn columns(&self, frames: u64, size: u64) -> Vec<EnergyColumn> {
        let Some(source) = &self.source else {
            return Vec::new();
        };
        if frames <= EXACT_FRAMES {
            let step = usize::try_from(size).unwrap_or(usize::MAX);
            let columns = (0..frames).step_by(step).map(|position| {
                let end = frames.min(position + size);
                let energies = (position..end).map(|index| energy_of(source.as_ref(), index));
                EnergyColumn {
                    position,
                    range: union_of(energies),
                }
            });
            return columns.collect();
        }
        let mut columns = self.energies.columns(frames, size);
        if self.energies.len() < frames {
            columns.push(EnergyColumn {
                position: self.energies.len(),
                range: EnergyRange::UNKNOWN,
            });
        }
        columns
    }
}

fn energy_of(source: &dyn FrameSource, index: u64) -> EnergyRange {
    let energy = source.energy(index);
    energy.map_or(EnergyRange::UNKNOWN, |energy| {
        EnergyRange::of(energy as f32)
    })
}
