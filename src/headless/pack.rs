//! The command `mlipview pack`: packs molecules into a cell.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail};
use glam::DVec3;
use indicatif::ProgressBar;
use mlipview_core::chem::format::{Configuration, Format};
use mlipview_core::chem::{Cell, Structure};
use mlipview_core::files;
use mlipview_core::packing::{Mixture, Packer, PackingSettings, PackingState, Region, density};
use serde_json::json;

use super::exit_code::DONE;
use super::{input, interrupt};
use crate::cli::{PackArgs, StructureArgs};

pub(super) fn run(arguments: &PackArgs) -> anyhow::Result<u8> {
    let mixture = mixture(arguments)?;
    let path = arguments.output.to_string_lossy();
    expect_writable(&path)?;
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
        bail!(not_packed(arguments, &state));
    }
    let structure = packer.structure();
    if structure.charge != 0 && structure.cell.is_some() {
        eprintln!(
            "mlipview: the periodic cell has a charge of {:+} e: add ions for a neutral one",
            structure.charge
        );
    }
    let configuration = Configuration::from(structure);
    files::write(&path, std::slice::from_ref(&configuration))?;
    let smallest = packer.smallest_distance()?;
    report(
        arguments,
        &mixture,
        &configuration.structure,
        state.steps,
        smallest,
    )?;
    Ok(DONE)
}

/// Checks the name of the output before the packing.
fn expect_writable(path: &str) -> anyhow::Result<()> {
    Format::to_write(path)?;
    let folder = Path::new(path)
        .parent()
        .filter(|folder| *folder != Path::new(""));
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!(
            "cannot write {path}: there is no folder {}",
            folder.display()
        );
    }
    Ok(())
}

/// How far a packing came, and what to do.
fn not_packed(arguments: &PackArgs, state: &PackingState) -> String {
    let outside = match state.outside {
        0 => String::new(),
        outside => format!(" and {outside} molecules are outside the shell"),
    };
    let remedy = match arguments.shell {
        Some(_) => "pack fewer molecules, widen --shell, lower --distance, or raise --max-steps",
        None => "lower the density or --distance, or raise --max-steps",
    };
    format!(
        "not packed: {:.1} % of the overlaps are gone, but {} pairs of atoms of different molecules are still \
         closer than {} Å{outside} after {} steps (the smallest distance is {:.2} Å); {remedy}",
        100.0 * state.part,
        state.overlaps,
        arguments.distance,
        state.steps,
        state.smallest
    )
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
    let Some((name, number)) = text.rsplit_once(':').filter(|(_, end)| is_number(end)) else {
        return Ok((read(text)?, None));
    };
    let count = number.parse().ok().filter(|count| *count > 0);
    let count: usize = count.with_context(|| {
        format!(
            "invalid number '{number}' of {name}: expected a whole number above 0, as in {name}:200"
        )
    })?;
    Ok((read(name)?, Some(count)))
}

/// Whether the end of an argument is meant as a number, such as 200, -5 or 1e3, or is missing.
fn is_number(end: &str) -> bool {
    let is_sign = |letter| matches!(letter, '+' | '-' | '.');
    end.chars()
        .all(|letter| letter.is_ascii_digit() || is_sign(letter) || letter == 'e')
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
    steps: u64,
    smallest: Option<f64>,
) -> anyhow::Result<()> {
    let cell = structure.cell.as_ref();
    let volume = cell.map(Cell::volume);
    let density = volume.map(|volume| density(mixture.mass(), volume));
    let counts: Vec<usize> = mixture.molecules.iter().map(|(_, count)| *count).collect();
    let molecules: usize = counts.iter().sum();
    let output = arguments.output.display();
    let mut out = std::io::stdout();
    if arguments.format.json {
        let line = json!({
            "output": arguments.output,
            "molecules": molecules,
            "counts": counts,
            "atoms": structure.len(),
            "charge": structure.charge,
            "volume": volume,
            "density": density,
            "smallest_distance": smallest,
            "steps": steps,
        });
        writeln!(out, "{line}")?;
        return Ok(());
    }
    let place = match (cell.map(Cell::lengths), arguments.shell) {
        (Some([a, b, c]), _) => format!("into {a:.2} × {b:.2} × {c:.2} Å"),
        (None, Some(shell)) => format!("within {shell} Å of the structure"),
        (None, None) => "without a cell".to_owned(),
    };
    let kinds = match &counts[..] {
        [_] => String::new(),
        counts => {
            let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
            format!(" ({})", counts.join(" + "))
        }
    };
    let density = density.map_or_else(String::new, |density| format!(" {density:.3} g/cm³,"));
    let smallest = match smallest {
        Some(smallest) => format!("smallest distance {smallest:.2} Å"),
        None => "no molecules within 30 Å of one another".to_owned(),
    };
    writeln!(
        out,
        "{molecules} molecules{kinds} packed {place} in {steps} steps: {} atoms,{density} {smallest}; wrote {output}",
        structure.len(),
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
