//! Progress report of a run: a table, JSON lines, or a progress bar.

use std::fmt;
use std::io::{ErrorKind, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use mlipview_core::chem::units;
use mlipview_core::sim::Frame;
use serde_json::{Map, Value};

/// A reported number.
pub(super) struct ReportedQuantity {
    /// Key in JSON.
    pub(super) key: &'static str,
    /// Heading in a table, with the unit.
    pub(super) heading: &'static str,
    /// Value, in the unit of the heading.
    pub(super) value: f64,
    /// Digits after the decimal point in a table.
    pub(super) digits: usize,
}

impl ReportedQuantity {
    pub(super) fn new(key: &'static str, heading: &'static str, value: f64, digits: usize) -> Self {
        ReportedQuantity {
            key,
            heading,
            value,
            digits,
        }
    }

    /// Volume and pressure of a variable cell.
    pub(super) fn of_variable_cell(frame: &Frame) -> impl Iterator<Item = ReportedQuantity> {
        let volume = frame.cell.as_ref().map(|cell| cell.volume());
        let volume = volume.map(|volume| ReportedQuantity::new("volume", "volume/Å³", volume, 2));
        volume.into_iter().chain(ReportedQuantity::pressure(frame))
    }

    /// Pressure, if the frame has a stress.
    pub(super) fn pressure(frame: &Frame) -> Option<ReportedQuantity> {
        Some(ReportedQuantity::new(
            "pressure",
            "p/bar",
            frame.pressure()? / units::BAR,
            1,
        ))
    }
}

/// Progress report of a run on the standard output.
pub(super) struct Report {
    style: ReportStyle,
    /// Whether the run writes a file, and so continues after the output was closed.
    writes_file: bool,
}

enum ReportStyle {
    /// One JSON object per line.
    Json,
    /// A table, if the output is no terminal.
    Table {
        /// Whether the headings are printed.
        has_headings: bool,
    },
    /// A progress bar, on a terminal.
    Bar(ProgressBar),
    /// Nothing: the output was closed.
    Silent,
}

/// Width of a column, characters.
const WIDTH: usize = 16;

impl Report {
    /// A report of at most `steps` steps, in the style that fits the output.
    pub(super) fn new(json: bool, steps: u64, writes_file: bool) -> Report {
        let is_terminal = std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
        let style = match (json, is_terminal) {
            (true, _) => ReportStyle::Json,
            (false, false) => ReportStyle::Table {
                has_headings: false,
            },
            (false, true) => ReportStyle::Bar(progress_bar(steps)),
        };
        Report { style, writes_file }
    }

    /// Prints a message, but not among JSON lines.
    pub(super) fn message(&mut self, text: &str) -> anyhow::Result<()> {
        match &self.style {
            ReportStyle::Json | ReportStyle::Silent => Ok(()),
            ReportStyle::Table { .. } => self.print(text),
            ReportStyle::Bar(bar) => {
                bar.suspend(|| writeln!(std::io::stdout(), "{text}"))?;
                Ok(())
            }
        }
    }

    /// Reports a step.
    pub(super) fn step(
        &mut self,
        step: u64,
        quantities: &[ReportedQuantity],
    ) -> anyhow::Result<()> {
        match &mut self.style {
            ReportStyle::Json => {
                let mut line = Map::new();
                line.insert("step".to_owned(), step.into());
                for quantity in quantities {
                    line.insert(quantity.key.to_owned(), quantity.value.into());
                }
                self.print(&Value::Object(line).to_string())
            }
            ReportStyle::Table { has_headings } => {
                if !std::mem::replace(has_headings, true) {
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
            ReportStyle::Bar(bar) => {
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
            ReportStyle::Silent => Ok(()),
        }
    }

    /// Reports the outcome, as a sentence or as a JSON object.
    pub(super) fn outcome(&mut self, sentence: &str, object: &Value) -> anyhow::Result<()> {
        match &self.style {
            ReportStyle::Json => self.print(&object.to_string()),
            ReportStyle::Bar(bar) => {
                bar.abandon();
                self.print(sentence)
            }
            ReportStyle::Table { .. } => self.print(sentence),
            ReportStyle::Silent => Ok(()),
        }
    }

    /// Prints a line. If the output was closed, a run that writes a file continues without a report.
    fn print(&mut self, line: &str) -> anyhow::Result<()> {
        match writeln!(std::io::stdout(), "{line}") {
            Err(error) if error.kind() == ErrorKind::BrokenPipe && self.writes_file => {
                self.style = ReportStyle::Silent;
                Ok(())
            }
            printed => Ok(printed?),
        }
    }
}

fn progress_bar(steps: u64) -> ProgressBar {
    let template = "{bar:20.cyan/blue} {pos}/{len} · {rate} · {eta} left · {msg}";
    let bar = ProgressBar::new(steps);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(
            style.with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
                // An error of the progress bar must not stop the run.
                let _ = write!(out, "{:.0} steps/s", state.per_sec());
            }),
        );
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
