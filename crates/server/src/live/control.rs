//! Control of a run by its connection: commands, and the request to stop.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::error::LiveError;
use super::request::Command;

/// Maximum number of commands that wait for the end of a step; those beyond are refused.
const MAX_COMMANDS: usize = 64;

/// Control of a run.
#[derive(Default)]
pub(super) struct Control {
    requests: Mutex<Requests>,
    changed: Condvar,
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
    ///
    /// # Errors
    /// If too many wait.
    pub(super) fn send(&self, command: Command) -> Result<(), LiveError> {
        let mut requests = self.lock();
        if let (Command::Move(_), Some(Command::Move(_))) = (&command, requests.commands.back()) {
            requests.commands.pop_back();
        }
        if requests.commands.len() >= MAX_COMMANDS {
            return Err(LiveError::Commands(MAX_COMMANDS));
        }
        requests.commands.push_back(command);
        self.changed.notify_all();
        Ok(())
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
            Some(command) => Next::Command(command),
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
            control.send(Command::Move(Vec3::X * x as f32)).unwrap();
        }
        control.send(Command::Release).unwrap();
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

    /// [13] [20]
    #[test]
    fn commands_have_a_bound_and_a_stop_goes_before_them() {
        let control = Control::default();
        for _ in 0..MAX_COMMANDS {
            assert_eq!(control.send(Command::Release), Ok(()));
        }
        assert_eq!(
            control.send(Command::Release),
            Err(LiveError::Commands(MAX_COMMANDS))
        );
        control.stop();
        assert!(matches!(control.wait(Duration::ZERO), Next::Stop));
    }
}
