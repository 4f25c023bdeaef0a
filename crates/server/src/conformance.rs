//! Conformance of the WebSocket stack to RFC 6455: the Autobahn cases of the suite kosoku, against an echo
//! that uses the listener, the upgrade and the socket of this server.

use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocketUpgrade};
use axum::response::Response;
use tokio::task::spawn_blocking;

use super::access::Access;
use super::admission;
use super::connection_limit::ConnectionLimit;
use super::listener::Listener;
use super::settings::Settings;
use super::socket::{Socket, SocketEvent};
use super::state::AppState;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Python with kosoku, which scripts/test installs"]
async fn the_cases_of_autobahn_pass_or_have_a_documented_reason() {
    let settings = Settings::default();
    let access = Access::new(&settings).unwrap();
    let state = Arc::new(AppState::new(&settings, access));
    let listener = Listener::bind("127.0.0.1:0").unwrap();
    let address = listener.address.to_string();
    let limits = state.limits;
    let connection_limit = ConnectionLimit::new(limits.connections, limits.write_timeout);
    let router = Router::new().fallback(open).with_state(Arc::clone(&state));
    let handle = axum_server::Handle::new();
    tokio::spawn(listener.serve(router, None, connection_limit, limits, handle));
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let suite = Command::new(python)
        .current_dir("../..")
        .args(["tests/python/conformance.py", &address])
        .spawn();
    let mut suite = suite.unwrap();
    let ended = spawn_blocking(move || suite.wait()).await.unwrap();
    let ended = ended.unwrap();
    assert!(ended.success(), "{ended}");
}

async fn open(State(state): State<Arc<AppState>>, upgrade: WebSocketUpgrade) -> Response {
    let max_bytes = state.limits.session.message_bytes;
    admission::with_limit(upgrade, max_bytes)
        .on_upgrade(move |socket| echo(Socket::new(socket, state)))
}

async fn echo(mut socket: Socket) {
    loop {
        let message = match socket.next(true).await {
            SocketEvent::Sent => continue,
            SocketEvent::Message(bytes) => Message::Binary(bytes),
            SocketEvent::Text(text) => Message::Text(text),
            SocketEvent::Unreadable(frame) => return socket.close(frame).await,
            SocketEvent::Disconnected => return,
        };
        while socket.is_sending() {
            if let SocketEvent::Disconnected = socket.next(false).await {
                return;
            }
        }
        socket.start(message);
    }
}
