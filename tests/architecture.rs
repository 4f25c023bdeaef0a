//! The order of the modules and the places of foreign crates in `ARCHITECTURE.md`, kept true where
//! the compiler cannot: inside a crate.
//!
//! A new arrow between modules, or a crate named in a new place, is a decision: it is made here and in
//! `ARCHITECTURE.md`, in a commit of its own.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read the sources has failed"
)]

#[path = "architecture/paths.rs"]
mod paths;

use std::fs;
use std::path::{Path, PathBuf};

use paths::paths;

/// Modules, and the modules of their crate that each may name.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("crates/core/src/chem", &["chem"]),
    ("crates/core/src/potential", &["chem", "potential"]),
    ("crates/core/src/waker.rs", &["waker"]),
    ("crates/core/src/presence", &["presence", "waker"]),
    (
        "crates/core/src/sim",
        &["chem", "potential", "presence", "sim", "waker"],
    ),
    ("crates/core/src/files.rs", &["chem", "files"]),
    ("crates/uma/src/checkpoint", &["checkpoint"]),
    ("crates/uma/src/models", &["checkpoint", "models"]),
    ("crates/server/src/session", &["session"]),
];

/// The root package meets the terminal, and may name everything.
const EDGE: &str = "src";

/// Paths that only some places may name: (paths, places).
const ONLY_HERE: &[(&[&str], &[&str])] = &[
    (&["crate::xr"], &["crates/viewer/src/xr"]),
    (&["burn"], &["crates/uma/src"]),
    (&["prost"], &["crates/server/src/session/wire"]),
    (
        &[
            "axum",
            "axum_server",
            "form_urlencoded",
            "futures_util",
            "hyper_util",
            "memory_stats",
            "prometheus_client",
            "rustls",
            "subtle",
            "tokio",
            "tracing",
            "tracing_subscriber",
            "tungstenite",
        ],
        &["crates/server/src"],
    ),
    (
        &["egui", "bevy_egui", "egui_plot"],
        &[
            "crates/viewer/src/app/panels",
            "crates/viewer/src/third_party",
        ],
    ),
    (&["rfd"], &["crates/viewer/src/third_party"]),
    (&["openxr", "ash"], &["crates/viewer/src/xr/third_party"]),
    // (In `mlipview-uma` it is a module of burn.)
    (
        &["wgpu"],
        &["crates/viewer/src/xr/third_party", "crates/uma/src"],
    ),
    (
        &["crossbeam_channel", "std::thread", "std::sync::mpsc"],
        &[
            "crates/core/src/sim/inbox.rs",
            "crates/core/src/sim/thread.rs",
            "crates/core/src/sim/hub.rs",
            "crates/viewer/src/simulation.rs",
        ],
    ),
    (
        &["std::time::Instant"],
        &[
            "crates/core/src/sim/thread.rs",
            "crates/server/src",
            "crates/viewer/src",
        ],
    ),
    (
        &["std::fs"],
        &[
            "crates/core/src/files.rs",
            "crates/uma/src/checkpoint",
            "crates/uma/src/models",
            "crates/uma/src/fixture.rs",
            "crates/server/src",
            "crates/viewer/src",
        ],
    ),
    (
        &["std::env"],
        &[
            "crates/core/src/files.rs",
            "crates/core/src/potential/simd/instruction_set.rs",
            "crates/uma/src/models",
            "crates/server/src",
            "crates/viewer/src",
        ],
    ),
    (
        &["std::net", "std::process"],
        &[
            "crates/core/src/files.rs",
            "crates/server/src",
            "crates/viewer/src",
        ],
    ),
    (&["memmap2"], &["crates/uma/src/checkpoint"]),
    (&["sha2"], &["crates/uma/src/models"]),
    (&["nalgebra"], &["crates/core/src/sim/propagate/relax"]),
    // (Files, for what the tests of UMA compare with.)
    (
        &["safetensors"],
        &[
            "crates/core/src/potential/nano",
            "crates/uma/src/fixture.rs",
        ],
    ),
    (&["std::arch"], &["crates/core/src/potential/simd"]),
    (
        &[
            "chematic_core",
            "chematic_smiles",
            "chematic_chem",
            "chematic_3d",
        ],
        &["crates/core/src/chem/smiles"],
    ),
    (
        &["clap", "clap_complete", "anyhow", "indicatif", "ctrlc"],
        &[],
    ),
];

