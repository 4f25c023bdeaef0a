//! What a run says while it goes: lines, lines of JSON, or a bar with the time left.

use std::fmt;
use std::io::{ErrorKind, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use mlipview_core::chem::units;
use mlipview_core::sim::Frame;
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
pub(super) struct Report {
    style: Style,
    /// Whether the run leaves a file, and so goes on when nobody listens any more.
    leaves_file: bool,
}

enum Style {
    /// One JSON object per line, for programs.
    Json,
    /// A table, for files and pipes.
    Lines {
        /// Whether the headings stand already.
        headed: bool,
    },
    /// A bar, for people.
    Bar(ProgressBar),
    /// Whoever listened is gone.
    Silent,
}

const WIDTH: usize = 16;

impl Report {
    /// A report on at most `steps` steps, of a run that leaves a file or not.
    pub(super) fn new(json: bool, steps: u64, leaves_file: bool) -> Report {
        let people = std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
        let style = match (json, people) {
            (true, _) => Style::Json,
            (false, false) => Style::Lines { headed: false },
            (false, true) => Style::Bar(bar(steps)),
        };
        Report { style, leaves_file }
    }

    /// Says something to a person; programs that read JSON are spared.
    pub(super) fn say(&mut self, text: &str) -> anyhow::Result<()> {
        match &self.style {
            Style::Json | Style::Silent => Ok(()),
            Style::Lines { .. } => self.print(text),
            Style::Bar(bar) => {
                bar.suspend(|| writeln!(std::io::stdout(), "{text}"))?;
                Ok(())
            }
        }
    }

    /// Reports a step.
    pub(super) fn step(&mut self, step: u64, quantities: &[Quantity]) -> anyhow::Result<()> {
        match &mut self.style {
            Style::Json => {
                let mut line = Map::new();
                line.insert("step".to_owned(), step.into());
                for quantity in quantities {
                    line.insert(quantity.key.to_owned(), quantity.value.into());
                }
                self.print(&Value::Object(line).to_string())
            }
            Style::Lines { headed } => {
                if !std::mem::replace(headed, true) {
                    let headings = quantities
                        .iter()
                        .map(|each| format!("{:>WIDTH$}", each.heading));
                    let headings: String = headings.collect();
                    self.print(&format!("{:>8}{headings}", "step"))?;
                }
                let values = quantities
                    .iter()
                    .map(|each| format!("{:>WIDTH$.digits$}", each.value, digits = each.digits));
                let values: String = values.collect();
                self.print(&format!("{step:>8}{values}"))
            }
            Style::Bar(bar) => {
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
                Ok(())
            }
            Style::Silent => Ok(()),
        }
    }

    /// Reports the end: a sentence for people, an object for programs.
    pub(super) fn end(&mut self, sentence: &str, object: &Value) -> anyhow::Result<()> {
        match &self.style {
            Style::Json => self.print(&object.to_string()),
            Style::Bar(bar) => {
                bar.abandon();
                self.print(sentence)
            }
            Style::Lines { .. } => self.print(sentence),
            Style::Silent => Ok(()),
        }
    }

    /// Prints a line. When nobody reads any more, a run that leaves a file goes on in silence.
    fn print(&mut self, line: &str) -> anyhow::Result<()> {
        match writeln!(std::io::stdout(), "{line}") {
            Err(error) if error.kind() == ErrorKind::BrokenPipe && self.leaves_file => {
                self.style = Style::Silent;
                Ok(())
            }
            printed => Ok(printed?),
        }
    }
}

fn bar(steps: u64) -> ProgressBar {
    let template = "{bar:20.cyan/blue} {pos}/{len} · {rate} · {eta} left · {msg}";
    let bar = ProgressBar::new(steps);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(
            style.with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
                // A bar that cannot be drawn is no reason to stop a run.
                let _ = write!(out, "{:.0} steps/s", state.per_sec());
            }),
        );
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
