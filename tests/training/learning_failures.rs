//! Learning during a simulation whose student's training fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::Entry;
use mlipview_core::potential::{
    Applicability, Capabilities, Catalog, Evaluation, Potential, PotentialError, Solid,
};
use mlipview_training::learning;

use crate::structures::{named, rattled};

/// Solid as a teacher that some time gives charges that single precision cannot express.
struct Breaking {
    inner: Solid,
    is_broken: Arc<AtomicBool>,
}

impl Potential for Breaking {
    fn name(&self) -> &str {
        "breaking"
    }

    fn description(&self) -> &str {
        "solid with charges"
    }

    fn capabilities(&self) -> &Capabilities {
        self.inner.capabilities()
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        let mut evaluation = self.inner.evaluate(structure)?;
        if self.is_broken.load(Ordering::Relaxed) {
            evaluation.charges = Some(vec![1e100; structure.len()]);
        }
        Ok(evaluation)
    }
}

/// The entry `breaking`.
fn breaking(is_broken: &Arc<AtomicBool>) -> Entry {
    let is_broken = Arc::clone(is_broken);
    Entry {
        name: "breaking",
        summary: "solid with charges",
        source: "",
        options: &[],
        files: &[],
        choices: None,
        reduced_units: None,
        applicability: Box::new(|_, _| Applicability::Usable {
            caution: "a test".to_owned(),
        }),
        build: Box::new(move |_, _| {
            Ok(Box::new(Breaking {
                inner: Solid::new(),
                is_broken: Arc::clone(&is_broken),
            }))
        }),
    }
}

/// Evaluates displaced copies of water until the potential meets a condition; returns the last copy and the
/// evaluation.
fn until(
    learning: &mut dyn Potential,
    condition: impl Fn(&dyn Potential) -> bool,
) -> (Structure, Evaluation) {
    for seed in 0..60_000 {
        let displaced = rattled(named("water"), 0.05, seed);
        let evaluation = learning.evaluate(&displaced).unwrap();
        if condition(learning) {
            return (displaced, evaluation);
        }
        // The training has a thread of its own, which may have to wait for a processor.
        sleep(Duration::from_millis(1));
    }
    panic!("{:?}", learning.status());
}

/// Why the student's training has ended, by the status.
fn failure(learning: &dyn Potential) -> Option<String> {
    let status = learning.status()?;
    let (_, reason) = status.split_once("the training of the student has ended: ")?;
    Some(reason.to_owned())
}

fn is_students(learning: &dyn Potential) -> bool {
    learning.name().contains("(student of breaking)")
}

#[test]
fn a_student_whose_training_fails_answers_with_its_last_parameters_and_the_status_says_why() {
    let is_broken = Arc::new(AtomicBool::new(false));
    let teachers = Catalog::built_in().with_last(breaking(&is_broken));
    let catalog = Catalog::built_in().with_last(learning::entry(Arc::new(teachers)));
    let request = "learn:teacher=breaking,student=nano,error=0.5,every=5";
    let chosen = catalog.provide(&request.parse().unwrap(), &named("water"));
    let mut learning = chosen.unwrap().potential;
    until(&mut *learning, is_students);
    assert_eq!(failure(&*learning), None);

    is_broken.store(true, Ordering::Relaxed);
    until(&mut *learning, |learning| failure(learning).is_some());
    let reason = failure(&*learning).unwrap();
    assert!(reason.starts_with("the training has diverged"), "{reason}");

    // The student still answers, with parameters from before.
    let (structure, found) = until(&mut *learning, is_students);
    let expected = Solid::new().evaluate(&structure).unwrap().forces;
    let pairs = found.forces.iter().zip(&expected);
    let squares: f64 = pairs.map(|(one, two)| (*one - *two).length_squared()).sum();
    let error = (squares / (3 * expected.len()) as f64).sqrt();
    assert!(error < 1.0, "{error}");
    assert!(failure(&*learning).is_some());
}
