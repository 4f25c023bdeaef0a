//! The potential of `--potential`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};
use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::{Catalog, CatalogError};
#[cfg(feature = "uma")]
use mlipview_core::potential::nep::{ImportedModel, ListModels};
use mlipview_core::potential::{Applicability, Chosen};
#[cfg(feature = "training")]
use mlipview_training::learning;
#[cfg(feature = "uma")]
use mlipview_uma::{
    self as uma,
    models::{ModelKind, Models},
};

use crate::cli::PotentialArgs;

/// Builds the potential for a structure, and a sentence that explains the choice.
///
/// # Errors
/// If no potential fits the structure, or the requested one cannot be built.
pub(crate) fn choose(
    arguments: &PotentialArgs,
    structure: &Structure,
) -> anyhow::Result<(Chosen, String)> {
    let spinner = spinner();
    let catalog = catalog(arguments);
    let chosen = catalog.provide(&arguments.potential, structure);
    spinner.finish_and_clear();
    if arguments.verbose {
        explain(&catalog, structure);
    }
    let chosen = match chosen {
        Err(CatalogError::NoPotentialFits(error)) if !arguments.verbose => {
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

/// Spinner while the potential is prepared; merging a large model takes seconds.
fn spinner() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} preparing the potential … {elapsed}");
    let spinner = ProgressBar::new_spinner();
    spinner.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    spinner.enable_steady_tick(Duration::from_millis(200));
    spinner
}

/// All potentials, with the preferences of the command line.
#[cfg(feature = "training")]
pub(crate) fn catalog(arguments: &PotentialArgs) -> Arc<Catalog> {
    // The same ones as teachers.
    let learning = learning::entry(Arc::new(of_the_program(arguments)));
    Arc::new(of_the_program(arguments).with_last(learning))
}

/// All potentials, with the preferences of the command line.
#[cfg(not(feature = "training"))]
pub(crate) fn catalog(arguments: &PotentialArgs) -> Arc<Catalog> {
    Arc::new(of_the_program(arguments))
}

/// The potentials that do not learn, and drivers, which clients of a server may not have: they open sockets.
#[cfg(feature = "ipi")]
fn of_the_program(arguments: &PotentialArgs) -> Catalog {
    evaluating(arguments).with_last(mlipview_ipi::entry(mlipview_ipi::Start {
        goes_on: || !super::interrupt::requested(),
        on_waiting: |address| {
            eprintln!("mlipview: waiting for a driver that connects to {address}");
        },
    }))
}

/// The potentials that do not learn.
#[cfg(not(feature = "ipi"))]
fn of_the_program(arguments: &PotentialArgs) -> Catalog {
    evaluating(arguments)
}

/// The potentials that do not learn, for clients of a server: learning takes threads and names files.
#[cfg(feature = "uma")]
pub(crate) fn evaluating(arguments: &PotentialArgs) -> Catalog {
    let preferences = preferences(arguments);
    let catalog = Catalog::built_in().with_nep_models(nep_models(preferences.models.clone()));
    catalog.with_preferred(uma::entry(preferences))
}

/// Lists the imported neuroevolution potentials; an import is seen while the program runs.
#[cfg(feature = "uma")]
fn nep_models(models: Option<Models>) -> ListModels {
    Box::new(move || {
        let models = models.as_ref();
        let models = models.and_then(|models| models.list_of(ModelKind::Nep).ok());
        let imported = |model: mlipview_uma::models::Model| ImportedModel {
            name: model.name,
            path: model.path.display().to_string(),
        };
        models
            .unwrap_or_default()
            .into_iter()
            .map(imported)
            .collect()
    })
}

/// The potentials that do not learn.
#[cfg(not(feature = "uma"))]
pub(crate) fn evaluating(_: &PotentialArgs) -> Catalog {
    Catalog::built_in()
}

/// Default compute device, as in "cpu".
#[cfg(all(feature = "uma", feature = "server"))]
pub(crate) fn device(arguments: &PotentialArgs) -> String {
    preferences(arguments).device().to_string()
}

/// Default compute device.
#[cfg(all(not(feature = "uma"), feature = "server"))]
pub(crate) fn device(_: &PotentialArgs) -> String {
    "cpu".to_owned()
}

#[cfg(feature = "uma")]
fn preferences(arguments: &PotentialArgs) -> uma::Preferences {
    let folder = arguments.folder.models_dir.clone().map(Models::open);
    uma::Preferences {
        // Without a home folder there are no models, and requests for one fail with that message.
        models: folder.or_else(|| Models::of_user().ok()),
        model: arguments.model.clone(),
        task: arguments.task.clone(),
        device: arguments.device,
    }
}
