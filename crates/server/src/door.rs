//! The door at `/ws`: who comes in, and to whom they are led.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::house::House;
use super::room::Room;
use super::socket::Socket;
use super::{guest, private};
use crate::session::message::Closing;
use mlipview_core::chem::excerpt;
use mlipview_core::presence::Role;

/// Clients mostly say little at a time; hundreds of them should cost little memory.
const READ_BUFFER: usize = 16 << 10;

/// What an address asks for, behind its question mark.
#[derive(Default)]
struct Wanted {
    room: Option<String>,
    token: Option<String>,
}

/// Takes a conversation up, or says why not: what a browser must not even begin is refused before, all
/// else in words inside.
pub(super) async fn open(
    State(house): State<Arc<House>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Response {
    if let Err(words) = house.access.check_origin(&headers) {
        house.telemetry.refused("ORIGIN");
        tracing::warn!(%from, "refused a page of another origin");
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let mut wanted = Wanted::of(query.as_deref().unwrap_or_default());
    wanted.token = wanted.token.or_else(|| bearer(&headers));
    limited(upgrade, &house).on_upgrade(move |socket| lead(socket, wanted, from, house))
}

/// An upgrade to a WebSocket that reads no larger messages than allowed. Extensions that a client
/// offers, such as permessage-deflate, are declined by not being named in the answer (RFC 6455, 9.1).
pub(super) fn limited(upgrade: WebSocketUpgrade, house: &House) -> WebSocketUpgrade {
    let most = house.limits.conversation.message_bytes;
    upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(most)
        .max_frame_size(most)
}

async fn lead(socket: WebSocket, wanted: Wanted, from: SocketAddr, house: Arc<House>) {
    let socket = Socket::new(socket, Arc::clone(&house));
    let Some(_place) = house.place() else {
        let most = house.limits.connections;
        let words = format!("LIMIT: {most} connections at most; try again later");
        return socket.refuse(Closing::TRY_LATER, &words).await;
    };
    let role = match house.access.role(wanted.token.as_deref()) {
        Ok(role) => role,
        Err(wrong) => {
            tracing::warn!(%from, "refused a wrong token");
            return socket.refuse(Closing::POLICY, &wrong.to_string()).await;
        }
    };
    let origin = from.to_string();
    let Some(name) = wanted.room else {
        let Some(_place) = house.private_place() else {
            let most = house.limits.private_sessions;
            let words = format!("LIMIT: {most} private sessions at most; try again later");
            return socket.refuse(Closing::TRY_LATER, &words).await;
        };
        return private::attend(socket, &origin, house).await;
    };
    match house.rooms.find(&name) {
        Some(room) => guest::attend(socket, room, role, &origin, house).await,
        None => {
            let words = no_such_room(&house, &name, role);
            socket.refuse(Closing::POLICY, &words).await;
        }
    }
}

fn no_such_room(house: &House, name: &str, role: Role) -> String {
    let name = excerpt(name);
    let rooms = house.rooms.all();
    let rooms: Vec<&str> = rooms.iter().map(|room: &Arc<Room>| room.name()).collect();
    let mut words = format!(
        "NO_SUCH_ROOM: there is no {name:?}; there is {}",
        rooms.join(", ")
    );
    if role == Role::Owner {
        words.push_str("; to make one, send CreateRoom from a room that has the structure");
    }
    words
}

impl Wanted {
    fn of(query: &str) -> Wanted {
        let mut wanted = Wanted::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "room" if !value.is_empty() => wanted.room = Some(value.into_owned()),
                "token" if !value.is_empty() => wanted.token = Some(value.into_owned()),
                _ => {}
            }
        }
        wanted
    }
}

/// The token of programs, which can say it in a header.
fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}
