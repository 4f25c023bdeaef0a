//! Systems of the window, the server and movies: a structure, and the frames of its file.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use mlipview_core::chem::format::Configuration;
use mlipview_core::files::{self, Source};
use mlipview_core::potential::Request;
use mlipview_core::script::PlayedScript;
use mlipview_core::sim::timeline::FrameSource;
use mlipview_recording::{is_session, open_session, open_timeline};

use super::input::{apply, read_one};
use crate::cli::StructureArgs;

/// A simulated system from the command line.
pub(crate) struct System {
    /// The first frame of the timeline, or the only structure.
    pub(crate) configuration: Configuration,
    /// The recorded frames.
    pub(crate) timeline: Option<Arc<dyn FrameSource>>,
    /// The script of a session.
    pub(crate) script: PlayedScript,
    /// Rate of playback, frames/s, if the file has one; for the window.
    #[cfg_attr(
        not(feature = "viewer"),
        expect(dead_code, reason = "the window plays")
    )]
    pub(crate) rate: Option<f64>,
    /// The requested potential, if the file names one.
    pub(crate) potential: Option<Request>,
}

/// Opens a file with many frames, with the topology of the command line for XTC and DCD files; `None` for
/// other files. The frames are read as they are shown.
fn recorded(path: &Path, options: &StructureArgs) -> anyhow::Result<Option<System>> {
    let topology = match &options.topology {
        Some(topology) => files::read(topology)?
            .pop()
            .map(|last| Arc::new(last.structure)),
        None => None,
    };
    let Some(timeline) = open_timeline(path, topology)? else {
        return Ok(None);
    };
    let first = timeline.read(0)?.configuration();
    Ok(Some(System {
        timeline: Some(timeline),
        ..System::of(first)
    }))
}

/// Opens a session with its frames and its script.
fn session(path: &str) -> anyhow::Result<System> {
    let opened = open_session(Path::new(path)).with_context(|| format!("cannot open {path}"))?;
    for note in &opened.notes {
        eprintln!("mlipview: {path}: {note}");
    }
    Ok(System {
        script: opened.script(),
        rate: Some(opened.session.timeline.playback.rate.abs()),
        potential: opened.session.potential.clone(),
        configuration: opened.configuration,
        timeline: opened.timeline,
    })
}

/// Reads the system of an argument.
pub(crate) fn read(argument: &str, options: &StructureArgs) -> anyhow::Result<System> {
    let mut system = match Source::parse(argument) {
        Source::File(path) if is_session(&path) => session(&path)?,
        Source::File(file) => match files::split(&file) {
            (path, None) => match recorded(Path::new(path), options)? {
                Some(system) => system,
                None => return single(argument, options),
            },
            _ => return single(argument, options),
        },
        _ => return single(argument, options),
    };
    apply(options, &mut system.configuration.structure)?;
    Ok(system)
}

fn single(argument: &str, options: &StructureArgs) -> anyhow::Result<System> {
    Ok(System::of(read_one(argument, options)?.configuration))
}

impl System {
    /// A structure without recorded frames.
    fn of(configuration: Configuration) -> System {
        System {
            configuration,
            timeline: None,
            script: PlayedScript::default(),
            rate: None,
            potential: None,
        }
    }
}
