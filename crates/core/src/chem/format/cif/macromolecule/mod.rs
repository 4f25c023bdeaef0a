//! Macromolecules: the `atom_site` category of mmCIF
//! (<https://mmcif.wwpdb.org/dictionaries/mmcif_pdbx_v50.dic>).
//!
//! Author names, residues and chains are preferred, as in PDB files and papers. Models are frames.
//! Alternate locations are treated as in PDB files.
//!
//! Total charges without formal charges, and spin multiplicities, use a separate category, `mlipview`.

mod connections;
mod names;
mod word;
mod write;

use super::super::atom_site::AtomSite;
use super::super::element_name::{NameContext, SiteKind, element_of_symbol};
use super::super::lines::quoted;
use super::super::residues::ModelBuilder;
use super::super::total_charge::StatedCharge;
use super::super::{Configuration, Notes, ParseError};
use super::syntax::{Block, Value};
use super::values::{formal_charge, position, stated, text};
use crate::chem::Cell;
use crate::chem::properties::Value as Info;
use crate::chem::structure::Label;
use connections::{Connections, KeyColumns};

pub(in super::super) use write::write;

/// One configuration for each model.
pub(super) fn read(block: &Block<'_>) -> Result<Vec<Configuration>, ParseError> {
    let cell = cell(block)?;
    let columns = AtomSiteColumns::of(block);
    let connections = Connections::of(block);
    let mut models: Vec<(&str, ModelBuilder)> = Vec::new();
    for (row, &x) in columns.coordinates[0].iter().enumerate() {
        let id = columns.model.get(row).map_or("", |model| model.text);
        if models.last().is_none_or(|(last, _)| *last != id) {
            models.push((id, ModelBuilder::default()));
        }
        if let Some((_, model)) = models.last_mut() {
            match columns.site(row, x, &mut model.notes)? {
                Some(site) => model.add(site),
                None => model.skip(text(&columns.name, row), text(&columns.residue, row)),
            }
        }
    }
    models.retain(|(_, model)| !model.is_empty());
    let configuration = |(id, model): (&str, ModelBuilder)| {
        let (mut configuration, rows) = model.assemble(cell.clone())?;
        let keys = rows
            .iter()
            .map(|row| columns.keys.key(row.unwrap_or(0) as usize));
        connections
            .set_bonds(&mut configuration.structure, keys)
            .map_err(ParseError::atoms)?;
        if let Some(stated) = stated_of_model(block, id) {
            stated.set(&mut configuration.structure, &mut configuration.notes);
        }
        let name = Info::text(block.name);
        configuration.structure.info.insert("name".into(), name);
        Ok(configuration)
    };
    models.into_iter().map(configuration).collect()
}

/// The total charge and the multiplicity of a model.
fn stated_of_model(block: &Block<'_>, id: &str) -> Option<StatedCharge> {
    let row = block
        .column("_mlipview.model_num")?
        .position(|model| model.text == id)?;
    let text = |name| Some(block.column(name)?.nth(row)?.text);
    Some(StatedCharge {
        charge: text("_mlipview.total_charge").and_then(|text| text.parse().ok()),
        multiplicity: text("_mlipview.spin_multiplicity").and_then(|text| text.parse().ok()),
    })
}

/// The cell; lengths of 1 or 0 Å mean none, as in files of NMR and electron microscopy.
fn cell(block: &Block<'_>) -> Result<Option<Cell>, ParseError> {
    for name in ["_cell_length_a", "_cell_length_b", "_cell_length_c"] {
        if let Some(length) = block.value(name)
            && length.real("a cell length")? == 0.0
        {
            return Ok(None);
        }
    }
    let cell = super::cell::cell(block)?;
    Ok(cell.filter(|cell| cell.lengths() != [1.0; 3]))
}

/// The columns of the category that we read, each with its values.
struct AtomSiteColumns<'a> {
    /// Names of the atoms in the records of bonds.
    keys: KeyColumns<'a>,
    coordinates: [Vec<Value<'a>>; 3],
    symbol: Vec<Value<'a>>,
    name: Vec<Value<'a>>,
    residue: Vec<Value<'a>>,
    author_number: Vec<Value<'a>>,
    number: Vec<Value<'a>>,
    chain: Vec<Value<'a>>,
    insertion: Vec<Value<'a>>,
    alternate: Vec<Value<'a>>,
    occupancy: Vec<Value<'a>>,
    b_factor: Vec<Value<'a>>,
    charge: Vec<Value<'a>>,
    model: Vec<Value<'a>>,
}

