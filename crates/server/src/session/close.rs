//! Close frames of WebSocket and their codes.

/// The end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseFrame {
    /// The status code (RFC 6455, 7.4.1).
    pub code: u16,
    /// The reason; the wire carries its first 123 bytes.
    pub reason: String,
}

impl CloseFrame {
    /// The conversation is complete.
    pub const NORMAL: u16 = 1000;
    /// The server stops, or the room was closed.
    pub const GOING_AWAY: u16 = 1001;
    /// The client does not speak WebSocket.
    pub const PROTOCOL_ERROR: u16 = 1002;
    /// A text message is not UTF-8.
    pub const INVALID_PAYLOAD: u16 = 1007;
    /// The client has broken a rule or exceeded a limit.
    pub const POLICY_VIOLATION: u16 = 1008;
    /// A message exceeds the maximum size.
    pub const MESSAGE_TOO_BIG: u16 = 1009;
    /// The server has failed.
    pub const INTERNAL_ERROR: u16 = 1011;
    /// The server has no capacity left.
    pub const TRY_AGAIN_LATER: u16 = 1013;
}
