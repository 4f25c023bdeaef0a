//! Order of the modules inside a crate: the modules that each may name.
//!
//! A new row, or a new name in one, is a decision: change ARCHITECTURE.md in the same commit.

use crate::paths::paths;
use crate::sources::{check_all, in_any, root};

/// Modules, and the modules of the same crate that each may name.
pub(crate) const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("crates/core/src/chem", &["chem"]),
    ("crates/core/src/analysis", &["analysis", "chem"]),
    ("crates/core/src/packing", &["chem", "packing"]),
    ("crates/core/src/potential", &["chem", "potential"]),
    ("crates/core/src/waker.rs", &["waker"]),
    ("crates/core/src/presence", &["presence", "waker"]),
    (
        "crates/core/src/sim",
        &[
            "chem",
            "packing",
            "potential",
            "presence",
            "script",
            "sim",
            "waker",
        ],
    ),
    ("crates/core/src/files", &["chem", "files"]),
    (
        "crates/core/src/trajectory",
        &["chem", "files", "sim", "trajectory"],
    ),
    ("crates/core/src/json", &["chem", "json"]),
    ("crates/core/src/script", &["chem", "json", "script"]),
    (
        "crates/core/src/session_file",
        &["chem", "json", "potential", "script", "session_file", "sim"],
    ),
    ("crates/uma/src/checkpoint", &["checkpoint"]),
    ("crates/uma/src/models", &["checkpoint", "models"]),
    ("crates/recording/src/messages", &["messages"]),
    ("crates/recording/src/container", &["container", "messages"]),
    (
        "crates/recording/src/writer",
        &["container", "error", "messages", "options", "writer"],
    ),
    (
        "crates/recording/src/reader",
        &["container", "error", "messages", "reader"],
    ),
    ("crates/server/src/session", &["session"]),
    (
        "crates/training/src/network",
        &["features", "model", "network", "parameters"],
    ),
];

#[test]
fn each_module_names_only_the_modules_below_it() {
    check_all(imports);
}

#[test]
fn a_forbidden_import_is_found_in_any_spelling() {
    let chem = "crates/core/src/chem/mod.rs";
    let sim = "crates/core/src/sim/engine.rs";
    let count = |file: &str, source: &str| imports(file, source).len();
    assert_eq!(count(chem, "use crate::sim::State;"), 1);
    let group = "use crate::{chem::Cell, potential::{self, Potential}, sim};";
    assert_eq!(count(chem, group), 3);
    assert_eq!(count(chem, "use super::sim::State;"), 1);
    let nested = "fn f() { super::super::sim::run() }";
    assert_eq!(count("crates/core/src/chem/format/mod.rs", nested), 1);
    assert_eq!(
        imports(chem, "\n\nuse crate::sim;"),
        ["crates/core/src/chem/mod.rs:3 names `sim`"]
    );
    let allowed = "use crate::{chem::Cell, potential::Potential};";
    assert_eq!(count(sim, allowed), 0);
    let hidden = "// use crate::sim;\n/* crate::sim */ \"crate::sim\"; r#\"\"crate::sim\"#; '\"'";
    assert_eq!(count(chem, hidden), 0);
    let other_crate = "crates/viewer/src/rig.rs";
    assert_eq!(count(other_crate, "use super::chem::Cell;"), 0);
}

/// Modules that a file names against the table.
fn imports(file: &str, source: &str) -> Vec<String> {
    let Some((module, allowed)) = MAY_IMPORT
        .iter()
        .find(|(module, _)| in_any(file, &[module]))
    else {
        return Vec::new();
    };
    let source_folder = &module[..=module.rfind('/').unwrap()];
    let inside = file.strip_prefix(source_folder).unwrap();
    let known = |named: &str| {
        let path = root().join(source_folder).join(named);
        path.is_dir() || path.with_extension("rs").is_file()
    };
    let violation = |(line, path): (usize, Vec<String>)| {
        let named = module_of(inside, &path)?;
        (known(named) && !allowed.contains(&named))
            .then(|| format!("{file}:{line} names `{named}`"))
    };
    paths(source).into_iter().filter_map(violation).collect()
}

/// The module at the root of the crate that a path leads to.
fn module_of<'a>(file: &str, path: &'a [String]) -> Option<&'a str> {
    let supers = path.iter().take_while(|step| *step == "super").count();
    let depth = file.trim_end_matches("/mod.rs").split('/').count();
    let steps = match path.first()?.as_str() {
        "crate" => 1,
        "super" if supers >= depth => supers,
        _ => return None,
    };
    path.get(steps).map(String::as_str)
}

/// Name of a module, from its path.
pub(crate) fn name_of(module: &str) -> &str {
    let name = module.rsplit('/').next().unwrap();
    name.trim_end_matches(".rs")
}
