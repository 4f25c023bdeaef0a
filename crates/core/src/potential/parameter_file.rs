//! Parameter files of potentials: text that is read by lines, with errors that name the line.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::chem::{Element, excerpt};

/// The largest file that is read, bytes: tables of ten elements with 10 000 knots have 13 MB.
const MAX_BYTES: u64 = 256 << 20;

/// Why a parameter file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterFileError {
    /// The file cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The path as given.
        path: String,
        /// The cause.
        reason: String,
    },
    /// The file is too large.
    #[error("{path} is larger than {} MiB, the most that is read", MAX_BYTES >> 20)]
    TooLarge {
        /// The path as given.
        path: String,
    },
    /// The name tells no format.
    #[error("{path}: unknown format; expected a name that ends in {expected}")]
    UnknownFormat {
        /// The path as given.
        path: String,
        /// The endings of known formats, in words.
        expected: &'static str,
    },
    /// The content is not as expected.
    #[error("{path}:{line}: expected {expected}, found {found}")]
    Content {
        /// The path as given.
        path: String,
        /// The line, counted from 1.
        line: usize,
        /// The expected content, in words.
        expected: String,
        /// The content that was found.
        found: String,
    },
}

/// The text of a parameter file.
#[derive(Clone, Debug)]
pub(super) struct ParameterFile {
    path: String,
    text: String,
}

/// The bytes of a parameter file.
///
/// # Errors
/// If it cannot be read, or is too large.
pub fn read(path: &str) -> Result<Vec<u8>, ParameterFileError> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| ParameterFileError::Unreadable {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ParameterFileError::TooLarge {
            path: path.to_owned(),
        });
    }
    Ok(bytes)
}

/// The first bytes of a file, at most so many; `None` if it cannot be read.
pub(super) fn start_of(path: &Path, most: u64) -> Option<Vec<u8>> {
    // Opening other things, such as pipes, can wait for ever.
    let file = path.is_file().then(|| fs::File::open(path).ok())??;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The name of a file without its folder, for names of potentials.
pub(super) fn file_name(path: &str) -> &str {
    let name = Path::new(path).file_name();
    name.and_then(|name| name.to_str()).unwrap_or(path)
}

impl ParameterFile {
    /// Reads a file; bytes that are not UTF-8 are replaced, as in comments.
    ///
    /// # Errors
    /// If it cannot be read, or is too large.
    pub(super) fn open(path: &str) -> Result<ParameterFile, ParameterFileError> {
        let bytes = read(path)?;
        Ok(ParameterFile {
            path: path.to_owned(),
            text: String::from_utf8_lossy(&bytes).into_owned(),
        })
    }

    /// The name without folders.
    pub(super) fn name(&self) -> &str {
        file_name(&self.path)
    }

    /// The whole text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A reader at the first line.
    pub(super) fn lines(&self) -> LineReader<'_> {
        LineReader {
            file: self,
            lines: self.text.lines(),
            line: 0,
        }
    }

    /// Checks the tag `UNITS:` of LAMMPS, which stands in the first line if at all: energies in eV and
    /// lengths in Å are its units `metal`.
    ///
    /// # Errors
    /// For other units.
    pub(super) fn expect_metal_units(&self) -> Result<(), ParameterFileError> {
        let mut lines = self.lines();
        let first = lines.next_line().unwrap_or_default();
        let mut words = lines.split(first).skip_while(|word| word.text != "UNITS:");
        match words.nth(1) {
            Some(units) if units.text != "metal" => {
                Err(units.expected("UNITS: metal, which are eV and Å"))
            }
            _ => Ok(()),
        }
    }

    /// The error for a name that tells no format.
    pub(super) fn unknown_format(&self, expected: &'static str) -> ParameterFileError {
        ParameterFileError::UnknownFormat {
            path: self.path.clone(),
            expected,
        }
    }
}

/// The lines of a parameter file from the current one on.
#[derive(Clone, Debug)]
pub(super) struct LineReader<'a> {
    file: &'a ParameterFile,
    lines: std::str::Lines<'a>,
    line: usize,
}

/// A word of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    file: &'a ParameterFile,
    line: usize,
    text: &'a str,
}

