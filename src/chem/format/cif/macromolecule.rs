//! Macromolecules: the `atom_site` category of mmCIF
//! (<https://mmcif.wwpdb.org/dictionaries/mmcif_pdbx_v50.dic>).
//!
//! Names, residues and chains are the authors' where given, as they stand in PDB files and papers.
//! Models are frames. Alternate locations are chosen from as in PDB files.

use std::fmt::Write as _;

use super::super::formal_charges::charges;
use super::super::nuclide::Nuclide;
use super::super::pdb::standard_rotation;
use super::super::residues::{B_FACTOR, OCCUPANCY, Site, is_standard, reals, structure};
use super::super::{Configuration, Format, ParseError, WriteError};
use super::crystal::push_cell;
use super::syntax::{Block, Value};
use crate::chem::Structure;
use crate::chem::properties::Value as Info;
use crate::chem::structure::Label;

/// The columns of the category that we read, each with its values.
struct Columns<'a> {
    coordinates: [Vec<Value<'a>>; 3],
    symbol: Vec<Value<'a>>,
    name: Vec<Value<'a>>,
    residue: Vec<Value<'a>>,
    residue_number: Vec<Value<'a>>,
    chain: Vec<Value<'a>>,
    insertion: Vec<Value<'a>>,
    alternate: Vec<Value<'a>>,
    occupancy: Vec<Value<'a>>,
    b_factor: Vec<Value<'a>>,
    charge: Vec<Value<'a>>,
    model: Vec<Value<'a>>,
}

impl<'a> Columns<'a> {
    fn of(block: &Block<'a>) -> Self {
        let column = |names: &[&str]| {
            let names: Vec<String> = names
                .iter()
                .map(|name| format!("_atom_site_{name}"))
                .collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            block.first_column(&names).unwrap_or_default()
        };
        Columns {
            coordinates: [
                column(&["cartn_x"]),
                column(&["cartn_y"]),
                column(&["cartn_z"]),
            ],
            symbol: column(&["type_symbol"]),
            name: column(&["auth_atom_id", "label_atom_id"]),
            residue: column(&["auth_comp_id", "label_comp_id"]),
            residue_number: column(&["auth_seq_id", "label_seq_id"]),
            chain: column(&["auth_asym_id", "label_asym_id"]),
            insertion: column(&["pdbx_pdb_ins_code"]),
            alternate: column(&["label_alt_id"]),
            occupancy: column(&["occupancy"]),
            b_factor: column(&["b_iso_or_equiv"]),
            charge: column(&["pdbx_formal_charge"]),
            model: column(&["pdbx_pdb_model_num"]),
        }
    }

    fn site(&self, row: usize, x: Value<'a>) -> Result<Site, ParseError> {
        let mut position = [0.0; 3];
        for (coordinate, values) in position.iter_mut().zip(&self.coordinates) {
            *coordinate = values
                .get(row)
                .ok_or_else(|| x.error("three coordinates for each atom"))?
                .real("a coordinate")?;
        }
        let symbol = stated(&self.symbol, row)
            .ok_or_else(|| x.error("_atom_site.type_symbol for each atom"))?;
        let text = |values: &[Value<'a>]| {
            stated(values, row).map_or(String::new(), |value| value.text.to_owned())
        };
        let real = |values, default, expected| match stated(values, row) {
            Some(value) => value.real(expected),
            None => Ok(default),
        };
        let charge = stated(&self.charge, row).map(|value| integer(value, "a formal charge"));
        let number = stated(&self.residue_number, row);
        let number = number.map(|value| integer(value, "a residue number"));
        Ok(Site {
            nuclide: Nuclide::from_symbol(symbol.text)
                .ok_or_else(|| symbol.error("an element symbol"))?,
            position: position.into(),
            label: Label {
                name: text(&self.name),
                residue: text(&self.residue),
                residue_number: number.transpose()?.unwrap_or(0),
                chain: text(&self.chain),
            },
            insertion: text(&self.insertion),
            alternate: text(&self.alternate),
            occupancy: real(&self.occupancy, 1.0, "an occupancy")?,
            b_factor: real(&self.b_factor, 0.0, "a displacement parameter")?,
            charge: charge.transpose()?,
            serial: None,
        })
    }
}

/// The value of a row, unless it is missing.
fn stated<'a>(values: &[Value<'a>], row: usize) -> Option<Value<'a>> {
    values.get(row).copied().filter(|value| !value.is_missing())
}

fn integer(value: Value<'_>, expected: &str) -> Result<i32, ParseError> {
    value.text.parse().map_err(|_| value.error(expected))
}

