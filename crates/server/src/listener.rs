//! TCP listeners.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};
use std::sync::Arc;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper_util::rt::TokioTimer;
use rustls::ServerConfig;

use super::connection_limit::ConnectionLimit;
use super::error::ServeError;
use super::first_byte_timeout::FirstByteTimeout;
use super::limits::Limits;

/// A listening socket.
pub(super) struct Listener {
    listener: TcpListener,
    /// The address with its port, which the system may have chosen.
    pub(super) address: SocketAddr,
}

impl Listener {
    /// Starts to listen; connections wait until they are [served](Listener::serve).
    pub(super) fn bind(address: &str) -> Result<Listener, ServeError> {
        let invalid = |reason: String| ServeError::Address {
            address: address.to_owned(),
            reason,
        };
        let addresses = address.to_socket_addrs();
        let addresses = addresses.map_err(|error| invalid(error.to_string()))?;
        let addresses: Vec<SocketAddr> = addresses.collect();
        if addresses.is_empty() {
            return Err(invalid("it does not resolve to an IP address".to_owned()));
        }
        let failed = |reason: std::io::Error| match reason.kind() {
            ErrorKind::AddrInUse => ServeError::Taken {
                address: address.to_owned(),
            },
            _ => ServeError::Listen {
                address: address.to_owned(),
                reason,
            },
        };
        let listener = TcpListener::bind(addresses.as_slice()).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Listener { listener, address })
    }

    /// Serves connections until the handle shuts down.
    pub(super) async fn serve(
        self,
        router: Router,
        tls: Option<Arc<ServerConfig>>,
        connection_limit: ConnectionLimit,
        limits: Limits,
        handle: Handle<SocketAddr>,
    ) -> std::io::Result<()> {
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let mut server = axum_server::from_tcp(self.listener)?.handle(handle);
        let http = server.http_builder();
        let timer = TokioTimer::new();
        http.http1()
            .timer(timer)
            .header_read_timeout(limits.handshake_timeout);
        let timeout = limits.handshake_timeout;
        match tls {
            None => {
                let acceptor = FirstByteTimeout::new(connection_limit, timeout);
                server.acceptor(acceptor).serve(service).await
            }
            Some(config) => {
                let tls = RustlsAcceptor::new(RustlsConfig::from_config(config));
                let tls = tls.handshake_timeout(timeout).acceptor(connection_limit);
                let acceptor = FirstByteTimeout::new(tls, timeout);
                server.acceptor(acceptor).serve(service).await
            }
        }
    }
}

/// The address at which other machines reach a listener on all addresses.
pub(super) fn reachable(address: SocketAddr) -> SocketAddr {
    // Connecting a UDP socket sends nothing, and selects the local address of the route.
    let local = |from: IpAddr, to: IpAddr| {
        let socket = UdpSocket::bind((from, 0)).ok()?;
        socket.connect((to, 9)).ok()?;
        let own = socket.local_addr().ok()?.ip();
        (!own.is_unspecified()).then_some(own)
    };
    let v4 = || {
        local(
            Ipv4Addr::UNSPECIFIED.into(),
            Ipv4Addr::new(192, 0, 2, 1).into(),
        )
    };
    let v6 = || {
        let documentation = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
        local(Ipv6Addr::UNSPECIFIED.into(), documentation.into())
    };
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => v4().unwrap_or(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => {
            v6().or_else(v4).unwrap_or(Ipv6Addr::LOCALHOST.into())
        }
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
