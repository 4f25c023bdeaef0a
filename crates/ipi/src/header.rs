//! Headers of messages.

use super::error::WireError;

/// Bytes of a header on the wire.
pub(crate) const HEADER_BYTES: usize = 12;

/// A header: the kind of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// The server asks for the state of the driver.
    Status,
    /// The driver waits to be initialized.
    NeedInit,
    /// The driver waits for positions.
    Ready,
    /// The driver has energy and forces.
    HaveData,
    /// The server initializes the driver.
    Init,
    /// The server sends cell and positions.
    PosData,
    /// The server asks for energy and forces.
    GetForce,
    /// The driver sends energy and forces.
    ForceReady,
    /// The server ends the conversation.
    Exit,
}

impl Header {
    /// All headers.
    pub const ALL: [Header; 9] = [
        Header::Status,
        Header::NeedInit,
        Header::Ready,
        Header::HaveData,
        Header::Init,
        Header::PosData,
        Header::GetForce,
        Header::ForceReady,
        Header::Exit,
    ];

    /// The text on the wire.
    pub fn text(self) -> &'static str {
        match self {
            Header::Status => "STATUS",
            Header::NeedInit => "NEEDINIT",
            Header::Ready => "READY",
            Header::HaveData => "HAVEDATA",
            Header::Init => "INIT",
            Header::PosData => "POSDATA",
            Header::GetForce => "GETFORCE",
            Header::ForceReady => "FORCEREADY",
            Header::Exit => "EXIT",
        }
    }

    /// The text with spaces after it.
    pub(crate) fn bytes(self) -> [u8; HEADER_BYTES] {
        let mut bytes = [b' '; HEADER_BYTES];
        bytes[..self.text().len()].copy_from_slice(self.text().as_bytes());
        bytes
    }

    /// The header of a text; spaces and zeros after it are ignored.
    pub(crate) fn parse(bytes: [u8; HEADER_BYTES]) -> Result<Header, WireError> {
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_end_matches([' ', '\0']);
        let mut headers = Header::ALL.into_iter();
        let found = headers.find(|header| header.text() == text);
        found.ok_or_else(|| WireError::Header(text.escape_debug().to_string()))
    }
}
