//! Address of a frame in a timeline: in the opened trajectory file, or in memory.

/// Where a recorded frame is. Frames of the file come before those in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FrameAddress {
    /// Index in the opened trajectory file, from 0.
    File(u64),
    /// Number of a frame of the simulation; see [`Frame::number`](crate::sim::Frame::number).
    Memory(u64),
}

impl std::fmt::Display for FrameAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FrameAddress::File(index) => write!(formatter, "{index} of the file"),
            FrameAddress::Memory(number) => write!(formatter, "{number}"),
        }
    }
}
