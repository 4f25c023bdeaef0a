//! Systems of the window, the server and movies: a structure, and the frames of its file.

use std::path::Path;
use std::sync::Arc;

use mlipview_core::chem::format::Configuration;
use mlipview_core::files::{self, Source};
use mlipview_core::sim::timeline::FrameSource;
use mlipview_recording::open_timeline;

use super::input::{apply, read_one};
use crate::cli::StructureArgs;

/// Opens the frames of a file argument without a selection, if there are many, with the topology of the
/// command line for XTC and DCD files. They are read as they are shown.
fn timeline(
    argument: &str,
    options: &StructureArgs,
) -> anyhow::Result<Option<Arc<dyn FrameSource>>> {
    let Source::File(argument) = Source::parse(argument) else {
        return Ok(None);
    };
    let (path, None) = files::split(&argument) else {
        return Ok(None);
    };
    let topology = match &options.topology {
        Some(topology) => files::read(topology)?
            .pop()
            .map(|last| Arc::new(last.structure)),
        None => None,
    };
    Ok(open_timeline(Path::new(path), topology)?)
}

/// A simulated system from the command line: the first frame of a timeline, or the only structure.
pub(crate) fn read(
    argument: &str,
    options: &StructureArgs,
) -> anyhow::Result<(Configuration, Option<Arc<dyn FrameSource>>)> {
    let Some(timeline) = timeline(argument, options)? else {
        return Ok((read_one(argument, options)?.configuration, None));
    };
    let mut configuration = timeline.read(0)?.configuration();
    apply(options, &mut configuration.structure)?;
    Ok((configuration, Some(timeline)))
}
