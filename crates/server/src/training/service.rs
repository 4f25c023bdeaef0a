//! Service of trainings: all trainings of a server, and their clients.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::client::Client;
use super::error::OpenTrainingError;
use super::feed::Feed;
use super::handle::TrainingHandle;
use super::inbox::Report;
use super::now::now;
use super::publisher::Publisher;
use super::runs::Runs;
use super::state::{Training, TrainingClient};
use super::system_stats::StatsThread;
use crate::clock::Clock;
use mlipview_core::chem::excerpt;
use mlipview_telemetry::{
    Bridge, Callback, ClientLimits, Connection, EventLog, Published, SystemStats, Trainings,
    check_name,
};

/// All trainings of a server, and their clients.
pub(crate) struct TrainingService {
    pub(super) clock: Clock,
    pub(super) limits: ClientLimits,
    /// Folder of the runs: trainings that are fed from outside, and old ones.
    pub(super) runs: Runs,
    pub(super) feed: Feed,
    trainings: Mutex<Trainings<Arc<Training>>>,
    /// Stands for the newest training while there is none.
    none: Arc<Training>,
    is_none_published: AtomicBool,
    last_client: AtomicU64,
    /// Number of clients.
    pub(super) active: watch::Sender<usize>,
    stats: StatsThread,
    is_stopped: AtomicBool,
}

impl TrainingService {
    pub(crate) fn new(
        clock: Clock,
        limits: ClientLimits,
        runs: Option<PathBuf>,
    ) -> TrainingService {
        TrainingService {
            clock,
            limits,
            runs: Runs::new(runs),
            feed: Feed::new(limits.messages_per_second, clock.now()),
            trainings: Mutex::default(),
            none: Training::new(Published::new(None)),
            is_none_published: AtomicBool::new(false),
            last_client: AtomicU64::new(0),
            active: watch::Sender::new(0),
            stats: StatsThread::default(),
            is_stopped: AtomicBool::new(false),
        }
    }

    /// Opens a training, which becomes the newest. With a folder, its events are in the event log there.
    ///
    /// # Errors
    /// If the name is not allowed or a training of that name is open, the event log cannot be used, or the
    /// system has no more threads.
    pub(crate) fn open(
        &self,
        name: &str,
        folder: Option<&Path>,
    ) -> Result<TrainingHandle, OpenTrainingError> {
        if self.is_stopped.load(Ordering::Acquire) {
            return Err(OpenTrainingError::Stopped);
        }
        self.lock().check(name, |training| training.has_ended())?;
        let before = self.lock().find(name).cloned();
        if let Some(before) = before {
            before.join(); // It may still write the same event log.
        }
        let opened = folder.map(EventLog::open).transpose()?;
        let (log, published) = match (opened, folder) {
            (Some((log, logged)), Some(folder)) => {
                (Some(log), Published::with_log(name, folder, logged))
            }
            _ => (None, Published::new(Some(name))),
        };
        let training = self.publish(published, log)?;
        let mut trainings = self.lock();
        let moving = trainings.find(name).map(Arc::clone);
        let added = trainings.add(name, Arc::clone(&training), |training| training.has_ended());
        if let Err(error) = added {
            // Another of this name was opened meanwhile.
            training.end();
            return Err(error.into());
        }
        self.move_clients(&trainings, moving.as_ref(), &training);
        drop(trainings);
        Ok(TrainingHandle::new(training, self.clock))
    }

    /// Starts the thread of a training.
    fn publish(
        &self,
        published: Published,
        log: Option<EventLog>,
    ) -> Result<Arc<Training>, OpenTrainingError> {
        let bridge = Bridge::new(published.newest_id() + 1);
        let training = Training::new(published);
        let publisher = Publisher {
            training: Arc::clone(&training),
            bridge,
            log,
            clock: self.clock,
        };
        publisher.start().map_err(OpenTrainingError::Thread)?;
        Ok(training)
    }

    /// Moves the clients that follow the newest training, and those of the one before of the same name.
    fn move_clients(
        &self,
        trainings: &Trainings<Arc<Training>>,
        before: Option<&Arc<Training>>,
        to: &Arc<Training>,
    ) {
        let others = trainings.iter().map(|(_, training)| training);
        let mut moved = Vec::new();
        for from in others.chain([&self.none]).chain(before) {
            if Arc::ptr_eq(from, to) {
                continue;
            }
            let is_before = before.is_some_and(|before| Arc::ptr_eq(before, from));
            let clients = &mut from.shared().clients;
            moved.extend(clients.extract_if(.., |client| is_before || !client.is_named));
        }
        let now = now(self.clock);
        let mut shared = to.shared();
        for client in moved {
            client.connection().move_to(&shared.published, now);
            client.set_training(to);
            client.changed.notify_one();
            shared.clients.push(client);
        }
    }

