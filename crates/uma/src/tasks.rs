//! The tasks of UMA: datasets, their levels of theory, and the default for a structure.

use mlipview_core::chem::{Element, Structure, excerpt};

use crate::checkpoint::{Configuration, Task};
use crate::error::UmaError;

/// The task for molecules, the only one trained with charge and multiplicity.
pub(crate) const MOLECULES: &str = "omol";

/// The task of a model by its name.
///
/// # Errors
/// If the model does not have it.
pub(crate) fn find<'a>(configuration: &'a Configuration, name: &str) -> Result<&'a Task, UmaError> {
    configuration.task(name).ok_or_else(|| {
        let known: Vec<&str> = configuration
            .tasks
            .iter()
            .map(|task| task.name.as_str())
            .collect();
        UmaError::Task {
            model: configuration.model.clone(),
            task: excerpt(name).into_owned(),
            known: known.join(", "),
        }
    })
}

/// The default task: molecules without periodicity; molecular crystals if all elements are common in
/// organic compounds, hydrogen among them; else inorganic crystals. Surfaces and frameworks must be
/// requested.
pub(crate) fn default_for(structure: &Structure) -> &'static str {
    if !structure
        .cell
        .as_ref()
        .is_some_and(|cell| cell.is_periodic())
    {
        return MOLECULES;
    }
    let elements = structure.elements();
    let organic = [
        "H", "C", "N", "O", "F", "S", "Cl", "P", "Br", "I", "B", "Si",
    ];
    let is_organic = |element: &Element| organic.contains(&element.symbol());
    if elements.iter().all(is_organic) && elements.iter().any(|element| element.symbol() == "H") {
        "omc"
    } else {
        "omat"
    }
}

/// The multiplicity that the network receives. For tasks other than molecules, 0 (unspecified)
/// stands for a singlet, as in training (fairchem: `FAIRChemCalculator`, default `spin`).
pub(crate) fn network_multiplicity(task: &str, multiplicity: u32) -> u32 {
    if task != MOLECULES && multiplicity == 1 {
        0
    } else {
        multiplicity
    }
}

/// The matter that a task is for.
pub(crate) fn matter(task: &str) -> &'static str {
    match task {
        MOLECULES => "molecules",
        "omc" => "molecular crystals",
        "omat" => "inorganic crystals",
        _ => "the requested kind of system",
    }
}

/// The training data of a task and its level of theory.
pub(crate) fn description(task: &str) -> &'static str {
    match task {
        "omol" => "Molecules, ions, radicals and complexes of all elements, at ωB97M-V/def2-TZVPD",
        "omat" => "Inorganic crystals, at PBE or PBE+U as in the Materials Project",
        "omc" => "Molecular crystals, at PBE-D3",
        "oc20" => "Molecules on metal surfaces, at RPBE",
        "oc22" => "Molecules on oxide surfaces, at PBE+U",
        "oc25" => "Molecules at interfaces of solids and liquids",
        "odac" => "Gases in metal-organic frameworks, at PBE-D3",
        _ => "A task of UMA",
    }
}
