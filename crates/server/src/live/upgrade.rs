//! WebSocket upgrades at `/api/v1/live`: origin, limits and tokens.
//!
//! As for private simulations, everybody who may connect may run bodies of their own, with or without a token; a
//! wrong token is refused.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::connection::{LiveConnection, refuse};
use super::error::LiveError;
use crate::admission::{AdmissionError, UpgradeRequest, admit, bearer_token};
use crate::socket::Socket;
use crate::state::AppState;

/// Query of the address.
#[derive(Default)]
struct Query {
    token: Option<String>,
    every_frame: bool,
}

/// Accepts or refuses an upgrade. A wrong origin gets an HTTP error, since a browser must not open the socket;
/// all other refusals are errors inside it.
pub(crate) async fn handle(
    State(state): State<Arc<AppState>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let mut query = Query::parse(query.as_deref().unwrap_or_default());
    query.token = query.token.or_else(|| bearer_token(&headers));
    let request = UpgradeRequest {
        from,
        headers,
        upgrade,
    };
    let max_bytes = state.limits.live.message_bytes;
    let shared = Arc::clone(&state);
    request.accept(&shared, max_bytes, move |socket| {
        run(socket, query, from, state)
    })
}

async fn run(socket: Socket, query: Query, from: SocketAddr, state: Arc<AppState>) {
    let admitted = admit(&state, query.token.as_deref(), from);
    let (_permit, _role) = match admitted {
        Ok(admitted) => admitted,
        Err(AdmissionError::Full(limit)) => {
            return refuse(socket, &state, &LiveError::AllConnections(limit)).await;
        }
        Err(AdmissionError::Token(error)) => {
            return refuse(socket, &state, &error.into()).await;
        }
    };
    let Some(permit) = state.live_permit() else {
        let limit = state.limits.live.connections;
        return refuse(socket, &state, &LiveError::Connections(limit)).await;
    };
    state.metrics.count_session("live");
    tracing::info!(%from, "live connection started");
    LiveConnection::new(socket, query.every_frame, permit, state)
        .run()
        .await;
    tracing::info!(%from, "live connection ended");
}

impl Query {
    fn parse(query: &str) -> Query {
        let mut parsed = Query::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "token" if !value.is_empty() => parsed.token = Some(value.into_owned()),
                "every_frame" => parsed.every_frame = matches!(value.as_ref(), "true" | "1"),
                _ => {}
            }
        }
        parsed
    }
}
