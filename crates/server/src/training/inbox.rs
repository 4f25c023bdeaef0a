//! Bounded queue between a trainer and the thread that publishes its reports.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mlipview_telemetry::{Callback, Moment, SystemStats};

/// Maximum number of reports that wait.
const MAX_WAITING: usize = 1024;

/// A report with its time.
pub(super) enum Report {
    /// A call of the trainer.
    Callback(Callback, Moment),
    /// A measurement of the load of the machine.
    Stats(SystemStats, Moment),
}

/// Reports that wait for the publishing thread, at most [`MAX_WAITING`]. The trainer never waits.
///
/// While the queue is full, for instance because the disk does not write, a new report takes the place of the
/// oldest progress; without one, of the oldest message for the log, and without these, of the oldest report.
/// The latter two are counted.
#[derive(Default)]
pub(super) struct Inbox {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

/// Reports that were taken at once.
#[derive(Default)]
pub(super) struct Waiting {
    pub(super) reports: VecDeque<Report>,
    /// Number of reports that were left out.
    pub(super) left_out: u64,
    /// Whether no more reports come.
    pub(super) is_closed: bool,
}

impl Inbox {
    /// Adds a report; a closed inbox ignores it.
    pub(super) fn push(&self, report: Report) {
        let mut waiting = self.lock();
        if waiting.is_closed {
            return;
        }
        if waiting.reports.len() >= MAX_WAITING {
            waiting.make_space();
        }
        waiting.reports.push_back(report);
        self.changed.notify_one();
    }

    /// Accepts no more reports; those that wait are still published.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_one();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().is_closed
    }

    /// Takes all reports; waits for the first of them, up to a time.
    pub(super) fn take(&self, timeout: Duration) -> Waiting {
        let is_idle = |waiting: &mut Waiting| waiting.reports.is_empty() && !waiting.is_closed;
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), timeout, is_idle);
        let (mut waiting, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let is_closed = waiting.is_closed;
        let taken = std::mem::take(&mut *waiting);
        waiting.is_closed = is_closed;
        Waiting { is_closed, ..taken }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn make_space(&mut self) {
        let position = |is_wanted: fn(&Callback) -> bool| {
            self.reports.iter().position(|report| match report {
                Report::Callback(callback, _) => is_wanted(callback),
                Report::Stats(..) => false,
            })
        };
        let progress = position(|callback| matches!(callback, Callback::Progress(_)));
        let log = position(|callback| matches!(callback, Callback::Log(_)));
        self.left_out += u64::from(progress.is_none());
        self.reports.remove(progress.or(log).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;
    use mlipview_telemetry::{LogMessage, Progress, StatusReport};

    fn report(callback: Callback) -> Report {
        let elapsed = Duration::ZERO;
        let date = UNIX_EPOCH;
        Report::Callback(callback, Moment { elapsed, date })
    }

    fn progress(global_step: u64) -> Callback {
        Callback::Progress(Progress {
            global_step,
            ..Progress::default()
        })
    }

    #[test]
    fn a_full_inbox_replaces_progress_and_counts_other_reports() {
        let inbox = Inbox::default();
        inbox.push(report(Callback::Status(StatusReport::default())));
        for step in 0..5000 {
            inbox.push(report(progress(step)));
        }
        let taken = inbox.take(Duration::ZERO);
        assert_eq!((taken.reports.len(), taken.left_out), (MAX_WAITING, 0));
        let is_status =
            |report: &Report| matches!(report, Report::Callback(Callback::Status(_), _));
        assert!(is_status(&taken.reports[0]));
        let Some(Report::Callback(last, _)) = taken.reports.back() else {
            panic!()
        };
        assert_eq!(*last, progress(4999));

        inbox.push(report(Callback::Status(StatusReport::default())));
        for _ in 0..2000 {
            inbox.push(report(Callback::Log(LogMessage::default())));
        }
        let taken = inbox.take(Duration::ZERO);
        assert_eq!(
            (taken.reports.len(), taken.left_out),
            (MAX_WAITING, 2001 - 1024)
        );
        assert!(is_status(&taken.reports[0]));
    }

    #[test]
    fn a_closed_inbox_keeps_what_waits_and_ignores_the_rest() {
        let inbox = Inbox::default();
        inbox.push(report(progress(1)));
        inbox.close();
        inbox.push(report(progress(2)));
        let taken = inbox.take(Duration::from_secs(100));
        assert_eq!((taken.reports.len(), taken.is_closed), (1, true));
        assert!(inbox.take(Duration::from_secs(100)).is_closed);
    }
}
