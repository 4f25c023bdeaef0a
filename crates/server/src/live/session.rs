//! Session of a live connection, without I/O: the phases, the answers, and the limits.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::error::{LiveError, MAX_TIMESTEP_MS};
use super::fields::Fields;
use super::message::{self, Metadata};
use super::pack_request::PackRequest;
use super::request::{Command, Configure, Object, Start};
use crate::limits::LiveLimits;
use mlipview_bodies::{Asset, Assets, BodyError, World};
use mlipview_core::chem::excerpt;

/// Phase of a connection.
enum Phase {
    /// Before `configure`.
    New,
    /// Before `start` or `stop`.
    Ready(Box<LiveWorld>),
    /// From `start` on.
    Running,
    /// From `pack` on. [22]
    Packing,
}

/// Session of a live connection.
pub(super) struct LiveSession {
    limits: LiveLimits,
    phase: Phase,
}

/// Consequence of a message.
pub(super) enum Action {
    /// An answer to send.
    Send(String),
    /// The run starts.
    Start(Box<LiveWorld>, Start),
    /// A packing starts. [22]
    Pack(PackRequest),
    /// The run, which has not started, is complete: an answer to send before closing. [9]
    Complete(String),
    /// The run ends after its current frame. [13]
    Stop,
    /// A command for the run.
    Command(Command),
    /// An error that the run outlives.
    Warn(LiveError),
    /// A message without effect. [13]
    Ignore,
    /// The connection is closed with an error.
    Fail(LiveError),
}

impl LiveSession {
    pub(super) fn new(limits: LiveLimits) -> LiveSession {
        let phase = Phase::New;
        LiveSession { limits, phase }
    }

    /// Handles a text message. It may take the time to make thousands of bodies.
    pub(super) fn on_text(&mut self, text: &str) -> Action {
        self.handle(text).unwrap_or_else(|error| match self.phase {
            // A run goes on after a command that cannot be executed.
            Phase::Running | Phase::Packing => Action::Warn(error),
            _ => Action::Fail(error),
        })
    }

    /// Handles a binary message, which has no meaning.
    pub(super) fn on_binary(&mut self) -> Action {
        match self.phase {
            Phase::New => Action::Fail(LiveError::NotConfigured),
            Phase::Ready(_) => Action::Fail(LiveError::NotStarted("no JSON object".to_owned())),
            Phase::Running | Phase::Packing => Action::Ignore,
        }
    }

    fn handle(&mut self, text: &str) -> Result<Action, LiveError> {
        let message = match serde_json::from_str(text) {
            Ok(Value::Object(message)) => message,
            Err(error) if text.trim_start().starts_with('{') && !self.has_started() => {
                return Err(LiveError::Json(error.to_string()));
            }
            _ => return Ok(self.on_binary()),
        };
        let kind = message.get("type").unwrap_or(&Value::Null);
        let kind = kind
            .as_str()
            .map_or_else(|| kind.to_string(), str::to_owned);
        let fields = Fields::new(&message);
        match &mut self.phase {
            Phase::New if kind == "configure" => self.configure(&fields),
            Phase::New if kind == "pack" => {
                let request = PackRequest::read(&fields)?;
                self.phase = Phase::Packing;
                Ok(Action::Pack(request))
            }
            Phase::New => Err(LiveError::NotConfigured),
            Phase::Ready(_) => self.start_or_stop(&kind, &fields),
            Phase::Running | Phase::Packing if kind == "stop" => Ok(Action::Stop),
            Phase::Packing => Ok(Action::Ignore),
            Phase::Running => Ok(match Command::read(&kind, &fields)? {
                Some(command) => Action::Command(command),
                None => Action::Ignore,
            }),
        }
    }

    /// Whether a run or packing has started.
    pub(super) fn has_started(&self) -> bool {
        matches!(self.phase, Phase::Running | Phase::Packing)
    }

    fn configure(&mut self, fields: &Fields<'_>) -> Result<Action, LiveError> {
        if fields
            .get("objects")
            .is_none_or(|objects| objects.as_array().is_some_and(Vec::is_empty))
        {
            return Err(LiveError::NoObjects);
        }
        let configure = Configure::read(fields)?;
        let world = World::new(configure.world)?;
        let mut world = LiveWorld {
            world,
            assets: Assets::new(configure.units),
            known_assets: BTreeMap::new(),
            max_bodies: self.limits.bodies,
        };
        let metadata = world.spawn(configure.objects)?;
        self.phase = Phase::Ready(Box::new(world));
        Ok(Action::Send(metadata))
    }

    fn start_or_stop(&mut self, kind: &str, fields: &Fields<'_>) -> Result<Action, LiveError> {
        if kind == "stop" {
            return Ok(Action::Complete(message::complete(0, 0.0)));
        }
        if kind != "start" {
            return Err(LiveError::NotStarted(excerpt(kind).into_owned()));
        }
        let start = Start::read(fields)?;
        let limits = self.limits;
        if start.timestep_ms <= 0.0 {
            return Err(LiveError::Timestep);
        }
        if start.duration_s < 0.0 {
            return Err(LiveError::Duration);
        }
        if start.timestep_ms < limits.min_timestep_ms {
            return Err(LiveError::ShortTimestep(limits.min_timestep_ms));
        }
        if start.timestep_ms > MAX_TIMESTEP_MS {
            return Err(LiveError::LongTimestep);
        }
        if start.duration_s > limits.duration_s {
            return Err(LiveError::LongRun(limits.duration_s));
        }
        match std::mem::replace(&mut self.phase, Phase::Running) {
            Phase::Ready(world) => Ok(Action::Start(world, start)),
            Phase::New | Phase::Running | Phase::Packing => Ok(Action::Ignore),
        }
    }
}

