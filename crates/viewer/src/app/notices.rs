//! Notices to the user: on screen for a while, then in the log.

use std::collections::VecDeque;

use bevy::prelude::*;

use crate::schedule::ViewerSystems;
use crate::simulation::SimulationEvent;
use mlipview_core::sim::Event;

/// Maximum number of notices; the oldest is dropped.
pub const CAPACITY: usize = 200;

/// Severity of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Information.
    Info,
    /// Something was not done, or needs care.
    Warning,
    /// Something failed.
    Error,
}

impl Severity {
    /// Time on screen, s.
    pub fn display_time(self) -> f64 {
        match self {
            Severity::Info => 5.0,
            Severity::Warning => 12.0,
            Severity::Error => 30.0,
        }
    }
}

/// A notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Increases with every notice.
    pub number: u64,
    /// Its severity.
    pub severity: Severity,
    /// The event, and what to do next.
    pub text: String,
    /// When it was last posted, seconds since program start.
    pub time: f64,
    /// How often it was posted in a row.
    pub times: u32,
    /// Whether the user has dismissed it.
    pub dismissed: bool,
}

/// All notices, newest last; at most [`CAPACITY`].
#[derive(Resource, Default)]
pub struct Notices {
    list: VecDeque<Notice>,
    last: u64,
    now: f64,
}

impl Notices {
    /// Posts a notice. Repetitions of the last one are counted.
    pub fn post(&mut self, severity: Severity, text: impl Into<String>) {
        let (text, now) = (text.into(), self.now);
        if let Some(last) = self.list.back_mut()
            && last.text == text
            && last.severity == severity
        {
            last.times += 1;
            last.time = now;
            last.dismissed = false;
            return;
        }
        self.last += 1;
        self.list.push_back(Notice {
            number: self.last,
            severity,
            text,
            time: now,
            times: 1,
            dismissed: false,
        });
        if self.list.len() > CAPACITY {
            self.list.pop_front();
        }
    }

    /// All notices, oldest first.
    pub fn list(&self) -> impl DoubleEndedIterator<Item = &Notice> + ExactSizeIterator {
        self.list.iter()
    }

    /// Notices on screen, newest first.
    pub fn on_screen(&self) -> impl Iterator<Item = &Notice> {
        self.list
            .iter()
            .rev()
            .filter(|notice| !notice.dismissed && self.age(notice) < notice.severity.display_time())
    }

    /// Age of a notice, s.
    pub fn age(&self, notice: &Notice) -> f64 {
        self.now - notice.time
    }

    /// Removes a notice from the screen; it stays in the log.
    pub fn dismiss(&mut self, number: u64) {
        let found = self.list.iter_mut().find(|notice| notice.number == number);
        if let Some(notice) = found {
            notice.dismissed = true;
        }
    }

    /// Sets the time, seconds since program start.
    pub fn set_now(&mut self, now: f64) {
        self.now = now;
    }
}

/// Capitalizes the first letter.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Notices>()
        .add_systems(First, update_time)
        .add_systems(
            Update,
            post_events
                .in_set(ViewerSystems::Receive)
                .after(crate::scene::displayed::receive),
        );
}

fn update_time(time: Res<Time<Real>>, mut notices: ResMut<Notices>) {
    notices
        .bypass_change_detection()
        .set_now(time.elapsed_secs_f64());
}

/// Reports rejected commands, interrupted and converged runs. Missing forces are reported with the
/// choice of the potential.
fn post_events(mut events: MessageReader<SimulationEvent>, mut notices: ResMut<Notices>) {
    for SimulationEvent(event) in events.read() {
        match event {
            Event::Interrupted { reason } => {
                notices.post(
                    Severity::Error,
                    format!("The run was interrupted: {reason}"),
                );
            }
            Event::Refused { reason, .. } => {
                notices.post(Severity::Warning, format!("Command rejected: {reason}"));
            }
            Event::Converged { steps, energy } => notices.post(
                Severity::Info,
                format!("Converged after {steps} steps, at {energy:.4} eV."),
            ),
            Event::ExternalStatus { sentence: words } => {
                notices.post(Severity::Info, sentence(&format!("{words}.")));
            }
            packed @ Event::Packed { .. } => {
                notices.post(Severity::Info, sentence(&format!("{packed}.")));
            }
            _ => {}
        }
    }
}
