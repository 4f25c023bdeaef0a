//! Tests of TLS.

use std::sync::Arc;

use mlipview_server::{ServeError, Settings, TlsFiles};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::client_async;

use super::client::*;
use super::test_server::{settings, test_server_with};
use super::websocket_client::Client;

#[tokio::test]
async fn a_certificate_enables_tls() {
    let folder = tempfile::tempdir().unwrap();
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let files = TlsFiles {
        certificate: folder.path().join("certificate.pem"),
        key: folder.path().join("key.pem"),
    };
    std::fs::write(&files.certificate, certified.cert.pem()).unwrap();
    std::fs::write(&files.key, certified.signing_key.serialize_pem()).unwrap();
    let test = test_server_with(Settings {
        tls: Some(files),
        ..settings()
    });
    assert!(test.server.links().watch.starts_with("https://"));

    let mut roots = RootCertStore::empty();
    roots.add(certified.cert.der().clone()).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let tcp = TcpStream::connect(test.server.addresses()[0])
        .await
        .unwrap();
    let connector = TlsConnector::from(Arc::new(config));
    let stream = connector
        .connect("localhost".try_into().unwrap(), tcp)
        .await
        .unwrap();
    let (socket, _) = client_async("wss://localhost/ws", stream).await.unwrap();
    let mut client = Client::over(socket);
    client.interact(whole(&WATER), 1).await;
    assert!(client.next().await.frame().is_some());
}

#[test]
fn an_invalid_certificate_is_refused_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("invalid.pem");
    std::fs::write(&path, "invalid").unwrap();
    let files = TlsFiles {
        certificate: path.clone(),
        key: path.clone(),
    };
    let sim = mlipview_core::sim::spawn(mlipview_core::sim::Engine::new(
        mlipview_core::chem::Structure::empty(),
        None,
        0,
    ));
    let settings = Settings {
        tls: Some(files),
        ..settings()
    };
    let Err(error) = mlipview_server::start(&settings, sim.unwrap()) else {
        panic!("the server started")
    };
    assert!(matches!(error, ServeError::Tls { .. }));
    assert!(error.to_string().contains("invalid.pem"), "{error}");
}
