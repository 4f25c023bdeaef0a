//! The command `mlipview pack`: packs molecules into a cell.

use std::io::{IsTerminal, Write};
use std::time::Instant;

use anyhow::bail;
use glam::DVec3;
use indicatif::ProgressBar;
use mlipview_core::chem::format::Configuration;
use mlipview_core::chem::{Cell, Structure};
use mlipview_core::files;
use mlipview_core::packing::{Mixture, Packer, PackingSettings, PackingState, Region, density};
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
            "not packed: {:.1} % of the overlaps are gone, but {} pairs of atoms of different molecules are still closer than {} Å after {} steps \
             (the smallest distance is {:.2} Å); lower the density or --distance, or raise --max-steps",
            100.0 * state.part,
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

/// Molecules, fixed atoms and region of the arguments.
fn mixture(arguments: &PackArgs) -> anyhow::Result<Mixture> {
    let molecules = arguments.molecules.iter().map(|text| molecule(text));
    let molecules = molecules.collect::<anyhow::Result<Vec<_>>>()?;
    let region = match (&arguments.size, &arguments.inside, arguments.shell) {
        (Some(size), ..) => Region::Box(edges(size)?),
        (_, Some(_), _) => Region::Cell,
        (.., Some(shell)) => Region::Shell(shell),
        _ => Region::Cube,
    };
    let fixed = arguments.inside.as_ref().or(arguments.around.as_ref());
    let fixed = fixed.map_or_else(|| Ok(Structure::empty()), |name| read(name))?;
    if let Some(inside) = &arguments.inside
        && fixed.cell.is_none()
    {
        bail!("{inside} has no cell to pack into");
    }
    Ok(Mixture::new(molecules, fixed, region, arguments.density)?)
}

/// A molecule and its number, as in water:200; or without one, as in water.
fn molecule(text: &str) -> anyhow::Result<(Structure, Option<usize>)> {
    let parsed = text
        .rsplit_once(':')
        .and_then(|(name, number)| Some((name, number.parse::<usize>().ok()?)));
    Ok(match parsed {
        Some((name, number)) => (read(name)?, Some(number)),
        None => (read(text)?, None),
    })
}

/// A built-in structure, a file or a SMILES string.
fn read(name: &str) -> anyhow::Result<Structure> {
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
    let cell = structure.cell.as_ref();
    let volume = cell.map(Cell::volume);
    let density = volume.map(|volume| density(mixture.mass(), volume));
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
            "smallest_distance": state.smallest.is_finite().then_some(state.smallest),
            "steps": state.steps,
        });
        writeln!(out, "{line}")?;
        return Ok(());
    }
    let place = match (cell.map(Cell::lengths), arguments.shell) {
        (Some([a, b, c]), _) => format!("into {a:.2} × {b:.2} × {c:.2} Å"),
        (None, Some(shell)) => format!("within {shell} Å of the structure"),
        (None, None) => "without a cell".to_owned(),
    };
    let density = density.map_or_else(String::new, |density| format!(" {density:.3} g/cm³,"));
    writeln!(
        out,
        "{molecules} molecules packed {place} in {} steps: {} atoms,{density} smallest distance {:.2} Å; wrote \
         {output}",
        state.steps,
        structure.len(),
        state.smallest
    )?;
    Ok(())
}

/// Progress on a terminal, with the time left.
struct Progress {
    bar: ProgressBar,
    start: Instant,
}

impl Progress {
    #[expect(clippy::disallowed_methods, reason = "the time that is left")]
    fn new() -> Progress {
        let bar = match std::io::stderr().is_terminal() {
            true => ProgressBar::new_spinner(),
            false => ProgressBar::hidden(),
        };
        Progress {
            bar,
            start: Instant::now(),
        }
    }

    fn show(&self, state: &PackingState) {
        let of_one = self.start.elapsed().as_secs_f64() / state.steps.max(1) as f64;
        let left = match state.steps_left {
            Some(steps) => format!("{:.0} s left", of_one * steps as f64),
            None => "time left unknown".to_owned(),
        };
        self.bar.set_message(format!(
            "step {}: {:.0} %, {} overlaps, smallest distance {:.2} Å, {left}",
            state.steps,
            100.0 * state.part,
            state.overlaps,
            state.smallest
        ));
        self.bar.tick();
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
