//! Socket on which drivers connect, with a thread that accepts them.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::drivers::Drivers;
#[cfg(unix)]
use super::unix_socket::UnixSocket;
use crate::address::Address;
use crate::stream::Stream;

/// Time between two looks for drivers that connect.
const INTERVAL: Duration = Duration::from_millis(30);

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens there.
    #[error("{0} is in use by another program: choose another name or port, or end that program")]
    InUse(String),
    /// The socket cannot be made.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address.
        address: String,
        /// The cause.
        cause: io::Error,
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
    Unix(UnixSocket),
    Tcp(TcpListener),
}

impl Listener {
    /// Listens at an address.
    pub(super) fn start(address: &Address, drivers: &Arc<Drivers>) -> Result<Listener, StartError> {
        let failed = |cause: io::Error| match cause.kind() {
            io::ErrorKind::AddrInUse => StartError::InUse(address.to_string()),
            _ => StartError::Listen {
                address: address.to_string(),
                cause,
            },
        };
        let socket = Socket::bind(address).map_err(failed)?;
        let address = socket.address(address).map_err(failed)?;
        let of_thread = Arc::clone(drivers);
        let thread = thread::Builder::new().name("i-PI listener".to_owned());
        let spawned = thread.spawn(move || accept(&socket, &of_thread));
        spawned.map_err(failed)?;
        Ok(Listener {
            address,
            drivers: Arc::clone(drivers),
        })
    }

    /// Where drivers connect.
    pub(super) fn address(&self) -> &Address {
        &self.address
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // The thread ends, and removes the file of its socket.
        self.drivers.close();
        self.drivers.wait_until_ended();
    }
}

impl Socket {
    fn bind(address: &Address) -> io::Result<Socket> {
        match address {
            #[cfg(unix)]
            Address::Unix(path) => UnixSocket::bind(path).map(Socket::Unix),
            #[cfg(not(unix))]
            Address::Unix(_) => Err(crate::stream::no_unix_sockets()),
            Address::Tcp(address) => {
                let socket = TcpListener::bind(address)?;
                socket.set_nonblocking(true)?;
                Ok(Socket::Tcp(socket))
            }
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
        let stream = match self {
            #[cfg(unix)]
            Socket::Unix(socket) => Stream::Unix(socket.accept()?),
            Socket::Tcp(socket) => {
                let (stream, _) = socket.accept()?;
                // Some systems let it inherit this from the listener.
                stream.set_nonblocking(false)?;
                Stream::Tcp(stream)
            }
        };
        stream.prepare()?;
        Ok(stream)
    }
}

fn accept(socket: &Socket, drivers: &Drivers) {
    while !drivers.is_closed() {
        match socket.accept() {
            Ok(stream) => drivers.add(stream),
            // None has come. Or the client has left, or files are short: later ones may succeed.
            Err(_) => thread::sleep(INTERVAL),
        }
    }
    #[cfg(unix)]
    if let Socket::Unix(socket) = socket {
        socket.remove_file();
    }
    drivers.end();
}
