//! A client of `/api/v1/live`.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use mlipview_server::Server;
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

use crate::test_server::TestServer;

/// Timeout of each message.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A client of `/api/v1/live`.
pub(super) struct Client {
    pub(super) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// The end of a connection: the messages before it, and the code and reason of the close frame.
pub(super) struct End {
    pub(super) messages: Vec<Value>,
    pub(super) code: u16,
    pub(super) reason: String,
}

impl End {
    /// The error, which is the last message, and the code.
    pub(super) fn error(&self) -> (&str, u16) {
        let last = self.messages.last().unwrap();
        assert_eq!(last["type"], "error", "{last}");
        (last["message"].as_str().unwrap(), self.code)
    }

    /// The frames.
    pub(super) fn frames(&self) -> Vec<&Value> {
        let frames = self
            .messages
            .iter()
            .filter(|message| message["type"] == "frame");
        frames.map(|frame| &frame["data"]).collect()
    }
}

impl Client {
    pub(super) async fn connect(server: &Server, query: &str) -> Client {
        let address = format!("ws://{}/api/v1/live{query}", server.addresses()[0]);
        let (socket, _) = connect_async(address).await.unwrap();
        Client { socket }
    }

    /// Connects with a small buffer for input, so that a client that does not read soon blocks its server.
    pub(super) async fn with_small_buffer(server: &Server, query: &str) -> Client {
        let address = server.addresses()[0];
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = MaybeTlsStream::Plain(socket.connect(address).await.unwrap());
        let url = format!("ws://{address}/api/v1/live{query}");
        let (socket, _) = client_async(url, stream).await.unwrap();
        Client { socket }
    }

    /// Connects and configures objects; also returns the metadata.
    pub(super) async fn configured(server: &TestServer, objects: &[Value]) -> (Client, Value) {
        let mut client = Client::connect(&server.server, "").await;
        client.send(&configure(objects)).await;
        let metadata = client.next().await;
        assert_eq!(metadata["type"], "metadata", "{metadata}");
        (client, metadata)
    }

    /// The end of a connection that sends these messages.
    pub(super) async fn end_of(server: &TestServer, messages: &[Value]) -> End {
        let mut client = Client::connect(&server.server, "").await;
        for message in messages {
            client.send(message).await;
        }
        client.end().await
    }

    pub(super) async fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string()).await;
    }

    pub(super) async fn send_text(&mut self, text: &str) {
        // An error shows at the next read.
        let _ = self.socket.send(Message::Text(text.into())).await;
    }

    pub(super) async fn start(&mut self, timestep_ms: f64, duration_s: f64) {
        self.send(&start(timestep_ms, duration_s)).await;
    }

    /// The next message.
    pub(super) async fn next(&mut self) -> Value {
        loop {
            let next = timeout(TIMEOUT, self.socket.next()).await;
            match next.expect("the server sends a message in time") {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("{other:?} is no text"),
            }
        }
    }

    /// The next message of a type.
    pub(super) async fn until(&mut self, kind: &str) -> Value {
        loop {
            let message = self.next().await;
            if message["type"] == kind {
                return message;
            }
        }
    }

    /// The data of the first frame that fulfills a condition.
    pub(super) async fn frame_where(&mut self, condition: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.until("frame").await["data"].take();
            if condition(&frame) {
                return frame;
            }
        }
    }

    /// All messages up to the close frame.
    pub(super) async fn end(&mut self) -> End {
        let mut end = End {
            messages: Vec::new(),
            code: 0,
            reason: String::new(),
        };
        loop {
            let next = timeout(TIMEOUT, self.socket.next()).await;
            match next.expect("the server closes in time") {
                Some(Ok(Message::Text(text))) => {
                    end.messages.push(serde_json::from_str(&text).unwrap());
                }
                Some(Ok(Message::Close(Some(frame)))) => {
                    (end.code, end.reason) = (frame.code.into(), frame.reason.to_string());
                    // The answer to it.
                    let _ = self.socket.flush().await;
                    return end;
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(other)) => panic!("{other:?} is no text"),
                Some(Err(_)) | None => return end,
            }
        }
    }
}

pub(super) fn configure(objects: &[Value]) -> Value {
    json!({"type": "configure", "objects": objects})
}

pub(super) fn start(timestep_ms: f64, duration_s: f64) -> Value {
    json!({"type": "start", "timestep_ms": timestep_ms, "duration_s": duration_s})
}

/// An object at a height, at rest.
pub(super) fn object(asset: &str, object_type: &str, z: f64) -> Value {
    json!({
        "asset_name": asset,
        "position": [0.0, 0.0, z],
        "orientation": [0.0, 0.0, 0.0],
        "object_type": object_type,
    })
}

/// Inertial objects above each other.
pub(super) fn spaced(asset: &str, count: usize, distance: f64) -> Vec<Value> {
    let objects = (1..=count).map(|place| object(asset, "inertial", distance * place as f64));
    objects.collect()
}

pub(super) fn ground() -> Value {
    object("ground", "environment", 0.0)
}

/// A copy of an object with another value.
pub(super) fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}
