//! Table of numbers with named columns, for plots and CSV.

use std::fmt::Write;

/// Columns of numbers with names and units.
///
/// ```
/// use mlipview_core::analysis::Table;
///
/// let mut table = Table::new(["time (fs)", "distance (Å)"]);
/// table.push([0.5, 1.25]);
/// assert_eq!(table.csv(), "time (fs),distance (Å)\n0.5,1.25\n");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Table<const COLUMNS: usize> {
    names: [&'static str; COLUMNS],
    rows: Vec<[f64; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// A table without rows. Each name has its unit in parentheses.
    pub fn new(names: [&'static str; COLUMNS]) -> Table<COLUMNS> {
        Table {
            names,
            rows: Vec::new(),
        }
    }

    /// Names of the columns, with units.
    pub fn names(&self) -> [&'static str; COLUMNS] {
        self.names
    }

    /// The rows.
    pub fn rows(&self) -> &[[f64; COLUMNS]] {
        &self.rows
    }

    /// Adds a row.
    pub fn push(&mut self, row: [f64; COLUMNS]) {
        self.rows.push(row);
    }

    /// The table as CSV: names, then rows. Numbers have the fewest digits that parse to the same value;
    /// those that are undefined are empty.
    pub fn csv(&self) -> String {
        let mut text = self.names.join(",");
        text.push('\n');
        for row in &self.rows {
            for (column, number) in row.iter().enumerate() {
                if column > 0 {
                    text.push(',');
                }
                if number.is_finite() {
                    // Writing to a string does not fail.
                    let _ = write!(text, "{number}");
                }
            }
            text.push('\n');
        }
        text
    }
}
