//! What the program has to say to the person: on screen for a while, then in a list.

use std::collections::VecDeque;

use bevy::prelude::*;

use crate::schedule::ViewerSystems;
use crate::simulation::News;
use mlipview_core::sim::Event;

/// How many notices are kept; one more, and the oldest is forgotten.
pub const KEPT: usize = 200;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something was not done, or is to be taken with care.
    Warning,
    /// Something failed.
    Error,
}

impl Severity {
    /// For how long such a notice stays on screen, seconds: long enough to be read.
    pub fn shown_for(self) -> f64 {
        match self {
            Severity::Info => 5.0,
            Severity::Warning => 12.0,
            Severity::Error => 30.0,
        }
    }
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Rises with every notice.
    pub number: u64,
    /// How bad it is.
    pub severity: Severity,
    /// What there is to say, and what to do next.
    pub text: String,
    /// When it was last said, seconds since the program began.
    pub said: f64,
    /// How often it was said in a row.
    pub times: u32,
    /// Whether the person has put it away.
    pub dismissed: bool,
}

/// Everything that was said, the newest last; at most [`KEPT`] notices.
#[derive(Resource, Default)]
pub struct Notices {
    list: VecDeque<Notice>,
    last: u64,
    now: f64,
}

impl Notices {
    /// Says something. What was said last is counted, not repeated.
    pub fn say(&mut self, severity: Severity, text: impl Into<String>) {
        let (text, now) = (text.into(), self.now);
        if let Some(last) = self.list.back_mut()
            && last.text == text
            && last.severity == severity
        {
            last.times += 1;
            last.said = now;
            last.dismissed = false;
            return;
        }
        self.last += 1;
        self.list.push_back(Notice {
            number: self.last,
            severity,
            text,
            said: now,
            times: 1,
            dismissed: false,
        });
        if self.list.len() > KEPT {
            self.list.pop_front();
        }
    }

    /// All that is kept, oldest first.
    pub fn list(&self) -> impl DoubleEndedIterator<Item = &Notice> + ExactSizeIterator {
        self.list.iter()
    }

    /// Those that are still to be seen, newest first.
    pub fn on_screen(&self) -> impl Iterator<Item = &Notice> {
        self.list
            .iter()
            .rev()
            .filter(|notice| !notice.dismissed && self.age(notice) < notice.severity.shown_for())
    }

    /// For how long a notice has been there, seconds.
    pub fn age(&self, notice: &Notice) -> f64 {
        self.now - notice.said
    }

    /// Takes a notice off the screen; it stays in the list.
    pub fn dismiss(&mut self, number: u64) {
        let found = self.list.iter_mut().find(|notice| notice.number == number);
        if let Some(notice) = found {
            notice.dismissed = true;
        }
    }

    /// Says what time it is, seconds since the program began.
    pub fn set_now(&mut self, now: f64) {
        self.now = now;
    }
}

/// Words with a capital at their beginning.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Notices>()
        .add_systems(First, keep_time)
        .add_systems(
            Update,
            tell_news
                .in_set(ViewerSystems::Receive)
                .after(crate::scene::displayed::receive),
        );
}

fn keep_time(time: Res<Time<Real>>, mut notices: ResMut<Notices>) {
    notices
        .bypass_change_detection()
        .set_now(time.elapsed_secs_f64());
}

/// What the simulation could not do, and what it has finished. That it has no forces is said by
/// whoever chose the potential.
fn tell_news(mut news: MessageReader<News>, mut notices: ResMut<Notices>) {
    for News(event) in news.read() {
        match event {
            Event::Interrupted { reason } => {
                notices.say(Severity::Error, format!("The run was ended: {reason}"));
            }
            Event::Refused { reason, .. } => {
                notices.say(Severity::Warning, format!("Not done: {reason}"));
            }
            Event::Converged { steps, energy } => notices.say(
                Severity::Info,
                format!("Converged after {steps} steps, at {energy:.4} eV."),
            ),
            _ => {}
        }
    }
}
