//! WebSocket upgrades at `/ws`: origin, limits, authentication, and the session that the query selects.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::socket::Socket;
use super::state::AppState;
use super::{private_connection, room_connection};
use crate::session::CloseFrame;
use mlipview_core::chem::excerpt;
use mlipview_core::presence::Role;

/// Size of the read buffer, bytes: most messages are small, and there may be hundreds of connections.
pub(super) const READ_BUFFER: usize = 16 << 10;

/// Query of the address.
#[derive(Default)]
struct Query {
    room: Option<String>,
    token: Option<String>,
}

/// Accepts or refuses an upgrade. A wrong origin gets an HTTP error, since a browser must not open the
/// socket; all other refusals are notices inside it.
pub(super) async fn handle(
    State(state): State<Arc<AppState>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    if let Err(error) = state.access.check_origin(&headers) {
        state.metrics.count_refusal("ORIGIN");
        tracing::warn!(%from, "refused a page of another origin");
        return (StatusCode::FORBIDDEN, format!("{error}\n")).into_response();
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let mut query = Query::parse(query.as_deref().unwrap_or_default());
    query.token = query.token.or_else(|| bearer_token(&headers));
    with_limits(upgrade, &state).on_upgrade(move |socket| run(socket, query, from, state))
}

/// Limits the size of messages. Extensions that a client offers, such as permessage-deflate, are declined
/// by their absence in the answer (RFC 6455, 9.1).
pub(super) fn with_limits(upgrade: WebSocketUpgrade, state: &AppState) -> WebSocketUpgrade {
    let max_bytes = state.limits.session.message_bytes;
    upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(max_bytes)
        .max_frame_size(max_bytes)
}

async fn run(socket: WebSocket, query: Query, from: SocketAddr, state: Arc<AppState>) {
    let socket = Socket::new(socket, Arc::clone(&state));
    let Some(_permit) = state.session_permit() else {
        let limit = state.limits.connections;
        let reason = format!("LIMIT: {limit} connections at most; try again later");
        return socket.refuse(CloseFrame::TRY_AGAIN_LATER, &reason).await;
    };
    let role = match state.access.role(query.token.as_deref()) {
        Ok(role) => role,
        Err(error) => {
            tracing::warn!(%from, "refused a wrong token");
            let reason = error.to_string();
            return socket.refuse(CloseFrame::POLICY_VIOLATION, &reason).await;
        }
    };
    let Some(name) = query.room else {
        let Some(_permit) = state.private_permit() else {
            let limit = state.limits.private_sessions;
            let reason = format!("LIMIT: {limit} private sessions at most; try again later");
            return socket.refuse(CloseFrame::TRY_AGAIN_LATER, &reason).await;
        };
        return private_connection::run(socket, &from.to_string(), state).await;
    };
    match state.rooms.find(&name) {
        Some(room) => room_connection::run(socket, room, role, &from.to_string(), state).await,
        None => {
            let reason = unknown_room(&state, &name, role);
            socket.refuse(CloseFrame::POLICY_VIOLATION, &reason).await;
        }
    }
}

fn unknown_room(state: &AppState, name: &str, role: Role) -> String {
    let name = excerpt(name);
    let rooms = state.rooms.all();
    let rooms: Vec<&str> = rooms.iter().map(|room| room.name()).collect();
    let rooms = rooms.join(", ");
    let mut message = format!("NO_SUCH_ROOM: there is no room {name:?}; expected {rooms}");
    if role == Role::Owner {
        message.push_str("; to create it, send CreateRoom from a room that has the structure");
    }
    message
}

impl Query {
    fn parse(query: &str) -> Query {
        let mut parsed = Query::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "room" if !value.is_empty() => parsed.room = Some(value.into_owned()),
                "token" if !value.is_empty() => parsed.token = Some(value.into_owned()),
                _ => {}
            }
        }
        parsed
    }
}

/// The token of the header `Authorization`, for programs.
pub(super) fn bearer_token(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}