/// Paths that a place never names, although what it lies in may.
const NEVER: &[(&str, &[&str])] = &[(
    "crates/server/src/session",
    &[
        "axum",
        "rand",
        "std::env",
        "std::fs",
        "std::net",
        "std::time::Instant",
        "tokio",
        "tracing",
        "tungstenite",
    ],
)];

/// Where f64 is the rule, and the parts that calculate in f32.
const DOUBLE_PRECISION: &str = "crates/core/src";
const SINGLE_PRECISION: &[&str] = &["crates/core/src/potential/nano"];

/// Longer files hold two nouns. Tables may be as long as what they list.
const LONGEST: usize = 600;
const TABLES: &[&str] = &["crates/core/src/chem/element/table.rs"];

#[test]
fn each_module_names_only_the_modules_below_it() {
    assert_none(&trespasses_in_all(imports));
}

#[test]
fn each_crate_is_named_only_where_it_belongs() {
    assert_none(&trespasses_in_all(foreigners));
}

#[test]
fn the_core_calculates_in_double_precision() {
    assert_none(&trespasses_in_all(single_precision));
}

#[test]
fn every_file_says_what_it_is_for_and_can_be_read_in_one_sitting() {
    assert_none(&trespasses_in_all(unreadable));
}

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
        map.lines().count() <= 250,
        "ARCHITECTURE.md is longer than 250 lines"
    );
}

#[test]
fn a_trespass_is_seen_however_it_is_written() {
    let chem = "crates/core/src/chem/mod.rs";
    let sim = "crates/core/src/sim/engine.rs";
    let sees = |file: &str, source: &str| imports(file, source).len();
    assert_eq!(sees(chem, "use crate::sim::State;"), 1);
    assert_eq!(
        sees(
            chem,
            "use crate::{chem::Cell, potential::{self, Potential}, sim};"
        ),
        3
    );
    assert_eq!(sees(chem, "use super::sim::State;"), 1);
    assert_eq!(
        sees(
            "crates/core/src/chem/format/mod.rs",
            "fn f() { super::super::sim::run() }"
        ),
        1
    );
    assert_eq!(
        imports(chem, "\n\nuse crate::sim;"),
        ["crates/core/src/chem/mod.rs:3 names `sim`"]
    );
    assert_eq!(
        sees(sim, "use crate::{chem::Cell, potential::Potential};"),
        0
    );
    assert_eq!(
        sees(
            chem,
            "// use crate::sim;\n/* crate::sim */ \"crate::sim\"; r#\"\"crate::sim\"#; '\"'"
        ),
        0
    );
    assert_eq!(
        sees("crates/viewer/src/rig.rs", "use super::chem::Cell;"),
        0
    );

    let sees = |file: &str, source: &str| foreigners(file, source).len();
    assert_eq!(sees(sim, "use crossbeam_channel::bounded;"), 1);
    assert_eq!(sees(sim, "use std::{fmt, thread};"), 1);
    assert_eq!(
        sees(sim, "fn f() -> anyhow::Result<()> { ::burn::go() }"),
        2
    );
    assert_eq!(
        sees(
            "crates/core/src/sim/thread.rs",
            "use std::{thread, time::Instant};"
        ),
        0
    );
    assert_eq!(sees("src/main.rs", "use clap::Parser;"), 0);
    assert_eq!(sees(chem, "use std::threading; let anyhow = 1;"), 0);
    assert_eq!(
        sees(
            "crates/viewer/src/scene/displayed.rs",
            "use crate::xr::Rig;"
        ),
        1
    );
    assert_eq!(
        sees(
            "crates/server/src/session/guest.rs",
            "use tokio::time::sleep;"
        ),
        1
    );

    assert_eq!(single_precision(sim, "let x = y as\n  f32;").len(), 1);
    assert_eq!(
        single_precision("crates/viewer/src/simulation.rs", "let x = y as f32;").len(),
        0
    );
    assert_eq!(
        single_precision(sim, "// as f32\nlet x = f64::from(y);").len(),
        0
    );

    assert_eq!(unreadable(sim, "use std::fmt;").len(), 1);
    assert_eq!(
        unreadable(sim, &format!("//! State.\n{}", "\n".repeat(LONGEST))).len(),
        1
    );
    assert_eq!(unreadable(sim, "//! State.").len(), 0);
}

