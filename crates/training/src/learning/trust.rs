//! Trust: whether the student answers, and when the teacher checks it.

use std::collections::VecDeque;

/// Errors that are remembered.
const REMEMBERED: usize = 20;

/// Errors in a row below the bound before the student is trusted.
const GOOD_ERRORS: usize = 3;

/// An atom's expected error beyond so many bounds makes the teacher answer.
const LARGE_ERROR: f64 = 5.0;

/// An error beyond so many bounds ends the trust.
const TOO_LARGE: f64 = 2.0;

/// The rule by which teacher and student take turns.
///
/// The student is trusted after three errors in a row below the bound. Then the time between two checks
/// doubles with each check that finds an error below it, up to a maximum, and is halved by any other; an
/// error of twice the bound ends the trust.
#[derive(Clone, Debug)]
pub(super) struct Trust {
    /// Root mean square error of force components that is good enough, eV/Å.
    bound: f64,
    /// Most evaluations between two checks.
    longest: u64,
    interval: u64,
    since_check: u64,
    is_trusted: bool,
    errors: VecDeque<f64>,
}

impl Trust {
    /// No trust yet.
    pub(super) fn new(bound: f64, longest: u64) -> Trust {
        Trust {
            bound,
            longest,
            interval: 1,
            since_check: 0,
            is_trusted: false,
            errors: VecDeque::new(),
        }
    }

    /// Whether the student answers, whose expected errors are at most `largest`, eV/Å.
    pub(super) fn accepts(&self, largest: f64) -> bool {
        self.is_trusted && largest <= LARGE_ERROR * self.bound
    }

    /// Counts an answer of the student; returns whether the teacher shall check it.
    pub(super) fn is_check_due(&mut self) -> bool {
        self.since_check += 1;
        self.since_check >= self.interval
    }

    /// A check has begun.
    pub(super) fn begin_check(&mut self) {
        self.since_check = 0;
    }

    /// The error of a prediction for a structure that was not learned, eV/Å.
    pub(super) fn learn(&mut self, error: f64) {
        self.errors.push_back(error);
        if self.errors.len() > REMEMBERED {
            self.errors.pop_front();
        }
        if error < self.bound {
            let recent = self.errors.iter().rev().take(GOOD_ERRORS);
            let good = recent.filter(|error| **error < self.bound).count();
            if self.is_trusted {
                self.interval = (2 * self.interval).min(self.longest);
            }
            self.is_trusted |= good == GOOD_ERRORS;
        } else {
            self.interval = (self.interval / 2).max(1);
            self.is_trusted &= error < TOO_LARGE * self.bound;
        }
    }

    /// Root mean square of the remembered errors, eV/Å.
    pub(super) fn error(&self) -> Option<f64> {
        let squares: f64 = self.errors.iter().map(|error| error * error).sum();
        (!self.errors.is_empty()).then(|| (squares / self.errors.len() as f64).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of the student, each checked when due with this error; returns the number of checks.
    fn checks(trust: &mut Trust, answers: usize, error: f64) -> usize {
        let mut checks = 0;
        for _ in 0..answers {
            if trust.accepts(0.0) && !trust.is_check_due() {
                continue;
            }
            trust.begin_check();
            trust.learn(error);
            checks += 1;
        }
        checks
    }

    #[test]
    fn a_good_student_is_trusted_after_three_answers_and_checked_ever_less() {
        let mut trust = Trust::new(0.1, 100);
        assert!(!trust.accepts(0.0));
        assert_eq!(checks(&mut trust, 3, 0.05), 3);
        assert!(trust.accepts(0.4) && !trust.accepts(0.6));
        let first = checks(&mut trust, 1000, 0.05);
        let later = checks(&mut trust, 1000, 0.05);
        assert!((10..25).contains(&first) && later == 10, "{first} {later}");
        assert!((trust.error().unwrap() - 0.05).abs() < 1e-12);
    }

    #[test]
    fn a_bad_student_is_never_trusted() {
        let mut trust = Trust::new(0.1, 100);
        assert_eq!(checks(&mut trust, 50, 0.3), 50);
        assert!(!trust.accepts(0.0));
    }

    #[test]
    fn a_large_error_ends_the_trust_and_small_ones_bring_it_back() {
        let mut trust = Trust::new(0.1, 100);
        checks(&mut trust, 500, 0.02);
        trust.learn(0.15);
        assert!(trust.accepts(0.0));
        trust.learn(0.25);
        assert!(!trust.accepts(0.0));
        checks(&mut trust, 3, 0.02);
        assert!(trust.accepts(0.0));
    }
}
