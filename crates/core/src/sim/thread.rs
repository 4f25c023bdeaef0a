//! One thread per simulation, and the door to it.

#![expect(
    clippy::disallowed_methods,
    reason = "the loop keeps the speed limit by the clock"
)]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::command::Command;
use super::engine::Engine;
use super::event::Event;
use super::frame::Frame;
use super::hub::{Bell, Hub};
use super::inbox::{Full, Inbox, Ticket};
use super::roster::Roster;

/// A door to a running simulation; clones open the same one. When the last is dropped the
/// simulation ends after the step it is in.
#[derive(Clone)]
pub struct SimHandle {
    door: Arc<Door>,
}

struct Door {
    inbox: Arc<Inbox>,
    hub: Arc<Hub>,
    roster: Roster,
    title: Mutex<Arc<str>>,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.inbox.close();
    }
}

impl SimHandle {
    /// Sends a command, to be carried out between two steps. Its ticket appears in the first frame
    /// that knows of it.
    ///
    /// # Errors
    /// [`Full`] when too many commands wait.
    pub fn send(&self, command: Command) -> Result<Ticket, Full> {
        self.door.inbox.send(command)
    }

    /// The newest frame.
    pub fn newest(&self) -> Arc<Frame> {
        self.door.hub.newest()
    }

    /// The events from now on; see [`Hub::events`].
    pub fn events(&self) -> Receiver<Event> {
        self.door.hub.events()
    }

    /// The people who watch and join.
    pub fn roster(&self) -> &Roster {
        &self.door.roster
    }

    /// What the simulation is called: the name of what was opened.
    pub fn title(&self) -> Arc<str> {
        Arc::clone(&self.lock_title())
    }

    /// Calls it so from now on.
    pub fn set_title(&self, title: &str) {
        *self.lock_title() = title.into();
    }

    fn lock_title(&self) -> MutexGuard<'_, Arc<str>> {
        let title = &self.door.title;
        title.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a bell rung at every new frame; see [`Hub::on_frame`].
    pub fn on_frame(&self, bell: &Arc<Bell>) {
        self.door.hub.on_frame(bell);
    }
}

/// Starts a thread that owns the engine.
///
/// # Errors
/// If the operating system gives no thread.
pub fn spawn(engine: Engine) -> std::io::Result<SimHandle> {
    let inbox = Arc::new(Inbox::default());
    let hub = Arc::new(Hub::new(engine.newest()));
    let door = Arc::new(Door {
        inbox: Arc::clone(&inbox),
        hub: Arc::clone(&hub),
        roster: Roster::default(),
        title: Mutex::new("".into()),
    });
    std::thread::Builder::new()
        .name("simulation".to_owned())
        .spawn(move || run(engine, &inbox, &hub))?;
    Ok(SimHandle { door })
}

fn run(mut engine: Engine, inbox: &Inbox, hub: &Hub) {
    let mut due = Instant::now();
    loop {
        wait(&engine, inbox, due);
        for (ticket, command) in inbox.drain() {
            engine.apply(ticket, command);
        }
        if inbox.is_closed() {
            return;
        }
        let resting = engine.is_running() && Instant::now() < due;
        let frame = if resting { None } else { engine.step() };
        if let Some(interval) = engine.step_interval().filter(|_| frame.is_some()) {
            due = (due + interval).max(Instant::now());
        }
        hub.announce(engine.take_events());
        if let Some(frame) = frame {
            hub.publish(frame);
        }
    }
}

/// Sleeps until there is something to do: a command, or the next step's time.
fn wait(engine: &Engine, inbox: &Inbox, due: Instant) {
    // A timeout and a bell lead to the same place: the loop looks at everything again.
    if !engine.is_busy() {
        let _ = inbox.bell().recv();
    } else if engine.step_interval().is_some() && due > Instant::now() + Duration::from_micros(50) {
        let _ = inbox.bell().recv_deadline(due);
    }
}
