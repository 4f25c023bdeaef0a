//! A client at the other end of a socket.

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

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client that reads what it is told, and acknowledges it if it is polite.
pub(crate) struct Client<S = MaybeTlsStream<TcpStream>> {
    pub(crate) socket: WebSocketStream<S>,
    pub(crate) speaker: Speaker,
    /// The number of the last message, which is acknowledged with the next one that is sent.
    pub(crate) last: u64,
    pub(crate) polite: bool,
}

/// What comes from the server.
#[derive(Debug)]
pub(crate) enum Told {
    Message(Box<ServerResult>),
    /// The close code and its reason; 0 where the connection just ended.
    Closed(u16, String),
}

pub(crate) async fn visit(address: &str) -> Client {
    // As browsers and the original's clients do: what is sent goes at once (TCP_NODELAY).
    let connected = connect_async_with_config(address, None, true).await;
    Client::over(connected.unwrap().0)
}

/// The answer to those who are not let in.
pub(crate) async fn knock(request: impl IntoClientRequest + Unpin) -> Response<Option<Vec<u8>>> {
    match connect_async(request).await {
        Ok(_) => panic!("was let in"),
        Err(Error::Http(response)) => *response,
        Err(error) => panic!("{error}"),
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub(crate) fn over(socket: WebSocketStream<S>) -> Client<S> {
        Client {
            socket,
            speaker: Speaker::default(),
            last: 0,
            polite: true,
        }
    }

    pub(crate) async fn send(&mut self, bytes: Vec<u8>) {
        self.socket
            .send(Message::Binary(bytes.into()))
            .await
            .unwrap();
    }

    pub(crate) async fn say(&mut self, payload: impl Into<Option<Payload>>) {
        let bytes = self.speaker.say(payload);
        self.send(bytes).await;
    }

    pub(crate) async fn interact(&mut self, what: UserInteractionSparse, count: u64) {
        let bytes = self.speaker.interact(what, count);
        self.send(bytes).await;
    }

    pub(crate) async fn acknowledge(&mut self, ack: u64) {
        let bytes = self.speaker.acknowledge(ack);
        self.send(bytes).await;
    }

    /// What comes next.
    pub(crate) async fn told(&mut self) -> Told {
        loop {
            let next = timeout(PATIENCE, self.socket.next()).await;
            match next.expect("the server says something") {
                Some(Ok(Message::Binary(bytes))) => {
                    let message = ServerResult::decode(bytes).unwrap();
                    self.last = message.seq;
                    if self.polite {
                        let ack = self.speaker.acknowledge(message.seq);
                        // Where the server has gone, reading will tell.
                        let _ = self.socket.send(Message::Binary(ack.into())).await;
                    }
                    return Told::Message(Box::new(message));
                }
                Some(Ok(Message::Close(Some(frame)))) => {
                    return Told::Closed(frame.code.into(), frame.reason.to_string());
                }
                // A close frame without a code (RFC 6455, 7.1.5).
                Some(Ok(Message::Close(None))) => return Told::Closed(1005, String::new()),
                Some(Err(_)) | None => return Told::Closed(0, String::new()),
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next message.
    pub(crate) async fn next(&mut self) -> ServerResult {
        match self.told().await {
            Told::Message(message) => *message,
            Told::Closed(code, reason) => panic!("closed with {code}: {reason}"),
        }
    }

    /// The first message that is wanted; all before it are left aside.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&ServerResult) -> bool) -> ServerResult {
        loop {
            let message = self.next().await;
            if wanted(&message) {
                return message;
            }
        }
    }

    pub(crate) async fn frame(&mut self) -> Frame {
        let message = self.until(|message| message.frame().is_some()).await;
        message.frame().unwrap().clone()
    }

    /// The first notice that begins like this.
    pub(crate) async fn notice(&mut self, begins: &str) -> ServerResult {
        self.until(|message| message.words().starts_with(begins))
            .await
    }

    /// The last notice before the end, and how it ends.
    pub(crate) async fn end(&mut self) -> (String, u16) {
        let mut words = String::new();
        loop {
            match self.told().await {
                Told::Message(message) if message.notice().is_some() => {
                    words = message.words().to_owned();
                }
                Told::Message(_) => {}
                Told::Closed(code, reason) => {
                    assert!(words.starts_with(&reason), "{reason:?} closes {words:?}");
                    return (words, code);
                }
            }
        }
    }

    /// Whether nothing comes for a while.
    pub(crate) async fn is_silent(&mut self, milliseconds: u64) -> bool {
        let wait = Duration::from_millis(milliseconds);
        timeout(wait, self.socket.next()).await.is_err()
    }
}
