//! HTTP endpoints of live runs: the assets, and the health.

use axum::response::Response;
use serde_json::{Value, json};

use crate::rest;
use mlipview_bodies::Assets;

/// `/api/v1/live/assets`: identifiers and names. [1]
pub(crate) async fn assets() -> Response {
    let assets = Assets::names().map(|(id, name)| json!({"asset_id": id, "name": name}));
    rest::json(&Value::Array(assets.collect()))
}

/// `/api/v1/health`. [2]
pub(crate) async fn health() -> Response {
    rest::json(&json!({"status": "ok"}))
}
