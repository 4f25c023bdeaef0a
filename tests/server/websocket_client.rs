//! A WebSocket client.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use prost::Message as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::Response;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async, connect_async_with_config,
};

use super::client::*;

/// Timeout of each answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A client that reads messages and acknowledges them, if `acknowledges` is true.
pub(crate) struct Client<S = MaybeTlsStream<TcpStream>> {
    pub(crate) socket: WebSocketStream<S>,
    pub(crate) builder: MessageBuilder,
    /// Sequence number of the last message.
    pub(crate) last: u64,
    pub(crate) acknowledges: bool,
}

/// Input from the server.
#[derive(Debug)]
pub(crate) enum Received {
    Message(Box<ServerResult>),
    /// The code and reason of a close frame; code 0 if the connection ended without one.
    Closed(u16, String),
}

pub(crate) async fn connect(address: &str) -> Client {
    // With TCP_NODELAY, as browsers and the original's clients.
    let connected = connect_async_with_config(address, None, true).await;
    Client::over(connected.unwrap().0)
}

/// The HTTP response of a refused upgrade.
pub(crate) async fn connect_refused(
    request: impl IntoClientRequest + Unpin,
) -> Response<Option<Vec<u8>>> {
    match connect_async(request).await {
        Ok(_) => panic!("the upgrade was accepted"),
        Err(Error::Http(response)) => *response,
        Err(error) => panic!("{error}"),
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub(crate) fn over(socket: WebSocketStream<S>) -> Client<S> {
        Client {
            socket,
            builder: MessageBuilder::default(),
            last: 0,
            acknowledges: true,
        }
    }

    pub(crate) async fn send(&mut self, bytes: Vec<u8>) {
        self.socket
            .send(Message::Binary(bytes.into()))
            .await
            .unwrap();
    }

    pub(crate) async fn request(&mut self, payload: impl Into<Option<Payload>>) {
        let bytes = self.builder.request(payload);
        self.send(bytes).await;
    }

    pub(crate) async fn interact(&mut self, what: UserInteractionSparse, count: u64) {
        let bytes = self.builder.interact(what, count);
        self.send(bytes).await;
    }

    pub(crate) async fn acknowledge(&mut self, ack: u64) {
        let bytes = self.builder.acknowledge(ack);
        self.send(bytes).await;
    }

    /// The next input.
    pub(crate) async fn receive(&mut self) -> Received {
        loop {
            let next = timeout(TIMEOUT, self.socket.next()).await;
            match next.expect("the server sends a message") {
                Some(Ok(Message::Binary(bytes))) => {
                    let message = ServerResult::decode(bytes).unwrap();
                    self.last = message.seq;
                    if self.acknowledges {
                        let ack = self.builder.acknowledge(message.seq);
                        // An error shows at the next read.
                        let _ = self.socket.send(Message::Binary(ack.into())).await;
                    }
                    return Received::Message(Box::new(message));
                }
                Some(Ok(Message::Close(Some(frame)))) => {
                    return Received::Closed(frame.code.into(), frame.reason.to_string());
                }
                // A close frame without a code (RFC 6455, 7.1.5).
                Some(Ok(Message::Close(None))) => return Received::Closed(1005, String::new()),
                Some(Err(_)) | None => return Received::Closed(0, String::new()),
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next message.
    pub(crate) async fn next(&mut self) -> ServerResult {
        match self.receive().await {
            Received::Message(message) => *message,
            Received::Closed(code, reason) => panic!("closed with {code}: {reason}"),
        }
    }

    /// The first message that meets a condition, which has to come in time.
    pub(crate) async fn until(
        &mut self,
        condition: impl Fn(&ServerResult) -> bool,
    ) -> ServerResult {
        let wanted = async {
            loop {
                let message = self.next().await;
                if condition(&message) {
                    return message;
                }
            }
        };
        let message = timeout(2 * TIMEOUT, wanted).await;
        message.expect("the message that a test waits for comes in time")
    }

    pub(crate) async fn frame(&mut self) -> Frame {
        let message = self.until(|message| message.frame().is_some()).await;
        message.frame().unwrap().clone()
    }

    /// The first notice with this prefix.
    pub(crate) async fn notice(&mut self, prefix: &str) -> ServerResult {
        self.until(|message| message.text().starts_with(prefix))
            .await
    }

    /// The last notice before the close frame, and its code.
    pub(crate) async fn end(&mut self) -> (String, u16) {
        let mut text = String::new();
        loop {
            match self.receive().await {
                Received::Message(message) if message.notice().is_some() => {
                    text = message.text().to_owned();
                }
                Received::Message(_) => {}
                Received::Closed(code, reason) => {
                    assert!(text.starts_with(&reason), "{reason:?} closes {text:?}");
                    return (text, code);
                }
            }
        }
    }

    /// Whether no message arrives within a time.
    pub(crate) async fn is_silent(&mut self, milliseconds: u64) -> bool {
        let wait = Duration::from_millis(milliseconds);
        timeout(wait, self.socket.next()).await.is_err()
    }
}
