//! The command `mlipview info`: shows the contents of structure files.

use std::fmt::Write as _;
use std::io::Write as _;

use mlipview_core::chem::format::FrameSelection;
use serde_json::json;

use super::exit_code::DONE;
use super::input::Input;
use super::{bonds, energy, input};
use crate::cli::InfoArgs;

pub(super) fn run(arguments: &InfoArgs) -> anyhow::Result<u8> {
    for argument in &arguments.inputs {
        for input in input::read(argument, FrameSelection::LAST, &arguments.structure)? {
            let input = input?;
            let structure = &input.configuration.structure;
            if arguments.format.json {
                let mut object = object(&input);
                if arguments.bonds {
                    object["bonds"] = bonds::json_array(structure)?;
                }
                writeln!(std::io::stdout(), "{object}")?;
            } else {
                write!(std::io::stdout(), "{}", text(&input))?;
                if arguments.bonds {
                    write!(std::io::stdout(), "{}", bonds::text(structure)?)?;
                }
            }
        }
    }
    Ok(DONE)
}

fn text(input: &Input) -> String {
    let configuration = &input.configuration;
    let structure = &configuration.structure;
    let mut text = format!("{}\n", input.name);
    // Writing to a String cannot fail.
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "  {name:<14} {value}");
    };
    line("formula", structure.formula());
    line("atoms", structure.len().to_string());
    line(
        "charge",
        format!(
            "{} e, multiplicity {}",
            structure.charge,
            structure.multiplicity()
        ),
    );
    if let Some(cell) = &structure.cell {
        let [a, b, c] = cell.lengths();
        let [alpha, beta, gamma] = cell.angles();
        line(
            "cell",
            format!("{a:.4} × {b:.4} × {c:.4} Å, {alpha:.2}° {beta:.2}° {gamma:.2}°"),
        );
        let axes = ["a", "b", "c"].into_iter().zip(cell.periodic());
        let axes: Vec<&str> = axes
            .filter(|(_, periodic)| *periodic)
            .map(|(axis, _)| axis)
            .collect();
        line(
            "periodic along",
            if axes.is_empty() {
                "no axis".to_owned()
            } else {
                axes.join(" ")
            },
        );
        line("volume", format!("{:.3} Å³", cell.volume()));
    }
    let fixed = structure.fixed().iter().filter(|fixed| **fixed).count();
    if fixed > 0 {
        line("fixed", format!("{fixed} atoms"));
    }
    if let Some(energy) = configuration.energy {
        line("energy", format!("{energy} eV (from the file)"));
    }
    let also = [
        (configuration.velocities.is_some(), "velocities"),
        (configuration.forces.is_some(), "forces"),
        (configuration.stress.is_some(), "stress"),
        (structure.labels().is_some(), "labels"),
        (!structure.stated_bonds().is_empty(), "bonds"),
    ];
    let mut also: Vec<&str> = also
        .iter()
        .filter(|(is_present, _)| *is_present)
        .map(|(_, name)| *name)
        .collect();
    also.extend(structure.arrays().keys().map(String::as_str));
    let shown_above = ["charge", "multiplicity"];
    also.extend(
        structure
            .info
            .keys()
            .map(String::as_str)
            .filter(|key| !shown_above.contains(key)),
    );
    if !also.is_empty() {
        line("also", also.join(", "));
    }
    for note in configuration.notes.sentences() {
        line("note", note);
    }
    text
}

fn object(input: &Input) -> serde_json::Value {
    let structure = &input.configuration.structure;
    let cell = structure.cell.as_ref();
    json!({
        "name": input.name,
        "formula": structure.formula(),
        "n_atoms": structure.len(),
        "charge": structure.charge,
        "multiplicity": structure.multiplicity(),
        "cell": cell.map(|cell| energy::rows(&cell.vectors())),
        "pbc": cell.map_or([false; 3], |cell| cell.periodic()),
        "volume": cell.map(|cell| cell.volume()),
        "energy": input.configuration.energy,
        "notes": input.configuration.notes.sentences().collect::<Vec<_>>(),
    })
}
