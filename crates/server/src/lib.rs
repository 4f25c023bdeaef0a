//! The network: others watch and join.
//!
//! A [`Server`] serves the page for browsers at `/` and conversations at `/ws`: each with a simulation
//! of its own, or in a room around one that others see too. `main` is the room of the simulation that
//! the server was started with.
//!
//! What is said in a conversation is the business of [`session`](crate::session); here it is carried.
//! One task for each connection, one thread for each room's simulation; nobody waits for a reader, and every
//! queue has a bound. What a request meets, in this order: `listener` and `stream` (bytes), `routes`
//! (names and precautions), `door` (who, and where to), `guest` or `private`.

mod access;
mod calculators;
mod clock;
#[cfg(test)]
mod conformance;
mod door;
mod error;
mod guest;
mod house;
mod limits;
mod listener;
mod log;
mod page;
mod private;
mod pump;
mod punctual;
mod rest;
mod room;
mod rooms;
mod routes;
pub mod session;
mod settings;
mod socket;
mod stream;
mod telemetry;

use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio::time::timeout;

pub use error::ServeError;
use house::House;
pub use limits::Limits;
use listener::Listener;
pub use log::{LogFormat, LogLevel, log_to_stderr};
use mlipview_core::sim::SimHandle;
use room::Room;
use rooms::MAIN;
use settings::FREE_PORT;
pub use settings::{DEFAULT_ADDRESS, Settings, TlsFiles};
use stream::Gate;

/// So long all conversations together may take to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// The simulation that the room `main` is around. The room is called as the simulation is.
pub struct Main {
    /// The door to it.
    pub sim: SimHandle,
}

/// Addresses for browsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// For all who may look.
    pub watch: String,
    /// For those who may also drag, edit, start and stop.
    pub drive: String,
    /// For those who may also say who may.
    pub own: String,
}

/// A server at work. When it is dropped it [stops](Server::stop).
pub struct Server {
    house: Arc<House>,
    addresses: Vec<SocketAddr>,
    default_taken: bool,
    links: Links,
    runtime: Option<Runtime>,
    ended: Arc<Ended>,
}

/// Whether all conversations have ended, and a bell for when they have.
#[derive(Default)]
struct Ended(Mutex<bool>, Condvar);

/// Starts a server. It works on threads of its own.
///
/// # Errors
/// If it cannot listen where it should, or cannot be as it should.
pub fn start(settings: &Settings, main: Main) -> Result<Server, ServeError> {
    let access = access::Access::new(settings)?;
    let tls = settings.tls.as_ref().map(listener::tls).transpose()?;
    let (first, others, default_taken) = listeners(&settings.listen)?;
    let links = links(settings, &access, first.address);
    let listeners: Vec<Listener> = std::iter::once(first).chain(others).collect();
    let addresses = listeners.iter().map(|listener| listener.address).collect();
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("server")
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| ServeError::System(error.to_string()))?;
    let house = Arc::new(House::new(settings, access));
    let ended = Arc::new(Ended::default());
    let (shared, tell) = (Arc::clone(&house), Arc::clone(&ended));
    runtime.spawn(async move {
        serve(shared, main, listeners, tls).await;
        *tell.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        tell.1.notify_all();
    });
    Ok(Server {
        house,
        addresses,
        default_taken,
        links,
        runtime: Some(runtime),
        ended,
    })
}

/// The first listener, the others, and whether another program has the default address.
fn listeners(asked: &[String]) -> Result<(Listener, Vec<Listener>, bool), ServeError> {
    let Some((first, others)) = asked.split_first() else {
        return match Listener::bind(DEFAULT_ADDRESS) {
            Err(ServeError::Taken { .. }) => Ok((Listener::bind(FREE_PORT)?, Vec::new(), true)),
            bound => Ok((bound?, Vec::new(), false)),
        };
    };
    let others = others.iter().map(|address| Listener::bind(address));
    Ok((
        Listener::bind(first)?,
        others.collect::<Result<_, _>>()?,
        false,
    ))
}

/// Until it is asked to stop, and all conversations have ended.
async fn serve(
    house: Arc<House>,
    main: Main,
    listeners: Vec<Listener>,
    tls: Option<Arc<rustls::ServerConfig>>,
) {
    let limits = house.limits;
    let room = Room::open(MAIN, main.sim, limits.conversation.max_rate, house.clock);
    // The first room of all has its name to itself.
    let _ = house.rooms.add(room);
    let handle = axum_server::Handle::new();
    // Pages take connections beside conversations, and so do those who are told to come later.
    let gate = Gate::new(2 * limits.connections + 64, limits.patience);
    let mut doors = JoinSet::new();
    for listener in listeners {
        let address = listener.address;
        tracing::info!(%address, "listening");
        let router = routes::router(Arc::clone(&house));
        let (gate, handle) = (gate.clone(), handle.clone());
        doors.spawn(listener.serve(router, tls.clone(), gate, limits, handle));
    }
    let _ = house.stopping().wait_for(|stopping| *stopping).await;
    tracing::info!("stopping");
    handle.graceful_shutdown(Some(FAREWELL));
    let _ = timeout(FAREWELL, house.emptied()).await;
    handle.shutdown();
    let closed = timeout(FAREWELL, doors.join_all()).await;
    for error in closed
        .unwrap_or_default()
        .into_iter()
        .filter_map(Result::err)
    {
        tracing::error!(%error, "could not listen");
    }
}

fn links(settings: &Settings, access: &access::Access, first: SocketAddr) -> Links {
    let scheme = if settings.tls.is_some() {
        "https"
    } else {
        "http"
    };
    // The name that was given, where it was one: certificates are for names.
    let given = settings
        .listen
        .first()
        .map(|address| access::host_of(address));
    let named = given.filter(|host| {
        host.trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_err()
    });
    let place = match named {
        Some(host) => format!("{host}:{}", first.port()),
        None => listener::reachable(first).to_string(),
    };
    let watch = format!("{scheme}://{place}/");
    Links {
        drive: format!("{watch}#token={}", access.driver_token()),
        own: format!("{watch}#token={}", access.owner_token()),
        watch,
    }
}

impl Server {
    /// Where it listens.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Whether it listens at a free port because another program has [`DEFAULT_ADDRESS`].
    pub fn is_default_taken(&self) -> bool {
        self.default_taken
    }

    /// The addresses to give to others.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Conversations under way.
    pub fn connections(&self) -> usize {
        self.house.connections()
    }

    /// Stops: every conversation is told and ended, which takes some seconds at most.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.house.stop();
        let ended = self.ended.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A little longer than the conversations have: then it ends all the same.
        let wait = self
            .ended
            .1
            .wait_timeout_while(ended, 2 * FAREWELL, |ended| !*ended);
        drop(wait);
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
