//! Lookup of formats by file name and content in the table of formats.

use super::beginning::Beginning;
use super::compression::Compression;
use super::info::FormatInfo;
use super::table::FORMATS;
use super::{Format, WriteError};

impl Format {
    /// All formats, in the order of detection.
    pub fn all() -> impl Iterator<Item = Format> {
        FORMATS.iter().map(|row| row.format)
    }

    /// Metadata of the format.
    pub fn info(self) -> &'static FormatInfo {
        let row = FORMATS.iter().find(|row| row.format == self);
        row.expect("every format has a row")
    }

    /// Common name.
    pub fn title(self) -> &'static str {
        self.info().title
    }

    /// The format of a file by its name or, if the name is unknown or ambiguous, by its decompressed
    /// content.
    pub fn of(name: &str, content: &[u8]) -> Option<Format> {
        let named = Self::named(name);
        match named[..] {
            [] => Format::of_content(content),
            [format] => Some(format),
            [first, ..] => {
                let beginning = Beginning::of(content);
                let seen = named
                    .iter()
                    .find(|format| (format.info().sniff)(&beginning));
                Some(seen.copied().unwrap_or(first))
            }
        }
    }

    /// The format by file name, ignoring folders and the extension of compression; the first of several.
    /// `None` if unknown.
    pub fn of_name(name: &str) -> Option<Format> {
        Self::named(name).first().copied()
    }

    /// The format in which a file is written, by its name.
    ///
    /// ```
    /// use mlipview_core::chem::format::Format;
    ///
    /// assert_eq!(Format::to_write("run/CONTCAR"), Ok(Format::Poscar));
    /// assert!(Format::to_write("run/CHGCAR").is_err());
    /// ```
    ///
    /// # Errors
    /// If the name has no known format, or the format has no writer.
    pub fn to_write(name: &str) -> Result<Format, WriteError> {
        let named = Self::named(name);
        let base = Self::base(name);
        let mut rows = named.iter().map(|format| format.info());
        if let Some(word) = rows.find_map(|row| row.only_read_word(&base)) {
            return Err(Self::read_only(&word.to_uppercase()));
        }
        let format = *named.first().ok_or_else(|| WriteError::UnknownName {
            name: name.to_owned(),
            endings: Self::endings(FormatInfo::is_written),
        })?;
        match format.info().is_written() {
            true => Ok(format),
            false => Err(Self::read_only(format.title())),
        }
    }

    /// The format detected from the content; `None` if unknown.
    pub fn of_content(content: &[u8]) -> Option<Format> {
        let beginning = Beginning::of(content);
        let row = FORMATS.iter().find(|row| (row.sniff)(&beginning));
        row.map(|row| row.format)
    }

    /// The formats of a file name, by its extension or else by a word in it.
    fn named(name: &str) -> Vec<Format> {
        let base = Self::base(name);
        let extension = base.rsplit_once('.').map_or("", |(_, extension)| extension);
        let having = |has: &dyn Fn(&FormatInfo) -> bool| -> Vec<Format> {
            let rows = FORMATS.iter().filter(|row| has(row));
            rows.map(|row| row.format).collect()
        };
        let formats = having(&|row| row.extensions.contains(&extension));
        if !formats.is_empty() {
            return formats;
        }
        having(&|row| row.all_words().any(|word| base.contains(word)))
    }

    /// File name in lower case, without folders and the extension of compression.
    fn base(name: &str) -> String {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        Compression::split(base).0.to_ascii_lowercase()
    }

    /// Preferred extensions of the formats that `of` accepts, as a list: ".xyz, .pdb or .cif".
    pub fn endings(of: impl Fn(&FormatInfo) -> bool) -> String {
        let rows = FORMATS.iter().filter(|row| of(row));
        let first = rows.filter_map(|row| row.extensions.first());
        let endings: Vec<String> = first.map(|extension| format!(".{extension}")).collect();
        match &endings[..] {
            [] => String::new(),
            [one] => one.clone(),
            [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
        }
    }

    /// The error of writing a format or a kind of file without a writer.
    pub(super) fn read_only(format: &str) -> WriteError {
        WriteError::ReadOnly {
            format: format.to_owned(),
            endings: Self::endings(FormatInfo::is_written),
        }
    }
}
