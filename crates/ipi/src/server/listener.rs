//! Socket on which drivers connect, with a thread that accepts them.

#[cfg(unix)]
use std::fs;
use std::io;
use std::net::TcpListener;
#[cfg(unix)]
use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::thread;

use super::drivers::Drivers;
use crate::address::Address;
use crate::stream::Stream;

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens there.
    #[error("{0} is in use by another program: choose another name or port, or end that program")]
    InUse(String),
    /// The socket cannot be made.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: String,
        /// The cause.
        #[source]
        source: io::Error,
    },
}

/// A socket, and a thread that accepts drivers until it is dropped.
pub(super) struct Listener {
    /// Where the socket listens: the port is the one that the system chose for port 0.
    address: Address,
    drivers: Arc<Drivers>,
}

/// The socket of a listener.
enum Socket {
    #[cfg(unix)]
    Unix(UnixListener),
    Tcp(TcpListener),
}

impl Listener {
    /// Listens at an address.
    pub(super) fn start(address: &Address, drivers: &Arc<Drivers>) -> Result<Listener, StartError> {
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AddrInUse => StartError::InUse(address.to_string()),
            _ => StartError::Listen {
                address: address.to_string(),
                source,
            },
        };
        let socket = Socket::bind(address).map_err(failed)?;
        let listener = Listener {
            address: socket.address(address).map_err(failed)?,
            drivers: Arc::clone(drivers),
        };
        let drivers = Arc::clone(drivers);
        let thread = thread::Builder::new().name("i-PI listener".to_owned());
        let spawned = thread.spawn(move || accept(&socket, &drivers));
        spawned.map_err(failed)?;
        Ok(listener)
    }

    /// Where drivers connect.
    pub(super) fn address(&self) -> &Address {
        &self.address
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.drivers.close();
        // The thread waits for a connection: this one ends it. If there is none, it has ended.
        let _ = Stream::connect(&self.address);
        #[cfg(unix)]
        if let Address::Unix(path) = &self.address {
            let _ = fs::remove_file(path);
        }
    }
}

impl Socket {
    fn bind(address: &Address) -> io::Result<Socket> {
        match address {
            #[cfg(unix)]
            Address::Unix(path) => {
                // A socket file without a program behind it is left from one that was killed.
                if let Err(error) = Stream::connect(address)
                    && error.kind() == io::ErrorKind::ConnectionRefused
                {
                    fs::remove_file(path)?;
                }
                UnixListener::bind(path).map(Socket::Unix)
            }
            #[cfg(not(unix))]
            Address::Unix(_) => Err(crate::stream::no_unix_sockets()),
            Address::Tcp(address) => TcpListener::bind(address).map(Socket::Tcp),
        }
    }

    fn address(&self, asked: &Address) -> io::Result<Address> {
        match self {
            #[cfg(unix)]
            Socket::Unix(_) => Ok(asked.clone()),
            Socket::Tcp(socket) => Ok(Address::Tcp(socket.local_addr()?.to_string())),
        }
    }

    fn accept(&self) -> io::Result<Stream> {
        match self {
            #[cfg(unix)]
            Socket::Unix(socket) => socket.accept().map(|(stream, _)| Stream::Unix(stream)),
            Socket::Tcp(socket) => socket.accept().map(|(stream, _)| Stream::Tcp(stream)),
        }
    }
}

fn accept(socket: &Socket, drivers: &Drivers) {
    while !drivers.is_closed() {
        match socket.accept().and_then(|stream| {
            stream.prepare()?;
            Ok(stream)
        }) {
            Ok(stream) => drivers.add(stream),
            // The client has left, or files are short: later ones may succeed.
            Err(_) => thread::sleep(crate::wire::POLL),
        }
    }
}
