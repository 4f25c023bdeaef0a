//! The layer table of `ARCHITECTURE.md`, kept true.
//!
//! A new arrow between rooms, or a crate named in a new place, is a decision: it is made here and in
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

/// The rooms, and the rooms each may name beside itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("chem", &[]),
    ("potential", &["chem"]),
    ("sim", &["chem", "potential"]),
    ("files", &["chem"]),
    ("session", &["chem", "sim"]),
    ("server", &["chem", "potential", "sim", "session"]),
    ("viewer", &["chem", "potential", "sim", "files"]),
    ("xr", &["chem", "sim", "viewer"]),
];

/// Where the program meets the terminal: the only files that may name every room.
const EDGE: &[&str] = &["main.rs", "cli", "headless", "desktop"];

/// What only some places may name: (paths, places).
const ONLY_HERE: &[(&[&str], &[&str])] = &[
    (&["crate::potential::uma"], &["potential/uma"]),
    (&["burn"], &["potential/uma"]),
    (&["prost"], &["session/wire"]),
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
            "tracing_subscriber",
            "tungstenite",
        ],
        &["server"],
    ),
    (&["tracing"], &["server"]),
    (&["bevy"], &["viewer", "xr"]),
    (
        &["egui", "bevy_egui", "egui_plot"],
        &["viewer/panels", "viewer/third_party"],
    ),
    (&["openxr", "ash"], &["xr/third_party"]),
    // (In `potential/uma` it is a module of burn.)
    (&["wgpu"], &["xr/third_party", "potential/uma"]),
    (
        &["crossbeam_channel", "std::thread", "std::sync::mpsc"],
        &[
            "sim/inbox.rs",
            "sim/thread.rs",
            "sim/hub.rs",
            "viewer/bridge.rs",
        ],
    ),
    (
        &["std::time::Instant"],
        &["sim/thread.rs", "server", "viewer", "xr"],
    ),
    (
        &["std::fs"],
        &[
            "files.rs",
            "potential/checkpoint",
            "potential/models",
            "potential/uma/fixture.rs",
            "server",
            "viewer",
            "xr",
        ],
    ),
    (
        &["std::env"],
        &[
            "files.rs",
            "potential/models",
            "potential/simd/processor.rs",
            "server",
            "viewer",
            "xr",
        ],
    ),
    (
        &["std::net", "std::process"],
        &["files.rs", "server", "viewer", "xr"],
    ),
    (&["memmap2"], &["potential/checkpoint"]),
    (&["sha2"], &["potential/models"]),
    (&["bytemuck", "wgpu_types"], &["viewer"]),
    (&["rfd"], &["viewer/third_party"]),
    (&["nalgebra"], &["sim/propagate/relax"]),
    // (Files, for what the tests of UMA compare with.)
    (
        &["safetensors"],
        &["potential/nano", "potential/uma/fixture.rs"],
    ),
    (&["std::arch"], &["potential/simd"]),
    (
        &[
            "chematic_core",
            "chematic_smiles",
            "chematic_chem",
            "chematic_3d",
        ],
        &["chem/smiles"],
    ),
    (
        &["clap", "clap_complete", "anyhow", "indicatif", "ctrlc"],
        &[],
    ),
];

/// Rooms that calculate in f64, and the parts of them that do not.
const DOUBLE_PRECISION: &[&str] = &["chem", "potential", "sim"];
const SINGLE_PRECISION: &[&str] = &["potential/uma", "potential/nano", "potential/checkpoint"];

/// Past this many lines a file holds two nouns. Tables may be as long as what they list.
const LONGEST: usize = 600;
const TABLES: &[&str] = &["chem/element/table.rs"];

#[test]
fn each_room_names_only_the_rooms_below_it() {
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
fn the_map_names_every_room() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            map.contains(&format!("`{}`", name.trim_end_matches(".rs")))
                || map.contains(&format!("`{name}`")),
            "ARCHITECTURE.md does not name `{name}`"
        );
        let room = name.trim_end_matches(".rs");
        assert!(
            room == "lib"
                || in_any(&name, EDGE)
                || MAY_IMPORT.iter().any(|(other, _)| *other == room),
            "`{name}` has no line in the layer table"
        );
    }
    assert!(
        map.lines().count() <= 250,
        "ARCHITECTURE.md is longer than 250 lines"
    );
}

