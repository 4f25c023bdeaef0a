//! Potentials that clients select by name.

use super::state::AppState;
use mlipview_core::chem::{Structure, excerpt};
use mlipview_core::potential::catalog::{CatalogError, FILE};
use mlipview_core::potential::request::{Options, Request, RequestError};
use mlipview_core::potential::{Applicability, Chosen};

/// A selection that has failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum SelectError {
    #[error(transparent)]
    Request(#[from] RequestError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(
        "clients cannot open files of the server: run the simulation where the file is, or start the \
         server with --potential {0}:file=…"
    )]
    File(String),
}

/// The potential of a name for a structure; the server's default for an empty name.
///
/// # Errors
/// If the name is unknown, it asks for a file, or the potential does not support the structure.
pub(super) fn select(
    state: &AppState,
    name: &str,
    structure: &Structure,
) -> Result<Chosen, SelectError> {
    if name.is_empty() {
        return Ok(state.catalog.provide(&state.potential, structure)?);
    }
    let request: Request = reduced_units(state, name, structure)
        .unwrap_or(name)
        .parse()?;
    if request.options.text(FILE).is_some() {
        return Err(SelectError::File(excerpt(&request.name).into_owned()));
    }
    Ok(state.catalog.provide(&request, structure)?)
}

/// The request in reduced units that clients of the browser original mean by a bare name such as "lj", if
/// the potential has no parameters for the structure.
fn reduced_units(state: &AppState, name: &str, structure: &Structure) -> Option<&'static str> {
    let entry = state.catalog.entry(name)?;
    let request = entry.reduced_units?;
    let applicability = (entry.applicability)(&Options::default(), structure);
    (!matches!(applicability, Applicability::Suitable { .. })).then_some(request)
}
