//! The command `mlipview library`: lists the built-in structures.

use std::io::Write;

use anyhow::bail;
use mlipview_core::chem::library;
use serde_json::json;

use super::exit_code::DONE;
use crate::cli::LibraryArgs;

pub(super) fn run(arguments: &LibraryArgs) -> anyhow::Result<u8> {
    let found = library::search(&arguments.words.join(" "));
    if found.is_empty() {
        let words = arguments.words.join(" ");
        bail!("no built-in structure matches '{words}'; `mlipview library` lists all");
    }
    for entry in found {
        if arguments.format.json {
            let line = json!({
                "key": entry.key,
                "title": entry.title,
                "formula": entry.formula,
                "tags": entry.tags,
                "source": entry.source,
                "temperature": entry.temperature,
                "potential": entry.potential,
            });
            writeln!(std::io::stdout(), "{line}")?;
        } else {
            writeln!(
                std::io::stdout(),
                "{:<24} {:<16} {}",
                entry.key,
                entry.formula,
                entry.title
            )?;
        }
    }
    Ok(DONE)
}
