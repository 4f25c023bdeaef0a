//! VASP structure files POSCAR and CONTCAR (<https://www.vasp.at/wiki/index.php/POSCAR>), and grid files
//! with the same header: CHGCAR, LOCPOT, PARCHG, ELFCAR.
//!
//! The reader accepts files with or without element symbols, one scale, a volume or three scales,
//! selective dynamics, direct and Cartesian coordinates, and velocities; it notes text and grids after
//! the positions. The writer writes symbols, direct coordinates, selective dynamics and velocities.

mod header;
mod sniff;
mod species;
mod tail;
mod write;

use glam::DVec3;

use super::lines::{Line, Lines, quoted, text};
use super::note::{MOVE_MASK, Notes, note_partial_motion};
use super::{Configuration, ParseError};
use crate::chem::Structure;
use crate::chem::properties::{Column, Data};

pub(super) use header::Header;
pub(super) use sniff::{is_heading, sniff_poscar, sniff_xdatcar};
pub(super) use write::write;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let mut lines = Lines::new(&text);
    let header = Header::read(&mut lines)?;
    let mut notes = header.notes.clone();
    let mode = lines.expect("'Selective dynamics', 'Direct' or 'Cartesian'")?;
    let selective = mode.text.trim_start().starts_with(['S', 's']);
    let mode = if selective {
        lines.expect("'Direct' or 'Cartesian'")?
    } else {
        mode
    };
    let direct = is_direct(mode, &mut notes)?;

    let atoms = header.nuclides.len();
    let mut positions = Vec::new();
    let mut movable = Vec::new();
    for atom in 0..atoms {
        let what = format!("three coordinates of atom {} of {atoms}", atom + 1);
        let line = lines.expect(&what)?;
        let point = DVec3::from(line.reals::<3>(&what)?);
        positions.push(if direct {
            header.cell.cartesian(point)
        } else {
            header.scale * point
        });
        if selective {
            movable.push(read_flags(line)?);
        }
    }

    let mut structure = header.structure(positions)?;
    fix(&mut structure, &movable)?;
    let velocities = tail::read(&mut lines, atoms, &mut notes)?;
    note_partial_motion(&structure, &mut notes);
    Ok(vec![Configuration {
        velocities,
        notes,
        ..Configuration::from(structure)
    }])
}

/// Whether coordinates are direct: as in VASP, unless the first letter is C or K.
fn is_direct(mode: Line<'_>, notes: &mut Notes) -> Result<bool, ParseError> {
    match mode.text.trim_start().chars().next() {
        Some('C' | 'c' | 'K' | 'k') => return Ok(false),
        Some('D' | 'd') => return Ok(true),
        _ => {}
    }
    const EXPECTED: &str = "'Direct' or 'Cartesian'";
    if mode.reals::<3>(EXPECTED).is_ok() {
        return Err(mode.error(EXPECTED));
    }
    let shown = quoted(mode.text);
    notes.at(
        mode.number,
        format!("{shown} is read as 'Direct', as VASP reads it"),
    );
    Ok(true)
}

/// Fortran logicals: T, F, .TRUE., .FALSE.
fn read_flags(line: Line<'_>) -> Result<[bool; 3], ParseError> {
    let mut flags = [true; 3];
    let mut words = line.words().skip(3);
    for flag in &mut flags {
        let word = words.next().unwrap_or_default();
        *flag = match word.trim_start_matches('.').chars().next() {
            Some('T' | 't') => true,
            Some('F' | 'f') => false,
            _ => return Err(line.found("a flag T or F for each coordinate", word)),
        };
    }
    Ok(flags)
}

fn fix(structure: &mut Structure, movable: &[[bool; 3]]) -> Result<(), ParseError> {
    for (fixed, flags) in structure.fixed_mut().iter_mut().zip(movable) {
        *fixed = *flags == [false; 3];
    }
    if movable
        .iter()
        .any(|flags| flags.contains(&true) && flags.contains(&false))
    {
        let flags = Data::Bools(movable.as_flattened().to_vec());
        if let Some(column) = Column::new(flags, 3) {
            structure
                .set_array(MOVE_MASK, column)
                .map_err(ParseError::atoms)?;
        }
    }
    Ok(())
}
