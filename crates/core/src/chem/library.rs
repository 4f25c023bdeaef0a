//! Library of built-in structures.
//!
//! The extended XYZ files and their index in `assets/structures/` are embedded in the binary;
//! `scripts/make_library.py` generates them.
//!
//! ```
//! use mlipview_core::chem::library;
//!
//! let caffeine = library::find("caffeine").unwrap().structure()?;
//! assert_eq!(caffeine.formula(), "C8H10N4O2");
//! assert!(!library::search("water ice").is_empty());
//! # Ok::<(), mlipview_core::chem::format::ParseError>(())
//! ```

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde_json::Value;

use super::Structure;
use super::format::{self, FrameSelection, ParseError};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/structures");

#[allow(
    clippy::expect_used,
    reason = "index and files are embedded, and the tests read all of them"
)]
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let index = file("index.json").expect("index.json is embedded");
    read_index(index).expect("index.json is valid")
});

/// A built-in structure and its description.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Name on the command line, as in "water-box".
    pub key: String,
    /// Title on screen, as in "Water box (64 molecules)".
    pub title: String,
    /// Search terms.
    pub tags: Vec<String>,
    /// Composition in Hill order, as in "C8H10N4O2".
    pub formula: String,
    /// Origin of the coordinates, with a reference where one exists.
    pub source: String,
    /// License of the file.
    pub license: String,
    /// Suggested temperature of dynamics, K.
    pub temperature: f64,
    /// Suggested potential: "emt", "lj", or "auto" for automatic selection.
    pub potential: String,
    /// File name in `assets/structures/`.
    pub file: String,
}

impl Entry {
    /// Parses the structure.
    ///
    /// # Errors
    /// If its file cannot be parsed, which the tests exclude.
    pub fn structure(&self) -> Result<Structure, ParseError> {
        let absent = |what: &str| ParseError::whole(what, "none").in_file(&self.file);
        let content = file(&self.file).ok_or_else(|| absent("a file of this name"))?;
        let frames = format::read(content.as_bytes(), &self.file, FrameSelection::LAST)?;
        let frame = frames.into_iter().next();
        Ok(frame.ok_or_else(|| absent("a structure"))?.structure)
    }

    /// Number of atoms, from the first line of its file.
    pub fn atoms(&self) -> usize {
        let count =
            file(&self.file).and_then(|content| content.lines().next()?.trim().parse().ok());
        count.unwrap_or(0)
    }

    /// Whether a lower-case word occurs in the key, the title or a tag, or is the formula.
    fn has(&self, word: &str) -> bool {
        self.key.contains(word)
            || self.title.to_lowercase().contains(word)
            || self.tags.iter().any(|tag| tag.contains(word))
            || self.formula.eq_ignore_ascii_case(word)
    }
}

/// All built-in structures, in the order of the index.
pub fn entries() -> &'static [Entry] {
    &ENTRIES
}

/// The structure with this key, ignoring case.
pub fn find(key: &str) -> Option<&'static Entry> {
    entries()
        .iter()
        .find(|entry| entry.key.eq_ignore_ascii_case(key))
}

/// The structures that match every word of the text, ignoring case; all for an empty text.
pub fn search(text: &str) -> Vec<&'static Entry> {
    let text = text.to_lowercase();
    entries()
        .iter()
        .filter(|entry| text.split_whitespace().all(|word| entry.has(word)))
        .collect()
}

/// File names in `assets/structures/`, without the index.
pub fn files() -> impl Iterator<Item = &'static str> {
    FILES
        .files()
        .filter_map(|file| file.path().to_str())
        .filter(|name| *name != "index.json")
}

fn file(name: &str) -> Option<&'static str> {
    FILES.get_file(name)?.contents_utf8()
}

fn read_index(index: &str) -> Option<Vec<Entry>> {
    let index: Value = serde_json::from_str(index).ok()?;
    index.as_array()?.iter().map(read_entry).collect()
}

fn read_entry(entry: &Value) -> Option<Entry> {
    let text = |name: &str| Some(entry.get(name)?.as_str()?.to_owned());
    let tags = entry.get("tags")?.as_array()?.iter();
    Some(Entry {
        key: text("key")?,
        title: text("title")?,
        tags: tags
            .map(|tag| Some(tag.as_str()?.to_owned()))
            .collect::<Option<_>>()?,
        formula: text("formula")?,
        source: text("source")?,
        license: text("licence")?,
        temperature: entry.get("temperature")?.as_f64()?,
        potential: text("potential")?,
        file: text("file")?,
    })
}
