//! The simulation thread, and the handle to it.

#![expect(
    clippy::disallowed_methods,
    reason = "the loop keeps the speed limit by the clock"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::command::Command;
use super::engine::Engine;
use super::event::Event;
use super::frame::Frame;
use super::hub::Hub;
use super::inbox::{Inbox, InboxFull, Ticket};
use super::sink::FrameSink;
use super::timeline::Timeline;
use crate::presence::{Roster, Title};
use crate::waker::Waker;

/// A handle to a simulation on its own thread; clones share the simulation. When the last handle is
/// dropped, the thread ends after its present step.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::Emt;
/// use mlipview_core::sim::{Command, Engine, Event, Task, spawn};
///
/// let copper = library::find("copper").unwrap().structure()?;
/// let simulation = spawn(Engine::new(copper, Some(Box::new(Emt::new())), 0))?;
/// let events = simulation.events();
/// let ticket = simulation.send(Command::Run(Task::Relaxation(Default::default())))?;
/// while !matches!(events.recv()?, Event::Converged { .. }) {}
/// // The frame that includes the command follows its events.
/// while simulation.frame().ticket < ticket {
///     std::thread::yield_now();
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct SimHandle {
    shared: Arc<Shared>,
}

/// State shared by the clones of a handle and the thread.
struct Shared {
    inbox: Arc<Inbox>,
    hub: Arc<Hub>,
    timeline: Timeline,
    roster: Roster,
    title: Title,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.inbox.close();
    }
}

impl SimHandle {
    /// Sends a command, which is carried out between two steps. The first frame that shows its effect
    /// has a [`Frame::ticket`] of at least the returned one.
    ///
    /// # Errors
    /// [`InboxFull`] when too many commands are queued.
    pub fn send(&self, command: Command) -> Result<Ticket, InboxFull> {
        self.shared.inbox.send(command)
    }

    /// The newest frame.
    pub fn frame(&self) -> Arc<Frame> {
        self.shared.hub.frame()
    }

    /// Subscribes to the events from now on; see [`Hub::events`].
    pub fn events(&self) -> Receiver<Event> {
        self.shared.hub.events()
    }

    /// The recorded frames.
    pub fn timeline(&self) -> &Timeline {
        &self.shared.timeline
    }

    /// Passes every frame and event from now on to a sink; see [`Hub::add_sink`].
    pub fn add_sink(&self, sink: Box<dyn FrameSink>) {
        self.shared.hub.add_sink(sink);
    }

    /// The people who watch and take part.
    pub fn roster(&self) -> &Roster {
        &self.shared.roster
    }

    /// The title of the simulation: the name of the document that was opened.
    pub fn title(&self) -> Arc<str> {
        self.shared.title.get()
    }

    /// Replaces the title.
    pub fn set_title(&self, title: &str) {
        self.shared.title.set(title);
    }

    /// Registers a waker that is called at every new frame; see [`Hub::on_frame`].
    pub fn on_frame(&self, waker: &Arc<Waker>) {
        self.shared.hub.on_frame(waker);
    }
}

/// Starts a thread that owns the engine.
///
/// # Errors
/// If the operating system cannot start a thread.
pub fn spawn(engine: Engine) -> std::io::Result<SimHandle> {
    let inbox = Arc::new(Inbox::default());
    let hub = Arc::new(Hub::new(engine.frame()));
    let shared = Arc::new(Shared {
        inbox: Arc::clone(&inbox),
        hub: Arc::clone(&hub),
        timeline: engine.timeline().clone(),
        roster: Roster::default(),
        title: Title::default(),
    });
    let waking = Arc::clone(&inbox);
    let engine = engine.with_waker(Arc::new(move || waking.notify()));
    std::thread::Builder::new()
        .name("simulation".to_owned())
        .spawn(move || run(engine, &inbox, &hub))?;
    Ok(SimHandle { shared })
}

fn run(mut engine: Engine, inbox: &Inbox, hub: &Hub) {
    let mut next_step = Instant::now();
    loop {
        wait(&engine, inbox, next_step);
        for (ticket, command) in inbox.drain() {
            engine.apply(ticket, command);
        }
        if inbox.is_closed() {
            return;
        }
        let is_early = engine.is_paced() && Instant::now() < next_step;
        let frame = if is_early { None } else { engine.step() };
        if let Some(interval) = engine.step_interval().filter(|_| frame.is_some()) {
            next_step = (next_step + interval).max(Instant::now());
        }
        hub.announce(engine.take_events());
        if let Some(frame) = frame {
            hub.publish(frame);
        }
    }
}

/// Sleeps until a command arrives or the next step is due.
fn wait(engine: &Engine, inbox: &Inbox, next_step: Instant) {
    // A timeout and a signal have the same effect: the loop checks everything again.
    if !engine.is_busy() {
        let _ = inbox.signal().recv();
    } else if engine.step_interval().is_some()
        && next_step > Instant::now() + Duration::from_micros(50)
    {
        let _ = inbox.signal().recv_deadline(next_step);
    }
}
