//! The simulation behind the viewer: commands out, the newest frame and the events in.

use std::sync::Arc;

use bevy::prelude::*;
use crossbeam_channel::{Receiver, TryIter};

use mlipview_core::presence::Roster;
use mlipview_core::sim::inbox::{InboxFull, Ticket};
use mlipview_core::sim::{Command, Event, Frame, FrameSink, SimHandle, Timeline};

/// Handle to the simulation that is shown.
#[derive(Resource)]
pub struct Simulation {
    handle: SimHandle,
    events: Receiver<Event>,
}

/// An event of the simulation since the last rendered frame.
#[derive(Message, Clone, Debug)]
pub struct SimulationEvent(pub Event);

impl Simulation {
    /// Subscribes to the simulation's events.
    pub fn new(handle: SimHandle) -> Simulation {
        let events = handle.events();
        Simulation { handle, events }
    }

    /// Sends a command; its ticket appears in the first frame that includes it.
    ///
    /// # Errors
    /// If the simulation's inbox is full.
    pub fn send(&self, command: Command) -> Result<Ticket, InboxFull> {
        self.handle.send(command)
    }

    /// The newest frame.
    pub fn frame(&self) -> Arc<Frame> {
        self.handle.frame()
    }

    /// Events that have not been taken yet.
    pub(crate) fn events(&self) -> TryIter<'_, Event> {
        self.events.try_iter()
    }

    /// The recorded frames.
    pub fn timeline(&self) -> &Timeline {
        self.handle.timeline()
    }

    /// Passes every frame and event from now on to a sink.
    pub fn add_sink(&self, sink: Box<dyn FrameSink>) {
        self.handle.add_sink(sink);
    }

    /// The people connected by the network.
    pub fn roster(&self) -> &Roster {
        self.handle.roster()
    }

    /// The simulation's title, the same for everyone.
    pub fn title(&self) -> Arc<str> {
        self.handle.title()
    }

    /// Changes the title.
    pub fn set_title(&self, title: &str) {
        self.handle.set_title(title);
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_message::<SimulationEvent>();
}
