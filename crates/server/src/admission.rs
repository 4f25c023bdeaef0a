//! Admission of WebSocket connections: origin, size of messages, limit of connections, and role.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::OwnedSemaphorePermit;

use super::access::AccessError;
use super::socket::Socket;
use super::state::AppState;
use crate::session::CloseFrame;
use mlipview_core::presence::Role;

/// Size of the read buffer, bytes: most messages are small, and there may be hundreds of connections.
const READ_BUFFER: usize = 16 << 10;

/// A request to open a WebSocket.
pub(super) struct UpgradeRequest {
    pub(super) from: SocketAddr,
    pub(super) headers: HeaderMap,
    pub(super) upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
}

/// Why a connection is refused, inside its socket.
#[derive(Debug, thiserror::Error)]
pub(super) enum AdmissionError {
    /// Too many connections.
    #[error("LIMIT: {0} connections at most; try again later")]
    Full(usize),
    /// A wrong token.
    #[error(transparent)]
    Token(#[from] AccessError),
}

impl AdmissionError {
    /// The code of the close frame.
    pub(super) fn code(&self) -> u16 {
        match self {
            AdmissionError::Full(_) => CloseFrame::TRY_AGAIN_LATER,
            AdmissionError::Token(_) => CloseFrame::POLICY_VIOLATION,
        }
    }
}

impl UpgradeRequest {
    /// Opens the socket and runs its connection. A wrong origin gets an HTTP error, since a browser must not
    /// open the socket.
    pub(super) fn accept<F>(
        self,
        state: &Arc<AppState>,
        max_bytes: usize,
        run: impl FnOnce(Socket) -> F + Send + 'static,
    ) -> Response
    where
        F: Future<Output = ()> + Send + 'static,
    {
        if let Err(error) = state.access.check_origin(&self.headers) {
            state.metrics.count_refusal("ORIGIN");
            tracing::warn!(from = %self.from, "refused a page of another origin");
            return (StatusCode::FORBIDDEN, format!("{error}\n")).into_response();
        }
        let state = Arc::clone(state);
        match self.upgrade {
            Ok(upgrade) => with_limit(upgrade, max_bytes)
                .on_upgrade(move |socket| run(Socket::new(socket, state))),
            Err(rejection) => rejection.into_response(),
        }
    }
}

/// Limits the size of messages. Extensions that a client offers, such as permessage-deflate, are declined
/// by their absence in the answer (RFC 6455, 9.1).
pub(super) fn with_limit(upgrade: WebSocketUpgrade, max_bytes: usize) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(max_bytes)
        .max_frame_size(max_bytes)
}

/// Admits a connection with a token: a permit to keep while it lasts, and its role.
///
/// # Errors
/// If there are too many connections, or the token is unknown.
pub(super) fn admit(
    state: &AppState,
    token: Option<&str>,
    from: SocketAddr,
) -> Result<(OwnedSemaphorePermit, Role), AdmissionError> {
    let permit = state.session_permit();
    let permit = permit.ok_or(AdmissionError::Full(state.limits.connections))?;
    let role = state.access.role(token).inspect_err(|_| {
        tracing::warn!(%from, "refused a wrong token");
    })?;
    Ok((permit, role))
}

/// The token of the header `Authorization`, for programs.
pub(super) fn bearer_token(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}
