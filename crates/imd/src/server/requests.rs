//! Requests of a client to the run: pause, resume, kill, wait.

use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Activity, Command, SimHandle, Task};

use crate::message::ClientMessage;
use crate::version::Version;

/// The requests of a client, with the task that it has paused.
pub(super) struct Requests {
    version: Version,
    paused: Option<Task>,
}

impl Requests {
    pub(super) fn new(version: Version) -> Requests {
        Requests {
            version,
            paused: None,
        }
    }

    /// Carries out a request; returns words for the log where it does less than the client may expect.
    pub(super) fn carry_out(&mut self, sim: &SimHandle, request: &ClientMessage) -> Option<String> {
        match request {
            ClientMessage::Pause => match (self.version, &self.paused) {
                (Version::Two, Some(_)) => self.resume(sim),
                _ => self.pause(sim),
            },
            ClientMessage::Resume => self.resume(sim),
            ClientMessage::Kill => {
                self.paused = None;
                send(sim, Command::Stop);
                Some("a client asked to kill the run: it is stopped, the program goes on".to_owned())
            }
            ClientMessage::Wait(true) => Some(
                "a client asked that the simulation waits without clients: refused, it never waits for a reader"
                    .to_owned(),
            ),
            // The simulation never waits, a second go changes nothing, and the rest is carried out elsewhere.
            _ => None,
        }
    }

    /// Stops the run and keeps its task.
    fn pause(&mut self, sim: &SimHandle) -> Option<String> {
        let task = match &sim.frame().activity {
            Activity::Running(task) => task.clone(),
            // The other program has its own task.
            Activity::Following(_) => DynamicsSettings::default().task(),
            Activity::Idle | Activity::Packing(_) | Activity::Playback => {
                return Some("a client asked for a pause: nothing runs".to_owned());
            }
        };
        self.paused = Some(task);
        send(sim, Command::Stop)
    }

    /// Continues the task that was paused, unless something else runs meanwhile.
    fn resume(&mut self, sim: &SimHandle) -> Option<String> {
        let task = self.paused.take()?;
        match sim.frame().activity {
            Activity::Idle | Activity::Following(_) => send(sim, Command::Run(task)),
            _ => None,
        }
    }
}

/// Sends a command; returns why it was not.
fn send(sim: &SimHandle, command: Command) -> Option<String> {
    sim.send(command).err().map(|full| full.to_string())
}