impl<'a> AtomSiteColumns<'a> {
    fn of(block: &Block<'a>) -> Self {
        let column = |names: &[&str]| {
            let names: Vec<String> = names
                .iter()
                .map(|name| format!("_atom_site.{name}"))
                .collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            block.first_column(&names).unwrap_or_default()
        };
        let keys: [&[&str]; 4] = [
            &["_atom_site.auth_asym_id", "_atom_site.label_asym_id"],
            &["_atom_site.auth_seq_id", "_atom_site.label_seq_id"],
            &["_atom_site.pdbx_pdb_ins_code"],
            &["_atom_site.label_atom_id", "_atom_site.auth_atom_id"],
        ];
        AtomSiteColumns {
            keys: KeyColumns::of(block, keys),
            coordinates: ["cartn_x", "cartn_y", "cartn_z"].map(|name| column(&[name])),
            symbol: column(&["type_symbol"]),
            name: column(&["auth_atom_id", "label_atom_id"]),
            residue: column(&["auth_comp_id", "label_comp_id"]),
            author_number: column(&["auth_seq_id"]),
            number: column(&["label_seq_id"]),
            chain: column(&["auth_asym_id", "label_asym_id"]),
            insertion: column(&["pdbx_pdb_ins_code"]),
            alternate: column(&["label_alt_id"]),
            occupancy: column(&["occupancy"]),
            b_factor: column(&["b_iso_or_equiv"]),
            charge: column(&["pdbx_formal_charge"]),
            model: column(&["pdbx_pdb_model_num"]),
        }
    }

    /// The atom of a row; `None` if it is a virtual site or its position is not known.
    fn site(
        &self,
        row: usize,
        x: Value<'a>,
        notes: &mut Notes,
    ) -> Result<Option<AtomSite>, ParseError> {
        let Some(position) = position(&self.coordinates, row, x)? else {
            notes.at(x.line, "an atom without a position was left out");
            return Ok(None);
        };
        let residue = text(&self.residue, row);
        let named = element(stated(&self.symbol, row), stated(&self.name, row), residue);
        let nuclide = match named {
            SiteKind::Atom(nuclide) => nuclide,
            SiteKind::Dummy => return Ok(None),
            SiteKind::Unknown => {
                let what = "an element in _atom_site.type_symbol, or a name that tells it";
                let found = stated(&self.symbol, row).or(stated(&self.name, row));
                return Err(found.unwrap_or(x).error(what));
            }
        };
        let charge = stated(&self.charge, row)
            .map(|value| formal_charge(value.text).ok_or_else(|| value.error("a formal charge")));
        Ok(Some(AtomSite {
            nuclide,
            position: position.into(),
            label: Label {
                name: text(&self.name, row).to_owned(),
                residue: residue.to_owned(),
                residue_number: self.residue_number(row, notes),
                chain: text(&self.chain, row).to_owned(),
            },
            insertion: text(&self.insertion, row).to_owned(),
            alternate: text(&self.alternate, row).to_owned(),
            occupancy: real_or(&self.occupancy, row, 1.0, "occupancy", notes),
            b_factor: real_or(&self.b_factor, row, 0.0, "displacement parameter", notes),
            charge: charge.transpose()?,
            serial: i64::try_from(row).ok(),
        }))
    }

    /// The authors' number or, because theirs need not be one, that of the sequence.
    fn residue_number(&self, row: usize, notes: &mut Notes) -> i32 {
        let number = |values| stated(values, row).and_then(|value| value.text.parse().ok());
        let authors = stated(&self.author_number, row);
        let found = number(&self.author_number).or_else(|| number(&self.number));
        if let Some(authors) = authors.filter(|value| value.text.parse::<i32>().is_err()) {
            let kept = found.unwrap_or(0);
            let authors_text = quoted(authors.text);
            notes.at(
                authors.line,
                format!("the residue number {authors_text} is no number: it is {kept} here"),
            );
        }
        found.unwrap_or(0)
    }
}

/// The element of a type symbol or, without one, of a name.
fn element(symbol: Option<Value<'_>>, name: Option<Value<'_>>, residue: &str) -> SiteKind {
    let by_name = || {
        let context = NameContext {
            residue,
            ..NameContext::default()
        };
        name.map_or(SiteKind::Unknown, |name| context.read(name.text))
    };
    match symbol {
        Some(symbol) => element_of_symbol(symbol.text),
        None => by_name(),
    }
}

/// An optional number with a default; an invalid one is noted.
fn real_or(values: &[Value<'_>], row: usize, default: f64, what: &str, notes: &mut Notes) -> f64 {
    let Some(value) = stated(values, row) else {
        return default;
    };
    value.real(what).unwrap_or_else(|_| {
        let found = quoted(value.text);
        let text = format!("the {what} {found} is unreadable: it is {default} here");
        notes.at(value.line, text);
        default
    })
}
