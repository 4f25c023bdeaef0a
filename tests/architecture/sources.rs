//! The source files of the workspace.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path from the root of the workspace, with `/`, and its text.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// All source files of the program, of the crates and of the Python package.
pub(crate) fn sources() -> Vec<Source> {
    let mut files = rust_files(&root().join("src"));
    files.extend(rust_files(&root().join("python/src")));
    for member in fs::read_dir(root().join("crates")).unwrap() {
        files.extend(rust_files(&member.unwrap().path().join("src")));
    }
    assert!(files.len() > 100, "the sources were not found");
    let source = |path: &PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
        Source {
            name: name.replace('\\', "/"),
            text: fs::read_to_string(path).unwrap(),
        }
    };
    files.iter().map(source).collect()
}

/// Applies a check to every source file.
///
/// # Panics
/// If the check finds anything, with all that it finds.
pub(crate) fn check_all(check: impl Fn(&str, &str) -> Vec<String>) {
    let found = sources()
        .into_iter()
        .flat_map(|source| check(&source.name, &source.text));
    assert_none(&found.collect::<Vec<String>>());
}

pub(crate) fn assert_none(found: &[String]) {
    assert!(
        found.is_empty(),
        "{} found:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// Whether a file is one of the places or inside one.
pub(crate) fn in_any(file: &str, places: &[&str]) -> bool {
    places.iter().any(|place| {
        file.strip_prefix(place)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
    })
}

/// Root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
