//! The bonds of a structure, as `mlipview info --bonds` lists them.

use std::fmt::Write as _;

use mlipview_core::chem::bonds::Bond;
use mlipview_core::chem::neighbors::TooDense;
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::chem::{Bonds, Structure};
use serde_json::json;

/// A line for each bond: the atoms, counted from 0, with their symbols, the length and the order.
pub(super) fn text(structure: &Structure) -> anyhow::Result<String> {
    let bonds = perceived(structure)?;
    let mut text = String::new();
    for bond in bonds.list() {
        let [one, other] = bond.atoms.map(|atom| {
            let symbol = structure.elements()[atom as usize].symbol();
            format!("{atom} {symbol}")
        });
        let length = bond.length(structure);
        // Writing to a String cannot fail.
        let _ = write!(text, "  {:<14} {one} – {other}, {length:.3} Å", "bond");
        if let Some(order) = bond.order.and_then(name) {
            let _ = write!(text, ", {order}");
        }
        if bond.strength < 1.0 {
            let _ = write!(text, ", strength {:.2}", bond.strength);
        }
        text.push('\n');
    }
    Ok(text)
}

/// An array of an object for each bond.
pub(super) fn array(structure: &Structure) -> anyhow::Result<serde_json::Value> {
    let bonds = perceived(structure)?;
    let object = |bond: &Bond| {
        json!({
            "atoms": bond.atoms,
            "shift": bond.shift.to_array(),
            "length": bond.length(structure),
            "strength": bond.strength,
            "order": bond.order.and_then(name),
        })
    };
    Ok(bonds.list().iter().map(object).collect())
}

fn perceived(structure: &Structure) -> Result<Bonds, TooDense> {
    let mut bonds = Bonds::of(structure)?;
    let cell = structure.cell.as_ref();
    bonds.perceive_orders(structure.elements(), structure.positions(), cell);
    Ok(bonds)
}

fn name(order: BondOrder) -> Option<&'static str> {
    match order {
        BondOrder::Single => Some("single"),
        BondOrder::Double => Some("double"),
        BondOrder::Triple => Some("triple"),
        BondOrder::Quadruple => Some("quadruple"),
        BondOrder::Aromatic => Some("aromatic"),
        BondOrder::Unspecified => None,
    }
}
