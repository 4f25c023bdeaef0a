//! Trajectory files whose frames are found by an index and read one at a time.
//!
//! XYZ frames are found by reading the file once, XTC frames by the lengths in their headers, DCD frames by
//! arithmetic. Other formats are read at once, up to [`MAX_DECOMPRESSED`] bytes.
//!
//! A compressed file cannot be read from the middle, so it is decompressed to an unnamed temporary file as it
//! is searched; frames can be read meanwhile. Refusing such files would be simpler, but trajectories are often
//! stored compressed.
//!
//! [`MAX_DECOMPRESSED`]: crate::chem::format::MAX_DECOMPRESSED

mod content;
mod contents;
mod decompressed_copy;
mod detect;
mod file;
mod fingerprint;
mod found_frames;
mod frame_index;
mod positioned;
mod progress;
mod search;

pub use file::TrajectoryFile;
pub use frame_index::MAX_FRAMES;
