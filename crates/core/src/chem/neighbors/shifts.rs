//! Table of shifts: each gets an index in the order of appearance.

use std::collections::HashMap;

use glam::IVec3;

/// Cell shifts and their indices.
#[derive(Clone, Debug, Default)]
pub(super) struct ShiftTable {
    /// The shifts by index.
    pub(super) list: Vec<IVec3>,
    indices: HashMap<IVec3, u32>,
    /// Direct-mapped cache of recent look-ups, by a hash of the shift.
    cache: Vec<(IVec3, u32)>,
}

const CACHE_SIZE: usize = 512;
/// Key of an unused cache slot; no image is this many cells away.
const UNUSED: IVec3 = IVec3::MIN;

impl ShiftTable {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.indices.clear();
        self.cache.clear();
        self.cache.resize(CACHE_SIZE, (UNUSED, 0));
    }

    /// The index of a shift; adds the shift if it is new.
    pub(super) fn index(&mut self, shift: IVec3) -> u32 {
        let hash = shift.x + 8 * shift.y + 64 * shift.z;
        let slot = hash as usize % CACHE_SIZE;
        if self.cache[slot].0 != shift {
            let index = *self.indices.entry(shift).or_insert_with(|| {
                self.list.push(shift);
                self.list.len() as u32 - 1
            });
            self.cache[slot] = (shift, index);
        }
        self.cache[slot].1
    }
}
