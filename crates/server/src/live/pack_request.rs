//! The message `pack`: molecules, and the space that they fill. [22]

use glam::DVec3;
use serde_json::Value;

use super::error::LiveError;
use super::fields::{FieldError, Fields};
use mlipview_core::chem::{Structure, excerpt, library};
use mlipview_core::packing::{Mixture, PackingSettings, Region};

/// Maximum number of kinds of molecules.
const MAX_KINDS: usize = 64;

/// Maximum number of steps.
const MAX_STEPS: u64 = 1_000_000;

/// Bounds of lengths, Å, each with an error.
const MAX_EDGE: Bound = (1000.0, "edges of at most 1000 Å");
const MAX_SHELL: Bound = (100.0, "a thickness of at most 100 Å");
const MAX_DISTANCE: Bound = (10.0, "a distance of at most 10 Å");

/// A bound, and an expected value in words.
type Bound = (f64, &'static str);

/// The message `pack`. Names are keys of the library.
#[derive(Clone, Debug)]
pub(super) struct PackRequest {
    molecules: Vec<(String, Option<usize>)>,
    around: Option<String>,
    inside: Option<String>,
    /// g/cm³.
    density: Option<f64>,
    /// Edges, Å.
    edges: Option<[f64; 3]>,
    /// Å.
    shell: Option<f64>,
    pub(super) settings: PackingSettings,
}

impl PackRequest {
    pub(super) fn read(fields: &Fields<'_>) -> Result<PackRequest, FieldError> {
        let expected = "an array of 1 to 64 molecules, as in [{\"name\":\"water\",\"number\":50}]";
        let molecules = fields.get("molecules").and_then(|value| value.as_array());
        let molecules = molecules.filter(|molecules| (1..=MAX_KINDS).contains(&molecules.len()));
        let molecules = molecules.ok_or_else(|| fields.error("molecules", expected))?;
        let molecules = molecules.iter().enumerate().map(|(index, value)| {
            let fields = Fields::element("molecules", index, value)?;
            let expected = "a key of the library, as in \"water\"";
            let name = fields.text("name", expected)?;
            let name = name.ok_or_else(|| fields.error("name", expected))?;
            let number = fields.integer("number")?;
            let number = number.map(|number| usize::try_from(number).unwrap_or(usize::MAX));
            Ok((name.to_owned(), number))
        });
        let defaults = PackingSettings::default();
        let max_steps = fields.integer("max_steps")?.unwrap_or(defaults.max_steps);
        if max_steps > MAX_STEPS {
            return Err(fields.error("max_steps", "at most 1000000"));
        }
        let key = "a key of the library";
        expect_one_region(fields)?;
        Ok(PackRequest {
            molecules: molecules.collect::<Result<_, _>>()?,
            around: fields.text("around", key)?.map(str::to_owned),
            inside: fields.text("inside", key)?.map(str::to_owned),
            density: fields.number("density")?,
            edges: edges(fields)?,
            shell: bounded(fields, "shell", fields.number("shell")?, MAX_SHELL)?,
            settings: PackingSettings {
                distance: bounded(fields, "distance", fields.number("distance")?, MAX_DISTANCE)?
                    .unwrap_or(defaults.distance),
                seed: fields.integer("seed")?.unwrap_or(defaults.seed),
                max_steps,
            },
        })
    }

    /// The mixture, as of the command `mlipview pack`.
    pub(super) fn mixture(&self, max_atoms: usize) -> Result<Mixture, LiveError> {
        let mut molecules = Vec::with_capacity(self.molecules.len());
        for (name, number) in &self.molecules {
            molecules.push((structure(name)?, *number));
        }
        // Those without a number, by a density in a given space, are counted below.
        let counted = molecules
            .iter()
            .map(|(molecule, number)| molecule.len().saturating_mul(number.unwrap_or(0)));
        check_atoms(counted.fold(0, usize::saturating_add), max_atoms)?;
        let region = match (self.edges, &self.inside, self.shell) {
            (Some(edges), ..) => Region::Box(DVec3::from_array(edges)),
            (_, Some(_), _) => Region::Cell,
            (.., Some(shell)) => Region::Shell(shell),
            _ => Region::Cube,
        };
        let fixed = self.inside.as_ref().or(self.around.as_ref());
        let fixed = fixed.map_or_else(|| Ok(Structure::empty()), |name| structure(name))?;
        let mixture = Mixture::new(molecules, fixed, region, self.density)?;
        let packed = mixture
            .molecules
            .iter()
            .map(|(molecule, number)| molecule.len().saturating_mul(*number));
        check_atoms(
            packed.fold(mixture.fixed.len(), usize::saturating_add),
            max_atoms,
        )?;
        Ok(mixture)
    }
}

/// Checks that fields do not contradict each other.
fn expect_one_region(fields: &Fields<'_>) -> Result<(), FieldError> {
    let has = |name| fields.get(name).is_some();
    match has("inside") {
        true if has("box") => Err(fields.error("box", "nothing beside 'inside', which has a cell")),
        true if has("shell") => Err(fields.error("shell", "nothing beside 'inside'")),
        true if has("around") => Err(fields.error("around", "nothing beside 'inside'")),
        _ if has("shell") && has("box") => Err(fields.error("box", "nothing beside 'shell'")),
        _ if has("shell") && !has("around") => {
            Err(fields.error("around", "a key of the library, for a droplet by 'shell'"))
        }
        _ => Ok(()),
    }
}

/// The edges of a box, Å: one number or three.
fn edges(fields: &Fields<'_>) -> Result<Option<[f64; 3]>, FieldError> {
    let edges = match fields.get("box").is_some_and(Value::is_number) {
        true => fields.number("box")?.map(|edge| [edge; 3]),
        false => fields.vector("box")?,
    };
    let longest = edges.map(|edges| edges.into_iter().fold(0.0, f64::max));
    bounded(fields, "box", longest, MAX_EDGE)?;
    Ok(edges)
}

fn bounded(
    fields: &Fields<'_>,
    name: &str,
    value: Option<f64>,
    (most, expected): Bound,
) -> Result<Option<f64>, FieldError> {
    match value.is_some_and(|value| value > most) {
        true => Err(fields.error(name, expected)),
        false => Ok(value),
    }
}

fn check_atoms(given: usize, limit: usize) -> Result<(), LiveError> {
    match given > limit {
        true => Err(LiveError::Atoms { limit, given }),
        false => Ok(()),
    }
}

fn structure(key: &str) -> Result<Structure, LiveError> {
    let entry =
        library::find(key).ok_or_else(|| LiveError::Structure(excerpt(key).into_owned()))?;
    entry.structure().map_err(|_| LiveError::Failed)
}
