//! Reports of trainers outside of this program over HTTP: `POST /api/ws/feed`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::task::spawn_blocking;

use super::error::OpenTrainingError;
use super::query::Query;
use crate::access::AccessError;
use crate::rest;
use crate::state::AppState;
use mlipview_core::presence::Role;
use mlipview_telemetry::{Callback, CallbackError};

/// A feed that is refused.
#[derive(Debug, thiserror::Error)]
enum FeedError {
    #[error("{0}")]
    Access(#[from] AccessError),
    #[error("FORBIDDEN: your role is spectator, feeding requires the token of a driver")]
    Role,
    #[error("{0} feeds per second at most; send several lines in one")]
    Rate(u32),
    #[error("a feed has {0} bytes at most; send it in parts")]
    Size(usize),
    #[error("line {0}: {1}")]
    Line(usize, CallbackError),
    #[error("the feed is not UTF-8; send JSON in UTF-8")]
    Utf8,
    #[error(transparent)]
    Open(#[from] OpenTrainingError),
}

impl FeedError {
    fn status(&self) -> StatusCode {
        match self {
            FeedError::Access(_) | FeedError::Role => StatusCode::FORBIDDEN,
            FeedError::Rate(_) => StatusCode::TOO_MANY_REQUESTS,
            FeedError::Size(_) => StatusCode::PAYLOAD_TOO_LARGE,
            FeedError::Line(..) | FeedError::Utf8 => StatusCode::BAD_REQUEST,
            FeedError::Open(OpenTrainingError::Name(_)) => StatusCode::CONFLICT,
            FeedError::Open(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// `POST /api/ws/feed`: reports, one JSON object per line; all of them or none are accepted.
pub(crate) async fn feed(
    State(state): State<Arc<AppState>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match try_feed(&state, query.as_deref(), &headers, &body).await {
        Ok(count) => rest::json(&json!({ "accepted": count })),
        Err(error) => {
            state.metrics.count_refusal("FEED");
            let body = json!({ "error": error.to_string() });
            (error.status(), rest::json(&body)).into_response()
        }
    }
}

async fn try_feed(
    state: &Arc<AppState>,
    query: Option<&str>,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<usize, FeedError> {
    state.access.check_origin(headers)?;
    let query = Query::parse(query, headers);
    if state.access.role(query.token.as_deref())? == Role::Spectator {
        return Err(FeedError::Role);
    }
    let service = Arc::clone(&state.trainings);
    if let Some(rate) = service.feed.exceeded_rate(state.clock.now()) {
        return Err(FeedError::Rate(rate));
    }
    let max_bytes = service.limits.message_bytes;
    if body.len() > max_bytes {
        return Err(FeedError::Size(max_bytes));
    }
    let text = std::str::from_utf8(body).map_err(|_| FeedError::Utf8)?;
    let callbacks = callbacks(text)?;
    let count = callbacks.len();
    // Opening a training may read its event log.
    let fed = spawn_blocking(move || service.take_feed(query.name.as_deref(), callbacks));
    fed.await.unwrap_or(Err(OpenTrainingError::Panic))?;
    Ok(count)
}

/// The reports of a text, one per line.
fn callbacks(text: &str) -> Result<Vec<Callback>, FeedError> {
    let is_empty = text.trim().is_empty();
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| is_empty || !line.trim().is_empty());
    let callback = |(index, line): (usize, &str)| {
        line.parse()
            .map_err(|error| FeedError::Line(index + 1, error))
    };
    if is_empty {
        return Err(callback((0, "")).err().unwrap_or(FeedError::Utf8));
    }
    lines.map(callback).collect()
}
