//! Neighbors of one atom within a cutoff, grouped by species, in blocks for vector instructions.

use glam::DVec3;

use super::lanes::{Doubles, LANES, Lanes};

/// Eight neighbors of one species.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Block {
    /// Displacement to each neighbor, Å: x, y, z.
    pub(super) displacement: [Lanes; 3],
    /// Its square, Å².
    pub(super) distance2: Doubles,
    /// Index of each neighbor.
    pub(super) others: [u32; LANES],
}

/// The blocks of one species; the last one is padded with neighbors beyond the cutoff.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) species: usize,
    /// Index of the first block.
    first: usize,
    /// Number of neighbors.
    pub(super) count: usize,
}

/// A neighbor within the range of the repulsion of nuclei.
#[derive(Clone, Copy, Debug)]
pub(super) struct CloseNeighbor {
    /// Displacement to it, Å.
    pub(super) d: DVec3,
    pub(super) species: usize,
    /// Index of the neighbor.
    pub(super) other: usize,
}

/// Neighbors of one atom, in buffers that are reused for the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    blocks: Vec<Block>,
    groups: Vec<Group>,
    /// Slots in use: all those of complete groups, and the neighbors of the present one.
    slots: usize,
}

impl Edges {
    /// Removes all neighbors.
    #[inline(always)]
    pub(super) fn clear(&mut self) {
        self.groups.clear();
        self.slots = 0;
    }

    /// Begins a group of at most `most` neighbors.
    #[inline(always)]
    pub(super) fn begin(&mut self, species: usize, most: usize) {
        let first = self.slots / LANES;
        let blocks = first + most.div_ceil(LANES) + 1;
        if self.blocks.len() < blocks {
            self.blocks.resize(blocks, Block::default());
        }
        self.groups.push(Group {
            species,
            first,
            count: 0,
        });
    }

    /// Adds a neighbor to the group if it is within the cutoff.
    ///
    /// Without a branch, which prediction cannot learn: a neighbor beyond the cutoff is overwritten.
    #[inline(always)]
    pub(super) fn push(&mut self, d: DVec3, distance2: f64, other: u32, cutoff2: f64) {
        let (block, lane) = (self.slots / LANES, self.slots % LANES);
        let block = &mut self.blocks[block];
        block.displacement[0][lane] = d.x as f32;
        block.displacement[1][lane] = d.y as f32;
        block.displacement[2][lane] = d.z as f32;
        block.distance2[lane] = distance2;
        block.others[lane] = other;
        self.slots += usize::from(distance2 < cutoff2);
    }

    /// Ends the group: pads it with neighbors beyond `cutoff2`, or removes it if it is empty.
    #[inline(always)]
    pub(super) fn end(&mut self, cutoff2: f64) {
        let Some(group) = self.groups.last_mut() else {
            return;
        };
        group.count = self.slots - group.first * LANES;
        if group.count == 0 {
            self.groups.pop();
            return;
        }
        let beyond = 2.0 * cutoff2.sqrt();
        while !self.slots.is_multiple_of(LANES) {
            self.push(
                DVec3::new(beyond, 0.0, 0.0),
                beyond * beyond,
                0,
                f64::INFINITY,
            );
        }
    }

    /// The groups, in the order of species.
    #[inline(always)]
    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The blocks of a group.
    #[inline(always)]
    pub(super) fn blocks_of(&self, group: Group) -> &[Block] {
        &self.blocks[group.first..][..group.count.div_ceil(LANES)]
    }
}

impl Block {
    /// Distances, Å.
    #[inline(always)]
    pub(super) fn distances(&self) -> Doubles {
        std::array::from_fn(|lane| self.distance2[lane].sqrt())
    }
}

/// The inverses of distances, 1/Å.
#[inline(always)]
pub(super) fn inverses(distances: &Doubles) -> Lanes {
    std::array::from_fn(|lane| 1.0 / distances[lane] as f32)
}
