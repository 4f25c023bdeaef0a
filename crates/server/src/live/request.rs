//! Messages of clients, read and checked.

use glam::Vec3;
use serde_json::Value;

use super::fields::{FieldError, Fields};
use mlipview_bodies::{Body, Motion, Units, WorldSettings, orientation};

/// Defaults of an object. [3]
const MASS: f64 = 10.0;
const RESTITUTION: f64 = 0.8;
const FRICTION: f64 = 0.5;

/// Defaults of a run. [8]
const TIMESTEP_MS: f64 = 16.0;
const DURATION_S: f64 = 30.0;

/// The message `configure`. [3] [19]
#[derive(Debug)]
pub(super) struct Configure {
    pub(super) units: Units,
    pub(super) world: WorldSettings,
    pub(super) objects: Vec<Object>,
}

/// An object of `configure` or `spawn`.
#[derive(Debug)]
pub(super) struct Object {
    /// Its place in the message, as in `objects[2]`.
    pub(super) place: String,
    pub(super) asset: String,
    pub(super) body: Body,
    /// Whether the message says its mass.
    pub(super) has_mass: bool,
    /// Mass, restitution and friction as the message says them, for the metadata.
    pub(super) material: [f64; 3],
}

/// The message `start`. [8]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Start {
    pub(super) timestep_ms: f64,
    pub(super) duration_s: f64,
}

/// A command while the run goes on. [13] [20]
#[derive(Debug)]
pub(super) enum Command {
    Grab { body_id: u64, point: Vec3 },
    Move(Vec3),
    Release,
    Spawn(Vec<Object>),
}

impl Configure {
    pub(super) fn read(fields: &Fields<'_>) -> Result<Configure, FieldError> {
        let expected = "\"m\" or \"Å\"";
        let units = match fields.text("units", expected)? {
            None => Units::default(),
            Some(name) => Units::from_name(name).ok_or_else(|| fields.error("units", expected))?,
        };
        let gravity = fields.vector("gravity")?.map_or(units.gravity(), vector);
        let cell = fields.vector("cell")?;
        if cell.is_some_and(|edges| edges.iter().any(|edge| *edge <= 0.0)) {
            return Err(fields.error("cell", "3 positive edges"));
        }
        Ok(Configure {
            units,
            world: WorldSettings {
                gravity,
                seed: fields.integer("seed")?,
                cell: cell.map(vector),
            },
            objects: objects(fields)?,
        })
    }
}

impl Start {
    pub(super) fn read(fields: &Fields<'_>) -> Result<Start, FieldError> {
        Ok(Start {
            timestep_ms: fields.number("timestep_ms")?.unwrap_or(TIMESTEP_MS),
            duration_s: fields.number("duration_s")?.unwrap_or(DURATION_S),
        })
    }

    /// The timestep, s.
    pub(super) fn timestep(self) -> f64 {
        self.timestep_ms / 1000.0
    }

    /// Number of frames: at 0, dt, 2 dt … up to the duration, the end included. [10]
    pub(super) fn frames(self) -> u64 {
        // A quotient such as 1874.9999999999998 is 1875.
        let steps = self.duration_s * 1000.0 / self.timestep_ms;
        (steps * (1.0 + 1e-12) + 1e-9).floor() as u64 + 1
    }
}

impl Command {
    /// The command of a message; `None` if it is none. [13]
    pub(super) fn read(kind: &str, fields: &Fields<'_>) -> Result<Option<Command>, FieldError> {
        Ok(Some(match kind {
            "grab" => {
                let body_id = fields.integer("body_id")?;
                Command::Grab {
                    body_id: body_id.ok_or_else(|| fields.error("body_id", "an integer from 0"))?,
                    point: vector(fields.required_vector("point")?),
                }
            }
            "move" => Command::Move(vector(fields.required_vector("to")?)),
            "release" => Command::Release,
            "spawn" => Command::Spawn(objects(fields)?),
            _ => return Ok(None),
        }))
    }
}

/// The objects of a message; none if the field is missing.
fn objects(fields: &Fields<'_>) -> Result<Vec<Object>, FieldError> {
    match fields.get("objects") {
        None => Ok(Vec::new()),
        Some(Value::Array(objects)) => {
            let objects = objects.iter().enumerate();
            objects.map(|(index, value)| object(index, value)).collect()
        }
        Some(_) => Err(fields.error("objects", "an array")),
    }
}

fn object(index: usize, value: &Value) -> Result<Object, FieldError> {
    let fields = Fields::element("objects", index, value)?;
    let expected = "a name, as in \"cube\"";
    let asset = fields.text("asset_name", expected)?;
    let asset = asset.ok_or_else(|| fields.error("asset_name", expected))?;
    let expected = "\"inertial\" or \"environment\"";
    let motion = match fields.text("object_type", expected)? {
        Some("inertial") => Motion::Inertial,
        Some("environment") => Motion::Environment,
        _ => return Err(fields.error("object_type", expected)),
    };
    let angles = vector(fields.required_vector("orientation")?).to_array();
    let mut body = Body {
        position: vector(fields.required_vector("position")?),
        orientation: orientation(angles),
        velocity: fields.vector("velocity")?.map_or(Vec3::ZERO, vector),
        angular_velocity: fields
            .vector("angular_velocity")?
            .map_or(Vec3::ZERO, vector),
        motion,
        ..Body::at(Vec3::ZERO)
    };
    let given = fields.number("mass")?;
    let material = [
        given.unwrap_or(MASS),
        fields.number("restitution")?.unwrap_or(RESTITUTION),
        fields.number("friction")?.unwrap_or(FRICTION),
    ];
    // They count for bodies that move only; others may have any.
    if motion == Motion::Inertial {
        // As f32, these would be 0 or infinite, and errors would say so.
        let is_extreme = |number: f64| number != 0.0 && !(number as f32).is_normal();
        if is_extreme(material[0]) {
            return Err(fields.error("mass", "a number from 1e-6 to 1e12"));
        }
        if is_extreme(material[2]) {
            return Err(fields.error("friction", "a number from 0 to 1e6"));
        }
        [body.mass, body.restitution, body.friction] = material.map(|number| number as f32);
    }
    Ok(Object {
        place: fields.place().to_owned(),
        asset: asset.to_owned(),
        body,
        has_mass: given.is_some(),
        material,
    })
}

fn vector(numbers: [f64; 3]) -> Vec3 {
    Vec3::from_array(numbers.map(|number| number as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [10]
    #[test]
    fn the_end_of_a_run_is_a_frame() {
        let frames = |timestep_ms, duration_s| {
            Start {
                timestep_ms,
                duration_s,
            }
            .frames()
        };
        assert_eq!(frames(16.0, 30.0), 1876);
        assert_eq!(frames(10.0, 0.3), 31);
        assert_eq!(frames(33.0, 1.0), 31);
        assert_eq!(frames(0.1, 0.3), 3001);
        assert_eq!(frames(16.0, 0.0), 1);
        for steps in 1..2000_u32 {
            let duration_s = f64::from(steps) * 7.3 / 1000.0;
            assert_eq!(frames(7.3, duration_s), u64::from(steps) + 1);
        }
    }
}
