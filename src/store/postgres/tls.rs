//! TLS with a certificate that is checked, also for the name of the host.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
pub use tokio_postgres_rustls::MakeRustlsConnect as Connector;

/// Makes connections that trust the authorities in the file `root`, or else those that the system trusts.
pub fn connector(root: Option<&Path>) -> Result<Connector, String> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| format!("TLS cannot be used ({e})"))?;
    let config = match root {
        Some(path) => builder.with_root_certificates(authorities(path)?).with_no_client_auth(),
        None => builder
            .with_platform_verifier()
            .map_err(|e| format!("the system's certificates cannot be used ({e})"))?
            .with_no_client_auth(),
    };
    Ok(Connector::new(config))
}

fn authorities(path: &Path) -> Result<RootCertStore, String> {
    let failed = |why: &dyn std::fmt::Display| {
        let hint = if path.starts_with("~") { "; ~ stands for no folder here" } else { "" };
        format!("the certificates in {} cannot be used: {why}{hint}", path.display())
    };
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|e| failed(&e))? {
        store.add(certificate.map_err(|e| failed(&e))?).map_err(|e| failed(&e))?;
    }
    if store.is_empty() { Err(failed(&"there is none")) } else { Ok(store) }
}
