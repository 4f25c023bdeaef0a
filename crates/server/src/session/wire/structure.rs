//! Encoding of structures and their bonds.

use glam::IVec3;

use super::cell::{write_cell, write_pbc};
use super::generated as pb;
use super::vectors::{double, single, write_index};
use crate::session::message::{NumberFormat, PerceivedBond, PerceivedBonds};
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::sim::frame::Frame;

pub(super) fn write_snapshot(frame: &Frame, title: &str, format: NumberFormat) -> pb::Snapshot {
    let identity = &frame.identity;
    let numbers = identity.elements().iter().map(|element| element.number());
    let fixed = identity.fixed().iter().enumerate();
    let fixed = fixed.filter(|(_, fixed)| **fixed);
    let mut snapshot = pb::Snapshot {
        revision: frame.revision,
        title: title.to_owned(),
        atomic_numbers: numbers.collect::<Vec<u8>>().into(),
        cell: frame.cell.as_ref().map(write_cell),
        pbc: write_pbc(frame.cell.as_ref()),
        charge: identity.charge,
        multiplicity: identity.multiplicity(),
        fixed: fixed.map(|(atom, _)| write_index(atom)).collect(),
        model: frame.potential.as_deref().unwrap_or_default().to_owned(),
        ..pb::Snapshot::default()
    };
    match format {
        NumberFormat::Double => snapshot.positions = double(&frame.positions, 1.0),
        NumberFormat::Float | NumberFormat::Fixed16 => {
            snapshot.compact_positions = Some(single(&frame.positions, 1.0));
        }
    }
    snapshot
}

/// Shifts, strengths and orders are left out if no bond has one.
pub(super) fn write_bonds(perceived: &PerceivedBonds) -> pb::Bonds {
    let bonds = &perceived.bonds;
    let crosses = bonds.iter().any(|bond| bond.shift != IVec3::ZERO);
    let fades = bonds.iter().any(|bond| bond.strength < 1.0);
    let known = bonds.iter().any(|bond| bond.order.is_some());
    let shifts = bonds.iter().filter(|_| crosses);
    let strengths = bonds.iter().filter(|_| fades);
    pb::Bonds {
        revision: perceived.structure,
        atoms: bonds.iter().flat_map(|bond| bond.atoms).collect(),
        shifts: shifts.flat_map(|bond| bond.shift.to_array()).collect(),
        strengths: strengths.map(|bond| bond.strength as f32).collect(),
        limits: bonds.iter().flat_map(|bond| bond.limits).collect(),
        orders: bonds
            .iter()
            .filter(|_| known)
            .map(order_code)
            .collect::<Vec<u8>>()
            .into(),
    }
}

/// The bond order as in `proto/session.proto`.
fn order_code(bond: &PerceivedBond) -> u8 {
    match bond.order {
        None | Some(BondOrder::Unspecified) => 0,
        Some(BondOrder::Single) => 1,
        Some(BondOrder::Double) => 2,
        Some(BondOrder::Triple) => 3,
        Some(BondOrder::Quadruple) => 4,
        Some(BondOrder::Aromatic) => 5,
    }
}
