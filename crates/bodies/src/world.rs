//! World of rigid bodies.

use glam::Vec3;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::asset::Asset;
use crate::body::{Body, BodyId, BodyState, Motion};
use crate::engine::Engine;
use crate::error::{BodyError, WorldError};
use crate::shape::Shape;
use crate::snapshot::Snapshot;

/// Largest displacement by a seed.
const DISPLACEMENT: f32 = 1e-5;

/// Largest coordinate and velocity.
const MAX_COORDINATE: f32 = 1e6;

/// Range of masses.
const MASSES: std::ops::RangeInclusive<f32> = 1e-6..=1e12;

/// Longest step, s.
const MAX_STEP: f64 = 10.0;

/// Settings of a world.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldSettings {
    /// Acceleration, length/s² [default: (0, 0, −9.81)].
    pub gravity: Vec3,
    /// Seed of displacements of inertial bodies by at most 10⁻⁵ at the start, so that bodies in an unstable
    /// balance fall, always in the same direction [default: none].
    pub seed: Option<u64>,
    /// Edges of a periodic cell from the origin: bodies that leave it at a face enter at the opposite one, and
    /// collide through faces. The ground is not repeated [default: none].
    pub cell: Option<Vec3>,
}

impl Default for WorldSettings {
    fn default() -> WorldSettings {
        WorldSettings {
            gravity: Vec3::new(0.0, 0.0, -9.81),
            seed: None,
            cell: None,
        }
    }
}

/// Rigid bodies that move by gravity, contacts and a hand.
///
/// Bodies have no drag and never fall asleep. Contacts have restitution and Coulomb friction.
pub struct World {
    engine: Engine,
    random: Option<ChaCha8Rng>,
}

impl World {
    /// A world without bodies.
    ///
    /// # Errors
    /// If gravity or cell are not finite or too large, or an edge of the cell is not positive.
    pub fn new(settings: WorldSettings) -> Result<World, WorldError> {
        let invalid = |setting, expected| Err(WorldError::Setting { setting, expected });
        if !is_coordinate(settings.gravity) {
            return invalid("gravity", "three finite numbers of at most 1e6");
        }
        if let Some(cell) = settings.cell
            && !(is_coordinate(cell) && cell.min_element() > 0.0)
        {
            return invalid("cell", "three positive edges of at most 1e6");
        }
        Ok(World {
            engine: Engine::new(settings.gravity, settings.cell),
            random: settings.seed.map(ChaCha8Rng::seed_from_u64),
        })
    }

    /// Adds a body, also while the simulation runs.
    ///
    /// # Errors
    /// If a setting is out of its range, the plane is to move, or the body does not fit in the cell.
    pub fn add(&mut self, asset: &Asset, body: &Body) -> Result<BodyId, BodyError> {
        self.check(asset, body)?;
        let mut body = body.clone();
        if let (Some(random), Motion::Inertial) = (&mut self.random, body.motion) {
            let mut displacement = || DISPLACEMENT * random.random_range(-1.0..=1.0_f32);
            body.position += Vec3::new(displacement(), displacement(), displacement());
        }
        Ok(self.engine.insert(&asset.shape, &body))
    }

    /// Checks whether a body could be added.
    ///
    /// # Errors
    /// As [`World::add`].
    pub fn check(&self, asset: &Asset, body: &Body) -> Result<(), BodyError> {
        let vectors = [
            ("position", body.position),
            ("velocity", body.velocity),
            ("angular_velocity", body.angular_velocity),
        ];
        for (setting, vector) in vectors {
            for got in vector.to_array() {
                let expected = "a number from -1e6 to 1e6";
                check(setting, got, got.abs() <= MAX_COORDINATE, expected)?;
            }
        }
        let length = body.orientation.length();
        check(
            "orientation",
            length,
            (length - 1.0).abs() < 1e-3,
            "a unit quaternion",
        )?;
        check("mass", body.mass, body.mass > 0.0, "positive")?;
        check(
            "mass",
            body.mass,
            MASSES.contains(&body.mass),
            "from 1e-6 to 1e12",
        )?;
        let expected = "from 0 to 1";
        check(
            "restitution",
            body.restitution,
            (0.0..=1.0).contains(&body.restitution),
            expected,
        )?;
        check(
            "friction",
            body.friction,
            (0.0..=1e6).contains(&body.friction),
            "from 0 to 1e6",
        )?;
        if asset.shape == Shape::Plane && body.motion == Motion::Inertial {
            return Err(BodyError::InertialPlane);
        }
        let diameter = 2.0 * asset.shape.radius();
        match self.engine.min_edge() {
            Some(edge) if diameter.is_finite() && diameter > edge => {
                Err(BodyError::LargerThanCell { edge, diameter })
            }
            _ => Ok(()),
        }
    }

