//! The timeline: recorded frames, branches, playback, and the frames of files.

mod branches;
mod memory;
mod playback;
mod stored_frames;
