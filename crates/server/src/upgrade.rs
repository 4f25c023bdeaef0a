//! WebSocket upgrades at `/ws`: origin, limits, authentication, and the session that the query selects.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::admission::{UpgradeRequest, admit, bearer_token};
use super::socket::Socket;
use super::state::AppState;
use super::{private_connection, room_connection};
use crate::session::CloseFrame;
use mlipview_core::chem::excerpt;
use mlipview_core::presence::Role;

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
    let mut query = Query::parse(query.as_deref().unwrap_or_default());
    query.token = query.token.or_else(|| bearer_token(&headers));
    let request = UpgradeRequest {
        from,
        headers,
        upgrade,
    };
    let max_bytes = state.limits.session.message_bytes;
    let shared = Arc::clone(&state);
    request.accept(&shared, max_bytes, move |socket| {
        run(socket, query, from, state)
    })
}

async fn run(socket: Socket, query: Query, from: SocketAddr, state: Arc<AppState>) {
    let (_permit, role) = match admit(&state, query.token.as_deref(), from) {
        Ok(admitted) => admitted,
        Err(error) => return socket.refuse(error.code(), &error.to_string()).await,
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
