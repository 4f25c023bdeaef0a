//! The command `mlipview pack`: packs molecules into a cell.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use glam::DVec3;
use indicatif::ProgressBar;
use mlipview_core::chem::format::Configuration;
use mlipview_core::chem::{Cell, Structure, library};
use mlipview_core::files;
use mlipview_core::packing::{
    Mixture, Packer, PackingSettings, PackingState, density, edge_of_density,
};
use serde_json::json;

use super::exit_code::DONE;
use super::{input, interrupt};
use crate::cli::{PackArgs, StructureArgs};

pub(super) fn run(arguments: &PackArgs) -> anyhow::Result<u8> {
    let mixture = mixture(arguments)?;
    let settings = PackingSettings {
        distance: arguments.distance,
        seed: arguments.seed,
        max_steps: arguments.max_steps,
    };
    let mut packer = Packer::new(&mixture, settings)?;
    let progress = Progress::new();
    while !packer.has_ended() && !interrupt::requested() {
        packer.step()?;
        progress.show(&packer.state());
    }
    progress.end();
    let state = packer.state();
    if !packer.is_packed() && interrupt::requested() {
        eprintln!(
            "mlipview: interrupted after {} steps; nothing was written",
            state.steps
        );
        return Ok(interrupt::exit_code(DONE));
    }
    if !packer.is_packed() {
        bail!(
            "not packed: {} pairs of atoms of different molecules are still closer than {} Å after {} steps \
             (the smallest distance is {:.2} Å); lower the density or --distance, or raise --max-steps",
            state.overlaps,
            arguments.distance,
            state.steps,
            state.smallest
        );
    }
    let path = arguments.output.to_string_lossy();
    let structure = packer.structure();
    let configuration = Configuration::from(structure);
    files::write(&path, std::slice::from_ref(&configuration))?;
    report(arguments, &mixture, &configuration.structure, &state)?;
    Ok(DONE)
}

/// Molecules, fixed atoms and cell of the arguments.
fn mixture(arguments: &PackArgs) -> anyhow::Result<Mixture> {
    let molecules = arguments.molecules.iter().map(|text| molecule(text));
    let molecules: Vec<(Structure, usize)> = molecules.collect::<anyhow::Result<_>>()?;
    if let Some(inside) = &arguments.inside {
        let fixed = read(inside)?;
        let cell = fixed.cell.clone();
        return Ok(Mixture {
            cell: cell.with_context(|| format!("{inside} has no cell to pack into"))?,
            molecules,
            fixed,
        });
    }
    let fixed = arguments.around.as_deref().map(read).transpose()?;
    let mut mixture = Mixture {
        molecules,
        fixed: fixed.unwrap_or_else(Structure::empty),
        cell: Cell::orthorhombic(DVec3::ONE)?,
    };
    let edges = match (&arguments.size, arguments.density) {
        (Some(size), _) => edges(size)?,
        (None, Some(density)) => DVec3::splat(edge_of_density(mixture.mass(), density)?),
        (None, None) => bail!("expected --density, --box or --inside"),
    };
    mixture.cell = Cell::orthorhombic(edges)?;
    let count = mixture.fixed.len().max(1) as f64;
    let center = mixture.fixed.positions().iter().sum::<DVec3>() / count;
    for position in mixture.fixed.positions_mut() {
        *position += 0.5 * edges - center;
    }
    Ok(mixture)
}

/// A molecule and its number, as in water:200.
fn molecule(text: &str) -> anyhow::Result<(Structure, usize)> {
    let parsed = text
        .rsplit_once(':')
        .and_then(|(name, number)| Some((name, number.parse::<usize>().ok()?)));
    let (name, number) = parsed.with_context(|| {
        format!("invalid molecule {text}: expected a structure and its number, as in water:200")
    })?;
    let mut structure = read(name)?;
    structure.cell = None;
    Ok((structure, number))
}

/// A file, a SMILES string, or a built-in structure by its key alone.
fn read(name: &str) -> anyhow::Result<Structure> {
    if !Path::new(name).exists()
        && let Some(entry) = library::find(name)
    {
        return Ok(entry.structure()?);
    }
    Ok(input::read_one(name, &StructureArgs::default())?
        .configuration
        .structure)
}

/// Edges of a cell, Å, as in 24 or 20x20x40.
fn edges(text: &str) -> anyhow::Result<DVec3> {
    let numbers: Option<Vec<f64>> = text
        .split('x')
        .map(|number| number.trim().parse().ok())
        .collect();
    match numbers.as_deref() {
        Some([edge]) => Ok(DVec3::splat(*edge)),
        Some([a, b, c]) => Ok(DVec3::new(*a, *b, *c)),
        _ => bail!("invalid --box {text}: expected edges in Å, as in 24 or 20x20x40"),
    }
}

fn report(
    arguments: &PackArgs,
    mixture: &Mixture,
    structure: &Structure,
    state: &PackingState,
) -> anyhow::Result<()> {
    let volume = mixture.cell.volume();
    let density = density(mixture.mass(), volume);
    let molecules: usize = mixture.molecules.iter().map(|(_, number)| number).sum();
    let output = arguments.output.display();
    let mut out = std::io::stdout();
    if arguments.format.json {
        let line = json!({
            "output": arguments.output,
            "molecules": molecules,
            "atoms": structure.len(),
            "volume": volume,
            "density": density,
            "smallest_distance": state.smallest,
            "steps": state.steps,
        });
        writeln!(out, "{line}")?;
    } else {
        let [a, b, c] = mixture.cell.lengths();
        writeln!(
            out,
            "{molecules} molecules packed into {a:.2} × {b:.2} × {c:.2} Å in {} steps: {} atoms, {density:.3} \
             g/cm³, smallest distance {:.2} Å; wrote {output}",
            state.steps,
            structure.len(),
            state.smallest
        )?;
    }
    Ok(())
}

/// Progress on a terminal.
struct Progress(ProgressBar);

impl Progress {
    fn new() -> Progress {
        match std::io::stderr().is_terminal() {
            true => Progress(ProgressBar::new_spinner()),
            false => Progress(ProgressBar::hidden()),
        }
    }

    fn show(&self, state: &PackingState) {
        self.0.set_message(format!(
            "step {}: {} overlaps, smallest distance {:.2} Å",
            state.steps, state.overlaps, state.smallest
        ));
        self.0.tick();
    }

    fn end(&self) {
        self.0.finish_and_clear();
    }
}
