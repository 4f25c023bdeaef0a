//! The network that a training starts from.

use anyhow::Context;
use mlipview_core::potential::{Nano, Solid, parameter_file};
use mlipview_training::{Label, Model, NetworkSizes};

use super::labels::LabelFiles;

/// The name of random parameters.
pub(super) const SCRATCH: &str = "scratch";

/// The network of `--start`.
///
/// # Errors
/// If the file cannot be read, or is invalid.
pub(super) fn model(start: &str, labels: &LabelFiles, seed: u64) -> anyhow::Result<Model> {
    match start {
        "nano" => Ok(Model::read(Nano::BUILT_IN)?),
        "solid" => Ok(Model::read(Solid::BUILT_IN)?),
        SCRATCH => random(labels.all(), seed),
        path => {
            let bytes = parameter_file::read(path)
                .context("--start takes nano, solid, scratch or a file of parameters")?;
            Model::read(&bytes).with_context(|| path.to_owned())
        }
    }
}

/// Random parameters for the elements of the labels.
fn random<'a>(labels: impl Iterator<Item = &'a Label>, seed: u64) -> anyhow::Result<Model> {
    let mut elements: Vec<_> = labels
        .flat_map(|label| label.structure.elements().iter().copied())
        .collect();
    elements.sort_unstable_by_key(|element| element.number());
    elements.dedup();
    Ok(Model::random(&elements, NetworkSizes::default(), seed)?)
}
