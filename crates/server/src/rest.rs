//! HTTP endpoints: health, metrics, and the library of structures.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::metrics::{Readings, memory_bytes};
use super::rooms::MAIN;
use super::state::AppState;
use mlipview_core::chem::format::{self, Configuration, Format};
use mlipview_core::chem::{excerpt, library};
use mlipview_core::sim::{Activity, Task};

/// `/health`
pub(super) async fn health(State(state): State<Arc<AppState>>) -> Response {
    json(&status(&state))
}

/// `/serve/health`: the status with the keys of the browser original.
pub(super) async fn serve_health(State(state): State<Arc<AppState>>) -> Response {
    let mut status = status(&state);
    let potential = status["potential"].clone();
    let device = status["device"].clone();
    // The original reads these from a replica of its model, in batches. Here a batch is one structure.
    let rooms = state.rooms.all();
    let steps: u64 = rooms.iter().map(|room| room.sim().frame().step).sum();
    let evaluated = steps + state.metrics.private_steps();
    let original = json!({
        "model": potential,
        "model_loaded": !potential.is_null(),
        "task": Value::Null,
        "cuda_available": state.device.starts_with("cuda"),
        "ingress_device": device,
        "replica_device": device,
        "replica_stats_calls": evaluated,
        "replica_stats_items": evaluated,
        "force_cpu_mode": state.device == "cpu",
    });
    if let (Value::Object(status), Value::Object(original)) = (&mut status, original) {
        status.extend(original);
    }
    json(&status)
}

/// `/metrics`
pub(super) async fn metrics(State(state): State<Arc<AppState>>) -> Response {
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let text = state.metrics.text(&Readings {
        connections: state.connections(),
        private_sessions: state.private_sessions(),
        live_connections: state.live_connections(),
        rooms: state.rooms.all(),
        uptime: state.clock.now(),
    });
    ([(header::CONTENT_TYPE, content_type)], text).into_response()
}

/// `/api/library`
pub(super) async fn structures() -> Response {
    let entries = library::entries().iter().map(|entry| {
        json!({
            "key": entry.key,
            "title": entry.title,
            "formula": entry.formula,
            "atoms": entry.atoms(),
            "tags": entry.tags,
            "source": entry.source,
            "licence": entry.license,
            "temperature": entry.temperature,
            "potential": entry.potential,
        })
    });
    json(&Value::Array(entries.collect()))
}

/// `/api/library/KEY`: as extended XYZ.
pub(super) async fn structure(Path(key): Path<String>) -> Response {
    let Some(entry) = library::find(&key) else {
        let key = excerpt(&key);
        let text = format!("There is no structure {key:?}; /api/library lists all.\n");
        return (StatusCode::NOT_FOUND, text).into_response();
    };
    let structure = entry.structure().map_err(|error| error.to_string());
    let written = structure.and_then(|structure| {
        let configuration = Configuration::from(structure);
        let written = format::write_as(&[configuration], Format::ExtendedXyz);
        written.map_err(|error| error.to_string())
    });
    match written {
        Ok(bytes) => ([(header::CONTENT_TYPE, "chemical/x-xyz")], bytes).into_response(),
        Err(reason) => (StatusCode::INTERNAL_SERVER_ERROR, reason).into_response(),
    }
}

fn status(state: &AppState) -> Value {
    let rooms = state.rooms.all();
    let main = rooms.iter().find(|room| room.name() == MAIN);
    let potential = main.and_then(|room| room.sim().frame().potential.clone());
    let rooms: Vec<Value> = rooms
        .iter()
        .map(|room| {
            let frame = room.sim().frame();
            json!({
                "name": room.name(),
                "title": &*room.sim().title(),
                "atoms": frame.positions.len(),
                "activity": activity_name(&frame.activity),
                "potential": frame.potential.as_deref(),
                "people": room.sim().roster().len(),
                "steps_per_second": room.step_rate.per_second(),
            })
        })
        .collect();
    json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "potential": potential.as_deref(),
        "device": state.device,
        "rooms": rooms,
        "connections": state.connections(),
        "private_sessions": state.private_sessions(),
        "live_connections": state.live_connections(),
        "steps_per_second": main.map_or(0.0, |room| room.step_rate.per_second()),
        "memory_bytes": memory_bytes(),
        "uptime_s": state.clock.now().as_secs_f64(),
    })
}

fn activity_name(activity: &Activity) -> &'static str {
    match activity {
        Activity::Idle => "idle",
        Activity::Running(Task::Dynamics(_)) => "dynamics",
        Activity::Running(Task::Relaxation(_)) => "relaxation",
        Activity::Packing(_) => "packing",
        Activity::Following(_) => "following",
        Activity::Playback => "playback",
    }
}

pub(super) fn json(value: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, value.to_string()).into_response()
}
