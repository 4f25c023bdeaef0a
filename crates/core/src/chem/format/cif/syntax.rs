//! CIF parser: data blocks, items, loops, values.
//!
//! S. R. Hall, F. H. Allen, I. D. Brown, Acta Cryst. A47, 655 (1991); syntax version 1.1 of
//! <https://www.iucr.org/resources/cif/spec/version1.1>.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::lines::{quoted, real};
use super::super::{Notes, ParseError};

/// Data block with its items by lower-case name.
pub(super) struct Block<'a> {
    pub(super) name: &'a str,
    /// The line of its heading, counted from 1.
    pub(super) line: usize,
    pub(super) notes: Notes,
    columns: HashMap<String, Column>,
    tables: Vec<LoopTable<'a>>,
}

/// Location of the values of an item.
#[derive(Clone, Copy)]
struct Column {
    table: usize,
    column: usize,
}

/// A loop, or a single item as a loop of one row.
struct LoopTable<'a> {
    width: usize,
    values: Vec<Value<'a>>,
}

/// Value of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value<'a> {
    pub(super) text: &'a str,
    /// The line where it starts, counted from 1.
    pub(super) line: usize,
    quoted: bool,
}

impl<'a> Value<'a> {
    /// Whether it is `?` (unknown) or `.` (not applicable).
    pub(super) fn is_missing(&self) -> bool {
        !self.quoted && matches!(self.text, "?" | ".")
    }

    pub(super) fn error(&self, expected: impl Into<String>) -> ParseError {
        ParseError::at(self.line, expected, quoted(self.text))
    }

    /// The value as a number, without its standard uncertainty in parentheses.
    pub(super) fn real(&self, expected: &str) -> Result<f64, ParseError> {
        let number = match self.text.split_once('(') {
            Some((number, uncertainty)) if is_uncertainty(uncertainty) => number,
            _ => self.text,
        };
        real(number).ok_or_else(|| self.error(expected))
    }
}

fn is_uncertainty(text: &str) -> bool {
    text.strip_suffix(')')
        .is_some_and(|digits| digits.chars().all(|digit| digit.is_ascii_digit()))
}

impl<'a> Block<'a> {
    /// The values of an item with a lower-case name, if present. A `_` also matches the dot between
    /// category and item in newer dictionaries: `_cell_length_a` finds `_cell.length_a`.
    pub(super) fn column(&self, name: &str) -> Option<impl Iterator<Item = Value<'a>> + '_> {
        let dotted = name.match_indices('_').skip(1);
        let dotted = dotted.map(|(index, _)| format!("{}.{}", &name[..index], &name[index + 1..]));
        let mut spellings = std::iter::once(name.to_owned()).chain(dotted);
        let column = spellings.find_map(|spelling| self.columns.get(&spelling))?;
        Some(self.values(*column))
    }

    fn values(&self, Column { table, column }: Column) -> impl Iterator<Item = Value<'a>> + '_ {
        let LoopTable { width, values } = &self.tables[table];
        values.iter().skip(column).step_by(*width).copied()
    }

    /// The first value of an item, unless it is missing.
    pub(super) fn value(&self, name: &str) -> Option<Value<'a>> {
        self.column(name)?
            .next()
            .filter(|value| !value.is_missing())
    }

    /// The values of the first item that the block has.
    pub(super) fn first_column(&self, names: &[&str]) -> Option<Vec<Value<'a>>> {
        names
            .iter()
            .find_map(|name| Some(self.column(name)?.collect()))
    }

    fn add(&mut self, names: Vec<ItemName<'a>>, values: Vec<Value<'a>>) -> Result<(), ParseError> {
        let table = self.tables.len();
        let width = names.len();
        self.tables.push(LoopTable { width, values });
        for (column, name) in names.into_iter().enumerate() {
            let again = Column { table, column };
            match self.columns.entry(name.text.to_ascii_lowercase()) {
                Entry::Vacant(entry) => {
                    entry.insert(again);
                }
                Entry::Occupied(entry) => {
                    let first = *entry.get();
                    self.repeat(name, first, again)?;
                }
            }
        }
        Ok(())
    }

    /// Merges a repeated item: the first values, or the second if the first are missing. Different
    /// values of items about atoms are an error.
    fn repeat(
        &mut self,
        name: ItemName<'a>,
        first: Column,
        again: Column,
    ) -> Result<(), ParseError> {
        let key = name.text.to_ascii_lowercase();
        let is_empty = |column| self.values(column).all(|value| value.is_missing());
        let (no_first, no_again) = (is_empty(first), is_empty(again));
        let texts = |column| self.values(column).map(|value| value.text);
        if !no_first && !no_again && defines_atoms(&key) && !texts(first).eq(texts(again)) {
            let ItemName { text, line } = name;
            let expected = format!("each name once in a block ({text} is repeated and differs)");
            return Err(ParseError::at(line, expected, quoted(text)));
        }
        if no_first {
            self.columns.insert(key, again);
        }
        let used = if no_first { "second" } else { "first" };
        let text = format!("{} is repeated; the {used} is used", name.text);
        self.notes.at(name.line, text);
        Ok(())
    }
}

