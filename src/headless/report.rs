//! What a run says while it goes: lines, lines of JSON, or a bar with the time left.

use std::fmt;
use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use mlipview::chem::units;
use mlipview::sim::Frame;
use serde_json::{Map, Value};

/// A number of a report.
pub(super) struct Quantity {
    /// Its key in JSON, in the field's words.
    pub(super) key: &'static str,
    /// Its heading in a table, with the unit.
    pub(super) heading: &'static str,
    /// Its value.
    pub(super) value: f64,
    /// Digits behind the point in a table.
    pub(super) digits: usize,
}

impl Quantity {
    pub(super) fn new(key: &'static str, heading: &'static str, value: f64, digits: usize) -> Self {
        Quantity {
            key,
            heading,
            value,
            digits,
        }
    }

    /// Volume and pressure of a cell that moves.
    pub(super) fn of_moving_cell(frame: &Frame) -> impl Iterator<Item = Quantity> {
        let volume = frame.cell.as_ref().map(|cell| cell.volume());
        let volume = volume.map(|volume| Quantity::new("volume", "volume/Å³", volume, 2));
        volume.into_iter().chain(Quantity::pressure(frame))
    }

    /// Pressure, where there is one.
    pub(super) fn pressure(frame: &Frame) -> Option<Quantity> {
        Some(Quantity::new(
            "pressure",
            "p/bar",
            frame.pressure()? / units::BAR,
            1,
        ))
    }
}

/// Where a run's news go.
pub(super) enum Report {
    /// One JSON object per line, for programs.
    Json,
    /// A table, for files and pipes.
    Lines {
        /// Whether the headings stand already.
        headed: bool,
    },
    /// A bar, for people.
    Bar(ProgressBar),
}

const WIDTH: usize = 16;

impl Report {
    /// A report on at most `steps` steps.
    pub(super) fn new(json: bool, steps: u64) -> Report {
        let people = std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
        if json {
            return Report::Json;
        }
        if !people {
            return Report::Lines { headed: false };
        }
        let template = "{bar:20.cyan/blue} {pos}/{len} · {rate} · {eta} left · {msg}";
        let bar = ProgressBar::new(steps);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key(
                "rate",
                |state: &ProgressState, out: &mut dyn fmt::Write| {
                    // A bar that cannot be drawn is no reason to stop a run.
                    let _ = write!(out, "{:.0} steps/s", state.per_sec());
                },
            ));
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Report::Bar(bar)
    }

    /// Says something to a person; programs that read JSON are spared.
    pub(super) fn say(&self, text: &str) -> anyhow::Result<()> {
        match self {
            Report::Json => {}
            Report::Lines { .. } => writeln!(std::io::stdout(), "{text}")?,
            Report::Bar(bar) => bar.suspend(|| writeln!(std::io::stdout(), "{text}"))?,
        }
        Ok(())
    }

    /// Reports a step.
    pub(super) fn step(&mut self, step: u64, quantities: &[Quantity]) -> anyhow::Result<()> {
        match self {
            Report::Json => {
                let mut line = Map::new();
                line.insert("step".to_owned(), step.into());
                for quantity in quantities {
                    line.insert(quantity.key.to_owned(), quantity.value.into());
                }
                writeln!(std::io::stdout(), "{}", Value::Object(line))?;
            }
            Report::Lines { headed } => {
                if !*headed {
                    let headings = quantities
                        .iter()
                        .map(|each| format!("{:>WIDTH$}", each.heading));
                    writeln!(
                        std::io::stdout(),
                        "{:>8}{}",
                        "step",
                        headings.collect::<String>()
                    )?;
                    *headed = true;
                }
                let values = quantities
                    .iter()
                    .map(|each| format!("{:>WIDTH$.digits$}", each.value, digits = each.digits));
                writeln!(std::io::stdout(), "{step:>8}{}", values.collect::<String>())?;
            }
            Report::Bar(bar) => {
                bar.set_position(step);
                let values = quantities.iter().map(|each| {
                    format!(
                        "{} {:.digits$}",
                        each.heading,
                        each.value,
                        digits = each.digits
                    )
                });
                bar.set_message(values.collect::<Vec<_>>().join(" · "));
            }
        }
        Ok(())
    }

    /// Reports the end: a sentence for people, an object for programs.
    pub(super) fn end(&mut self, sentence: &str, object: Value) -> anyhow::Result<()> {
        match self {
            Report::Json => writeln!(std::io::stdout(), "{object}")?,
            Report::Lines { .. } => writeln!(std::io::stdout(), "{sentence}")?,
            Report::Bar(bar) => {
                bar.abandon();
                writeln!(std::io::stdout(), "{sentence}")?;
            }
        }
        Ok(())
    }
}
