//! Structures as files hold them.
//!
//! Every reader takes bytes and gives the [`Configuration`]s in them, or a [`ParseError`] that names
//! the line, what was expected and what was found. No reader panics, whatever the bytes. Any file
//! may be compressed (see [`Compression`]).

mod alternates;
mod arrays;
mod beginning;
mod cif;
mod compression;
mod configuration;
mod cube;
mod cut_file;
mod cut_frame;
mod element_name;
mod encoding;
pub(in crate::chem) mod formal_charges;
mod gro;
mod hybrid36;
mod info;
mod kind;
mod lines;
mod lookup;
mod mol2;
mod molfile;
mod note;
pub(in crate::chem) mod nuclide;
mod number;
mod parse_error;
mod parts;
mod pdb;
mod poscar;
mod repeated_atoms;
mod residues;
mod selection;
mod site;
mod standard_rotation;
mod stream;
mod table;
mod total_charge;
mod trajectory;
mod virtual_sites;
mod write_error;
mod xdatcar;
pub mod xyz;

pub use compression::{Compression, MAX_DECOMPRESSED};
pub use configuration::{Configuration, Stream};
pub use info::{FormatInfo, Periodicity};
pub use kind::Format;
pub use note::{Note, Notes};
pub use parse_error::ParseError;
pub use selection::Selection;
pub use stream::{FrameWriter, stream};
pub use trajectory::{Trajectory, read_trajectory};
pub use write_error::WriteError;

use compression::CutMark;
use info::Reader;

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
        let mark = CutMark::default();
        let content = compression::decompressed(bytes, MAX_DECOMPRESSED, &mark)?;
        let mut content = encoding::decoded(content);
        let format = Format::of(name, &content).ok_or_else(unknown)?;
        if mark.cut().is_some() {
            content = cut_file::whole_records(content, format.info().record_end);
        }
        let read = match format.info().read {
            Reader::Whole(read) => read(&content).and_then(|all| pick(all, selection)),
            // Long trajectories are in such a format: what is not selected is not read.
            Reader::ByFrame { read, .. } => read(&content, selection),
            Reader::OverTopology => Err(ParseError::whole(
                "a topology: another file that names the atoms of this trajectory",
                format!("{} alone, which holds positions only", format.title()),
            )),
        };
        cut_file::noted(read, &mark)
    };
    read().map_err(|error| error.in_file(name))
}

/// The file that holds the configurations, in the format that its name stands for, compressed if
/// the name ends so.
///
/// # Errors
/// If no format has that name, we do not write it, or it cannot hold what is to be written.
pub fn write(configurations: &[Configuration], name: &str) -> Result<Vec<u8>, WriteError> {
    let format = Format::to_write(name)?;
    let content = write_as(configurations, format)?;
    Ok(match Compression::split(name).1 {
        Some(compression) => compression.compress(&content),
        None => content,
    })
}

/// The content of a file that holds the configurations in a format.
///
/// # Errors
/// If we do not write the format, or it cannot hold what is to be written.
pub fn write_as(configurations: &[Configuration], format: Format) -> Result<Vec<u8>, WriteError> {
    let write = format.info().write;
    write.ok_or_else(|| Format::read_only(format.title()))?(configurations)
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
    let endings = Format::endings(|_| true);
    let expected = format!("a name ending in {endings}, or content that looks like one of these");
    ParseError::whole(expected, "neither")
}