/// A world and its assets.
pub(super) struct LiveWorld {
    pub(super) world: World,
    assets: Assets,
    /// Assets that the client has received, by name.
    known_assets: BTreeMap<String, Arc<Asset>>,
    max_bodies: usize,
}

impl LiveWorld {
    /// Adds all objects, or none; returns the message about them, and about assets that are new to the client.
    /// [5] [6] [7] [20]
    pub(super) fn spawn(&mut self, objects: Vec<Object>) -> Result<String, LiveError> {
        let given = self.world.len() + objects.len();
        if given > self.max_bodies {
            let limit = self.max_bodies;
            return Err(LiveError::Bodies { limit, given });
        }
        let mut metadata = Metadata::default();
        let mut checked = Vec::with_capacity(objects.len());
        for mut object in objects {
            let asset = metadata.asset(&object.asset, &self.known_assets, &self.assets);
            let asset = asset.map_err(|error| match error {
                BodyError::Asset(name) => LiveError::Asset(name),
                error => object_error(&object, error),
            })?;
            if let (false, Some(mass), true) = (
                object.has_mass,
                asset.atomic_mass(),
                self.assets.has_atomic_masses(),
            ) {
                object.body.mass = mass;
                object.material[0] = f64::from(mass);
            }
            let fits = self.world.check(&asset, &object.body);
            fits.map_err(|error| object_error(&object, error))?;
            checked.push((object, asset));
        }
        let places = checked
            .iter()
            .map(|(object, asset)| (&**asset, object.body.position));
        self.world.check_overlaps(places)?;
        for (object, asset) in checked {
            let id = self.world.add(&asset, &object.body);
            let id = id.map_err(|error| object_error(&object, error))?;
            metadata.add(id, &asset, &object);
        }
        let new = metadata.new_assets().iter();
        let new = new.map(|asset| (asset.name().to_owned(), Arc::clone(asset)));
        self.known_assets.extend(new);
        Ok(metadata.into_message())
    }
}

fn object_error(object: &Object, error: BodyError) -> LiveError {
    let place = object.place.clone();
    LiveError::Object { place, error }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn message(value: &Value) -> String {
        json!({
            "type": "configure",
            "objects": [{
                "asset_name": "cube", "position": [0, 0, value], "orientation": [0, 0, 0],
                "object_type": "inertial", "mass": value, "velocity": value,
            }],
            "gravity": value, "cell": value, "seed": value, "units": value,
        })
        .to_string()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// [4] [6] [8]
        #[test]
        fn arbitrary_messages_are_answered(
            text in ".{0,60}", number in any::<f64>(), key in "[a-z_]{0,12}",
        ) {
            let values = [json!(number), json!([number, number, number]), json!(text.clone()), Value::Null];
            for first in &values {
                let mut session = LiveSession::new(LiveLimits::default());
                session.on_text(&message(first));
                for value in &values {
                    session.on_text(&json!({"type": "start", "timestep_ms": value, key.as_str(): value}).to_string());
                    session.on_text(&json!({"type": key, "to": value, "point": value, "body_id": value}).to_string());
                }
                session.on_text(&text);
                session.on_binary();
            }
        }
    }

    /// [7] [13] [20]
    #[test]
    fn phases_follow_each_other() {
        let mut session = LiveSession::new(LiveLimits::default());
        let object = json!({"asset_name": "cube", "position": [0, 0, 1], "orientation": [0, 0, 0], "object_type": "inertial"});
        let configure = json!({"type": "configure", "objects": [object]}).to_string();
        assert!(matches!(
            session.on_text("{}"),
            Action::Fail(LiveError::NotConfigured)
        ));
        assert!(
            matches!(session.on_text(&configure), Action::Send(text) if text.contains("metadata"))
        );
        assert!(matches!(
            session.on_text(&configure),
            Action::Fail(LiveError::NotStarted(_))
        ));
        let started = session.on_text(r#"{"type":"start","timestep_ms":10,"duration_s":1}"#);
        assert!(matches!(
            started,
            Action::Start(
                _,
                Start {
                    timestep_ms: 10.0,
                    duration_s: 1.0
                }
            )
        ));
        assert!(matches!(session.on_text(&configure), Action::Ignore));
        assert!(matches!(session.on_text("{"), Action::Ignore));
        assert!(matches!(
            session.on_text(r#"{"type":"release"}"#),
            Action::Command(Command::Release)
        ));
        assert!(matches!(
            session.on_text(r#"{"type":"move"}"#),
            Action::Warn(_)
        ));
        assert!(matches!(
            session.on_text(r#"{"type":"stop"}"#),
            Action::Stop
        ));
    }
}
