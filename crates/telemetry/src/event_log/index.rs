//! Index of an event log: where events lie in the file, and how many of each type.

use crate::event_kind::{EventKind, EventKinds};

/// Number of events in a block.
const BLOCK: u32 = 256;

/// Index of an event log, an entry of 40 bytes for each 256 events.
#[derive(Clone, Debug, Default)]
pub struct LogIndex {
    blocks: Vec<Block>,
}

/// Consecutive events of a log.
#[derive(Clone, Debug)]
struct Block {
    first_id: u64,
    /// Position of the first event in the file, bytes.
    offset: u64,
    /// Number of events of each type.
    counts: [u32; EventKind::ALL.len()],
}

impl LogIndex {
    /// Adds the newest event, which begins at a position in the file.
    pub fn push(&mut self, id: u64, kind: EventKind, offset: u64) {
        let is_full = |block: &Block| block.counts.iter().sum::<u32>() >= BLOCK;
        if self.blocks.last().is_none_or(is_full) {
            self.blocks.push(Block {
                first_id: id,
                offset,
                counts: [0; EventKind::ALL.len()],
            });
        }
        if let Some(block) = self.blocks.last_mut() {
            block.counts[kind as usize] += 1;
        }
    }

    /// A position in the file at or before the event after this one.
    pub(super) fn offset_before(&self, after: u64) -> u64 {
        let next = self
            .blocks
            .partition_point(|block| block.first_id <= after + 1);
        let block = next.checked_sub(1).and_then(|index| self.blocks.get(index));
        block.map_or(0, |block| block.offset)
    }

    /// Where the last `count` events of these types begin: the number of an event before them, and how many
    /// of these types are to be skipped after it.
    pub(crate) fn last(&self, count: u64, kinds: EventKinds) -> (u64, u64) {
        let mut found = 0;
        for block in self.blocks.iter().rev() {
            let counts = EventKind::ALL.into_iter().zip(block.counts);
            let wanted = counts.filter(|(kind, _)| kinds.contains(*kind));
            found += wanted.map(|(_, count)| u64::from(count)).sum::<u64>();
            if found >= count {
                return (block.first_id.saturating_sub(1), found - count);
            }
        }
        (0, 0)
    }
}
