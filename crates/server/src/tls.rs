//! TLS configuration from a certificate and its key.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::error::ServeError;
use super::settings::TlsFiles;

/// Reads a certificate and its key.
pub(super) fn config(files: &TlsFiles) -> Result<Arc<ServerConfig>, ServeError> {
    let invalid = |path: &Path, reason: String| ServeError::Tls {
        path: path.to_owned(),
        reason,
    };
    let in_certificate = |reason: String| invalid(&files.certificate, reason);
    let in_key = |reason: String| invalid(&files.key, reason);
    let chain = CertificateDer::pem_file_iter(&files.certificate);
    let chain = chain.map_err(|error| in_certificate(error.to_string()))?;
    let chain: Result<Vec<_>, _> = chain.collect();
    let chain = chain.map_err(|error| in_certificate(error.to_string()))?;
    if chain.is_empty() {
        return Err(in_certificate(
            "the file has no certificate in PEM format".to_owned(),
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
