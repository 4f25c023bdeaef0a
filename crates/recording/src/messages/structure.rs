//! Structures of a recording: the extended XYZ has what this format can hold, the other fields the rest.

use std::collections::BTreeMap;

use glam::DVec3;
use mlipview_core::chem::format::{Configuration, Format, FrameSelection, read, write_as};
use mlipview_core::chem::structure::{BondOrder, Label, StatedBond};
use mlipview_core::chem::{Element, Structure};

use super::{MessageError, generated};

/// Bond orders by their number in a message.
const BOND_ORDERS: [BondOrder; 6] = [
    BondOrder::Unspecified,
    BondOrder::Single,
    BondOrder::Double,
    BondOrder::Triple,
    BondOrder::Quadruple,
    BondOrder::Aromatic,
];

/// The message of a structure with its number in the file.
pub(crate) fn structure_message(
    structure: &Structure,
    number: u64,
    revision: u64,
) -> Result<generated::Structure, MessageError> {
    let fixed = structure.fixed().iter().enumerate();
    let fixed = fixed.filter(|(_, fixed)| **fixed);
    let bonds = structure.stated_bonds();
    let order = |bond: &StatedBond| BOND_ORDERS.iter().position(|order| *order == bond.order);
    let periodic = structure.cell.as_ref().map(|cell| cell.periodic());
    Ok(generated::Structure {
        number,
        revision,
        atomic_numbers: structure
            .elements()
            .iter()
            .map(|element| u32::from(element.number()))
            .collect(),
        fixed_atoms: fixed.map(|(atom, _)| atom as u32).collect(),
        charge: structure.charge,
        multiplicity: structure.multiplicity(),
        periodic: periodic.map_or(Vec::new(), |periodic| periodic.to_vec()),
        extended_xyz: extended_xyz(structure)?,
        bonded_atoms: bonds
            .iter()
            .flat_map(|bond| bond.atoms.map(|atom| atom as u32))
            .collect(),
        bond_orders: bonds
            .iter()
            .map(|bond| order(bond).unwrap_or(0) as u32)
            .collect(),
        labels: structure.labels().map_or(Vec::new(), |labels| {
            labels.iter().map(label_message).collect()
        }),
        rigid_bodies: rigid_bodies(structure),
    })
}

/// The structure of a message.
pub(crate) fn structure_of(message: &generated::Structure) -> Result<Structure, MessageError> {
    let elements = message.atomic_numbers.iter().map(|&number| {
        let element = u8::try_from(number).ok().and_then(Element::from_number);
        element.ok_or(MessageError::Element(number))
    });
    let elements = elements.collect::<Result<Vec<Element>, _>>()?;
    let mut structure = if message.extended_xyz.is_empty() {
        let positions = vec![DVec3::ZERO; elements.len()];
        Structure::new(elements.clone(), positions)?
    } else {
        let text = message.extended_xyz.as_bytes();
        let mut frames = read(text, "structure.xyz", FrameSelection::LAST)?;
        frames.pop().unwrap_or_default().structure
    };
    if structure.elements() != elements {
        return Err(MessageError::OtherAtoms);
    }
    structure.charge = message.charge;
    structure.set_multiplicity(message.multiplicity)?;
    let atoms = structure.len();
    for &atom in &message.fixed_atoms {
        let fixed = structure.fixed_mut().get_mut(atom as usize);
        *fixed.ok_or(MessageError::Atom(atom, atoms))? = true;
    }
    structure.set_rigid_groups(rigid_groups(message)?)?;
    structure.set_stated_bonds(bonds(message)?)?;
    if !message.labels.is_empty() {
        let labels = message.labels.iter().map(label_of).collect();
        structure.set_labels(Some(labels))?;
    }
    Ok(structure)
}

/// The number of each atom's rigid body, from 1; 0 for none.
fn rigid_bodies(structure: &Structure) -> Vec<u32> {
    if structure.rigid_groups().is_empty() {
        return Vec::new();
    }
    let group_of = structure.rigid_group_of_atoms().into_iter();
    group_of
        .map(|group| group.map_or(0, |group| group as u32 + 1))
        .collect()
}

fn rigid_groups(message: &generated::Structure) -> Result<Vec<Vec<usize>>, MessageError> {
    let (bodies, atoms) = (&message.rigid_bodies, message.atomic_numbers.len());
    if !bodies.is_empty() && bodies.len() != atoms {
        return Err(MessageError::Length {
            what: "rigid_bodies",
            expected: atoms,
            found: bodies.len(),
        });
    }
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (atom, &body) in bodies.iter().enumerate().filter(|(_, body)| **body > 0) {
        groups.entry(body).or_default().push(atom);
    }
    Ok(groups.into_values().collect())
}

fn extended_xyz(structure: &Structure) -> Result<String, MessageError> {
    // The reader expects atoms.
    if structure.is_empty() {
        return Ok(String::new());
    }
    let configuration = Configuration::from(structure.clone());
    let text = write_as(&[configuration], Format::ExtendedXyz)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn bonds(message: &generated::Structure) -> Result<Vec<StatedBond>, MessageError> {
    let expected = 2 * message.bond_orders.len();
    if message.bonded_atoms.len() != expected {
        return Err(MessageError::Length {
            what: "bonded_atoms",
            expected,
            found: message.bonded_atoms.len(),
        });
    }
    let pairs = message.bonded_atoms.chunks_exact(2);
    let bond = |(pair, order): (&[u32], &u32)| StatedBond {
        atoms: [pair[0] as usize, pair[1] as usize],
        order: *BOND_ORDERS
            .get(*order as usize)
            .unwrap_or(&BondOrder::Unspecified),
    };
    Ok(pairs.zip(&message.bond_orders).map(bond).collect())
}

fn label_message(label: &Label) -> generated::Label {
    generated::Label {
        name: label.name.clone(),
        residue: label.residue.clone(),
        residue_number: label.residue_number,
        chain: label.chain.clone(),
    }
}

fn label_of(label: &generated::Label) -> Label {
    Label {
        name: label.name.clone(),
        residue: label.residue.clone(),
        residue_number: label.residue_number,
        chain: label.chain.clone(),
    }
}
