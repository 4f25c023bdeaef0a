//! The list of bonds of `mlipview info --bonds`.

use std::fmt::Write as _;

use mlipview_core::chem::bonds::Bond;
use mlipview_core::chem::neighbors::TooDense;
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::chem::{Bonds, Structure};
use serde_json::json;

/// One line per bond: indices from 0 and symbols of the atoms, length and order.
pub(super) fn text(structure: &Structure) -> anyhow::Result<String> {
    let bonds = perceive(structure)?;
    let mut text = String::new();
    for bond in bonds.list() {
        let [first, second] = bond.atoms.map(|atom| {
            let symbol = structure.elements()[atom as usize].symbol();
            format!("{atom} {symbol}")
        });
        let length = bond.length(structure);
        // Writing to a String cannot fail.
        let _ = write!(text, "  {:<14} {first} – {second}, {length:.3} Å", "bond");
        if let Some(order) = bond.order.and_then(order_name) {
            let _ = write!(text, ", {order}");
        }
        if bond.strength < 1.0 {
            let _ = write!(text, ", strength {:.2}", bond.strength);
        }
        text.push('\n');
    }
    Ok(text)
}

/// JSON array with one object per bond.
pub(super) fn json_array(structure: &Structure) -> anyhow::Result<serde_json::Value> {
    let bonds = perceive(structure)?;
    let object = |bond: &Bond| {
        json!({
            "atoms": bond.atoms,
            "shift": bond.shift.to_array(),
            "length": bond.length(structure),
            "strength": bond.strength,
            "order": bond.order.and_then(order_name),
        })
    };
    Ok(bonds.list().iter().map(object).collect())
}

fn perceive(structure: &Structure) -> Result<Bonds, TooDense> {
    let mut bonds = Bonds::of(structure)?;
    let cell = structure.cell.as_ref();
    bonds.perceive_orders(structure.elements(), structure.positions(), cell);
    Ok(bonds)
}

fn order_name(order: BondOrder) -> Option<&'static str> {
    match order {
        BondOrder::Single => Some("single"),
        BondOrder::Double => Some("double"),
        BondOrder::Triple => Some("triple"),
        BondOrder::Quadruple => Some("quadruple"),
        BondOrder::Aromatic => Some("aromatic"),
        BondOrder::Unspecified => None,
    }
}
