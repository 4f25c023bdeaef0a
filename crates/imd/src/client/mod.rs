//! Client: attaches a simulation to a program that computes dynamics.
//!
//! One thread connects and reads, another one writes; both sleep while nothing happens. A lost connection is
//! tried again until a time has passed.

mod address;
mod dynamics;
mod exchange;
mod options;
mod reading;
mod unwrapping;
mod writing;

use std::io;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use mlipview_core::sim::external::{ExternalDynamics, ExternalEnd};

pub use address::{Address, AddressError};
pub use options::ClientOptions;

use dynamics::ImdDynamics;
use exchange::Exchange;

/// A connection to a program that computes dynamics. Dropping it parts with the program as
/// [`Client::end_by`] says, and waits until that is told.
pub struct Client {
    exchange: Arc<Exchange>,
    threads: Vec<JoinHandle<()>>,
    end: ExternalEnd,
}

impl Client {
    /// Starts to connect.
    ///
    /// # Errors
    /// If the operating system cannot start a thread. All else is told by the status.
    pub fn attach(options: ClientOptions) -> io::Result<Client> {
        let exchange = Arc::new(Exchange::new(options));
        let mut client = Client {
            exchange: Arc::clone(&exchange),
            threads: Vec::new(),
            end: ExternalEnd::Detach,
        };
        let (reader, writer) = (Arc::clone(&exchange), exchange);
        let named = |name: &str| Builder::new().name(name.to_owned());
        let thread = named("imd reader").spawn(move || reading::run(&reader))?;
        client.threads.push(thread);
        let thread = named("imd writer").spawn(move || writing::run(&writer))?;
        client.threads.push(thread);
        Ok(client)
    }

    /// The same, which parts with the program in this way when it is dropped.
    #[must_use]
    pub fn end_by(mut self, end: ExternalEnd) -> Client {
        self.end = end;
        self
    }

    /// The dynamics of the program, to be followed by a simulation.
    pub fn dynamics(&self) -> Box<dyn ExternalDynamics> {
        Box::new(ImdDynamics::new(Arc::clone(&self.exchange)))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.exchange.end(self.end);
        for thread in self.threads.drain(..) {
            // A panic was printed by its thread.
            let _ = thread.join();
        }
    }
}
