//! Structures as the command line names them.

use anyhow::{Context, bail};
use mlipview_core::chem::format::{Compression, Configuration, Notes, Selection};
use mlipview_core::chem::query::AtomQuery;
use mlipview_core::chem::{Structure, library};
use mlipview_core::files;

use crate::cli::StructureChoice;

/// A structure and what to call it.
pub(crate) struct Input {
    /// As it was named, with its place if it is one of several.
    pub(crate) name: String,
    /// What the file says.
    pub(crate) configuration: Configuration,
}

/// Structures, one after another.
type Inputs<'a> = Box<dyn Iterator<Item = anyhow::Result<Input>> + 'a>;

/// What an argument names, frame by frame; a file named without a frame means `otherwise`.
pub(super) fn read<'a>(
    argument: &'a str,
    otherwise: Selection,
    choice: &'a StructureChoice,
) -> anyhow::Result<Inputs<'a>> {
    let configurations = configurations(argument, otherwise, choice)?;
    Ok(Box::new(configurations.enumerate().map(
        move |(number, configuration)| {
            let mut configuration = configuration?;
            apply(choice, &mut configuration.structure)?;
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

/// The one structure that an argument names: of a file named without a frame, the last.
pub(crate) fn read_one(argument: &str, choice: &StructureChoice) -> anyhow::Result<Input> {
    let mut inputs = read(argument, Selection::LAST, choice)?;
    let input = inputs
        .next()
        .with_context(|| format!("{argument} names no structure"))??;
    if inputs.next().is_some() {
        bail!("{argument} names several structures, and one is wanted: choose one, as in FILE@0");
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

/// The name for files made from an argument: `dir/cu.xyz.gz@3` and `library:cu` give "cu".
pub(super) fn stem(argument: &str) -> String {
    let path = files::split(argument).0;
    let path = path.strip_prefix("library:").unwrap_or(path);
    let path = if path.starts_with("smiles:") {
        "molecule"
    } else {
        path
    };
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let file = Compression::split(file).0;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if stem.is_empty() {
        "structure".to_owned()
    } else {
        stem.to_owned()
    }
}

fn configurations<'a>(
    argument: &str,
    otherwise: Selection,
    choice: &StructureChoice,
) -> anyhow::Result<Box<dyn Iterator<Item = anyhow::Result<Configuration>> + 'a>> {
    if let Some(entry) = built_in(argument)? {
        return Ok(Box::new(std::iter::once(Ok(entry.structure()?.into()))));
    }
    if let Some(text) = argument.strip_prefix("smiles:") {
        return Ok(Box::new(std::iter::once(Ok(molecule(text)?.into()))));
    }
    let (path, selection) = files::split(argument);
    if !path.contains(['.', '/', '\\']) && !std::path::Path::new(path).exists() {
        bail!(
            "there is no file and no built-in structure called '{path}'; `mlipview library` lists \
             the built-in ones"
        );
    }
    let selection = selection.unwrap_or(otherwise);
    let Some(topology) = &choice.topology else {
        return Ok(Box::new(
            files::frames(path, selection)?.map(|frame| Ok(frame?)),
        ));
    };
    let Some(topology) = files::read(topology)?.pop() else {
        bail!("{topology} has no frame")
    };
    let frames = files::trajectory(path, &topology.structure, selection)?;
    Ok(Box::new(frames.into_iter().map(Ok)))
}

/// The built-in structure that is meant: by `library:KEY`, or by a key alone where no file is called
/// so.
fn built_in(argument: &str) -> anyhow::Result<Option<&'static library::Entry>> {
    let Some(key) = argument.strip_prefix("library:") else {
        let is_file = std::path::Path::new(argument).exists();
        return Ok(library::find(argument).filter(|_| !is_file));
    };
    let entry = library::find(key).with_context(|| {
        format!("there is no built-in structure '{key}'; `mlipview library` lists them")
    })?;
    Ok(Some(entry))
}

#[cfg(feature = "smiles")]
fn molecule(smiles: &str) -> anyhow::Result<Structure> {
    Ok(mlipview_core::chem::smiles::structure(smiles, 0)?)
}

#[cfg(not(feature = "smiles"))]
fn molecule(_smiles: &str) -> anyhow::Result<Structure> {
    bail!("this program was built without SMILES; build it with its default features")
}

fn apply(choice: &StructureChoice, structure: &mut Structure) -> anyhow::Result<()> {
    if let Some(charge) = choice.charge {
        structure.charge = charge;
    }
    if let Some(multiplicity) = choice.multiplicity {
        structure.set_multiplicity(multiplicity)?;
    }
    if let Some(fix) = &choice.fix {
        let query = AtomQuery::parse(fix).context("in --fix")?;
        let mask = query.mask(structure).context("in --fix")?;
        for (fixed, chosen) in structure.fixed_mut().iter_mut().zip(mask) {
            *fixed |= chosen;
        }
    }
    Ok(())
}
