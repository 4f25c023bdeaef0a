//! Rigid bodies: boxes, spheres, cylinders, a plane and molecules that fall, collide, slide and bounce.
//!
//! A [`World`] holds bodies of [`Asset`]s and advances them by [`World::step`]; a [`Snapshot`] has the state of
//! each body and the contacts of the step. Collisions are those of the crate rapier3d, whose types stay inside
//! `engine`.
//!
//! Units: lengths in m or Å ([`Units`]), time in s, mass in any unit; impulses follow from these. The z axis
//! points up. Numbers are f32, as the engine's. The same calls give the same numbers on every machine.
//!
//! ```
//! use glam::Vec3;
//! use mlipview_bodies::{Assets, Body, Units, World, WorldSettings};
//!
//! let assets = Assets::new(Units::Meters);
//! let mut world = World::new(WorldSettings::default())?;
//! world.add(&assets.find("ground")?, &Body::environment())?;
//! let ball = world.add(&assets.find("sphere")?, &Body::at(Vec3::new(0.0, 0.0, 2.0)))?;
//! world.step(0.5)?;
//! let state = world.state(ball).unwrap();
//! assert!((state.velocity.z + 0.5 * 9.81).abs() < 1e-3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod asset;
mod body;
mod contact;
mod engine;
mod error;
mod mesh;
mod molecule;
mod orientation;
mod shape;
mod snapshot;
mod units;
mod world;

pub use asset::{Asset, Assets};
pub use body::{Body, BodyId, BodyState, Motion};
pub use contact::{Contact, FrictionForce};
pub use error::{BodyError, WorldError};
pub use mesh::Mesh;
pub use orientation::orientation;
pub use snapshot::{Snapshot, SolverStatistics};
pub use units::Units;
pub use world::{World, WorldSettings};
