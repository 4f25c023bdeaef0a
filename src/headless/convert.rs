//! The command `mlipview convert`: writes structures in another format.

use std::io::Write;

use anyhow::{Context, bail};
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{Configuration, Format, FrameSelection, Periodicity};
use mlipview_core::files;

use super::exit_code::DONE;
use super::{input, interrupt};
use crate::cli::ConvertArgs;

pub(super) fn run(arguments: &ConvertArgs) -> anyhow::Result<u8> {
    let repeat = arguments.repeat.as_deref().map(parse_repeat).transpose()?;
    let path = arguments.output.to_string_lossy();
    let mut output = files::TrajectoryWriter::create(&path)?;
    let mut count = 0_u64;
    let mut last_notes = None;
    for input in input::read(&arguments.input, FrameSelection::ALL, &arguments.structure)? {
        if interrupt::requested() {
            break;
        }
        let input = input?;
        // Frames of a file repeat their notes; only the last may add that the file is truncated.
        if count == 0 {
            input::report_notes(&input.name, &input.configuration.notes);
        } else {
            last_notes = Some((input.name, input.configuration.notes.clone()));
        }
        let mut configuration = input.configuration;
        if arguments.wrap {
            wrap(&mut configuration.structure)?;
        }
        if let Some(counts) = repeat {
            // Energies and forces of one cell do not hold for the supercell: they are dropped.
            check_size(&configuration.structure, counts)?;
            configuration = Configuration::from(configuration.structure.repeat(counts)?);
        }
        if count == 0 {
            warn_about_periodicity(&path, &configuration.structure);
        }
        output.push(&configuration)?;
        count += 1;
    }
    if let Some((name, notes)) = last_notes {
        input::report_notes(&name, &notes);
    }
    output.finish()?;
    writeln!(std::io::stdout(), "{count} structures written to {path}")?;
    Ok(interrupt::exit_code(DONE))
}

/// Warns if the format has no partial periodicity and the structure does.
fn warn_about_periodicity(path: &str, structure: &Structure) {
    let always_three =
        Format::of_name(path).is_some_and(|format| format.info().periodicity == Periodicity::Three);
    let partial = structure
        .cell
        .as_ref()
        .is_some_and(|cell| cell.periodic() != [true; 3]);
    if always_three && partial {
        eprintln!(
            "mlipview: {path}: the format has no partial periodicity; readers will assume all three \
             axes"
        );
    }
}

/// Maximum number of atoms of a supercell; more are taken for a typing error.
const MAX_ATOMS: u64 = 50_000_000;

fn check_size(structure: &Structure, counts: [u32; 3]) -> anyhow::Result<()> {
    let copies = counts
        .iter()
        .try_fold(structure.len() as u64, |product, &count| {
            product.checked_mul(u64::from(count))
        });
    match copies {
        Some(atoms) if atoms <= MAX_ATOMS => Ok(()),
        _ => bail!("--repeat {counts:?} gives more than {MAX_ATOMS} atoms; use smaller numbers"),
    }
}

fn wrap(structure: &mut Structure) -> anyhow::Result<()> {
    let cell = structure
        .cell
        .clone()
        .context("--wrap requires a structure with a cell")?;
    for position in structure.positions_mut() {
        *position = cell.wrap(*position);
    }
    Ok(())
}

fn parse_repeat(text: &str) -> anyhow::Result<[u32; 3]> {
    let counts: Result<Vec<u32>, _> = text.split('x').map(str::parse).collect();
    match counts.as_deref() {
        Ok(&[n, m, k]) if n.min(m).min(k) > 0 => Ok([n, m, k]),
        _ => bail!("invalid --repeat '{text}': expected three positive numbers, as in 2x2x1"),
    }
}
