//! Documents: the paths and types that they name exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::modules::{MAY_IMPORT, name_of};
use crate::paths::tokens;
use crate::sources::{assert_none, root, sources};

/// Maximum number of lines of ARCHITECTURE.md.
const MAX_LINES: usize = 280;

const DOCUMENTS: &[&str] = &["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md"];

/// Folders whose files documents name.
const FOLDERS: &[&str] = &[
    ".ci", ".github", "assets", "benches", "crates", "docs", "examples", "fuzz", "models", "proto",
    "python", "scripts", "shaders", "src", "tests",
];

#[test]
fn the_map_names_every_crate_and_every_module_with_a_rule() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let crates = fs::read_dir(root().join("crates")).unwrap();
    let crates = crates.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let modules = MAY_IMPORT
        .iter()
        .map(|(module, _)| name_of(module).to_owned());
    for name in crates.chain(modules) {
        assert!(
            map.contains(&format!("`{name}`")),
            "ARCHITECTURE.md does not name `{name}`"
        );
    }
    assert!(
        map.lines().count() <= MAX_LINES,
        "ARCHITECTURE.md is longer than {MAX_LINES} lines"
    );
}

#[test]
fn documents_name_only_what_exists() {
    let files = files();
    let types = types();
    let mut found = Vec::new();
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).unwrap();
        for (number, line) in text.lines().enumerate() {
            let missing = names(line).filter(|name| !exists(name, &files, &types));
            found.extend(missing.map(|name| {
                let number = number + 1;
                format!("{document}:{number} names `{name}`, which does not exist")
            }));
        }
    }
    assert_none(&found);
}

#[test]
fn a_name_that_does_not_exist_is_found() {
    let files = BTreeSet::from([
        "crates/core/src/sim/engine/mod.rs".to_owned(),
        "crates/core/src/sim/hub.rs".to_owned(),
    ]);
    let types = BTreeSet::from(["Engine".to_owned(), "Command".to_owned(), "Move".to_owned()]);
    let exists = |name: &str| exists(name, &files, &types);
    for name in [
        "sim/engine",
        "sim/hub.rs",
        "sim/hub",
        "Engine",
        "Command::Move",
    ] {
        assert!(exists(name), "{name}");
    }
    for name in ["sim/missing", "sim/engine.py", "Motor", "Command::Fly"] {
        assert!(!exists(name), "{name}");
    }
    let line = "- `hub`, `sim/engine`: an `Engine`, `1/V` and `cargo test --test core`.";
    let names: Vec<&str> = names(line).collect();
    assert_eq!(names, ["hub", "sim/engine", "Engine"]);
}

/// The names of a line in backticks that are files, modules or types: paths with `/`, names in camel
/// case, and names before the colon of a list item.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let heading = line.strip_prefix("- `").and_then(|_| line.split_once(": "));
    let heading_len = heading.map_or(0, |(heading, _)| heading.len());
    let mut position = 0;
    line.split('`')
        .enumerate()
        .filter_map(move |(index, name)| {
            let start = position;
            position += name.len() + 1;
            let is_code = index % 2 == 1 && !name.is_empty();
            let is_word = |extra: &[char]| {
                name.chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || extra.contains(&letter))
            };
            let is_path = name.contains('/')
                && !name.starts_with('/')
                && is_word(&['/', '.', '_', '-'])
                && name.starts_with(|first: char| first.is_ascii_lowercase() || first == '.');
            let is_type = name.starts_with(|first: char| first.is_ascii_uppercase())
                && name.contains(|letter: char| letter.is_ascii_lowercase())
                && is_word(&['_', ':']);
            let is_module = start < heading_len && is_word(&['_', '.']);
            (is_code && (is_path || is_type || is_module)).then_some(name)
        })
}

/// Whether a name is a file, a folder, or an item of the sources.
fn exists(name: &str, files: &BTreeSet<String>, types: &BTreeSet<String>) -> bool {
    if name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.contains('.') {
        return name.split("::").all(|step| types.contains(step));
    }
    let name = name.trim_end_matches('/');
    files.iter().any(|file| {
        let file = format!("/{file}/");
        file.contains(&format!("/{name}/")) || file.contains(&format!("/{name}.rs/"))
    })
}

/// All files of [`FOLDERS`] and of the root.
fn files() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            found.insert(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    for folder in FOLDERS {
        add_files(&root().join(folder), &mut found);
    }
    found
}

fn add_files(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "node_modules" && name != "target" {
            add_files(&path, found);
        } else {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
            found.insert(name.replace('\\', "/"));
        }
    }
}

/// All words of the sources, which include the names of types and their variants.
fn types() -> BTreeSet<String> {
    let tokens = sources().into_iter().flat_map(|source| {
        let tokens = tokens(&source.text);
        tokens.into_iter().map(|(_, token)| token)
    });
    tokens.collect()
}