/// Modules that a file names although the table does not let it.
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
    let trespass = |(line, path): (usize, Vec<String>)| {
        let named = module_of(inside, &path)?;
        (known(named) && !allowed.contains(&named))
            .then(|| format!("{file}:{line} names `{named}`"))
    };
    paths(source).into_iter().filter_map(trespass).collect()
}

/// The child of the crate's root that a path leads to, if it starts at the root.
fn module_of<'a>(file: &str, path: &'a [String]) -> Option<&'a str> {
    let climbs = path.iter().take_while(|step| *step == "super").count();
    let depth = file.trim_end_matches("/mod.rs").split('/').count();
    let steps = match path.first()?.as_str() {
        "crate" => 1,
        "super" if climbs >= depth => climbs,
        _ => return None,
    };
    path.get(steps).map(String::as_str)
}

/// The name of a module by its path.
fn name_of(module: &str) -> &str {
    let name = module.rsplit('/').next().unwrap();
    name.trim_end_matches(".rs")
}

/// Crates and modules that a file names although they belong elsewhere.
fn foreigners(file: &str, source: &str) -> Vec<String> {
    if in_any(file, &[EDGE]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, path) in paths(source) {
        let written = path.join("::") + "::";
        let is_named = |name: &&&str| path.len() > 1 && written.starts_with(&format!("{name}::"));
        for (names, places) in ONLY_HERE {
            if let Some(name) = names.iter().find(is_named)
                && !in_any(file, places)
            {
                found.push(format!(
                    "{file}:{line} names `{name}`, which belongs to {places:?}"
                ));
            }
        }
        for (place, names) in NEVER {
            if let Some(name) = names.iter().find(is_named)
                && in_any(file, &[place])
            {
                found.push(format!(
                    "{file}:{line} names `{name}`, which {place} never does"
                ));
            }
        }
    }
    found
}

/// Casts to f32 where f64 is the rule.
fn single_precision(file: &str, source: &str) -> Vec<String> {
    if !in_any(file, &[DOUBLE_PRECISION]) || in_any(file, SINGLE_PRECISION) {
        return Vec::new();
    }
    let words = paths(source);
    let casts = words
        .windows(2)
        .filter(|pair| pair[0].1 == ["as"] && pair[1].1 == ["f32"]);
    casts
        .map(|pair| format!("{file}:{} casts to f32", pair[1].0))
        .collect()
}

/// What keeps a file from being read: no first line that says what it is for, or too many lines.
fn unreadable(file: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !source.starts_with("//! ") {
        found.push(format!(
            "{file}:1 does not say what the file is for (`//! ...`)"
        ));
    }
    let lines = source.lines().count();
    if lines > LONGEST && !TABLES.contains(&file) {
        found.push(format!(
            "{file} has {lines} lines, {LONGEST} are too many: which two nouns does it hold?"
        ));
    }
    found
}

/// Whether a file is one of some places or lies in one of them.
fn in_any(file: &str, places: &[&str]) -> bool {
    places.iter().any(|place| {
        file.strip_prefix(place)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
    })
}

/// A check over every source file of the workspace, of which there must be some.
fn trespasses_in_all(check: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    let mut files = rust_files(&root().join("src"));
    for member in fs::read_dir(root().join("crates")).unwrap() {
        files.extend(rust_files(&member.unwrap().path().join("src")));
    }
    assert!(files.len() > 100, "the sources were not found");
    let check_file = |path: &PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
        check(&name.replace('\\', "/"), &fs::read_to_string(path).unwrap())
    };
    files.iter().flat_map(check_file).collect()
}

fn assert_none(trespasses: &[String]) {
    assert!(trespasses.is_empty(), "\n{}", trespasses.join("\n"));
}

fn root() -> &'static Path {
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
