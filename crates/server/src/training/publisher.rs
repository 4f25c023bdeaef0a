//! The thread of a training that publishes its reports as events.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::inbox::{Report, Waiting};
use super::now::now;
use super::state::Training;
use crate::clock::Clock;
use mlipview_telemetry::{
    Bridge, Callback, Event, EventLog, EventLogError, LogLevel, LogMessage, Moment, SharedEvent,
};

/// Interval of the synchronization of an event log with the disk. \[29\]
const SYNC_INTERVAL: Duration = Duration::from_secs(1);

/// Makes events of the reports of a training, writes them to its event log, and passes them to its clients.
pub(super) struct Publisher {
    pub(super) training: Arc<Training>,
    pub(super) bridge: Bridge,
    pub(super) log: Option<EventLog>,
    pub(super) clock: Clock,
}

impl Publisher {
    /// Starts the thread, which ends with the training.
    ///
    /// # Errors
    /// If the system has no more threads.
    pub(super) fn start(self) -> io::Result<()> {
        let training = Arc::clone(&self.training);
        let builder = thread::Builder::new().name("training".to_owned());
        training.set_thread(builder.spawn(move || self.run())?);
        Ok(())
    }

    fn run(mut self) {
        let mut synced = self.clock.now();
        loop {
            let waiting = self.training.inbox.take(self.timeout(synced));
            let is_closed = waiting.is_closed;
            let events = self.events(waiting);
            self.publish(events);
            let now = self.clock.now();
            let is_last = is_closed && self.bridge.deadline().is_none();
            if is_last || now >= synced + SYNC_INTERVAL {
                synced = now;
                self.sync();
            }
            if is_last {
                return;
            }
            if is_closed {
                thread::sleep(self.timeout(synced)); // The last progress waits.
            }
        }
    }

    /// Time to the next thing to do.
    fn timeout(&self, synced: Duration) -> Duration {
        let sync = synced + SYNC_INTERVAL;
        let due = self
            .bridge
            .deadline()
            .map_or(sync, |progress| progress.min(sync));
        due.saturating_sub(self.clock.now())
    }

    fn events(&mut self, waiting: Waiting) -> Vec<Event> {
        let mut events = Vec::new();
        for report in waiting.reports {
            match report {
                Report::Callback(callback, at) => {
                    events.extend(self.bridge.on_time(at));
                    events.extend(self.bridge.on_callback(callback, at));
                }
                Report::Stats(stats, at) => events.push(self.bridge.on_stats(stats, at)),
            }
        }
        let now = now(self.clock);
        if waiting.left_out > 0 {
            let count = waiting.left_out;
            let text =
                format!("{count} reports were left out: they came faster than they were published");
            events.extend(self.warning(text, now));
        }
        events.extend(self.bridge.on_time(now));
        events
    }

    fn warning(&mut self, message: String, now: Moment) -> Vec<Event> {
        tracing::warn!("{message}");
        let message = LogMessage {
            level: LogLevel::Warning,
            message,
            source: "telemetry".to_owned(),
        };
        self.bridge.on_callback(Callback::Log(message), now)
    }

    fn publish(&mut self, events: Vec<Event>) {
        if events.is_empty() {
            return;
        }
        let mut events = shared(events);
        let offsets = match self.append(&events) {
            Ok(offsets) => offsets,
            Err(error) => {
                self.log = None;
                let text = format!("{error}. Further events are not in the file.");
                events.extend(shared(self.warning(text, now(self.clock))));
                Vec::new()
            }
        };
        let mut shared = self.training.shared();
        for (index, event) in events.iter().enumerate() {
            shared.published.push(event, offsets.get(index).copied());
        }
        shared.published.set_state(self.bridge.state());
        for client in &shared.clients {
            let mut connection = client.connection();
            events.iter().for_each(|event| connection.on_event(event));
            drop(connection);
            client.changed.notify_one();
        }
    }

    /// Writes events to the event log, and returns where each begins; nothing without a log.
    fn append(&mut self, events: &[Arc<SharedEvent>]) -> Result<Vec<u64>, EventLogError> {
        let log = self.log.as_mut();
        log.map_or(Ok(Vec::new()), |log| log.append(events))
    }

    fn sync(&mut self) {
        let synced = self.log.as_mut().map_or(Ok(()), EventLog::sync);
        if let Err(error) = synced {
            self.log = None;
            let text = format!("{error}. Further events are not in the file.");
            let events = self.warning(text, now(self.clock));
            self.publish(events);
        }
    }
}

/// The events with their encodings.
fn shared(events: Vec<Event>) -> Vec<Arc<SharedEvent>> {
    // The bridge lets only finite numbers pass, which JSON can express.
    events
        .into_iter()
        .filter_map(|event| SharedEvent::new(event).ok())
        .collect()
}
