//! Structures as files hold them.
//!
//! Every reader takes bytes and gives the [`Configuration`]s in them, or a [`ParseError`] that names
//! the line, what was expected and what was found. No reader panics, whatever the bytes. Any file
//! may be compressed by gzip.

mod cif;
mod configuration;
mod error;
mod gzip;
mod hybrid36;
mod kind;
mod lines;
mod molfile;
mod note;
pub(in crate::chem) mod nuclide;
mod pdb;
mod poscar;
mod residues;
mod selection;
mod stream;
mod trajectory;
pub mod xyz;

pub use configuration::Configuration;
pub use error::{ParseError, WriteError};
pub use gzip::LARGEST_UNFOLDED;
pub use kind::Format;
pub use note::{Note, Notes};
pub use selection::Selection;
pub use stream::{FrameWriter, Stream, stream};
pub use trajectory::{Trajectory, read_trajectory};

/// The selected frames of a file, whose name tells its format where its content does not.
///
/// # Errors
/// If the format is not known, the content is not in it, or nothing is selected.
pub fn read(
    bytes: &[u8],
    name: &str,
    selection: Selection,
) -> Result<Vec<Configuration>, ParseError> {
    let read = || {
        let content = gzip::unfolded(bytes, LARGEST_UNFOLDED)?;
        let format = Format::of(name, &content).ok_or_else(unknown)?;
        read_selected(&content, format, selection)
    };
    read().map_err(|error| error.in_file(name))
}

/// The file that holds the configurations, in the format that its name stands for, compressed if
/// the name ends in `.gz`.
///
/// # Errors
/// If no format has that name, we do not write it, or it cannot hold what is to be written.
pub fn write(configurations: &[Configuration], name: &str) -> Result<Vec<u8>, WriteError> {
    let format = Format::of_name(name).ok_or_else(|| WriteError::UnknownName(name.to_owned()))?;
    let content = write_as(configurations, format)?;
    if name.to_ascii_lowercase().ends_with(".gz") {
        return Ok(gzip::folded(&content));
    }
    Ok(content)
}

/// The content of a file that holds the configurations in a format.
///
/// # Errors
/// If we do not write the format, or it cannot hold what is to be written.
pub fn write_as(configurations: &[Configuration], format: Format) -> Result<Vec<u8>, WriteError> {
    match format {
        Format::ExtendedXyz => xyz::write(configurations),
        Format::PlainXyz => xyz::write_plain(configurations),
        Format::Poscar => poscar::write(configurations),
        Format::Pdb => pdb::write(configurations),
        Format::Mol => molfile::write_mol(configurations),
        Format::Sdf => molfile::write_sdf(configurations),
        Format::Mmcif => cif::write_macromolecule(configurations),
        Format::Cif => cif::write_crystal(configurations),
        Format::Xtc | Format::Dcd => Err(WriteError::ReadOnly(format.title())),
    }
}

fn read_selected(
    content: &[u8],
    format: Format,
    selection: Selection,
) -> Result<Vec<Configuration>, ParseError> {
    let all = match format {
        // Long trajectories are in this format: what is not selected is not read.
        Format::ExtendedXyz | Format::PlainXyz => return xyz::read(content, selection),
        Format::Poscar => poscar::read(content)?,
        Format::Pdb => pdb::read(content)?,
        Format::Mol | Format::Sdf => molfile::read(content)?,
        Format::Mmcif | Format::Cif => cif::read(content)?,
        Format::Xtc | Format::Dcd => {
            return Err(ParseError::whole(
                "a topology: another file that names the atoms of this trajectory",
                format!("{} alone, which holds positions only", format.title()),
            ));
        }
    };
    pick(all, selection)
}

fn pick(all: Vec<Configuration>, selection: Selection) -> Result<Vec<Configuration>, ParseError> {
    let frames = selection.of(all.len())?;
    if frames.iter().is_sorted() {
        let mut wanted = frames.into_iter().peekable();
        let each = all.into_iter().enumerate();
        let picked = each.filter(|(frame, _)| wanted.next_if_eq(frame).is_some());
        return Ok(picked.map(|(_, configuration)| configuration).collect());
    }
    Ok(frames.iter().map(|&frame| all[frame].clone()).collect())
}

fn unknown() -> ParseError {
    ParseError::whole(
        "a name ending in .xyz, .extxyz, .vasp, .pdb, .mmcif, .cif, .mol, .sdf, .xtc or .dcd, or \
         content that looks like one of these",
        "neither",
    )
}
