//! What can be asked without a conversation: how the server is, and which structures there are.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::house::House;
use super::rooms::MAIN;
use super::telemetry::memory_bytes;
use mlipview_core::chem::format::{self, Configuration, Format};
use mlipview_core::chem::{excerpt, library};
use mlipview_core::sim::{Activity, Task};

/// `/health`
pub(super) async fn health(State(house): State<Arc<House>>) -> Response {
    json_of(&state(&house))
}

/// `/serve/health`: with the keys of the browser original.
pub(super) async fn serve_health(State(house): State<Arc<House>>) -> Response {
    let mut state = state(&house);
    let potential = state["potential"].clone();
    let device = state["device"].clone();
    // The original asks a replica of its model for these. Ours evaluates one structure per call.
    let rooms = house.rooms.all();
    let steps: u64 = rooms.iter().map(|room| room.sim().newest().step).sum();
    let evaluated = steps + house.telemetry.private_steps();
    let originals = json!({
        "model": potential,
        "model_loaded": !potential.is_null(),
        "task": Value::Null,
        "cuda_available": house.device.starts_with("cuda"),
        "ingress_device": device,
        "replica_device": device,
        "replica_stats_calls": evaluated,
        "replica_stats_items": evaluated,
        "force_cpu_mode": house.device == "cpu",
    });
    if let (Value::Object(state), Value::Object(originals)) = (&mut state, originals) {
        state.extend(originals);
    }
    json_of(&state)
}

/// `/metrics`
pub(super) async fn metrics(State(house): State<Arc<House>>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], house.telemetry.text(&house)).into_response()
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
            "licence": entry.licence,
            "temperature": entry.temperature,
            "potential": entry.potential,
        })
    });
    json_of(&Value::Array(entries.collect()))
}

/// `/api/library/KEY`: as extended XYZ.
pub(super) async fn structure(Path(key): Path<String>) -> Response {
    let Some(entry) = library::find(&key) else {
        let key = excerpt(&key);
        let words = format!("There is no structure {key:?}; /api/library lists them.\n");
        return (StatusCode::NOT_FOUND, words).into_response();
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

fn state(house: &House) -> Value {
    let rooms = house.rooms.all();
    let main = rooms.iter().find(|room| room.name() == MAIN);
    let potential = main.and_then(|room| room.sim().newest().potential.clone());
    let rooms: Vec<Value> = rooms
        .iter()
        .map(|room| {
            let frame = room.sim().newest();
            json!({
                "name": room.name(),
                "title": &*room.sim().title(),
                "atoms": frame.positions.len(),
                "activity": word_for(&frame.activity),
                "potential": frame.potential.as_deref(),
                "people": room.sim().roster().len(),
                "steps_per_second": room.steps_per_second(),
            })
        })
        .collect();
    json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "potential": potential.as_deref(),
        "device": house.device,
        "rooms": rooms,
        "connections": house.connections(),
        "private_sessions": house.private_sessions(),
        "steps_per_second": main.map_or(0.0, |room| room.steps_per_second()),
        "memory_bytes": memory_bytes(),
        "uptime_s": house.clock.now().as_secs_f64(),
    })
}

fn word_for(activity: &Activity) -> &'static str {
    match activity {
        Activity::Idle => "idle",
        Activity::Running(Task::Dynamics(_)) => "dynamics",
        Activity::Running(Task::Relaxation(_)) => "relaxation",
        Activity::Playback => "playback",
    }
}

fn json_of(value: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, value.to_string()).into_response()
}
