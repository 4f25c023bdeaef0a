//! Server: shows a simulation to VMD, MDAnalysis and other clients, whose forces pull its atoms.
//!
//! Three threads per client: none of them is that of the simulation, which never waits. A client that reads
//! slowly skips frames.

mod client_state;
mod connection;
mod pulls;
mod requests;
mod settings;
mod shared;

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{Builder, JoinHandle};

use mlipview_core::sim::SimHandle;

pub use settings::{Report, ServerSettings};

use shared::Shared;

/// A server that listens until it is dropped, which closes all connections.
pub struct ImdServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address is taken or is none of this machine.
    #[error("cannot listen on {address} for IMD: {error}; choose another port with --imd")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The reason.
        error: io::Error,
    },
    /// No thread.
    #[error("cannot start a thread for IMD: {0}")]
    Thread(io::Error),
}

impl ImdServer {
    /// Starts to listen.
    ///
    /// # Errors
    /// If the address is taken or there are no threads left.
    pub fn start(settings: ServerSettings, sim: SimHandle) -> Result<ImdServer, ServerError> {
        let address = settings.address;
        let failed = |error| ServerError::Listen { address, error };
        let listener = TcpListener::bind(address).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let shared = Arc::new(Shared::new(settings, sim));
        let accepting = Arc::clone(&shared);
        let thread = Builder::new().name("imd listener".to_owned());
        let thread = thread.spawn(move || accept(&listener, &accepting));
        Ok(ImdServer {
            address,
            shared,
            listener: Some(thread.map_err(ServerError::Thread)?),
        })
    }

    /// The address on which it listens, with the port that it has got.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for ImdServer {
    fn drop(&mut self) {
        self.shared.is_closing.store(true, Ordering::SeqCst);
        // Wakes the listener.
        drop(TcpStream::connect(self.address));
        if let Some(listener) = self.listener.take() {
            // A panic was printed by its thread.
            let _ = listener.join();
        }
        for client in self.shared.open().drain(..) {
            if let Some(client) = client.upgrade() {
                client.close();
            }
        }
    }
}

/// Accepts connections until the server closes. One more than the maximum is closed at once.
fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.is_closing.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let max = shared.settings.max_clients;
        if shared.clients.fetch_add(1, Ordering::SeqCst) >= max {
            shared.clients.fetch_sub(1, Ordering::SeqCst);
            shared.report(&format!(
                "refused a client: {max} are connected, which is the maximum"
            ));
            continue;
        }
        let serving = Arc::clone(shared);
        let thread = Builder::new().name("imd client".to_owned());
        let thread = thread.spawn(move || {
            connection::serve(&serving, stream);
            serving.clients.fetch_sub(1, Ordering::SeqCst);
        });
        if let Err(error) = thread {
            shared.clients.fetch_sub(1, Ordering::SeqCst);
            shared.report(&format!("refused a client: {error}"));
        }
    }
}
