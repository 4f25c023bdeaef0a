//! Structures of command line arguments.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{Configuration, FrameSelection, Notes};
use mlipview_core::chem::query::AtomQuery;
use mlipview_core::files::{self, Source};
use mlipview_recording::{is_recording, open_timeline};

use crate::cli::StructureArgs;

/// A configuration and its name in output.
pub(crate) struct Input {
    /// The argument; " (+N)" is appended to all but the first frame.
    pub(crate) name: String,
    /// The configuration, with the charge, multiplicity and fixed atoms of the command line.
    pub(crate) configuration: Configuration,
}

/// Iterator over configurations.
type Frames = Box<dyn Iterator<Item = anyhow::Result<Configuration>>>;

/// Iterator over inputs.
type Inputs<'a> = Box<dyn Iterator<Item = anyhow::Result<Input>> + 'a>;

/// Reads the frames of an argument; `default` selects frames of a file without a selection.
pub(super) fn read<'a>(
    argument: &'a str,
    default: FrameSelection,
    options: &'a StructureArgs,
) -> anyhow::Result<Inputs<'a>> {
    let frames = frames(argument, default, options)?;
    Ok(Box::new(frames.enumerate().map(
        move |(number, configuration)| {
            let mut configuration = configuration?;
            apply(options, &mut configuration.structure)?;
            let name = match number {
                0 => argument.to_owned(),
                _ => format!("{argument} (+{number})"),
            };
            Ok(Input {
                name,
                configuration,
            })
        },
    )))
}

/// Reads the only structure of an argument [default of a file: the last frame].
pub(crate) fn read_one(argument: &str, options: &StructureArgs) -> anyhow::Result<Input> {
    let mut inputs = read(argument, FrameSelection::LAST, options)?;
    let input = inputs
        .next()
        .with_context(|| format!("{argument} selects no structure"))??;
    if inputs.next().is_some() {
        bail!("{argument} selects several structures, expected one: select a frame, as in FILE@0");
    }
    report_notes(argument, &input.configuration.notes);
    Ok(input)
}

/// Writes the reader's notes to the terminal.
pub(super) fn report_notes(name: &str, notes: &Notes) {
    for note in notes.sentences() {
        eprintln!("mlipview: {name}: {note}");
    }
}

/// The selected frames of a recording.
fn recorded(path: &str, selection: FrameSelection) -> anyhow::Result<Frames> {
    let recording = open_timeline(Path::new(path), None)?;
    let recording = recording.with_context(|| format!("{path} is not a recording"))?;
    while recording.searched() < 1.0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    if let Some(error) = recording.search_error() {
        eprintln!("mlipview: {path}: {error}");
    }
    eprintln!(
        "mlipview: {path}: a recording of {} frames",
        recording.len()
    );
    let len = usize::try_from(recording.len())?;
    let chosen = selection.of(len).with_context(|| format!("in {path}"))?;
    let frames = chosen.into_iter().map(move |index| {
        let frame = recording.read(index as u64)?;
        let mut configuration = frame.configuration();
        // A recording without forces has the energy alone.
        configuration.energy = configuration.energy.or(recording.energy(index as u64));
        Ok(configuration)
    });
    Ok(Box::new(frames))
}

/// Reads the frames of an argument, with the topology of the command line for XTC and DCD files.
fn frames(
    argument: &str,
    default: FrameSelection,
    options: &StructureArgs,
) -> anyhow::Result<Frames> {
    let source = Source::parse(argument);
    if let Source::File(argument) = &source {
        let (path, selection) = files::split(argument);
        if is_recording(Path::new(path)) {
            return recorded(path, selection.unwrap_or(default));
        }
    }
    let topology = match (&source, &options.topology) {
        (Source::File(_), Some(path)) => {
            let last = files::read(path)?.pop();
            Some(last.with_context(|| format!("{path} has no frame"))?)
        }
        _ => None,
    };
    let topology = topology.as_ref().map(|topology| &topology.structure);
    let frames = source.frames(default, topology)?;
    Ok(Box::new(frames.map(|frame| Ok(frame?))))
}

pub(super) fn apply(options: &StructureArgs, structure: &mut Structure) -> anyhow::Result<()> {
    if let Some(charge) = options.charge {
        structure.charge = charge;
    }
    if let Some(multiplicity) = options.multiplicity {
        structure.set_multiplicity(multiplicity)?;
    }
    if let Some(fix) = &options.fix {
        let query = AtomQuery::parse(fix).context("in --fix")?;
        let mask = query.mask(structure).context("in --fix")?;
        for (fixed, chosen) in structure.fixed_mut().iter_mut().zip(mask) {
            *fixed |= chosen;
        }
    }
    Ok(())
}
