//! Control of a run by its connection: commands, and the request to stop.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::request::Command;

/// Maximum number of waiting commands; at the bound, nothing is read from the client until one is taken.
const MAX_COMMANDS: usize = 64;

/// Control of a run.
#[derive(Default)]
pub(super) struct Control {
    requests: Mutex<Requests>,
    changed: Condvar,
    /// Signals the connection that commands have been taken.
    pub(super) taken: Notify,
}

/// Requests of a connection.
#[derive(Default)]
struct Requests {
    commands: VecDeque<Command>,
    stops: bool,
}

/// The next thing for a run to do.
pub(super) enum Next {
    Command(Command),
    Stop,
    /// The time has come.
    Due,
}

impl Control {
    /// Passes a command to the run. A move replaces the one that waits last.
    pub(super) fn send(&self, command: Command) {
        let mut requests = self.lock();
        if let (Command::Move(_), Some(Command::Move(_))) = (&command, requests.commands.back()) {
            requests.commands.pop_back();
        }
        requests.commands.push_back(command);
        self.changed.notify_all();
    }

    /// Whether no more commands may be sent.
    pub(super) fn is_full(&self) -> bool {
        self.lock().commands.len() >= MAX_COMMANDS
    }

    /// Asks the run to end.
    pub(super) fn stop(&self) {
        self.lock().stops = true;
        self.changed.notify_all();
    }

    /// Whether the run is asked to end.
    pub(super) fn stops(&self) -> bool {
        self.lock().stops
    }

    /// Waits for a request, at most for this time.
    pub(super) fn wait(&self, time: Duration) -> Next {
        let requests = self.lock();
        let is_idle = |requests: &mut Requests| requests.commands.is_empty() && !requests.stops;
        let waited = self.changed.wait_timeout_while(requests, time, is_idle);
        let (mut requests, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if requests.stops {
            return Next::Stop;
        }
        match requests.commands.pop_front() {
            Some(command) => {
                self.taken.notify_one();
                Next::Command(command)
            }
            None => Next::Due,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Requests> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;

    /// [20]
    #[test]
    fn the_newest_of_successive_moves_counts() {
        let control = Control::default();
        for x in 0..1000 {
            control.send(Command::Move(Vec3::X * x as f32));
        }
        assert!(!control.is_full());
        control.send(Command::Release);
        let next = control.wait(Duration::ZERO);
        assert!(matches!(next, Next::Command(Command::Move(to)) if to.x == 999.0));
        assert!(matches!(
            control.wait(Duration::ZERO),
            Next::Command(Command::Release)
        ));
        assert!(matches!(control.wait(Duration::ZERO), Next::Due));
        control.stop();
        assert!(matches!(control.wait(Duration::from_secs(60)), Next::Stop));
    }
}
