//! The thread that measures the load of the machine.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::machine_load::MachineLoad;
use crate::clock::Clock;
use mlipview_telemetry::SystemStats;

/// Interval of the measurements. \[14\]
const INTERVAL: Duration = Duration::from_secs(2);

/// The thread that measures the load of the machine, which runs while a client wants it.
#[derive(Default)]
pub(super) struct StatsThread {
    state: Arc<(Mutex<State>, Condvar)>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct State {
    is_running: bool,
    is_stopped: bool,
}

impl StatsThread {
    /// Starts the thread, unless it runs. `publish` takes each measurement, and returns whether a client wants
    /// the next.
    pub(super) fn start(
        &self,
        clock: Clock,
        publish: impl Fn(Option<SystemStats>) -> bool + Send + 'static,
    ) {
        let mut state = lock(&self.state.0);
        if state.is_running || state.is_stopped {
            return;
        }
        let shared = Arc::clone(&self.state);
        let builder = thread::Builder::new().name("system stats".to_owned());
        match builder.spawn(move || run(&shared, clock, &publish)) {
            Ok(thread) => {
                state.is_running = true;
                *lock(&self.thread) = Some(thread);
            }
            Err(error) => {
                tracing::error!(%error, "the load of the machine is not measured: no thread");
            }
        }
    }

    /// Ends the thread.
    pub(super) fn stop(&self) {
        lock(&self.state.0).is_stopped = true;
        self.state.1.notify_all();
        let thread = lock(&self.thread).take();
        if let Some(thread) = thread {
            // A panic of the thread is in the log already.
            let _ = thread.join();
        }
    }
}

/// Measures and publishes each two seconds, until no client wants it.
fn run(
    shared: &(Mutex<State>, Condvar),
    clock: Clock,
    publish: &impl Fn(Option<SystemStats>) -> bool,
) {
    let mut machine = MachineLoad::new();
    let mut due = clock.now();
    loop {
        due += INTERVAL;
        let timeout = due.saturating_sub(clock.now());
        let is_going_on = |state: &mut State| !state.is_stopped;
        let waited = shared
            .1
            .wait_timeout_while(lock(&shared.0), timeout, is_going_on);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if state.is_stopped {
            return;
        }
        drop(state);
        if publish(Some(machine.stats())) {
            continue;
        }
        // Again with the lock: a client that subscribes meanwhile starts the next thread.
        let mut state = lock(&shared.0);
        if !publish(None) {
            state.is_running = false;
            return;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