impl<'a> LineReader<'a> {
    /// The next line, or `None` at the end.
    pub(super) fn next_line(&mut self) -> Option<&'a str> {
        self.line += 1;
        self.lines.next()
    }

    /// The words of the next line; `expected` says what they are.
    ///
    /// # Errors
    /// At the end of the file.
    pub(super) fn words(&mut self, expected: &str) -> Result<Vec<Word<'a>>, ParameterFileError> {
        let text = self.next_line().ok_or_else(|| self.at_end(expected))?;
        Ok(self.split(text).collect())
    }

    /// The next `count` words after comments that begin with `#` are removed, from as many lines as
    /// needed; `None` at the end of the file.
    ///
    /// # Errors
    /// If the file ends within, or a line has more words.
    pub(super) fn record(
        &mut self,
        count: usize,
        expected: &str,
    ) -> Result<Option<Vec<Word<'a>>>, ParameterFileError> {
        let mut found: Vec<Word<'a>> = Vec::new();
        while found.len() < count {
            let Some(text) = self.next_line() else {
                return match found[..] {
                    [] => Ok(None),
                    _ => Err(self.at_end(expected)),
                };
            };
            let content = text.split('#').next().unwrap_or_default();
            found.extend(self.split(content));
        }
        match found.get(count) {
            None => Ok(Some(found)),
            Some(more) => Err(more.expected(&format!("the end of {expected}"))),
        }
    }

    /// `count` finite numbers from the following lines, which they fill.
    ///
    /// # Errors
    /// If the file ends before, a word is no number, or the last line has more.
    pub(super) fn table(
        &mut self,
        count: usize,
        expected: &str,
    ) -> Result<Vec<f64>, ParameterFileError> {
        // Not reserved: `count` comes from the file.
        let mut found = Vec::new();
        while found.len() < count {
            let Some(text) = self.next_line() else {
                let (have, line) = (found.len(), self.line);
                let expected = format!("{count} numbers of {expected}");
                return Err(self
                    .file
                    .content(line, &expected, &format!("the end after {have}")));
            };
            for word in self.split(text) {
                if found.len() == count {
                    let expected = format!("the end of the {count} numbers of {expected}");
                    return Err(word.expected(&expected));
                }
                found.push(word.number(expected)?);
            }
        }
        Ok(found)
    }

    fn split(&self, text: &'a str) -> impl Iterator<Item = Word<'a>> + use<'a> {
        let (file, line) = (self.file, self.line);
        let words = text.split_ascii_whitespace();
        words.map(move |text| Word { file, line, text })
    }

    fn at_end(&self, expected: &str) -> ParameterFileError {
        self.file
            .content(self.line, expected, "the end of the file")
    }

    /// The error for the current line.
    pub(super) fn expected(&self, expected: &str, found: &str) -> ParameterFileError {
        self.file.content(self.line, expected, found)
    }
}

impl Word<'_> {
    /// The word as a finite number; exponents may have a `d`, as in Fortran.
    ///
    /// # Errors
    /// If it is none; `expected` says which number was expected.
    pub(super) fn number(&self, expected: &str) -> Result<f64, ParameterFileError> {
        let number = match self.text.parse() {
            Ok(number) => Some(number),
            Err(_) if self.text.contains(['d', 'D']) => {
                self.text.replace(['d', 'D'], "e").parse().ok()
            }
            Err(_) => None,
        };
        number
            .filter(|number: &f64| number.is_finite())
            .ok_or_else(|| self.expected(&format!("{expected}, a number")))
    }

    /// The word as a number in a range.
    ///
    /// # Errors
    /// If it is none.
    pub(super) fn number_in(
        &self,
        range: std::ops::RangeInclusive<f64>,
        expected: &str,
    ) -> Result<f64, ParameterFileError> {
        let number = self.number(expected)?;
        if range.contains(&number) {
            return Ok(number);
        }
        let (low, high) = (range.start(), range.end());
        Err(self.expected(&format!("{expected} from {low} to {high}")))
    }

    /// The word as a count in a range.
    ///
    /// # Errors
    /// If it is none.
    pub(super) fn count(
        &self,
        range: std::ops::RangeInclusive<usize>,
        expected: &str,
    ) -> Result<usize, ParameterFileError> {
        let count = self.text.parse().ok();
        count.filter(|count| range.contains(count)).ok_or_else(|| {
            let (low, high) = (range.start(), range.end());
            self.expected(&format!("{expected} from {low} to {high}"))
        })
    }

    /// The word as an element.
    ///
    /// # Errors
    /// If it is no symbol.
    pub(super) fn element(&self) -> Result<Element, ParameterFileError> {
        Element::from_symbol(self.text).ok_or_else(|| self.expected("the symbol of an element"))
    }

    /// The error for this word.
    pub(super) fn expected(&self, expected: &str) -> ParameterFileError {
        let found = format!("{:?}", excerpt(self.text));
        self.file.content(self.line, expected, &found)
    }
}

impl ParameterFile {
    fn content(&self, line: usize, expected: &str, found: &str) -> ParameterFileError {
        ParameterFileError::Content {
            path: self.path.clone(),
            line,
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }
}