/// Whether an item with a lower-case name is about atoms, cell or symmetry.
fn defines_atoms(key: &str) -> bool {
    const PREFIXES: [&str; 9] = [
        "_atom_site_fract_",
        "_atom_site_cartn_",
        "_atom_site_label",
        "_atom_site_auth",
        "_atom_site_type_symbol",
        "_cell_length_",
        "_cell_angle_",
        "_space_group_",
        "_symmetry_",
    ];
    let key = key.replace('.', "_");
    PREFIXES.iter().any(|prefix| key.starts_with(prefix))
}

/// Name of an item, with its line.
#[derive(Clone, Copy)]
struct ItemName<'a> {
    text: &'a str,
    line: usize,
}

/// The data blocks of a file. Save frames, which only dictionaries have, are an error.
pub(super) fn blocks(text: &str) -> Result<Vec<Block<'_>>, ParseError> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut tokens = Tokens::new(text).peekable();
    while let Some(token) = tokens.next() {
        let (token, line) = token?;
        match (token, blocks.last_mut()) {
            (Token::Block(name), _) => blocks.push(Block {
                name,
                line,
                notes: Notes::default(),
                columns: HashMap::new(),
                tables: Vec::new(),
            }),
            (token, None) => {
                return Err(ParseError::at(
                    line,
                    "a data block (data_NAME)",
                    token.shown(),
                ));
            }
            (Token::Name(text), Some(block)) => {
                let name = ItemName { text, line };
                let value = match tokens.next().transpose()? {
                    Some((Token::Value(value), _)) => value,
                    other => return Err(no_value(name, other)),
                };
                block.add(vec![name], vec![value])?;
            }
            (Token::Loop, Some(block)) => {
                let mut names = Vec::new();
                while let Some(Ok((Token::Name(text), line))) = tokens.peek() {
                    names.push(ItemName { text, line: *line });
                    tokens.next();
                }
                let mut values = Vec::new();
                while let Some(Ok((Token::Value(value), _))) = tokens.peek() {
                    values.push(*value);
                    tokens.next();
                }
                check_loop(line, &names, &values)?;
                block.add(names, values)?;
            }
            (token, Some(_)) => {
                return Err(ParseError::at(
                    line,
                    "a name, loop_ or data_NAME",
                    token.shown(),
                ));
            }
        }
    }
    Ok(blocks)
}

/// Error of an item without a value.
fn no_value(name: ItemName<'_>, found: Option<(Token<'_>, usize)>) -> ParseError {
    let expected = format!("a value of {}", name.text);
    match found {
        Some((token, line)) => ParseError::at(line, expected, token.shown()),
        None => ParseError::at(name.line, expected, "the end of the file"),
    }
}

/// Checks that a loop has names and complete rows.
fn check_loop(line: usize, names: &[ItemName<'_>], values: &[Value<'_>]) -> Result<(), ParseError> {
    if names.is_empty() {
        return Err(ParseError::at(line, "names after loop_", "none"));
    }
    if values.len().is_multiple_of(names.len()) {
        return Ok(());
    }
    let line = values.last().map_or(line, |value| value.line);
    let expected = format!("whole rows of {} values in the loop", names.len());
    let found = format!("{} values in all, the last row short", values.len());
    Err(ParseError::at(line, expected, found))
}

