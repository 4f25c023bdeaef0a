//! `mlipview convert`.

use std::io::Write;

use anyhow::{Context, bail};
use mlipview::chem::Structure;
use mlipview::chem::format::{Configuration, Selection};
use mlipview::files;

use super::{DONE, input};
use crate::cli::Convert;

pub(super) fn run(arguments: &Convert) -> anyhow::Result<u8> {
    let repeat = arguments.repeat.as_deref().map(parse_repeat).transpose()?;
    let path = arguments.output.to_string_lossy();
    let mut output = files::Trajectory::create(&path)?;
    let mut count = 0_u64;
    for input in input::read(&arguments.input, Selection::ALL, &arguments.structure)? {
        let mut configuration = input?.configuration;
        if arguments.wrap {
            wrap(&mut configuration.structure)?;
        }
        if let Some(counts) = repeat {
            // Energies and forces are those of one cell, and not of so many.
            configuration = Configuration::from(configuration.structure.repeat(counts)?);
        }
        output.push(&configuration)?;
        count += 1;
    }
    output.finish()?;
    writeln!(std::io::stdout(), "{count} structures written to {path}")?;
    Ok(DONE)
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
    let counts: Vec<u32> = text
        .split('x')
        .filter_map(|count| count.parse().ok())
        .collect();
    match *counts {
        [n, m, k] if n.min(m).min(k) > 0 => Ok([n, m, k]),
        _ => bail!("--repeat takes three numbers from 1, as in 2x2x1, not '{text}'"),
    }
}
