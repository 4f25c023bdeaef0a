//! The labels of a training: read, checked and split.

use anyhow::ensure;
use mlipview_training::{
    Label, LabelNames, LabelSets, Model, ReferenceChoice, prepare as prepare_labels, read_labels,
    split,
};

use crate::cli::TrainingArgs;

/// Labels as they are in the files.
pub(super) struct LabelFiles {
    training: Vec<Label>,
    /// Labels of --validation-labels.
    validation: Option<Vec<Label>>,
}

impl LabelFiles {
    /// All labels.
    pub(super) fn all(&self) -> impl Iterator<Item = &Label> {
        self.training.iter().chain(self.validation.iter().flatten())
    }
}

/// Labels that can be learned.
pub(super) struct PreparedSets {
    pub(super) sets: LabelSets,
    pub(super) notes: Vec<String>,
    pub(super) reference_fitted: bool,
}

/// Reads the files of labels.
///
/// # Errors
/// If a file cannot be read, or a frame lacks its energy or forces.
pub(super) fn read(arguments: &TrainingArgs) -> anyhow::Result<LabelFiles> {
    ensure!(
        (0.0..=0.9).contains(&arguments.validation),
        "invalid --validation {}: expected a fraction from 0 to 0.9",
        arguments.validation
    );
    let mut names = LabelNames::default();
    let given = |name: &Option<String>, names: &mut Vec<String>| {
        if let Some(name) = name {
            *names = vec![name.clone()];
        }
    };
    given(&arguments.energy_key, &mut names.energy);
    given(&arguments.forces_key, &mut names.forces);
    let mut training = Vec::new();
    for file in &arguments.labels {
        training.extend(read_labels(file, &names)?);
    }
    let validation = arguments.validation_labels.as_deref();
    let validation = validation
        .map(|file| read_labels(file, &names))
        .transpose()?;
    Ok(LabelFiles {
        training,
        validation,
    })
}

/// Checks labels, sets the energy reference of the network, and splits them.
///
/// # Errors
/// If no label can be learned.
pub(super) fn prepare(
    model: &mut Model,
    files: LabelFiles,
    choice: ReferenceChoice,
    arguments: &TrainingArgs,
) -> anyhow::Result<PreparedSets> {
    let prepared = prepare_labels(model, files.training, choice)?;
    let mut notes = prepared.notes;
    let sets = match files.validation {
        Some(labels) => {
            let validation = prepare_labels(model, labels, ReferenceChoice::Keep)?;
            let of_validation = |note: String| format!("validation: {note}");
            notes.extend(validation.notes.into_iter().map(of_validation));
            LabelSets {
                training: prepared.labels,
                validation: validation.labels,
            }
        }
        None => {
            let (training, validation) =
                split(prepared.labels.len(), arguments.validation, arguments.seed);
            let pick = |of: Vec<usize>| {
                of.into_iter()
                    .map(|at| prepared.labels[at].clone())
                    .collect()
            };
            LabelSets {
                training: pick(training),
                validation: pick(validation),
            }
        }
    };
    Ok(PreparedSets {
        sets,
        notes,
        reference_fitted: prepared.reference_fitted,
    })
}
