//! The potentials that clients ask for by name.

use super::house::House;
use mlipview_core::chem::Structure;
use mlipview_core::potential::request::{Options, Request};
use mlipview_core::potential::{Applicability, Chosen};

/// What the clients of the browser original mean by "lj": the reduced units of its server, where all
/// atoms are alike.
const REDUCED_UNITS: &str = "lj:sigma=1,epsilon=1";

/// The potential of a name, perhaps with a caution; the server's default where the name is empty.
///
/// # Errors
/// Why there is none, in words.
pub(super) fn provide(house: &House, name: &str, structure: &Structure) -> Result<Chosen, String> {
    let request = match name {
        "" => house.potential.clone(),
        "lj" if !suits_noble_gases(house, structure) => read(REDUCED_UNITS)?,
        _ => read(name)?,
    };
    let chosen = house.catalog.provide(&request, structure);
    chosen.map_err(|error| error.to_string())
}

fn read(name: &str) -> Result<Request, String> {
    name.parse().map_err(|error| format!("{error}"))
}

fn suits_noble_gases(house: &House, structure: &Structure) -> bool {
    let mut entries = house.catalog.entries().iter();
    let entry = entries.find(|entry| entry.name == "lj");
    entry.is_some_and(|entry| {
        let applicability = (entry.applicability)(&Options::default(), structure);
        matches!(applicability, Applicability::Suitable { .. })
    })
}
