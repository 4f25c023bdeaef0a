//! Conformance of our WebSocket stack to RFC 6455: the Autobahn cases, run by the suite kosoku against
//! an echo that uses the listener, the upgrade and the socket of this server.

use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocketUpgrade};
use axum::response::Response;
use tokio::task::spawn_blocking;

use super::access::Access;
use super::door;
use super::house::House;
use super::listener::Listener;
use super::settings::Settings;
use super::socket::{Occurrence, Socket};
use super::stream::Gate;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Python with kosoku, which scripts/test installs"]
async fn the_cases_of_autobahn_pass_or_have_their_reason_written_beside_them() {
    let settings = Settings::default();
    let access = Access::new(&settings).unwrap();
    let house = Arc::new(House::new(&settings, access));
    let listener = Listener::bind("127.0.0.1:0").unwrap();
    let address = listener.address.to_string();
    let gate = Gate::new(house.limits.connections, house.limits.patience);
    let router = Router::new().fallback(open).with_state(Arc::clone(&house));
    let handle = axum_server::Handle::new();
    tokio::spawn(listener.serve(router, None, gate, house.limits, handle));
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let suite = Command::new(python)
        .current_dir("../..")
        .args(["tests/python/conformance.py", &address])
        .spawn();
    let mut suite = suite.unwrap();
    let ended = spawn_blocking(move || suite.wait()).await.unwrap();
    assert!(ended.unwrap().success());
}

async fn open(State(house): State<Arc<House>>, upgrade: WebSocketUpgrade) -> Response {
    door::limited(upgrade, &house).on_upgrade(move |socket| echo(Socket::new(socket, house)))
}

async fn echo(mut socket: Socket) {
    loop {
        let message = match socket.next(true).await {
            Occurrence::Sent => continue,
            Occurrence::Message(bytes) => Message::Binary(bytes),
            Occurrence::Text(text) => Message::Text(text),
            Occurrence::Unreadable(closing) => return socket.close(closing).await,
            Occurrence::Gone => return,
        };
        while socket.is_sending() {
            if let Occurrence::Gone = socket.next(false).await {
                return;
            }
        }
        socket.start(message);
    }
}
