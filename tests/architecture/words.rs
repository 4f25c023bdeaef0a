//! Words: retired names do not come back, and first lines name their subject.

use crate::paths::tokens;
use crate::sources::check_all;

/// Metaphors, private words and British spellings; docs/glossary.md has the terms to use instead.
const RETIRED: &[&str] = &[
    "asking",
    "attend",
    "barcode",
    "bell",
    "bells",
    "centre",
    "clerk",
    "colour",
    "company",
    "converse",
    "desk",
    "door",
    "doors",
    "easing",
    "farewell",
    "goodbye",
    "grant",
    "guest",
    "guests",
    "hear",
    "heard",
    "heed",
    "house",
    "immersion",
    "licence",
    "limb",
    "limbs",
    "linger",
    "metre",
    "metres",
    "neighbour",
    "patience",
    "processor",
    "pump",
    "punctual",
    "rail",
    "recentre",
    "remembering",
    "shelf",
    "tally",
    "thought",
    "whoever",
    "wish",
    "wishes",
];

/// First words of sentences that paraphrase a subject instead of naming it.
const VAGUE_FIRST_WORDS: &[&str] = &["What", "Who", "Whoever", "So", "Of"];

/// Keywords before the name of a declared item.
const DECLARATIONS: &[&str] = &[
    "fn", "struct", "enum", "trait", "type", "mod", "const", "static",
];

#[test]
fn retired_words_do_not_come_back() {
    check_all(retired_words);
}

#[test]
fn first_lines_name_their_subject() {
    check_all(vague_first_lines);
}

#[test]
fn retired_words_and_vague_first_lines_are_found() {
    let count = |file: &str, source: &str| retired_words(file, source).len();
    assert_eq!(count("a/house.rs", ""), 1);
    assert_eq!(count("a.rs", "struct TreeHouse;"), 1);
    assert_eq!(count("a.rs", "fn open_house() {}"), 1);
    assert_eq!(count("a.rs", "//! The house.\n// a house"), 1);
    assert_eq!(count("a.rs", "fn household() { house() }"), 0);

    let count = |source: &str| vague_first_lines("a.rs", source).len();
    assert_eq!(count("//! What a file is."), 1);
    assert_eq!(count("/// Size.\n/// What else.\nfn f() {}"), 0);
    assert_eq!(count("/// Size.\nfn f() {}\n    /// Whoever asks.\n"), 1);
    assert_eq!(count("/// Whatever it is."), 0);
}

/// Retired words in the name of a file, in declared names, and in first lines.
fn retired_words(file: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut check = |line: usize, place: &str, text: &str| {
        for word in words(text) {
            if RETIRED.contains(&word.as_str()) {
                found.push(format!("{file}:{line} has the word `{word}` in {place}"));
            }
        }
    };
    check(1, "its name", file);
    for pair in tokens(source).windows(2) {
        if DECLARATIONS.contains(&pair[0].1.as_str()) {
            check(pair[1].0, "a name", &pair[1].1);
        }
    }
    for (line, text) in first_lines(source) {
        check(line, "a first line", text);
    }
    found
}

/// First lines that do not name their subject.
fn vague_first_lines(file: &str, source: &str) -> Vec<String> {
    let lines = first_lines(source).into_iter();
    let is_vague = |text: &str| VAGUE_FIRST_WORDS.contains(&text.split([' ', ',']).next().unwrap());
    lines
        .filter(|(_, text)| is_vague(text))
        .map(|(line, text)| format!("{file}:{line} does not name its subject: {text}"))
        .collect()
}

/// The first line of each doc comment, with its line number.
fn first_lines(source: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_doc = false;
    for (number, line) in source.lines().enumerate() {
        let line = line.trim_start();
        let text = line
            .strip_prefix("//! ")
            .or_else(|| line.strip_prefix("/// "));
        if let Some(text) = text.filter(|_| !in_doc) {
            found.push((number + 1, text));
        }
        in_doc = line.starts_with("//!") || line.starts_with("///");
    }
    found
}

/// The words of a text or identifier in lower case: `TreeHouse`, `tree_house` and "tree house" have
/// the words "tree" and "house".
fn words(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut was_lower = false;
    for character in text.chars() {
        if !character.is_alphabetic() || (character.is_uppercase() && was_lower) {
            found.push(String::new());
        }
        if character.is_alphabetic() {
            found.last_mut().unwrap().extend(character.to_lowercase());
        }
        was_lower = character.is_lowercase();
    }
    found.retain(|word| !word.is_empty());
    found
}