    /// Advances the simulation by `dt`, s, from above 0 to 10, in substeps of at most 1/480 s, or 1/120 s with more
    /// than 250 bodies.
    ///
    /// # Errors
    /// If `dt` is out of this range, there are too many contacts or bodies at one place, or a body has left the
    /// range of numbers; then the world is of no use.
    pub fn step(&mut self, dt: f64) -> Result<(), WorldError> {
        self.step_while(dt, &|| true).map(drop)
    }

    /// The same, for as long as a condition holds, which is asked before each substep; returns whether all were
    /// taken.
    ///
    /// # Errors
    /// As [`World::step`].
    pub fn step_while(&mut self, dt: f64, goes_on: &dyn Fn() -> bool) -> Result<bool, WorldError> {
        if !(dt > 0.0 && dt <= MAX_STEP) {
            let (setting, expected) = ("dt", "positive and at most 10 s");
            return Err(WorldError::Setting { setting, expected });
        }
        let all = self.engine.step(dt, goes_on)?;
        match self.engine.failed() {
            Some(body) => Err(WorldError::NotFinite(body.number())),
            None => Ok(all),
        }
    }

    /// Takes hold of an inertial body at a point of the world, instead of the one before. A spring pulls this
    /// point to where the hand is [moved](World::move_hand), with at most 200 length/s² times the mass.
    ///
    /// # Errors
    /// If there is no such body, or the point is not finite.
    pub fn grab(&mut self, body: BodyId, point: Vec3) -> Result<(), BodyError> {
        check_point("point", point)?;
        match self.engine.grab(body, point) {
            true => Ok(()),
            false => Err(BodyError::Unknown(body.number())),
        }
    }

    /// Moves the hand; without effect if it holds nothing.
    ///
    /// # Errors
    /// If the point is not finite.
    pub fn move_hand(&mut self, to: Vec3) -> Result<(), BodyError> {
        check_point("to", to)?;
        self.engine.move_hand(to);
        Ok(())
    }

    /// Lets go of the body that the hand holds.
    pub fn release(&mut self) {
        self.engine.release();
    }

    /// Checks whether bodies could be added without too many overlaps: each pair of overlapping bounding spheres
    /// counts as the product of their numbers of convex parts, and at least as 64.
    ///
    /// # Errors
    /// If more than 2 million would overlap, which would take gigabytes.
    pub fn check_overlaps<'a>(
        &self,
        added: impl Iterator<Item = (&'a Asset, Vec3)>,
    ) -> Result<(), WorldError> {
        match self
            .engine
            .has_space(added.map(|(asset, position)| (&asset.shape, position)))
        {
            true => Ok(()),
            false => Err(WorldError::Overlaps),
        }
    }

    /// Number of bodies.
    pub fn len(&self) -> usize {
        self.engine.len()
    }

    /// Whether there is no body.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// State of a body.
    pub fn state(&self, body: BodyId) -> Option<BodyState> {
        self.engine
            .index(body)
            .map(|index| self.engine.state(index))
    }

    /// States of all bodies, and the contacts of the last step.
    pub fn snapshot(&self) -> Snapshot {
        self.engine.snapshot()
    }
}

fn is_coordinate(vector: Vec3) -> bool {
    vector.abs().max_element() <= MAX_COORDINATE && vector.is_finite()
}

fn check_point(setting: &'static str, point: Vec3) -> Result<(), BodyError> {
    let expected = "three numbers from -1e6 to 1e6";
    check(setting, point.length(), is_coordinate(point), expected)
}

fn check(
    setting: &'static str,
    got: f32,
    is_valid: bool,
    expected: &'static str,
) -> Result<(), BodyError> {
    match is_valid {
        true => Ok(()),
        false => Err(BodyError::Setting {
            setting,
            expected,
            got,
        }),
    }
}
