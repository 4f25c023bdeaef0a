//! The potential that the command line asks for.

use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};
use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::{Catalog, CatalogError};
use mlipview_core::potential::{Applicability, Chosen};
#[cfg(feature = "uma")]
use mlipview_uma::{self as uma, models::Models};

use crate::cli::PotentialChoice;

/// The potential asked for, and a sentence for the person who asked.
pub(crate) fn choose(
    choice: &PotentialChoice,
    structure: &Structure,
) -> anyhow::Result<(Chosen, String)> {
    let spinner = spinner();
    let catalog = catalog(choice);
    let chosen = catalog.provide(&choice.potential, structure);
    spinner.finish_and_clear();
    if choice.verbose {
        explain(&catalog, structure);
    }
    let chosen = match chosen {
        Err(CatalogError::NoPotentialFits(error)) if !choice.verbose => {
            bail!("{error}; --verbose gives the reason of each potential");
        }
        chosen => chosen?,
    };
    let name = chosen.potential.name();
    let mut sentence = format!("potential: {name}, because {}", chosen.reason);
    let device = chosen.potential.device();
    if device != "cpu" {
        sentence.push_str(&format!("; on {device}"));
    }
    if let Some(caution) = &chosen.caution {
        sentence.push_str("\ncaution: ");
        sentence.push_str(caution);
    }
    Ok((chosen, sentence))
}

/// Prints how well each potential describes a structure.
fn explain(catalog: &Catalog, structure: &Structure) {
    for (entry, applicability) in catalog.assess(structure) {
        let name = entry.name;
        match applicability {
            Applicability::Suitable { reason, caution } => {
                let caution = caution.map_or_else(String::new, |caution| format!("; {caution}"));
                eprintln!("{name}: suitable, because {reason}{caution}");
            }
            Applicability::Usable { caution } => eprintln!("{name}: usable with care: {caution}"),
            Applicability::Impossible { reason, .. } => eprintln!("{name}: not usable: {reason}"),
        }
    }
}

/// Shows a person at a terminal that a potential is being prepared: merging a large model takes
/// seconds.
fn spinner() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} preparing the potential … {elapsed}");
    let spinner = ProgressBar::new_spinner();
    spinner.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    spinner.enable_steady_tick(Duration::from_millis(200));
    spinner
}

/// All potentials, with what the command line says of them.
#[cfg(feature = "uma")]
pub(crate) fn catalog(choice: &PotentialChoice) -> Arc<Catalog> {
    Arc::new(Catalog::built_in().with_preferred(uma::entry(preferences(choice))))
}

/// All potentials.
#[cfg(not(feature = "uma"))]
pub(crate) fn catalog(_: &PotentialChoice) -> Arc<Catalog> {
    Arc::new(Catalog::built_in())
}

/// What computes the potential for those who choose none.
#[cfg(all(feature = "uma", feature = "server"))]
pub(crate) fn device(choice: &PotentialChoice) -> String {
    preferences(choice).device().to_string()
}

/// What computes the potential for those who choose none.
#[cfg(all(not(feature = "uma"), feature = "server"))]
pub(crate) fn device(_: &PotentialChoice) -> String {
    "cpu".to_owned()
}

#[cfg(feature = "uma")]
fn preferences(choice: &PotentialChoice) -> uma::Preferences {
    let named = choice.folder.models_dir.clone().map(Models::open);
    uma::Preferences {
        // Without a home there is no folder: whoever asks for a model is told that none is there.
        models: named.or_else(|| Models::of_user().ok()),
        model: choice.model.clone(),
        task: choice.task.clone(),
        device: choice.device,
    }
}
