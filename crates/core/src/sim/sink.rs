//! Sinks: receivers of every frame and event of a simulation, as recordings need them.

use std::sync::Arc;

use super::event::Event;
use super::frame::Frame;

/// A receiver of every frame and event of a simulation, on the simulation's thread.
///
/// Its functions must return at once: a sink that writes to a disk passes frames on to a thread of its own,
/// by a queue with a bound.
pub trait FrameSink: Send {
    /// Takes the frame after a step or another change; frames shown in playback are not passed. Returns
    /// whether the sink is to stay.
    fn frame(&mut self, frame: &Arc<Frame>) -> bool;

    /// Takes an event. The events before a frame come before it.
    fn event(&mut self, event: &Event);
}
