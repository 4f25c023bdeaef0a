//! Statistics of learning: how often the teacher was asked, and how much faster the student is.

use std::collections::VecDeque;
use std::time::Duration;

/// Answers that the present share of the teacher is taken of.
const RECENT: usize = 500;

/// Numbers about learning so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Statistics {
    answers: u64,
    asked: u64,
    /// Whether the teacher was asked, for the last answers.
    recent: VecDeque<bool>,
    pub(super) hand_overs: u64,
    pub(super) labels: usize,
    /// Means of the time of an evaluation, s.
    teacher: Mean,
    student: Mean,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    value: Option<f64>,
}

impl Mean {
    fn add(&mut self, time: Duration) {
        let time = time.as_secs_f64();
        self.value = Some(self.value.map_or(time, |mean| 0.9 * mean + 0.1 * time));
    }
}

impl Statistics {
    /// Counts an answer, for which the teacher was asked or not.
    pub(super) fn count(&mut self, asked: bool) {
        self.answers += 1;
        self.asked += u64::from(asked);
        self.recent.push_back(asked);
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
    }

    /// The time of an evaluation by the teacher.
    pub(super) fn time_teacher(&mut self, time: Duration) {
        self.teacher.add(time);
    }

    /// The time of an evaluation by the student.
    pub(super) fn time_student(&mut self, time: Duration) {
        self.student.add(time);
    }

    /// The numbers in a sentence; `error` is that of the last labels, eV/Å.
    pub(super) fn sentence(&self, teacher: &str, error: Option<f64>) -> String {
        let recent = self.recent.iter().filter(|asked| **asked).count();
        let mut text = format!(
            "{teacher} was asked for {recent} of the last {} steps ({} of {})",
            self.recent.len(),
            self.asked,
            self.answers
        );
        if let Some(error) = error {
            text.push_str(&format!("; force error on the last labels {error:.3} eV/Å"));
        }
        if let (Some(teacher), Some(student)) = (self.teacher.value, self.student.value) {
            let ratio = teacher / student.max(1e-9);
            text.push_str(&match ratio {
                10.0.. => format!("; the student is {ratio:.0} times faster"),
                1.0.. => format!("; the student is {ratio:.1} times faster"),
                _ => "; the student is slower than its teacher".to_owned(),
            });
        }
        text.push_str(&format!(
            "; {} labels, parameters handed over {} times",
            self.labels, self.hand_overs
        ));
        text
    }
}
