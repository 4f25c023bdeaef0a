//! Limit of the number of open TCP connections.

use std::future::{Ready, ready};
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use super::stream::Stream;

/// Limits the number of open connections; drops the rest.
#[derive(Clone)]
pub(super) struct ConnectionLimit {
    permits: Arc<Semaphore>,
    write_timeout: Duration,
}

impl ConnectionLimit {
    pub(super) fn new(max_connections: usize, write_timeout: Duration) -> ConnectionLimit {
        ConnectionLimit {
            permits: Arc::new(Semaphore::new(max_connections)),
            write_timeout,
        }
    }
}

impl<S> Accept<TcpStream, S> for ConnectionLimit {
    type Stream = Stream;
    type Service = S;
    type Future = Ready<io::Result<(Stream, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let permit = Arc::clone(&self.permits).try_acquire_owned();
        let permit = permit.map_err(|_| io::Error::other("too many connections"));
        let accepted = permit.and_then(|permit| {
            stream.set_nodelay(true)?;
            Ok((Stream::new(stream, permit, self.write_timeout), service))
        });
        ready(accepted)
    }
}
