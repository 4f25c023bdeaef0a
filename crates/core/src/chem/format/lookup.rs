//! Lookup of formats by file name and content in the table of formats.

use super::beginning::Beginning;
use super::compression::Compression;
use super::info::FormatInfo;
use super::table::FORMATS;
use super::{Format, WriteError};

impl Format {
    /// All formats, in the order in which a content is compared with them.
    pub fn all() -> impl Iterator<Item = Format> {
        FORMATS.iter().map(|row| row.format)
    }

    /// What is known of it.
    pub fn info(self) -> &'static FormatInfo {
        let row = FORMATS.iter().find(|row| row.format == self);
        row.expect("every format has a row")
    }

    /// Its usual name.
    pub fn title(self) -> &'static str {
        self.info().title
    }

    /// The format of a file, by its name and, where the name says nothing or is that of several
    /// formats, by its content (already decompressed).
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

    /// The format that a file's name stands for, any folder and end of a compressed file aside, and
    /// the usual one where several are named so; `None` if it is none that we know.
    pub fn of_name(name: &str) -> Option<Format> {
        Self::named(name).first().copied()
    }

    /// The format in which a file of a name is written.
    ///
    /// ```
    /// use mlipview_core::chem::format::Format;
    ///
    /// assert_eq!(Format::to_write("run/CONTCAR"), Ok(Format::Poscar));
    /// assert!(Format::to_write("run/CHGCAR").is_err());
    /// ```
    ///
    /// # Errors
    /// If the name stands for no format, or for files that are only read.
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

    /// The format that a file's beginning looks like; `None` if it looks like none that we know.
    pub fn of_content(content: &[u8]) -> Option<Format> {
        let beginning = Beginning::of(content);
        let row = FORMATS.iter().find(|row| (row.sniff)(&beginning));
        row.map(|row| row.format)
    }

    /// The formats that have a name like this: by its extension, else by a word in it.
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

    /// A file's name in lower case, any folder and end of a compressed file aside.
    fn base(name: &str) -> String {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        Compression::split(base).0.to_ascii_lowercase()
    }

    /// The usual extensions of some formats, as a sentence lists them: ".xyz, .pdb or .cif".
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
