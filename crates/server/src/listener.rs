//! Where the server listens, and how connections are made there.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};
use std::sync::Arc;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper_util::rt::TokioTimer;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::error::ServeError;
use super::limits::Limits;
use super::punctual::Punctual;
use super::settings::TlsFiles;
use super::stream::Gate;

/// A place that is listened to.
pub(super) struct Listener {
    listener: TcpListener,
    /// The address with its port, which may have been the system's choice.
    pub(super) address: SocketAddr,
}

impl Listener {
    /// Begins to listen; connections wait until they are [served](Listener::serve).
    pub(super) fn bind(address: &str) -> Result<Listener, ServeError> {
        let unreadable = |reason: String| ServeError::Address {
            address: address.to_owned(),
            reason,
        };
        let addresses = address.to_socket_addrs();
        let addresses = addresses.map_err(|error| unreadable(error.to_string()))?;
        let addresses: Vec<SocketAddr> = addresses.collect();
        if addresses.is_empty() {
            return Err(unreadable("it has no number".to_owned()));
        }
        let refused = |reason: std::io::Error| match reason.kind() {
            ErrorKind::AddrInUse => ServeError::Taken {
                address: address.to_owned(),
            },
            _ => ServeError::Listen {
                address: address.to_owned(),
                reason,
            },
        };
        let listener = TcpListener::bind(addresses.as_slice()).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        Ok(Listener { listener, address })
    }

    /// Serves connections until the handle says otherwise.
    pub(super) async fn serve(
        self,
        router: Router,
        tls: Option<Arc<ServerConfig>>,
        gate: Gate,
        limits: Limits,
        handle: Handle<SocketAddr>,
    ) -> std::io::Result<()> {
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let mut server = axum_server::from_tcp(self.listener)?.handle(handle);
        let http = server.http_builder();
        let timer = TokioTimer::new();
        http.http1()
            .timer(timer)
            .header_read_timeout(limits.handshake);
        let in_time = limits.handshake;
        match tls {
            None => {
                let acceptor = Punctual::new(gate, in_time);
                server.acceptor(acceptor).serve(service).await
            }
            Some(config) => {
                let tls = RustlsAcceptor::new(RustlsConfig::from_config(config));
                let tls = tls.handshake_timeout(in_time).acceptor(gate);
                let acceptor = Punctual::new(tls, in_time);
                server.acceptor(acceptor).serve(service).await
            }
        }
    }
}

/// The address by which other machines reach this one, where all addresses are listened to.
pub(super) fn reachable(address: SocketAddr) -> SocketAddr {
    // Nothing is sent: the system only says from which address it would send.
    let outward = |from: IpAddr, to: IpAddr| {
        let socket = UdpSocket::bind((from, 0)).ok()?;
        socket.connect((to, 9)).ok()?;
        let own = socket.local_addr().ok()?.ip();
        (!own.is_unspecified()).then_some(own)
    };
    let v4 = || {
        outward(
            Ipv4Addr::UNSPECIFIED.into(),
            Ipv4Addr::new(192, 0, 2, 1).into(),
        )
    };
    let v6 = || {
        let documentation = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
        outward(Ipv6Addr::UNSPECIFIED.into(), documentation.into())
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

/// Reads a certificate and its key.
pub(super) fn tls(files: &TlsFiles) -> Result<Arc<ServerConfig>, ServeError> {
    let wrong = |path: &std::path::Path, reason: String| ServeError::Tls {
        path: path.to_owned(),
        reason,
    };
    let in_certificate = |reason: String| wrong(&files.certificate, reason);
    let in_key = |reason: String| wrong(&files.key, reason);
    let chain = CertificateDer::pem_file_iter(&files.certificate);
    let chain = chain.map_err(|error| in_certificate(error.to_string()))?;
    let chain: Result<Vec<_>, _> = chain.collect();
    let chain = chain.map_err(|error| in_certificate(error.to_string()))?;
    if chain.is_empty() {
        return Err(in_certificate(
            "there is no certificate in it (PEM)".to_owned(),
        ));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key);
    let key = key.map_err(|error| in_key(error.to_string()))?;
    let provider = Arc::new(ring::default_provider());
    let config =
        ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| ServeError::System(error.to_string()))?;
    let config = config.with_no_client_auth().with_single_cert(chain, key);
    let mut config = config.map_err(|error| in_key(error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
