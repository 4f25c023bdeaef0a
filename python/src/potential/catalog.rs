//! The catalog of potentials, with the preferences of a caller.

use mlipview_core::potential::Catalog;
#[cfg(feature = "uma")]
use mlipview_core::potential::nep::{ImportedModel, ListModels};
#[cfg(feature = "uma")]
use mlipview_uma::{
    self as uma,
    models::{Model, ModelKind, Models},
};
use pyo3::prelude::*;

#[cfg(feature = "uma")]
use crate::configuration::invalid;

/// Defaults of UMA: model, task and device.
#[derive(Default)]
pub(super) struct Preferences {
    #[cfg(feature = "uma")]
    uma: uma::Preferences,
}

#[cfg(feature = "uma")]
impl Preferences {
    /// Preferences as of the command line's `--model`, `--task` and `--device`.
    pub(super) fn new(
        model: Option<String>,
        task: Option<String>,
        device: Option<&str>,
    ) -> PyResult<Preferences> {
        let device = device.map(|name| name.parse().map_err(invalid));
        Ok(Preferences {
            uma: uma::Preferences {
                // Without a home folder there are no models, and requests for one fail with that message.
                models: Models::of_user().ok(),
                model,
                task,
                device: device.transpose()?,
            },
        })
    }
}

#[cfg(not(feature = "uma"))]
impl Preferences {
    /// Refuses preferences: this build has no UMA.
    pub(super) fn new(
        model: Option<String>,
        task: Option<String>,
        device: Option<&str>,
    ) -> PyResult<Preferences> {
        if model.is_some() || task.is_some() || device.is_some() {
            return Err(pyo3::exceptions::PyNotImplementedError::new_err(
                "model, task and device are options of uma, which this build lacks: build it with its \
                 default features",
            ));
        }
        Ok(Preferences::default())
    }
}

/// All potentials.
#[cfg(feature = "uma")]
pub(super) fn catalog(preferences: Preferences) -> Catalog {
    let catalog = Catalog::built_in().with_nep_models(nep_models(preferences.uma.models.clone()));
    catalog.with_preferred(uma::entry(preferences.uma))
}

/// All potentials.
#[cfg(not(feature = "uma"))]
pub(super) fn catalog(_: Preferences) -> Catalog {
    Catalog::built_in()
}

/// Lists the imported neuroevolution potentials.
#[cfg(feature = "uma")]
fn nep_models(models: Option<Models>) -> ListModels {
    Box::new(move || {
        let models = models.as_ref();
        let models = models.and_then(|models| models.list_of(ModelKind::Nep).ok());
        let imported = |model: Model| ImportedModel {
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

/// Names and summaries of all potentials, the preferred ones first.
#[pyfunction]
pub(crate) fn potentials() -> Vec<(String, String)> {
    let catalog = catalog(Preferences::default());
    let entries = catalog.entries().iter();
    entries
        .map(|entry| (entry.name.to_owned(), entry.summary.to_owned()))
        .collect()
}
