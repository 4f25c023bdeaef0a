//! Learning during a simulation: how often a slow teacher is asked, how far the student's forces are from
//! the teacher's, and how much the energy jumps when parameters are handed over.
//!
//! `cargo bench --bench learning -- [STRUCTURE] [TEACHER] [STUDENT] [MINUTES] [DELAY_MS]`, by default
//! `copper-surface emt solid 10 200`: 300 K, a line each minute. The teacher sleeps for the delay at each
//! evaluation; errors are measured by a second teacher that does not sleep, on steps that were not learned.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a bench stops at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use glam::DVec3;
use mlipview_core::chem::{Structure, library};
use mlipview_core::potential::catalog::Entry;
use mlipview_core::potential::{
    Applicability, Capabilities, Catalog, Evaluation, Potential, PotentialError, Request,
};
use mlipview_core::sim::task::{DynamicsSettings, Thermostat};
use mlipview_core::sim::{Command, Engine, Frame};
use mlipview_training::learning;

/// Steps between two measurements of errors.
const MEASURE_EVERY: u64 = 50;

/// A potential that sleeps at each evaluation.
struct Slow {
    inner: Box<dyn Potential>,
    delay: Duration,
}

impl Potential for Slow {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn description(&self) -> &str {
        self.inner.description()
    }

    fn capabilities(&self) -> &Capabilities {
        self.inner.capabilities()
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        sleep(self.delay);
        self.inner.evaluate(structure)
    }
}

/// The entry `slow`.
fn slow(teacher: Request, delay: Duration) -> Entry {
    Entry {
        name: "slow",
        summary: "a potential that sleeps at each evaluation",
        source: "",
        options: &[],
        files: &[],
        choices: None,
        reduced_units: None,
        applicability: Box::new(|_, _| Applicability::Usable {
            caution: "slow".to_owned(),
        }),
        build: Box::new(move |_, structure| {
            let inner = Catalog::built_in().provide(&teacher, structure)?.potential;
            Ok(Box::new(Slow { inner, delay }))
        }),
    }
}

/// What one minute has brought.
#[derive(Default)]
struct Minute {
    steps: u64,
    by_teacher: u64,
    squares: f64,
    components: usize,
    /// Largest jump of the energy between two steps that the teacher does not have, meV/atom.
    jump: f64,
}

impl Minute {
    fn count(&mut self, frame: &Frame, truth: Option<&Evaluation>) {
        self.steps += 1;
        let (by_teacher, _) = answered(frame);
        self.by_teacher += u64::from(by_teacher);
        if let (Some(truth), false) = (truth, by_teacher) {
            let found = &frame.evaluation.as_ref().unwrap().forces;
            let pairs = found.iter().zip(&truth.forces);
            self.squares += pairs
                .map(|(one, two): (&DVec3, _)| (*one - *two).length_squared())
                .sum::<f64>();
            self.components += 3 * found.len();
        }
    }

    fn force_error(&self) -> f64 {
        (self.squares / self.components as f64).sqrt()
    }
}

/// The number after these words in the status of a frame.
fn number_after(words: &str, frame: &Frame) -> u64 {
    let status = frame.potential_status.as_deref().unwrap();
    let rest = status.split(words).nth(1).unwrap();
    let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next();
    digits.unwrap().parse().unwrap()
}

/// Who has answered a frame: teacher or student, and the student's parameters.
fn answered(frame: &Frame) -> (bool, u64) {
    let by_teacher = frame.potential.as_deref().unwrap().contains("(teacher");
    (by_teacher, number_after("handed over ", frame))
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| !it.starts_with("--"))
        .collect();
    let argument =
        |at: usize, default: &str| arguments.get(at).map_or(default, String::as_str).to_owned();
    let structure = library::find(&argument(0, "copper-surface"))
        .unwrap()
        .structure()
        .unwrap();
    let teacher: Request = argument(1, "emt").parse().unwrap();
    let student = argument(2, "solid");
    let minutes: u64 = argument(3, "10").parse().unwrap();
    let delay = Duration::from_millis(argument(4, "200").parse().unwrap());

    let mut truth = Catalog::built_in()
        .provide(&teacher, &structure)
        .unwrap()
        .potential;
    let teachers = Catalog::built_in().with_last(slow(teacher, delay));
    let catalog = Catalog::built_in().with_last(learning::entry(Arc::new(teachers)));
    let request: Request = format!("learn:teacher=slow,student={student}")
        .parse()
        .unwrap();
    let learning = catalog.provide(&request, &structure).unwrap().potential;
    println!(
        "{} atoms, {} teaches {student}, {delay:?} for an answer",
        structure.len(),
        truth.name()
    );
    println!(
        "minute  steps  asked  by teacher  force error, eV/Å  largest jump, meV/atom  moved, Å  status"
    );

    let mut engine = Engine::new(structure, Some(learning), 0);
    let settings = DynamicsSettings {
        thermostat: Thermostat::Langevin,
        temperature: 300.0,
        ..DynamicsSettings::default()
    };
    engine.apply(0, Command::Run(settings.task()));
    let start_positions = engine.frame().positions.clone();
    let mut last: Option<((bool, u64), f64, f64)> = None;
    let mut asked = 0;
    for minute in 1..=minutes {
        let start = Instant::now();
        let mut counts = Minute::default();
        while start.elapsed() < Duration::from_secs(60) {
            let Some(frame) = engine.step() else { continue };
            let who = answered(&frame);
            let changes = last.is_some_and(|(before, ..)| before != who);
            let measured = changes || counts.steps.is_multiple_of(MEASURE_EVERY);
            let found = frame.evaluation.as_ref().unwrap().energy;
            let expected = truth.evaluate(&frame.structure()).unwrap();
            if let (true, Some((_, before, true_before))) = (changes, last) {
                let jump = (found - before) - (expected.energy - true_before);
                counts.jump = counts
                    .jump
                    .max(1e3 * jump.abs() / frame.positions.len() as f64);
            }
            last = Some((who, found, expected.energy));
            counts.count(&frame, measured.then_some(&expected));
        }
        let frame = engine.frame();
        let status = frame.potential_status.as_deref().unwrap();
        let moved = frame.positions.iter().zip(start_positions.iter());
        let moved = moved.map(|(now, before)| now.distance(*before));
        let moved = moved.fold(0.0, f64::max);
        let asked_before = std::mem::replace(&mut asked, number_after(" steps (", &frame));
        println!(
            "{minute:>6} {:>6} {:>6} {:>11} {:>18.4} {:>23.3} {moved:>9.1}  {status}",
            counts.steps,
            asked - asked_before,
            counts.by_teacher,
            counts.force_error(),
            counts.jump
        );
    }
}
