//! The potentials that clients ask for by name.

use super::house::House;
use mlipview_core::chem::Structure;
use mlipview_core::potential::request::{Options, Request};
use mlipview_core::potential::{Applicability, Chosen};

/// The potential of a name, perhaps with a caution; the server's default where the name is empty.
///
/// # Errors
/// Why there is none, in words.
pub(super) fn provide(house: &House, name: &str, structure: &Structure) -> Result<Chosen, String> {
    let request = match name {
        "" => house.potential.clone(),
        _ => read(reduced_units(house, name, structure).unwrap_or(name))?,
    };
    let chosen = house.catalog.provide(&request, structure);
    chosen.map_err(|error| error.to_string())
}

fn read(name: &str) -> Result<Request, String> {
    name.parse().map_err(|error| format!("{error}"))
}

/// The request in reduced units that clients of the browser original mean by a bare name such as "lj",
/// where the potential has no parameters for the structure.
fn reduced_units(house: &House, name: &str, structure: &Structure) -> Option<&'static str> {
    let entry = house.catalog.entry(name)?;
    let request = entry.reduced_units?;
    let applicability = (entry.applicability)(&Options::default(), structure);
    (!matches!(applicability, Applicability::Suitable { .. })).then_some(request)
}
