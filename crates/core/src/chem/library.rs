//! The structures that come with the program.
//!
//! They lie in `assets/structures/`, one extended XYZ file each, described in one index, and are part
//! of the binary. `scripts/make_library.py` makes all of them.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde_json::Value;

use super::Structure;
use super::format::{self, ParseError, Selection};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/structures");

#[allow(
    clippy::expect_used,
    reason = "index and files are compiled in: a fault in them is ours, and the tests read all"
)]
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let index = file("index.json").expect("the index is among the files");
    read_index(index).expect("the index is well-formed")
});

/// A built-in structure: what it is and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is called on the command line, as in "water-box".
    pub key: String,
    /// What it is called on the screen, as in "Water box (64 molecules)".
    pub title: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Composition in Hill order, as in "C8H10N4O2".
    pub formula: String,
    /// How its coordinates came about, with the paper where one is behind them.
    pub source: String,
    /// The licence of the file.
    pub licence: String,
    /// A temperature at which it is worth watching, K.
    pub temperature: f64,
    /// The name of a potential that fits: "emt", "lj", or "auto" where the program chooses.
    pub potential: String,
    /// The file's name in `assets/structures/`.
    pub file: String,
}

impl Entry {
    /// The structure.
    ///
    /// # Errors
    /// Where its file cannot be read, which the tests exclude.
    pub fn structure(&self) -> Result<Structure, ParseError> {
        let absent = |what: &str| ParseError::whole(what, "none").in_file(&self.file);
        let content = file(&self.file).ok_or_else(|| absent("a file of this name"))?;
        let frames = format::read(content.as_bytes(), &self.file, Selection::LAST)?;
        let frame = frames.into_iter().next();
        Ok(frame.ok_or_else(|| absent("a structure"))?.structure)
    }

    /// How many atoms it has: the first line of its file.
    pub fn atoms(&self) -> usize {
        let count =
            file(&self.file).and_then(|content| content.lines().next()?.trim().parse().ok());
        count.unwrap_or(0)
    }

    /// Whether the word occurs in the key, the title, a tag, or is the formula; lower case given.
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

/// The structure of a key, in any case.
pub fn find(key: &str) -> Option<&'static Entry> {
    entries()
        .iter()
        .find(|entry| entry.key.eq_ignore_ascii_case(key))
}

/// The structures in which every word of the text occurs, in any case; all of them for no words.
pub fn search(text: &str) -> Vec<&'static Entry> {
    let text = text.to_lowercase();
    entries()
        .iter()
        .filter(|entry| text.split_whitespace().all(|word| entry.has(word)))
        .collect()
}

/// The names of the files in `assets/structures/` other than the index.
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
        licence: text("licence")?,
        temperature: entry.get("temperature")?.as_f64()?,
        potential: text("potential")?,
        file: text("file")?,
    })
}
