//! A server of trainings, and a client of it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use mlipview_server::TrainingHandle;
use mlipview_server::{Server, Settings, start_for_trainings};
use mlipview_telemetry::{
    Callback, Callbacks, LogLevel, LogMessage, Progress, Status, StatusReport,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

use crate::test_server::{DRIVER, settings};

/// Timeout of each message.
const TIMEOUT: Duration = Duration::from_secs(30);

/// All types of events.
pub(super) const ALL: [&str; 6] = [
    "training_progress",
    "training_status",
    "sample_generated",
    "log",
    "system_stats",
    "validation_result",
];

pub(super) fn server() -> Server {
    server_with(|_| {})
}

pub(super) fn server_with(change: impl FnOnce(&mut Settings)) -> Server {
    let mut settings = settings();
    change(&mut settings);
    start_for_trainings(&settings).unwrap()
}

pub(super) fn progress(global_step: u64) -> Callback {
    Callback::Progress(Progress {
        epoch: global_step / 10,
        epoch_step: global_step % 10,
        global_step,
        max_step: 10,
        max_epoch: 2,
        loss: Some(0.5),
        learning_rate: Some(1e-4),
    })
}

pub(super) fn status(status: Status) -> Callback {
    Callback::Status(StatusReport::new(status, status.name()))
}

pub(super) fn log(training: &TrainingHandle, message: &str) {
    training.on_log(LogMessage {
        level: LogLevel::Info,
        message: message.to_owned(),
        source: "test".to_owned(),
    });
}

/// Time between two messages by their timestamps, s.
pub(super) fn seconds_between(first: &Value, second: &Value) -> f64 {
    let seconds = |message: &Value| {
        let time = message["timestamp"].as_str().unwrap();
        let time = time
            .split_once('T')
            .unwrap()
            .1
            .trim_end_matches('Z')
            .split(':');
        time.fold(0.0, |all, part| 60.0 * all + part.parse::<f64>().unwrap())
    };
    (seconds(second) - seconds(first)).rem_euclid(86_400.0)
}

/// A client of `/ws/training`.
pub(super) struct Client {
    pub(super) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Client {
    /// Connects with a query, as in `?name=ethanol`, and reads the first message.
    pub(super) async fn connect(server: &Server, query: &str) -> Client {
        let mut client = Client::open(server, query).await;
        let first = client.until("connection_established").await;
        assert!(first["client_id"].is_string());
        client
    }

    /// Connects with a small buffer for input, so that a client that does not read soon blocks its server.
    pub(super) async fn with_small_buffer(server: &Server) -> Client {
        let address = server.addresses()[0];
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = MaybeTlsStream::Plain(socket.connect(address).await.unwrap());
        let url = format!("ws://{address}/ws/training");
        let (socket, _) = client_async(url, stream).await.unwrap();
        Client { socket }
    }

    pub(super) async fn open(server: &Server, query: &str) -> Client {
        let address = format!("ws://{}/ws/training{query}", server.addresses()[0]);
        let (socket, _) = connect_async(address).await.unwrap();
        Client { socket }
    }

    pub(super) async fn driver(server: &Server) -> Client {
        Client::connect(server, &format!("?token={DRIVER}")).await
    }

    pub(super) async fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string()).await;
    }

    pub(super) async fn send_text(&mut self, text: &str) {
        self.socket.send(Message::Text(text.into())).await.unwrap();
    }

    /// Subscribes, and returns the answer.
    pub(super) async fn subscribe(&mut self, events: &[&str]) -> Value {
        self.send(&json!({"type": "subscribe", "events": events}))
            .await;
        self.until("subscribed").await
    }

    /// The next frame; `None` after the end.
    pub(super) async fn frame(&mut self) -> Option<Message> {
        let next = timeout(TIMEOUT, self.socket.next()).await;
        next.expect("the server sends a frame in time")?.ok()
    }

    /// The next message in a text frame. Each message has a type and a time.
    pub(super) async fn next(&mut self) -> Value {
        loop {
            match self.frame().await {
                Some(Message::Text(text)) => {
                    let message: Value = serde_json::from_str(&text).unwrap();
                    assert!(message["type"].is_string(), "[4] {message}");
                    let time = message["timestamp"].as_str().unwrap();
                    assert!(time.len() == 24 && time.ends_with('Z'), "[4] {message}");
                    return message;
                }
                Some(Message::Ping(_) | Message::Pong(_)) => {}
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

    /// The next message besides the number of clients.
    pub(super) async fn event(&mut self) -> Value {
        loop {
            let message = self.next().await;
            if message["type"] != "system_info" {
                return message;
            }
        }
    }

    /// The code and reason of the close frame, and the last message before it.
    pub(super) async fn end(&mut self) -> (u16, String, Value) {
        let mut last = Value::Null;
        loop {
            match self.frame().await {
                Some(Message::Text(text)) => last = serde_json::from_str(&text).unwrap(),
                Some(Message::Close(Some(frame))) => {
                    return (frame.code.into(), frame.reason.to_string(), last);
                }
                Some(Message::Close(None)) | None => return (0, String::new(), last),
                Some(_) => {}
            }
        }
    }

    /// Whether no event arrives within a time.
    pub(super) async fn is_silent(&mut self, milliseconds: u64) -> bool {
        timeout(Duration::from_millis(milliseconds), self.event())
            .await
            .is_err()
    }
}

/// The response of an HTTP request: its head in lower case, and its body.
pub(crate) async fn request(server: &Server, request: &str, body: &str) -> (String, String) {
    let mut stream = TcpStream::connect(server.addresses()[0]).await.unwrap();
    let length = body.len();
    let text = format!(
        "{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), body.to_owned())
}

/// The JSON of a path.
pub(crate) async fn get_json(server: &Server, path: &str) -> Value {
    let (head, body) = request(server, &format!("GET {path}"), "").await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    serde_json::from_str(&body).unwrap()
}
