//! Servers on free addresses, and drivers on threads.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use mlipview_core::chem::{Structure, library};
use mlipview_core::potential::Potential;
use mlipview_ipi::{Address, Driver, DriverError, Ipi, Served, ServerSettings};

/// A free path of a UNIX socket.
pub(crate) fn free_path() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("mlipview-ipi-{}-{number}", std::process::id()))
}

/// A free port.
pub(crate) fn free_port() -> Address {
    Address::Tcp("127.0.0.1:0".to_owned())
}

/// Settings of a server that waits for at most a second.
pub(crate) fn settings(listen: Address) -> ServerSettings {
    ServerSettings {
        listen,
        timeout: Duration::from_secs(1),
        wait: Duration::from_secs(1),
        cube: None,
        goes_on: || true,
    }
}

/// A server on a free port.
pub(crate) fn server() -> Ipi {
    Ipi::start(settings(free_port())).unwrap()
}

pub(crate) fn built_in(key: &str) -> Structure {
    library::find(key).unwrap().structure().unwrap()
}

/// A driver on a thread.
pub(crate) fn drive(
    address: &Address,
    structure: Structure,
    potential: Box<dyn Potential>,
) -> JoinHandle<Result<Served, DriverError>> {
    let address = address.clone();
    thread::spawn(move || Driver::new(structure, potential).serve(&address, || true))
}
