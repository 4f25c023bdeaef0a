//! Molecules that `--rigid` makes rigid bodies.

use anyhow::{Context, ensure};
use mlipview_core::chem::query::AtomQuery;
use mlipview_core::chem::{Bonds, Structure};

use crate::cli::RigidArgs;

/// Makes the molecules with a selected atom rigid; returns a sentence about them, if there is a selection.
pub(super) fn apply(
    arguments: &RigidArgs,
    structure: &mut Structure,
) -> anyhow::Result<Option<String>> {
    let Some(selection) = &arguments.rigid else {
        return Ok(None);
    };
    let query = AtomQuery::parse(selection).context("in --rigid")?;
    let mask = query.mask(structure).context("in --rigid")?;
    ensure!(
        mask.contains(&true),
        "no atom matches --rigid '{selection}': select atoms of the molecules that are to be rigid"
    );
    let bonds = Bonds::of(structure)?;
    let molecules = bonds.molecules_with(&mask).context("in --rigid")?;
    structure.set_rigid_groups(molecules)?;
    let groups = structure.rigid_groups();
    let (bodies, atoms) = (groups.len(), groups.iter().map(Vec::len).sum::<usize>());
    Ok(Some(format!("rigid: {bodies} molecules, {atoms} atoms")))
}
