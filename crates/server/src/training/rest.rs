//! HTTP endpoints of trainings: status, list and samples.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use super::error::OpenTrainingError;
use super::find::find;
use super::query::Query;
use super::state::Training;
use crate::rest;
use crate::state::AppState;
use mlipview_telemetry::{SampleFileError, TrainingState};

/// Content security policy of samples: a trainer may write any SVG or HTML, whose scripts must not run with
/// the rights of the page if a user opens it.
const SAMPLE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// `GET /api/ws/status`: of the training that `?name=` names, else of the newest. \[24\]
pub(crate) async fn status(
    State(state): State<Arc<AppState>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = Query::parse(query.as_deref(), &headers);
    let active_connections = *state.trainings.active.borrow();
    match find(&state.trainings, query.name).await {
        Ok(training) => {
            let training_state = training.shared().published.state();
            rest::json(&json!({
                "active_connections": active_connections,
                "training_state": training_state,
            }))
        }
        Err(error) => not_found(&error),
    }
}

/// `GET /api/ws/trainings`: the trainings of this server, newest first, then the old runs. \[27\]
pub(crate) async fn trainings(State(state): State<Arc<AppState>>) -> Response {
    let service = Arc::clone(&state.trainings);
    let listed = spawn_blocking(move || {
        let open = service.all();
        let old = service.runs.names();
        let old = old
            .into_iter()
            .filter(|name| open.iter().all(|(other, _)| other != name));
        let old = old.map(|name| entry(&name, None)).collect::<Vec<Value>>();
        let open = open.iter().rev();
        let mut all: Vec<Value> = open
            .map(|(name, training)| entry(name, Some(training)))
            .collect();
        all.extend(old);
        all
    });
    rest::json(&json!({ "trainings": listed.await.unwrap_or_default() }))
}

/// A training in the list; an old run is not read, so its state is unknown.
fn entry(name: &str, training: Option<&Arc<Training>>) -> Value {
    let state = training.map(|training| {
        let shared = training.shared();
        (shared.published.state(), shared.published.newest_id())
    });
    let status = state.map(|(TrainingState { status, .. }, _)| status);
    json!({
        "name": name,
        "is_open": training.is_some_and(|training| !training.has_ended()),
        "status": status,
        "newest_event_id": state.map(|(_, newest)| newest),
    })
}

/// `GET /api/ws/samples/PATH`: the file of a sample that an event has named. \[12\]
pub(crate) async fn sample(
    State(state): State<Arc<AppState>>,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = Query::parse(query.as_deref(), &headers);
    if let Err(error) = state.access.role(query.token.as_deref()) {
        return (StatusCode::FORBIDDEN, format!("{error}\n")).into_response();
    }
    let training = match find(&state.trainings, query.name).await {
        Ok(training) => training,
        Err(error) => return not_found(&error),
    };
    let read = spawn_blocking(move || {
        let file = training.shared().published.sample(&path)?;
        Ok((file.media_type(), file.read()?))
    });
    match read.await {
        Ok(Ok((media_type, bytes))) => {
            let headers = [
                (header::CONTENT_TYPE, media_type),
                (header::CONTENT_SECURITY_POLICY, SAMPLE_POLICY),
            ];
            (headers, bytes).into_response()
        }
        Ok(Err(error)) => refused(&error),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refused(error: &SampleFileError) -> Response {
    let status = match error {
        SampleFileError::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        SampleFileError::Outside(_) => StatusCode::FORBIDDEN,
        _ => StatusCode::NOT_FOUND,
    };
    (status, format!("{error}\n")).into_response()
}

/// `GET /training.proto`
pub(crate) async fn schema() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (headers, mlipview_telemetry::SCHEMA).into_response()
}

/// `GET /training.binpb`
pub(crate) async fn descriptors() -> Response {
    let headers = [(header::CONTENT_TYPE, "application/octet-stream")];
    (headers, mlipview_telemetry::DESCRIPTORS).into_response()
}

fn not_found(error: &OpenTrainingError) -> Response {
    let status = match error {
        OpenTrainingError::Unknown(_) => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, format!("{error}\n")).into_response()
}
