//! Chemical components: the `chem_comp_atom` category of the PDB's Chemical Component Dictionary and of
//! monomer libraries of refinement programs.

use super::super::atom_site::AtomSite;
use super::super::element_name::{SiteKind, element_of_symbol};
use super::super::residues::ModelBuilder;
use super::super::{Configuration, ParseError};
use super::syntax::{Block, Value};
use super::values::{self, formal_charge, stated, text};
use crate::chem::Structure;
use crate::chem::properties::Value as Info;
use crate::chem::structure::{BondOrder, Label, StatedBond};

/// Item that identifies a block of components.
pub(super) const ATOM_ID: &str = "_chem_comp_atom.atom_id";

/// Items of coordinates, best first: of a PDB entry, computed, of monomer libraries.
const COORDINATE_ITEMS: [[&str; 3]; 3] = [
    ["model_cartn_x", "model_cartn_y", "model_cartn_z"],
    [
        "pdbx_model_cartn_x_ideal",
        "pdbx_model_cartn_y_ideal",
        "pdbx_model_cartn_z_ideal",
    ],
    ["x", "y", "z"],
];

/// One configuration for each component of a block that has coordinates.
pub(super) fn read(block: &Block<'_>) -> Result<Vec<Configuration>, ParseError> {
    let column = |name: &str| block.first_column(&[&format!("_chem_comp_atom.{name}")]);
    let atoms = AtomColumns {
        component: column("comp_id").unwrap_or_default(),
        name: column("atom_id").unwrap_or_default(),
        symbol: column("type_symbol").unwrap_or_default(),
        charge: column("charge").unwrap_or_default(),
    };
    let coordinate_sets =
        COORDINATE_ITEMS.map(|names| names.map(|name| column(name).unwrap_or_default()));
    let mut components: Vec<(&str, Vec<usize>)> = Vec::new();
    for row in 0..atoms.name.len() {
        let id = text(&atoms.component, row);
        match components.iter_mut().find(|(known, _)| *known == id) {
            Some((_, rows)) => rows.push(row),
            None => components.push((id, vec![row])),
        }
    }
    let components = components.into_iter();
    components
        .map(|(id, rows)| component(block, &atoms, &coordinate_sets, id, &rows))
        .filter_map(Result::transpose)
        .collect()
}

/// The columns of the category, each with its values.
struct AtomColumns<'a> {
    component: Vec<Value<'a>>,
    name: Vec<Value<'a>>,
    symbol: Vec<Value<'a>>,
    charge: Vec<Value<'a>>,
}

fn component(
    block: &Block<'_>,
    atoms: &AtomColumns<'_>,
    coordinate_sets: &[[Vec<Value<'_>>; 3]],
    id: &str,
    rows: &[usize],
) -> Result<Option<Configuration>, ParseError> {
    let mut model = ModelBuilder::default();
    let known = |axes: &&[Vec<Value<'_>>; 3]| {
        let is_known = |&&row: &&usize| axes.iter().all(|axis| stated(axis, row).is_some());
        rows.iter().filter(is_known).count()
    };
    // The first set among those with the most positions.
    let coordinates = coordinate_sets.iter().rev().max_by_key(known);
    for &row in rows {
        let name = text(&atoms.name, row);
        let symbol = atoms.symbol.get(row).ok_or_else(|| {
            ParseError::at(
                block.line,
                "_chem_comp_atom.type_symbol for each atom",
                "none",
            )
        })?;
        let position = match coordinates {
            Some(axes) if known(&axes) > 0 => values::position(axes, row, *symbol)?,
            _ => None,
        };
        let nuclide = match (element_of_symbol(symbol.text), position) {
            (SiteKind::Unknown, _) => return Err(symbol.error("an element symbol")),
            (SiteKind::Atom(nuclide), Some(_)) => nuclide,
            _ => {
                model.skip(name, id);
                continue;
            }
        };
        let charge = stated(&atoms.charge, row)
            .map(|value| formal_charge(value.text).ok_or_else(|| value.error("a formal charge")));
        model.add(AtomSite {
            nuclide,
            position: position.unwrap_or_default().into(),
            label: Label {
                name: name.to_owned(),
                residue: id.to_owned(),
                residue_number: 1,
                chain: String::new(),
            },
            insertion: String::new(),
            alternate: String::new(),
            occupancy: 1.0,
            b_factor: 0.0,
            charge: charge.transpose()?,
            serial: None,
        });
    }
    if model.is_empty() {
        return Ok(None);
    }
    let (mut configuration, _) = model.assemble(None)?;
    set_bonds(block, id, &mut configuration.structure)?;
    let name = Info::text(if id.is_empty() { block.name } else { id });
    configuration.structure.info.insert("name".into(), name);
    Ok(Some(configuration))
}

/// Sets the bonds of a component from the category `chem_comp_bond`; bonds to missing atoms are ignored.
fn set_bonds(block: &Block<'_>, id: &str, structure: &mut Structure) -> Result<(), ParseError> {
    let column = |names: &[&str]| block.first_column(names).unwrap_or_default();
    let component = column(&["_chem_comp_bond.comp_id"]);
    let ends = [
        column(&["_chem_comp_bond.atom_id_1"]),
        column(&["_chem_comp_bond.atom_id_2"]),
    ];
    let order = column(&["_chem_comp_bond.value_order", "_chem_comp_bond.type"]);
    let atom = |name: &str| {
        let mut labels = structure.labels()?.iter();
        labels.position(|label| label.name == name)
    };
    let mut bonds: Vec<StatedBond> = Vec::new();
    for row in 0..ends[0].len() {
        let atoms = [atom(text(&ends[0], row)), atom(text(&ends[1], row))];
        let ([Some(one), Some(other)], true) = (atoms, text(&component, row) == id) else {
            continue;
        };
        let atoms = [one.min(other), one.max(other)];
        if one != other && bonds.iter().all(|bond| bond.atoms != atoms) {
            let order = bond_order(text(&order, row));
            bonds.push(StatedBond { atoms, order });
        }
    }
    structure.set_stated_bonds(bonds).map_err(ParseError::atoms)
}

/// Bond order by the first four letters: `SING`, `DOUB`, `TRIP`, `QUAD`, `AROM`, `DELO` in the PDB's
/// dictionary; monomer libraries use full words.
pub(super) fn bond_order(word: &str) -> BondOrder {
    let word = word.to_ascii_uppercase();
    match word.get(..4).unwrap_or(&word) {
        "SING" => BondOrder::Single,
        "DOUB" => BondOrder::Double,
        "TRIP" => BondOrder::Triple,
        "QUAD" => BondOrder::Quadruple,
        "AROM" | "DELO" => BondOrder::Aromatic,
        _ => BondOrder::Unspecified,
    }
}
