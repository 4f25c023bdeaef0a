//! WebSocket upgrades at `/ws/training`: origin, limits, role, and the training that the query selects.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocketUpgrade};
use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::connection::TrainingConnection;
use super::find::find;
use super::now::now;
use super::query::Query;
use crate::admission::{AdmissionError, UpgradeRequest, admit};
use crate::session::CloseFrame;
use crate::socket::Socket;
use crate::state::AppState;
use mlipview_core::presence::Role;
use mlipview_telemetry::{Answer, MessageError};

/// Size of a message at which the connection is closed, bytes: larger than the limit, since a message that
/// exceeds only the latter is answered with an error, and the connection goes on.
const MAX_READ: usize = 1 << 20;

/// Accepts or refuses an upgrade. A wrong origin gets an HTTP error, since a browser must not open the
/// socket; all other refusals are errors inside it.
pub(crate) async fn handle(
    State(state): State<Arc<AppState>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let query = Query::parse(query.as_deref(), &headers);
    let request = UpgradeRequest {
        from,
        headers,
        upgrade,
    };
    let max_bytes = MAX_READ.max(state.trainings.limits.message_bytes);
    let shared = Arc::clone(&state);
    request.accept(&shared, max_bytes, move |socket| {
        run(socket, query, from, state)
    })
}

async fn run(socket: Socket, query: Query, from: SocketAddr, state: Arc<AppState>) {
    let (_permit, role) = match admit(&state, query.token.as_deref(), from) {
        Ok(admitted) => admitted,
        Err(error) => {
            let (code, reason) = (error.code(), error.to_string());
            let error = match error {
                AdmissionError::Full(_) => MessageError::Processing(reason),
                AdmissionError::Token(_) => MessageError::Forbidden(reason),
            };
            return refuse(socket, &state, code, &error).await;
        }
    };
    let Some(format) = query.format else {
        let reason = "unknown format: expected json or protobuf".to_owned();
        let error = MessageError::Processing(reason);
        return refuse(socket, &state, CloseFrame::POLICY_VIOLATION, &error).await;
    };
    let training = match find(&state.trainings, query.name.clone()).await {
        Ok(training) => training,
        Err(error) => {
            let error = MessageError::Processing(error.to_string());
            return refuse(socket, &state, CloseFrame::POLICY_VIOLATION, &error).await;
        }
    };
    state.metrics.count_session("training");
    tracing::info!(%from, role = role.name(), "watches a training");
    let may_command = role >= Role::Driver;
    let service = &state.trainings;
    let client = service.add_client(query.name.as_deref(), training, may_command);
    let connection = TrainingConnection::new(socket, client, format, Arc::clone(&state));
    connection.run().await;
    tracing::info!(%from, "left a training");
}

/// Sends an error, then closes the socket.
async fn refuse(mut socket: Socket, state: &AppState, code: u16, error: &MessageError) {
    let reason = error.to_string();
    state.metrics.count_refusal(&reason);
    let answer = Answer::Error {
        error_code: error.code(),
        message: reason.clone(),
    };
    if let Ok(json) = answer.to_json(now(state.clock)) {
        socket.start(Message::Text(json.into()));
    }
    socket.close(CloseFrame { code, reason }).await;
}
