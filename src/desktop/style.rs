//! Drawing options from the command line, by their names.

use anyhow::{Context, anyhow};
use mlipview_viewer::Style;
use mlipview_viewer::scene::style::{Background, Representation};

/// Drawing options by the names of a style and a background.
pub(super) fn by_names(
    style_name: Option<&str>,
    background: Option<&str>,
) -> anyhow::Result<Style> {
    let mut style = Style::default();
    if let Some(name) = style_name {
        style.representation =
            find_by_name(name, &Representation::ALL, Representation::name).context("in --style")?;
    }
    if let Some(name) = background {
        style.background =
            find_by_name(name, &Background::ALL, Background::name).context("in --background")?;
    }
    Ok(style)
}

/// Finds a value by its name, ignoring case and hyphenation.
fn find_by_name<T: Copy>(
    name: &str,
    all: &[T],
    name_of: fn(T) -> &'static str,
) -> anyhow::Result<T> {
    let normalize = |text: &str| text.to_lowercase().replace([' ', '_'], "-");
    let found = all
        .iter()
        .find(|value| normalize(name_of(**value)) == normalize(name));
    found.copied().ok_or_else(|| {
        let names = all.iter().map(|value| normalize(name_of(*value)));
        let names: Vec<String> = names.collect();
        anyhow!("unknown name {name:?}: expected {}", names.join(", "))
    })
}