    /// The open training of a name, or an old run; without a name the newest one.
    ///
    /// Reads the event log of an old run, so it may take seconds.
    ///
    /// # Errors
    /// If there is no training of this name, or its event log cannot be read.
    pub(super) fn find(&self, name: Option<&str>) -> Result<Arc<Training>, OpenTrainingError> {
        let Some(name) = name else {
            return Ok(self.newest());
        };
        if let Some(training) = self.lock().find(name) {
            return Ok(Arc::clone(training));
        }
        let unknown = || OpenTrainingError::Unknown(excerpt(name).into_owned());
        check_name(name).map_err(|_| unknown())?;
        self.runs.open(name)?.ok_or_else(unknown)
    }

    /// The newest training, or the one that stands for none.
    pub(super) fn newest(&self) -> Arc<Training> {
        Arc::clone(self.lock().newest().unwrap_or(&self.none))
    }

    /// Names of all trainings of this server, oldest first.
    pub(super) fn all(&self) -> Vec<(String, Arc<Training>)> {
        let trainings = self.lock();
        let all = trainings.iter();
        all.map(|(name, training)| (name.to_owned(), Arc::clone(training)))
            .collect()
    }

    /// Adds a client of a training that was [found](TrainingService::find) by this name.
    pub(super) fn add_client(
        &self,
        name: Option<&str>,
        found: Arc<Training>,
        may_command: bool,
    ) -> Arc<TrainingClient> {
        let now = now(self.clock);
        let number = self.last_client.fetch_add(1, Ordering::Relaxed) + 1;
        let id = format!("client_{number}_{}", now.unix_seconds());
        // With the list locked: a training that is opened meanwhile moves this client, too.
        let trainings = self.lock();
        let current = match name {
            Some(name) => trainings.find(name),
            None => trainings.newest(),
        };
        let training = current.map_or(found, Arc::clone);
        let mut shared = training.shared();
        let connection = Connection::new(&id, may_command, &shared.published, self.limits, now);
        let client = Client::new(name.is_some(), connection, Arc::clone(&training));
        let client = Arc::new(client);
        shared.clients.push(Arc::clone(&client));
        drop(shared);
        self.active.send_modify(|count| *count += 1);
        client
    }

    /// Removes a client.
    pub(super) fn remove_client(&self, client: &Arc<TrainingClient>) {
        let trainings = self.lock();
        let training = client.training();
        let is_other = |other: &Arc<TrainingClient>| !Arc::ptr_eq(other, client);
        training.shared().clients.retain(is_other);
        drop(trainings);
        self.active.send_modify(|count| *count -= 1);
    }

    /// Passes a text of a client to its connection.
    pub(super) fn on_text(self: &Arc<TrainingService>, client: &TrainingClient, text: &str) {
        let now = now(self.clock);
        loop {
            let training = client.training();
            let shared = training.shared();
            // The client may have been moved before the lock.
            if Arc::ptr_eq(&client.training(), &training) {
                client.connection().on_text(text, &shared.published, now);
                break;
            }
        }
        if client.wants_stats() {
            self.start_stats();
        }
    }

    /// Measures the load of the machine while a client wants it. \[14\]
    fn start_stats(self: &Arc<TrainingService>) {
        if self.lock().newest().is_none() && !self.is_none_published.swap(true, Ordering::AcqRel) {
            let publisher = Publisher {
                training: Arc::clone(&self.none),
                bridge: Bridge::new(1),
                log: None,
                clock: self.clock,
            };
            if let Err(error) = publisher.start() {
                tracing::error!(%error, "the load of the machine is not sent: no thread for it");
            }
        }
        let service = Arc::downgrade(self);
        self.stats.start(self.clock, move |stats| {
            let service = service.upgrade();
            service.is_some_and(|service| service.on_stats(stats))
        });
    }

    /// Passes the load of the machine to the trainings with clients that want it; returns whether there is
    /// such a client.
    fn on_stats(&self, stats: Option<SystemStats>) -> bool {
        let now = now(self.clock);
        let trainings = self.all().into_iter().map(|(_, training)| training);
        let mut is_wanted = false;
        for training in trainings.chain([Arc::clone(&self.none)]) {
            if training
                .shared()
                .clients
                .iter()
                .any(|client| client.wants_stats())
            {
                is_wanted = true;
                if let Some(stats) = stats {
                    training.inbox.push(Report::Stats(stats, now));
                }
            }
        }
        is_wanted
    }

    /// Passes reports to the training that is fed from outside by this name; without a name to the one opened
    /// last.
    ///
    /// # Errors
    /// If the training cannot be opened.
    pub(super) fn take_feed(
        &self,
        name: Option<&str>,
        callbacks: Vec<Callback>,
    ) -> Result<(), OpenTrainingError> {
        let open = |name: &str| self.open(name, self.runs.path(name).as_deref());
        self.feed.take(name, callbacks, open)
    }

    /// Ends all trainings, and waits until their reports are published.
    pub(crate) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Release);
        self.feed.clear();
        self.stats.stop();
        let trainings = self.all().into_iter().map(|(_, training)| training);
        let trainings: Vec<Arc<Training>> = trainings.chain([Arc::clone(&self.none)]).collect();
        trainings.iter().for_each(|training| training.end());
        trainings.iter().for_each(|training| training.join());
    }

    fn lock(&self) -> MutexGuard<'_, Trainings<Arc<Training>>> {
        self.trainings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
