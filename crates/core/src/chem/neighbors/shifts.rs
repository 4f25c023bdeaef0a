//! Short names for shifts: each is a number, given in the order of appearance.

use std::collections::HashMap;

use glam::IVec3;

/// The shifts that have appeared.
#[derive(Clone, Debug, Default)]
pub(super) struct Shifts {
    /// The shifts by name.
    pub(super) list: Vec<IVec3>,
    names: HashMap<IVec3, u32>,
    /// What was asked recently, by a hash of the shift: few shifts are asked for many times.
    recent: Vec<(IVec3, u32)>,
}

const RECENT: usize = 512;
/// No cell is this many cells away.
const NOWHERE: IVec3 = IVec3::MIN;

impl Shifts {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.names.clear();
        self.recent.clear();
        self.recent.resize(RECENT, (NOWHERE, 0));
    }

    /// The name of a shift, a new one if it has none.
    pub(super) fn name(&mut self, shift: IVec3) -> u32 {
        let hash = shift.x + 8 * shift.y + 64 * shift.z;
        let slot = hash as usize % RECENT;
        if self.recent[slot].0 != shift {
            let name = *self.names.entry(shift).or_insert_with(|| {
                self.list.push(shift);
                self.list.len() as u32 - 1
            });
            self.recent[slot] = (shift, name);
        }
        self.recent[slot].1
    }
}
