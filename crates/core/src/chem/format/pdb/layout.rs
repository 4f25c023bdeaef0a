//! Layout of atom names in a PDB file.

use std::collections::HashMap;

use super::super::element_name::{Formula, SymbolWidth, has_symbol_of_one_letter};
use super::super::lines::{Line, Lines};

/// Alignment of atom names, and formulas of residues.
pub(super) struct Layout {
    /// Whether symbols are right-justified in columns 13 and 14, as specified. Many programs left-justify
    /// all names in column 13.
    keeps_columns: bool,
    /// Formulas by residue, from `FORMUL` records.
    formulas: HashMap<String, Formula>,
}

impl Layout {
    /// Determines the layout from all records. Names with a certain one-letter symbol show the alignment.
    pub(super) fn of(text: &str) -> Layout {
        let mut texts: HashMap<String, String> = HashMap::new();
        let (mut in_13, mut in_14) = (0_usize, 0_usize);
        for line in Lines::new(text) {
            match &*line.columns(1, 6) {
                // Where elements are stated, names need not tell them.
                "ATOM" | "HETATM" if !line.columns(77, 78).is_empty() => {}
                "ATOM" | "HETATM" => match start_of_one_letter(line) {
                    Some(13) => in_13 += 1,
                    Some(_) => in_14 += 1,
                    None => {}
                },
                "FORMUL" => {
                    let residue = line.columns(13, 15).into_owned();
                    let formula = texts.entry(residue).or_default();
                    formula.push(' ');
                    formula.push_str(&line.columns(20, 70));
                }
                _ => {}
            }
        }
        let formulas = texts.into_iter();
        let formulas =
            formulas.filter_map(|(residue, text)| Some((residue, Formula::parse(&text)?)));
        Layout {
            keeps_columns: in_14 >= in_13,
            formulas: formulas.collect(),
        }
    }

    /// Width of the symbol of an atom by the columns of its name. Names of four letters always start in
    /// column 13.
    pub(super) fn symbol_width(&self, line: Line<'_>) -> SymbolWidth {
        let starts_in_13 = line
            .text
            .as_bytes()
            .get(12)
            .is_some_and(u8::is_ascii_alphabetic);
        match line.columns(13, 16).len() {
            _ if !self.keeps_columns => SymbolWidth::Unknown,
            4 => SymbolWidth::Unknown,
            _ if starts_in_13 => SymbolWidth::Two,
            _ => SymbolWidth::One,
        }
    }

    /// The formula of a residue, if the file gives it.
    pub(super) fn formula(&self, residue: &str) -> Option<&Formula> {
        self.formulas.get(residue)
    }
}

/// The column of a one-letter symbol: in a name of one letter and digits, or of at most three letters in
/// a residue of known elements.
fn start_of_one_letter(line: Line<'_>) -> Option<usize> {
    let field = line.text.as_bytes().get(12..16)?;
    let start = field.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let name = line.columns(13, 16);
    let residue = line.columns(18, 21);
    let is_one = name.len() < 4 && start < 2 && has_symbol_of_one_letter(&name, &residue);
    is_one.then_some(13 + start)
}
