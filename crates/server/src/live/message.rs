//! Messages to clients besides frames, as JSON.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::frame_text::write_numbers;
use super::request::Object;
use mlipview_bodies::{Asset, Assets, BodyError, BodyId, Motion};

/// The message that a run is complete. [9] [13]
pub(super) fn complete(total_frames: u64, elapsed_s: f64) -> String {
    let elapsed_s = rounded(elapsed_s);
    let message = json!({"type": "complete", "total_frames": total_frames, "elapsed_s": elapsed_s});
    message.to_string()
}

/// A time, s, to milliseconds.
pub(super) fn rounded(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

/// A message about an error.
pub(super) fn error(message: &str) -> String {
    json!({"type": "error", "message": message}).to_string()
}

/// The message about bodies and their new assets. [7] [20]
#[derive(Default)]
pub(super) struct Metadata {
    bodies: Vec<Value>,
    /// In the order of their first use.
    new_assets: Vec<Arc<Asset>>,
}

impl Metadata {
    /// The asset of a name: one that the client knows, or a new one.
    pub(super) fn asset(
        &mut self,
        name: &str,
        known: &BTreeMap<String, Arc<Asset>>,
        assets: &Assets,
    ) -> Result<Arc<Asset>, BodyError> {
        let mut new = self.new_assets.iter();
        if let Some(asset) = known
            .get(name)
            .or_else(|| new.find(|asset| asset.name() == name))
        {
            return Ok(Arc::clone(asset));
        }
        let asset = Arc::new(assets.find(name)?);
        self.new_assets.push(Arc::clone(&asset));
        Ok(asset)
    }

    /// The assets that the client does not know before this message.
    pub(super) fn new_assets(&self) -> &[Arc<Asset>] {
        &self.new_assets
    }

    pub(super) fn add(&mut self, id: BodyId, asset: &Asset, object: &Object) {
        let [mass, restitution, friction] = object.material;
        self.bodies.push(json!({
            "body_id": id.number(),
            "asset_id": asset.id(),
            "asset_name": asset.name(),
            "mass": mass,
            "restitution": restitution,
            "friction": friction,
            "is_environment": object.body.motion == Motion::Environment,
        }));
    }

    pub(super) fn into_message(self) -> String {
        let mut text = format!(
            "{{\"type\":\"metadata\",\"bodies\":{},\"assets\":[",
            Value::Array(self.bodies)
        );
        for (index, asset) in self.new_assets.iter().enumerate() {
            let mesh = asset.mesh();
            let separator = if index == 0 { "" } else { "," };
            let name = Value::from(asset.name());
            text.push_str(&format!(
                "{separator}{{\"asset_id\":{},\"name\":{name},\"positions\":[",
                asset.id()
            ));
            write_numbers(&mut text, &mesh.positions);
            text.push(']');
            if !mesh.colors.is_empty() {
                text.push_str(",\"colors\":[");
                write_numbers(&mut text, &mesh.colors);
                text.push(']');
            }
            text.push_str(&format!(",\"vertex_count\":{}}}", mesh.vertex_count()));
        }
        text.push_str("]}");
        text
    }
}