/// One configuration for each model.
pub(super) fn read(block: &Block<'_>) -> Result<Vec<Configuration>, ParseError> {
    let cell = match super::cell(block)? {
        // What files of NMR and electron microscopy say where they have no cell.
        Some(cell) if cell.lengths() == [1.0; 3] => None,
        cell => cell,
    };
    let columns = Columns::of(block);
    let mut models: Vec<(&str, Vec<Site>)> = Vec::new();
    for (row, &x) in columns.coordinates[0].iter().enumerate() {
        let model = columns.model.get(row).map_or("", |model| model.text);
        let site = columns.site(row, x)?;
        match models.last_mut() {
            Some((last, sites)) if *last == model => sites.push(site),
            _ => models.push((model, vec![site])),
        }
    }
    let configuration = |(_, sites): (&str, Vec<Site>)| {
        let (mut structure, _) = structure(sites, cell.clone())?;
        let name = Info::text(block.name);
        structure.info.insert("name".into(), name);
        Ok(structure.into())
    };
    models.into_iter().map(configuration).collect()
}

/// Several configurations become models of one block and must share one cell.
pub(in super::super) fn write(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut out = String::from("data_mlipview\n");
    let cell_of = |configuration: &Configuration| {
        let cell = configuration.structure.cell.clone();
        cell.filter(|cell| cell.is_periodic())
    };
    let cell = configurations.first().and_then(cell_of);
    if let Some(cell) = &cell {
        push_cell(&mut out, cell, "_cell.");
    }
    out.push_str("loop_\n");
    for name in [
        "group_PDB",
        "id",
        "type_symbol",
        "label_atom_id",
        "label_alt_id",
        "label_comp_id",
        "label_asym_id",
        "label_seq_id",
        "pdbx_PDB_ins_code",
        "Cartn_x",
        "Cartn_y",
        "Cartn_z",
        "occupancy",
        "B_iso_or_equiv",
        "pdbx_formal_charge",
        "pdbx_PDB_model_num",
    ] {
        let _ = writeln!(out, "_atom_site.{name}");
    }
    let mut id = 0;
    for (model, configuration) in configurations.iter().enumerate() {
        if cell_of(configuration) != cell {
            let what = "models with different cells";
            let why = "a block has one; choose another format, such as .xyz";
            return Err(WriteError::cannot_hold(Format::Mmcif, what, why));
        }
        push_model(&mut out, &configuration.structure, model + 1, &mut id)?;
    }
    Ok(out.into_bytes())
}

fn push_model(
    out: &mut String,
    structure: &Structure,
    model: usize,
    id: &mut usize,
) -> Result<(), WriteError> {
    let rotation = match &structure.cell {
        Some(cell) if cell.is_periodic() => standard_rotation(cell, Format::Mmcif)?,
        _ => glam::DMat3::IDENTITY,
    };
    let occupancies = reals(structure, OCCUPANCY);
    let b_factors = reals(structure, B_FACTOR);
    let charges = charges(structure);
    for (atom, element) in structure.elements().iter().enumerate() {
        *id += 1;
        let unnamed = Label {
            name: element.symbol().to_owned(),
            residue_number: 1,
            ..Label::default()
        };
        let label = structure.labels().map_or(&unnamed, |labels| &labels[atom]);
        let position = rotation * structure.positions()[atom];
        let _ = writeln!(
            out,
            "{} {id} {element} {} . {} {} {} ? {} {} {} {} {} {} {model}",
            if is_standard(&label.residue) {
                "ATOM"
            } else {
                "HETATM"
            },
            word(&label.name)?,
            word(&label.residue)?,
            word(&label.chain)?,
            label.residue_number,
            position.x,
            position.y,
            position.z,
            occupancies.map_or(1.0, |values| values[atom]),
            b_factors.map_or(0.0, |values| values[atom]),
            charges.map_or("?".to_owned(), |charges| charges[atom].to_string()),
        );
    }
    Ok(())
}

/// A value on one line, quoted where it needs to be.
fn word(text: &str) -> Result<String, WriteError> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "*+-/.,:'".contains(letter);
    let starts_plain = text.starts_with(|first: char| first.is_ascii_alphanumeric());
    if text.is_empty() {
        return Ok("?".to_owned());
    }
    if starts_plain && text.chars().all(plain) {
        return Ok(text.to_owned());
    }
    let quote = ['"', '\''].into_iter().find(|quote| !text.contains(*quote));
    match quote {
        Some(quote) if !text.contains(['\n', '\r']) => Ok(format!("{quote}{text}{quote}")),
        _ => Err(WriteError::cannot_hold(
            Format::Mmcif,
            format!("the name {text:?}"),
            "it has a line end or both quotes; rename it",
        )),
    }
}