/// Token of a CIF.
#[derive(Clone, Copy)]
enum Token<'a> {
    Block(&'a str),
    Loop,
    Save,
    Name(&'a str),
    Value(Value<'a>),
}

impl Token<'_> {
    fn shown(&self) -> String {
        match self {
            Token::Block(name) => format!("data_{name}"),
            Token::Loop => "loop_".to_owned(),
            Token::Save => "a save frame".to_owned(),
            Token::Name(name) => quoted(name),
            Token::Value(value) => quoted(value.text),
        }
    }
}

/// Tokenizer that counts lines.
struct Tokens<'a> {
    text: &'a str,
    /// Byte offset of the next token in the text; always at a character boundary.
    offset: usize,
    line: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Tokens {
            text,
            offset: 0,
            line: 1,
        }
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.text.as_bytes().get(offset).copied()
    }

    fn skip_blanks_and_comments(&mut self) {
        while let Some(byte) = self.byte(self.offset) {
            match byte {
                b'\n' => self.line += 1,
                b'#' => {
                    let rest = &self.text[self.offset..];
                    self.offset += rest.find('\n').unwrap_or(rest.len());
                    continue;
                }
                byte if byte.is_ascii_whitespace() => {}
                _ => return,
            }
            self.offset += 1;
        }
    }

    /// The text up to a position, which is passed with `after` more bytes.
    fn take(&mut self, end: usize, after: usize) -> &'a str {
        let taken = &self.text[self.offset..end];
        self.offset = end + after;
        taken
    }

    /// A text field between two semicolons that each start a line.
    fn text_field(&mut self) -> Result<Value<'a>, ParseError> {
        let line = self.line;
        self.offset += 1;
        let Some(length) = self.text[self.offset..].find("\n;") else {
            let expected = "a line starting with ';' that ends this text";
            return Err(ParseError::at(line, expected, "the end of the file"));
        };
        let text = self.take(self.offset + length, 2);
        self.line += text.matches('\n').count() + 1;
        Ok(Value {
            text,
            line,
            quoted: true,
        })
    }

    /// A quoted text on one line; the closing quote precedes a blank.
    fn quoted(&mut self, quote: u8) -> Result<Value<'a>, ParseError> {
        let start = self.offset + 1;
        let mut end = start;
        loop {
            match self.byte(end) {
                None | Some(b'\n') => {
                    let expected = format!("a closing {}", char::from(quote));
                    let found = &self.text[self.offset..end];
                    return Err(ParseError::at(self.line, expected, quoted(found)));
                }
                Some(byte) if byte == quote => match self.byte(end + 1) {
                    Some(next) if !next.is_ascii_whitespace() => {}
                    _ => break,
                },
                Some(_) => {}
            }
            end += 1;
        }
        self.offset = start;
        Ok(Value {
            text: self.take(end, 1),
            line: self.line,
            quoted: true,
        })
    }

    fn bare(&mut self) -> Token<'a> {
        let rest = &self.text.as_bytes()[self.offset..];
        let length = rest.iter().position(u8::is_ascii_whitespace);
        let word = self.take(self.offset + length.unwrap_or(rest.len()), 0);
        let starts = |prefix: &str| {
            word.get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        match word {
            _ if word.starts_with('_') => Token::Name(word),
            _ if starts("data_") => Token::Block(&word[5..]),
            _ if word.eq_ignore_ascii_case("loop_") => Token::Loop,
            _ if starts("save_") => Token::Save,
            _ => Token::Value(Value {
                text: word,
                line: self.line,
                quoted: false,
            }),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Result<(Token<'a>, usize), ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_blanks_and_comments();
        let line = self.line;
        let starts_line = self.offset == 0 || self.byte(self.offset - 1) == Some(b'\n');
        let token = match self.byte(self.offset)? {
            b';' if starts_line => self.text_field().map(Token::Value),
            quote @ (b'\'' | b'"') => self.quoted(quote).map(Token::Value),
            _ => Ok(self.bare()),
        };
        if token.is_err() {
            self.offset = self.text.len();
        }
        Some(token.map(|token| (token, line)))
    }
}
