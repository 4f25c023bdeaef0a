//! Modules that foreign crates belong to, beyond the manifests.
//!
//! A new row, or a new place in one, is a decision: change ARCHITECTURE.md in the same commit.

use crate::paths::paths;
use crate::sources::{check_all, in_any};

/// The program may name every crate.
const PROGRAM: &str = "src";

/// Crates and modules, and the only places that may name them.
const ONLY_HERE: &[(&[&str], &[&str])] = &[
    (&["crate::xr"], &["crates/viewer/src/xr"]),
    (&["burn"], &["crates/uma/src", "crates/training/src"]),
    (
        &["prost"],
        &[
            "crates/server/src/session/wire",
            "crates/recording/src",
            "crates/telemetry/src/wire",
        ],
    ),
    (&["rapier3d"], &["crates/bodies/src/engine"]),
    (&["mcap", "binrw"], &["crates/recording/src"]),
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
            "sysinfo",
            "nvml_wrapper",
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
    // In `mlipview-uma` this is a module of burn.
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
            "crates/core/src/trajectory/mod.rs",
            "crates/imd/src/client",
            "crates/imd/src/server",
            "crates/ipi/src/server",
            "crates/recording/src/recorder",
            "crates/recording/src/reader/search.rs",
            "crates/recording/src/open",
            "crates/telemetry/src/command.rs",
            "crates/server/src/live",
            "crates/server/src/training",
            "crates/training/src/learning",
            "crates/viewer/src/app/render_thread.rs",
            "crates/viewer/src/simulation.rs",
        ],
    ),
    (
        &["std::time::Instant"],
        &[
            "crates/core/src/sim/thread.rs",
            "crates/server/src",
            "crates/training/src/learning/teacher.rs",
            "crates/training/src/run.rs",
            "crates/viewer/src",
            "python/src",
        ],
    ),
    (&["pyo3", "numpy"], &["python/src"]),
    (
        &["std::fs"],
        &[
            "crates/core/src/files",
            "crates/ipi/src/server/unix_socket.rs",
            "crates/core/src/potential/parameter_file.rs",
            "crates/uma/src/checkpoint",
            "crates/uma/src/models",
            "crates/uma/src/fixture.rs",
            "crates/recording/src/container/record.rs",
            "crates/recording/src/open",
            "crates/recording/src/reader/mod.rs",
            "crates/recording/src/writer/output.rs",
            "crates/telemetry/src/event_log",
            "crates/telemetry/src/sample_files.rs",
            "crates/training/src/files.rs",
            "crates/training/src/learning/label_file.rs",
            "crates/server/src",
            "crates/viewer/src",
        ],
    ),
    (
        &["std::env"],
        &[
            "crates/core/src/files",
            "crates/core/src/potential/simd/instruction_set.rs",
            "crates/uma/src/models",
            "crates/server/src",
            "crates/viewer/src",
        ],
    ),
    (
        &["std::net", "std::process"],
        &[
            "crates/core/src/files",
            "crates/imd/src/client",
            "crates/imd/src/server",
            "crates/ipi/src/server",
            "crates/ipi/src/stream.rs",
            "crates/server/src",
            "crates/viewer/src",
        ],
    ),
    (
        &["tempfile"],
        &[
            "crates/core/src/files/trajectory_file",
            "crates/viewer/src/app/movie/encode",
        ],
    ),
    (
        &["png", "gif", "color_quant", "image_webp"],
        &["crates/viewer/src/app/movie/encode"],
    ),
    (&["memmap2"], &["crates/uma/src/checkpoint"]),
    (&["sha2"], &["crates/uma/src/models"]),
    (
        &["nalgebra"],
        &[
            "crates/core/src/sim/propagate/relax",
            "crates/training/src/energy_reference.rs",
            "crates/training/src/expected_error.rs",
            "crates/training/src/feature_statistics.rs",
        ],
    ),
    (
        &["serde_path_to_error", "serde_ignored"],
        &["crates/core/src/json"],
    ),
    (&["csscolorparser"], &["crates/core/src/script"]),
    // In `mlipview-uma` for references of unit tests.
    (
        &["safetensors"],
        &[
            "crates/core/src/potential/network",
            "crates/uma/src/fixture.rs",
            "crates/training/src/network_file.rs",
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

/// Crates and modules that a place never names, although the folder around it may.
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

#[test]
fn each_foreign_crate_is_named_only_where_it_belongs() {
    check_all(misplaced);
}

#[test]
fn a_misplaced_crate_is_found_in_any_spelling() {
    let sim = "crates/core/src/sim/engine.rs";
    let count = |file: &str, source: &str| misplaced(file, source).len();
    assert_eq!(count(sim, "use crossbeam_channel::bounded;"), 1);
    assert_eq!(count(sim, "use std::{fmt, thread};"), 1);
    let inline = "fn f() -> anyhow::Result<()> { ::burn::go() }";
    assert_eq!(count(sim, inline), 2);
    let thread = "use std::{thread, time::Instant};";
    assert_eq!(count("crates/core/src/sim/thread.rs", thread), 0);
    assert_eq!(count("src/main.rs", "use clap::Parser;"), 0);
    assert_eq!(count(sim, "use std::threading; let anyhow = 1;"), 0);
    let scene = "crates/viewer/src/scene.rs";
    assert_eq!(count(scene, "use crate::xr::Rig;"), 1);
    let session = "crates/server/src/session/outbox.rs";
    assert_eq!(count(session, "use tokio::time::sleep;"), 1);
}

/// Crates and modules that a file names and that belong elsewhere.
fn misplaced(file: &str, source: &str) -> Vec<String> {
    if in_any(file, &[PROGRAM]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, path) in paths(source) {
        let text = path.join("::") + "::";
        let is_named = |name: &&&str| path.len() > 1 && text.starts_with(&format!("{name}::"));
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