#[test]
fn a_trespass_is_seen_however_it_is_written() {
    let sees = |file: &str, source: &str| imports(file, source).len();
    assert_eq!(sees("chem/mod.rs", "use crate::sim::State;"), 1);
    assert_eq!(
        sees(
            "chem/mod.rs",
            "use crate::{chem::Cell, potential::{self, Potential}, sim};"
        ),
        3
    );
    assert_eq!(sees("chem/mod.rs", "use super::sim::State;"), 1);
    assert_eq!(
        sees("chem/format/mod.rs", "fn f() { super::super::sim::run() }"),
        1
    );
    assert_eq!(
        sees(
            "sim/engine.rs",
            "type P = Box<dyn mlipview::viewer::Scene>;"
        ),
        1
    );
    assert_eq!(
        imports("chem/mod.rs", "\n\nuse crate::sim;"),
        ["src/chem/mod.rs:3 names `sim`"]
    );

    assert_eq!(
        sees(
            "sim/engine.rs",
            "use crate::{chem::Cell, potential::Potential};"
        ),
        0
    );
    assert_eq!(
        sees(
            "chem/mod.rs",
            "// use crate::sim;\n/* crate::sim */ \"crate::sim\"; r#\"\"crate::sim\"#; '\"'"
        ),
        0
    );
    assert_eq!(sees("xr/rig.rs", "use super::session::Session;"), 0);
    assert_eq!(sees("command_line/mod.rs", "use mlipview::{chem, sim};"), 0);

    let sees = |file: &str, source: &str| foreigners(file, source).len();
    assert_eq!(sees("sim/engine.rs", "use crossbeam_channel::bounded;"), 1);
    assert_eq!(sees("sim/engine.rs", "use std::{fmt, thread};"), 1);
    assert_eq!(
        sees(
            "sim/mod.rs",
            "fn f() -> anyhow::Result<()> { ::burn::go() }"
        ),
        2
    );
    assert_eq!(
        sees("sim/thread.rs", "use std::{thread, time::Instant};"),
        0
    );
    assert_eq!(sees("main.rs", "use clap::Parser;"), 0);
    assert_eq!(
        sees("chem/mod.rs", "use std::threading; let anyhow = 1;"),
        0
    );

    assert_eq!(
        single_precision("sim/state.rs", "let x = y as\n  f32;").len(),
        1
    );
    assert_eq!(
        single_precision("viewer/bridge.rs", "let x = y as f32;").len(),
        0
    );
    assert_eq!(
        single_precision("sim/state.rs", "// as f32\nlet x = f64::from(y);").len(),
        0
    );

    assert_eq!(unreadable("sim/state.rs", "use std::fmt;").len(), 1);
    assert_eq!(
        unreadable(
            "sim/state.rs",
            &format!("//! State.\n{}", "\n".repeat(LONGEST))
        )
        .len(),
        1
    );
    assert_eq!(unreadable("sim/state.rs", "//! State.").len(), 0);
}

/// Rooms that a file names although the table does not let it.
fn imports(file: &str, source: &str) -> Vec<String> {
    let room = file.split(['/', '.']).next().unwrap();
    let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else {
        return Vec::new();
    };
    let trespass = |(line, path): (usize, Vec<String>)| {
        let named = room_of(file, &path)?;
        let known = MAY_IMPORT.iter().any(|(name, _)| *name == named);
        (known && named != room && !allowed.contains(&named))
            .then(|| format!("src/{file}:{line} names `{named}`"))
    };
    paths(source).into_iter().filter_map(trespass).collect()
}

/// The child of the crate's root that a path leads to, if it starts at the root.
fn room_of<'a>(file: &str, path: &'a [String]) -> Option<&'a str> {
    let climbs = path.iter().take_while(|step| *step == "super").count();
    let depth = file.trim_end_matches("/mod.rs").split('/').count();
    let steps = match path.first()?.as_str() {
        "crate" | "mlipview" => 1,
        "super" if climbs >= depth => climbs,
        _ => return None,
    };
    path.get(steps).map(String::as_str)
}

/// Crates and modules that a file names although they belong elsewhere.
fn foreigners(file: &str, source: &str) -> Vec<String> {
    if in_any(file, EDGE) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, path) in paths(source) {
        let written = path.join("::") + "::";
        for (names, places) in ONLY_HERE {
            let name = names
                .iter()
                .find(|name| path.len() > 1 && written.starts_with(&format!("{name}::")));
            if let Some(name) = name
                && !in_any(file, places)
            {
                found.push(format!(
                    "src/{file}:{line} names `{name}`, which belongs to {places:?}"
                ));
            }
        }
    }
    found
}

/// Casts to f32 in rooms that calculate in f64.
fn single_precision(file: &str, source: &str) -> Vec<String> {
    if !in_any(file, DOUBLE_PRECISION) || in_any(file, SINGLE_PRECISION) {
        return Vec::new();
    }
    let words = paths(source);
    let casts = words
        .windows(2)
        .filter(|pair| pair[0].1 == ["as"] && pair[1].1 == ["f32"]);
    casts
        .map(|pair| format!("src/{file}:{} casts to f32", pair[1].0))
        .collect()
}

/// What keeps a file from being read: no first line that says what it is for, or too many lines.
fn unreadable(file: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !source.starts_with("//! ") {
        found.push(format!(
            "src/{file}:1 does not say what the file is for (`//! ...`)"
        ));
    }
    let lines = source.lines().count();
    if lines > LONGEST && !TABLES.contains(&file) {
        found.push(format!(
            "src/{file} has {lines} lines, {LONGEST} are too many: which two nouns does it hold?"
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

/// A check over every file under `src`, which must not be empty.
fn trespasses_in_all(check: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    let folder = root().join("src");
    let files = rust_files(&folder);
    assert!(
        files.len() > 10,
        "the sources were not found in {}",
        folder.display()
    );
    let check_file = |path: &PathBuf| {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap();
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
