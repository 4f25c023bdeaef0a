//! The potential that learns: teacher or student answers, whichever is trusted.

use mlipview_core::chem::Structure;
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};

use super::label_file::LabelFile;
use super::statistics::Statistics;
use super::student::{Student, StudentSettings};
use super::teacher::{Answer, Teacher, now};
use super::trust::Trust;
use crate::label::Label;
use crate::model::Model;
use crate::predictor::Predictor;

/// Settings of learning during a simulation.
#[derive(Clone, Debug)]
pub(super) struct LearningSettings {
    /// Root mean square error of force components that is good enough, eV/Å.
    pub(super) error: f64,
    /// Most evaluations between two checks.
    pub(super) every: u64,
    /// File to which labels are appended.
    pub(super) labels: Option<String>,
    pub(super) student: StudentSettings,
}

/// A check of a student's answer that the teacher works at.
struct Check {
    structure: Structure,
    answer: Option<Evaluation>,
}

/// A teacher and its student as one potential. Its results depend on what it has learned before.
pub(super) struct Learning {
    teacher: Teacher,
    /// The student as the simulation uses it, and its training.
    predictor: Predictor,
    student: Student,
    trust: Trust,
    statistics: Statistics,
    check: Option<Check>,
    labels: Option<LabelFile>,
    /// Why labels are no longer saved.
    unsaved: Option<String>,
    capabilities: Capabilities,
    names: [String; 2],
    description: String,
    /// Whether the last answer was the student's.
    is_student: bool,
}

impl Learning {
    /// Starts to learn.
    ///
    /// # Errors
    /// If a thread cannot start or the file of labels cannot be opened.
    pub(super) fn start(
        teacher: Box<dyn Potential>,
        model: Model,
        settings: &LearningSettings,
    ) -> std::io::Result<Learning> {
        let capabilities = teacher.capabilities().clone();
        let name = teacher.name().to_owned();
        let student = model.potential_name();
        let predictor = model.predictor().map_err(std::io::Error::other)?;
        Ok(Learning {
            capabilities,
            names: [
                format!("{name} (teacher of {student})"),
                format!("{student} (student of {name})"),
            ],
            description: format!(
                "{student} learns from {name} while the simulation runs: it answers once its forces are \
                 within {} eV/Å, and {name} checks it.",
                settings.error
            ),
            predictor,
            teacher: Teacher::start(teacher)?,
            student: Student::start(model, settings.student)?,
            trust: Trust::new(settings.error, settings.every),
            statistics: Statistics::default(),
            check: None,
            labels: settings
                .labels
                .as_deref()
                .map(LabelFile::open)
                .transpose()
                .map_err(std::io::Error::other)?,
            unsaved: None,
            is_student: false,
        })
    }

    /// Learns from a check that the teacher has finished, and takes better parameters.
    fn catch_up(&mut self) -> Result<(), PotentialError> {
        if let (Some(_), Some(answer)) = (&self.check, self.teacher.poll()) {
            self.finish_check(answer)?;
        }
        if let Some(predictor) = self.student.take() {
            self.predictor = predictor;
            self.statistics.hand_overs += 1;
        }
        Ok(())
    }

    fn finish_check(&mut self, answer: Answer) -> Result<Option<Evaluation>, PotentialError> {
        self.statistics.time_teacher(answer.time);
        let Some(check) = self.check.take() else {
            return Ok(None);
        };
        let evaluation = answer.result?;
        if let Some(student) = &check.answer {
            self.trust.learn(force_error(student, &evaluation));
        }
        let label = Label {
            structure: check.structure,
            energy: evaluation.energy,
            forces: evaluation.forces.clone(),
            stress: evaluation.stress,
            charges: evaluation.charges.clone(),
        };
        if let Some(file) = &mut self.labels
            && let Err(error) = file.append(&label)
        {
            // The simulation goes on without saving.
            let path = file.path();
            self.unsaved = Some(format!("labels are no longer saved as {path}: {error}"));
            self.labels = None;
        }
        self.student.learn(label);
        self.statistics.labels = self.student.labels();
        Ok(Some(evaluation))
    }

    /// The answer of the teacher, for which the simulation waits.
    fn ask(
        &mut self,
        structure: &Structure,
        student: Option<Evaluation>,
    ) -> Result<Evaluation, PotentialError> {
        if self.teacher.is_busy() {
            let answer = self.teacher.wait();
            self.finish_check(answer)?;
        }
        self.begin_check(structure, student);
        let answer = self.teacher.wait();
        self.statistics.count(true);
        self.is_student = false;
        self.finish_check(answer)?
            .ok_or_else(|| self.failed("the teacher gave no answer"))
    }

    fn begin_check(&mut self, structure: &Structure, answer: Option<Evaluation>) {
        self.trust.begin_check();
        self.teacher.ask(structure.clone());
        self.check = Some(Check {
            structure: structure.clone(),
            answer,
        });
    }

    fn failed(&self, reason: &str) -> PotentialError {
        PotentialError::Failed {
            potential: self.name().to_owned(),
            reason: reason.to_owned(),
        }
    }
}

impl Potential for Learning {
    fn name(&self) -> &str {
        &self.names[usize::from(self.is_student)]
    }

    fn description(&self) -> &str {
        &self.description
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn status(&self) -> Option<String> {
        let teacher = self.teacher.name();
        let mut status = self.statistics.sentence(teacher, self.trust.error());
        // The simulation goes on with what the student knows, and with its teacher.
        if let Some(reason) = self.student.failure() {
            status.push_str(&format!(
                "; the training of the student has ended: {reason}"
            ));
        }
        if let Some(unsaved) = &self.unsaved {
            status.push_str(&format!("; {unsaved}"));
        }
        Some(status)
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.catch_up()?;
        let start = now();
        // A student that cannot describe the structure leaves it to the teacher.
        let student = self.predictor.evaluate(structure).ok();
        self.statistics.time_student(start.elapsed());
        let Some(answer) = student else {
            return self.ask(structure, None);
        };
        // Before its first hand-over the student may have another energy reference.
        let has_learned = self.statistics.hand_overs > 0;
        if !has_learned || !self.trust.accepts(largest_error(&answer)) {
            return self.ask(structure, Some(answer));
        }
        let asks = self.trust.is_check_due() && !self.teacher.is_busy();
        if asks {
            self.begin_check(structure, Some(answer.clone()));
        }
        self.statistics.count(asks);
        self.is_student = true;
        Ok(answer)
    }
}

/// The largest expected error, eV/Å; infinite if the student expects none.
fn largest_error(answer: &Evaluation) -> f64 {
    let errors = answer.force_errors.as_deref();
    errors.map_or(f64::INFINITY, |errors| {
        errors.iter().copied().fold(0.0, f64::max)
    })
}

/// Root mean square difference of force components, eV/Å.
fn force_error(one: &Evaluation, other: &Evaluation) -> f64 {
    let pairs = one.forces.iter().zip(&other.forces);
    let squares: f64 = pairs
        .map(|(one, other)| (*one - *other).length_squared())
        .sum();
    (squares / (3 * one.forces.len()).max(1) as f64).sqrt()
}
