//! Decoding of changes of the structure.

use std::collections::BTreeMap;

use glam::DVec3;

use super::cell::read_cell;
use super::checks::{check_counts, finite, indices};
use super::generated as pb;
use crate::session::message::{CellChange, Interaction};
use crate::session::violation::Violation;
use mlipview_core::chem::Element;
use mlipview_core::chem::units::ASE_TIME;

pub(super) fn read_interaction(
    sparse: pb::UserInteractionSparse,
) -> Result<Interaction, Violation> {
    use pb::user_interaction_sparse::FullUpdateFlag;
    let Some(FullUpdateFlag::FullUpdate(full)) = sparse.full_update_flag else {
        return Err(Violation::NoFullUpdateFlag);
    };
    let mut interaction = Interaction {
        full,
        atoms: sparse.natoms as usize,
        charge: sparse.charge,
        ..Interaction::default()
    };
    if let Some(numbers) = sparse.atomic_numbers {
        check_counts("atomic_numbers", &numbers.indices, numbers.values.len(), 1)?;
        for (atom, number) in indices(&numbers.indices).zip(numbers.values) {
            let known = |number: &u8| *number == 0 || Element::from_number(*number).is_some();
            let element = u8::try_from(number).ok().filter(known);
            let element = element.ok_or(Violation::UnknownElement { atom, number })?;
            interaction.elements.insert(atom, element);
        }
    }
    interaction.positions = vectors("positions", sparse.positions, 1.0)?;
    interaction.velocities = vectors("velocities", sparse.velocities, 1.0 / ASE_TIME)?;
    interaction.cell = match (sparse.clear_cell, sparse.cell) {
        (true, _) => Some(CellChange::Clear),
        (false, Some(cell)) => Some(read_cell(&cell.m, &sparse.pbc)?),
        (false, None) => None,
    };
    if let Some(multiplicity) = sparse.multiplicity {
        if multiplicity == 0 {
            return Err(Violation::Value {
                field: "multiplicity",
                reason: "expected 2S + 1, at least 1".to_owned(),
            });
        }
        interaction.multiplicity = Some(multiplicity);
    }
    let (atoms, reach) = (interaction.atoms, interaction.reach());
    if full && reach > atoms {
        let atom = reach - 1;
        return Err(Violation::IndexOutOfRange { atom, atoms });
    }
    Ok(interaction)
}

fn vectors(
    field: &'static str,
    delta: Option<pb::Vec3Delta>,
    unit: f64,
) -> Result<BTreeMap<usize, DVec3>, Violation> {
    let Some(delta) = delta else {
        return Ok(Default::default());
    };
    check_counts(field, &delta.indices, delta.coords.len(), 3)?;
    let rows = delta.coords.chunks_exact(3).map(DVec3::from_slice);
    let rows = indices(&delta.indices).zip(rows);
    rows.map(|(atom, row)| Ok((atom, finite(field, row * unit)?)))
        .collect()
}
