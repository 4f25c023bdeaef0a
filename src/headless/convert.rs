//! `mlipview convert`.

use std::io::Write;

use anyhow::{Context, bail};
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{Configuration, Format, Periodicity, Selection};
use mlipview_core::files;

use super::{DONE, input, interrupt};
use crate::cli::Convert;

pub(super) fn run(arguments: &Convert) -> anyhow::Result<u8> {
    let repeat = arguments.repeat.as_deref().map(parse_repeat).transpose()?;
    let path = arguments.output.to_string_lossy();
    let mut output = files::TrajectoryWriter::create(&path)?;
    let mut count = 0_u64;
    let mut last = None;
    for input in input::read(&arguments.input, Selection::ALL, &arguments.structure)? {
        if interrupt::requested() {
            break;
        }
        let input = input?;
        // Frames of one file repeat the same notes; the last one's may say that the file is cut short.
        if count == 0 {
            input::report_notes(&input.name, &input.configuration.notes);
        } else {
            last = Some((input.name, input.configuration.notes.clone()));
        }
        let mut configuration = input.configuration;
        if arguments.wrap {
            wrap(&mut configuration.structure)?;
        }
        if let Some(counts) = repeat {
            // Energies and forces are those of one cell, and not of so many.
            check_size(&configuration.structure, counts)?;
            configuration = Configuration::from(configuration.structure.repeat(counts)?);
        }
        if count == 0 {
            warn_of_periodicity(&path, &configuration.structure);
        }
        output.push(&configuration)?;
        count += 1;
    }
    if let Some((name, notes)) = last {
        input::report_notes(&name, &notes);
    }
    output.finish()?;
    writeln!(std::io::stdout(), "{count} structures written to {path}")?;
    Ok(interrupt::code(DONE))
}

/// Some formats know only cells that repeat along all three axes.
fn warn_of_periodicity(path: &str, structure: &Structure) {
    let three =
        Format::of_name(path).is_some_and(|format| format.info().periodicity == Periodicity::Three);
    let fewer = structure
        .cell
        .as_ref()
        .is_some_and(|cell| cell.periodic() != [true; 3]);
    if three && fewer {
        eprintln!(
            "mlipview: {path} cannot say that the cell repeats along some axes only; readers will \
             take all three"
        );
    }
}

/// More atoms than this are a slip of the finger rather than a supercell.
const MAX_ATOMS: u64 = 50_000_000;

fn check_size(structure: &Structure, counts: [u32; 3]) -> anyhow::Result<()> {
    let copies = counts
        .iter()
        .try_fold(structure.len() as u64, |product, &count| {
            product.checked_mul(u64::from(count))
        });
    match copies {
        Some(atoms) if atoms <= MAX_ATOMS => Ok(()),
        _ => bail!("--repeat {counts:?} makes more than {MAX_ATOMS} atoms; choose smaller numbers"),
    }
}

fn wrap(structure: &mut Structure) -> anyhow::Result<()> {
    let cell = structure
        .cell
        .clone()
        .context("--wrap needs a cell, and there is none")?;
    for position in structure.positions_mut() {
        *position = cell.wrap(*position);
    }
    Ok(())
}

fn parse_repeat(text: &str) -> anyhow::Result<[u32; 3]> {
    let counts: Result<Vec<u32>, _> = text.split('x').map(str::parse).collect();
    match counts.as_deref() {
        Ok(&[n, m, k]) if n.min(m).min(k) > 0 => Ok([n, m, k]),
        _ => bail!("--repeat takes three numbers from 1, as in 2x2x1, not '{text}'"),
    }
}
