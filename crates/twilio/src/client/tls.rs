//! TLS by rustls and ring, like the connections to the database, with Mozilla's roots.

use super::SetUpError;
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use std::sync::Arc;

pub(super) fn config() -> Result<ClientConfig, SetUpError> {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| SetUpError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
