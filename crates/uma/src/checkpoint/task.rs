//! The tasks of a model: the datasets of its training, and the conversion of its energies to eV.

use serde_json::Value as Json;

use super::contents::Contents;
use super::error::CheckpointError;
use super::settings::Settings;

/// Datasets with stresses in the training of the released models, for files that do not say.
const STRESSED: [&str; 2] = ["omat", "omc"];

/// A dataset that the model can predict: a level of theory and a kind of matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// The dataset's name, as in "omol".
    pub name: String,
    /// Factor of the network's energy, eV.
    pub energy_scale: f64,
    /// Constant added to the energy, eV.
    pub energy_mean: f64,
    /// Reference energy added for each atom, eV, by atomic number.
    pub references: Vec<f64>,
    /// Whether the training included stress.
    pub stress: bool,
}

impl Task {
    /// The tasks of a model's head, in the order of the model's datasets.
    pub(super) fn read(
        contents: &Contents,
        datasets: &[String],
        head_datasets: &[String],
        elements: usize,
    ) -> Result<Vec<Task>, CheckpointError> {
        let names = datasets.iter().filter(|name| head_datasets.contains(name));
        let tasks: Result<Vec<Option<Task>>, _> = match &contents.tasks {
            Json::Array(all) => names.map(|name| Task::of(all, name, elements)).collect(),
            Json::Null => {
                let flat = Settings::new("config.json", &contents.flat)?;
                names
                    .map(|name| Task::of_flat(&flat, name, elements))
                    .collect()
            }
            _ => {
                let found = "not a list";
                return Err(CheckpointError::unsupported(
                    "tasks_config",
                    found,
                    "a list",
                ));
            }
        };
        let tasks: Vec<Task> = tasks?.into_iter().flatten().collect();
        match tasks.is_empty() {
            false => Ok(tasks),
            true => Err(CheckpointError::unsupported(
                "tasks_config",
                "without an energy for any dataset of the model",
                "an energy for at least one of them",
            )),
        }
    }

    /// Reads the list of an official file, with an entry for each property of a dataset.
    fn of(all: &[Json], name: &str, elements: usize) -> Result<Option<Task>, CheckpointError> {
        let mut energy = None;
        let mut others = Vec::new();
        for (index, task) in all.iter().enumerate() {
            let task = Settings::new(format!("tasks_config[{index}]"), task)?;
            let datasets = task.texts("datasets")?.unwrap_or_default();
            if !datasets.iter().any(|dataset| dataset == name) {
                continue;
            }
            match task.text("property")? {
                Some("energy") if energy.is_none() => energy = Some(task),
                Some("energy") => {
                    return Err(task.unsupported("property", "one energy for each dataset"));
                }
                Some("forces" | "stress") => others.push(task),
                _ => return Err(task.unsupported("property", "energy, forces, stress")),
            }
        }
        let Some(energy) = energy else {
            return Ok(None);
        };
        let (energy_mean, energy_scale) = normalizer(&energy)?;
        for other in &others {
            // Forces and stress are computed as derivatives of the energy.
            if normalizer(other)? != (0.0, energy_scale) {
                return Err(other.unsupported("normalizer", "the energy's rmsd, and mean 0"));
            }
        }
        let stress = others
            .iter()
            .any(|other| other.value("property") == "stress");
        Ok(Some(Task {
            name: name.to_owned(),
            energy_scale,
            energy_mean,
            references: references(&energy, elements)?,
            stress,
        }))
    }

    /// Reads a file with one scale for all tasks and a table of their references.
    fn of_flat(
        flat: &Settings<'_>,
        name: &str,
        elements: usize,
    ) -> Result<Option<Task>, CheckpointError> {
        let tables = flat.inner("element_references")?;
        if tables.value(name).is_null() {
            return Ok(None);
        }
        Ok(Some(Task {
            name: name.to_owned(),
            energy_scale: scale(flat)?,
            energy_mean: flat.number("mean")?.unwrap_or(0.0),
            references: numbers(&tables, name, tables.value(name), elements)?,
            stress: STRESSED.contains(&name),
        }))
    }
}

/// Mean and scale of a property, eV.
fn normalizer(task: &Settings<'_>) -> Result<(f64, f64), CheckpointError> {
    let normalizer = task.inner("normalizer")?;
    normalizer.expect_known(&[&["_target_", "mean", "rmsd"]])?;
    if !matches!(normalizer.class("_target_")?, None | Some("Normalizer")) {
        return Err(normalizer.unsupported("_target_", "Normalizer"));
    }
    Ok((
        normalizer.number("mean")?.unwrap_or(0.0),
        scale(&normalizer)?,
    ))
}

fn scale(settings: &Settings<'_>) -> Result<f64, CheckpointError> {
    let scale = settings.number("rmsd")?.unwrap_or(1.0);
    match scale > 0.0 {
        true => Ok(scale),
        false => Err(settings.unsupported("rmsd", "a number above 0")),
    }
}

/// The reference energies of the elements, eV; zeros if a task has none.
fn references(task: &Settings<'_>, elements: usize) -> Result<Vec<f64>, CheckpointError> {
    if task.value("element_references").is_null() {
        return Ok(vec![0.0; elements]);
    }
    let outer = task.inner("element_references")?;
    outer.expect_known(&[&["_target_", "element_references"]])?;
    if !matches!(outer.class("_target_")?, Some("ElementReferences")) {
        return Err(outer.unsupported("_target_", "ElementReferences"));
    }
    let inner = outer.inner("element_references")?;
    inner.expect_known(&[&["_target_", "_args_"]])?;
    let class = inner.class("_target_")?;
    if !matches!(class, Some("DoubleTensor" | "FloatTensor" | "tensor")) {
        return Err(inner.unsupported("_target_", "torch.DoubleTensor"));
    }
    match inner.value("_args_").as_array().map(Vec::as_slice) {
        Some([list]) => numbers(&inner, "_args_", list, elements),
        _ => Err(inner.unsupported("_args_", "a list of one list")),
    }
}

fn numbers(
    settings: &Settings<'_>,
    key: &str,
    list: &Json,
    elements: usize,
) -> Result<Vec<f64>, CheckpointError> {
    let list = list.as_array();
    let numbers = list.and_then(|list| list.iter().map(Json::as_f64).collect::<Option<Vec<_>>>());
    match numbers.filter(|numbers| numbers.len() >= elements) {
        Some(numbers) => Ok(numbers),
        None => {
            let supported = format!("{elements} numbers, one for each atomic number from 0");
            Err(settings.unsupported(key, &supported))
        }
    }
}
