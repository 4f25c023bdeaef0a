//! Connections over UNIX and TCP sockets.

use std::io::{self, Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;

use super::address::Address;
use super::wire::POLL;

/// A connection.
#[derive(Debug)]
pub(crate) enum Stream {
    #[cfg(unix)]
    Unix(UnixStream),
    Tcp(TcpStream),
}

impl Stream {
    /// Connects to an address.
    pub(crate) fn connect(address: &Address) -> io::Result<Stream> {
        match address {
            #[cfg(unix)]
            Address::Unix(path) => UnixStream::connect(path).map(Stream::Unix),
            #[cfg(not(unix))]
            Address::Unix(_) => Err(no_unix_sockets()),
            Address::Tcp(address) => TcpStream::connect(address).map(Stream::Tcp),
        }
    }

    /// Lets reading and writing report when they are not ready, and sends small messages at once.
    pub(crate) fn prepare(&self) -> io::Result<()> {
        match self {
            #[cfg(unix)]
            Stream::Unix(stream) => {
                stream.set_read_timeout(Some(POLL))?;
                stream.set_write_timeout(Some(POLL))
            }
            Stream::Tcp(stream) => {
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(POLL))?;
                stream.set_write_timeout(Some(POLL))
            }
        }
    }

    /// The address of the other end, for messages.
    pub(crate) fn peer(&self) -> String {
        match self {
            #[cfg(unix)]
            Stream::Unix(_) => "a UNIX socket".to_owned(),
            Stream::Tcp(stream) => stream.peer_addr().map_or_else(
                |_| "an unknown address".to_owned(),
                |address| address.to_string(),
            ),
        }
    }
}

#[cfg(not(unix))]
pub(crate) fn no_unix_sockets() -> io::Error {
    let reason = "this system has no UNIX sockets; use HOST:PORT";
    io::Error::new(io::ErrorKind::Unsupported, reason)
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            #[cfg(unix)]
            Stream::Unix(stream) => stream.read(bytes),
            Stream::Tcp(stream) => stream.read(bytes),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            #[cfg(unix)]
            Stream::Unix(stream) => stream.write(bytes),
            Stream::Tcp(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            #[cfg(unix)]
            Stream::Unix(stream) => stream.flush(),
            Stream::Tcp(stream) => stream.flush(),
        }
    }
}
