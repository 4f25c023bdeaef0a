//! Crystallographic Information Files of crystals (core dictionary) and macromolecules (mmCIF).
//!
//! Every data block with atoms is a frame; models of an mmCIF block are frames, too. Invalid blocks are
//! skipped with a note and not counted.

mod cell;
mod component;
mod crystal;
mod crystal_site;
mod crystal_write;
mod hall;
mod macromolecule;
mod operation;
mod position;
mod space_group;
mod symmetry;
mod syntax;
mod values;

use super::beginning::Beginning;
use super::lines::text;
use super::record_results::RecordResults;
use super::{Configuration, ParseError};
use syntax::Block;

pub(super) use crystal_write::write as write_crystal;
pub(super) use macromolecule::write as write_macromolecule;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let mut results = RecordResults::default();
    for block in syntax::blocks(&text)? {
        let read = if states(&block, "_atom_site_fract_x") {
            crystal::read(&block).map(|crystal| vec![crystal])
        } else if states(&block, "_atom_site_cartn_x") {
            macromolecule::read(&block)
        } else if states(&block, component::ATOM_ID) {
            component::read(&block)
        } else {
            continue;
        };
        let with_notes = read.map(|mut configurations| {
            if let Some(first) = configurations.first_mut() {
                first.notes.extend(block.notes);
            }
            configurations
        });
        results.add(&format!("data_{}", block.name), with_notes);
    }
    let expected = "a data block with atoms (_atom_site_fract_x, _atom_site.Cartn_x or \
                    _chem_comp_atom.atom_id)";
    results.finish(ParseError::whole(expected, "none"))
}

/// Whether an item has a value other than `?`, which templates have.
fn states(block: &Block<'_>, name: &str) -> bool {
    let values = block.column(name);
    values.is_some_and(|mut values| values.any(|value| !value.is_missing()))
}

/// Whether the content looks like a CIF of the core dictionary.
pub(super) fn sniff_crystal(beginning: &Beginning<'_>) -> bool {
    has_block(beginning) && !has_dotted_names(beginning)
}

/// Whether the content looks like mmCIF, with items `_category.item` instead of `_category_item`.
pub(super) fn sniff_macromolecule(beginning: &Beginning<'_>) -> bool {
    has_block(beginning) && has_dotted_names(beginning)
}

fn has_block(beginning: &Beginning<'_>) -> bool {
    beginning.lines().any(|line| line.starts_with("data_"))
}

fn has_dotted_names(beginning: &Beginning<'_>) -> bool {
    String::from_utf8_lossy(beginning.content)
        .lines()
        .any(|line| {
            let line = line.trim_start();
            let categories = ["_atom_site.", "_cell.", "_chem_comp_atom."];
            categories.iter().any(|category| line.starts_with(category))
        })
}
