//! TLS with a certificate that is checked, also for the name of the host.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::host::Tls;

/// Makes connections that trust the authorities in a file, those that the system trusts, or nobody where TLS is off.
pub fn connector(tls: &Tls) -> Result<MakeRustlsConnect, String> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| format!("TLS cannot be used ({e})"))?;
    let builder = match tls {
        Tls::Off => builder.with_root_certificates(RootCertStore::empty()),
        Tls::Verified(Some(path)) => builder.with_root_certificates(authorities(path)?),
        Tls::Verified(None) => {
            builder.with_platform_verifier().map_err(|e| format!("the system's certificates cannot be used ({e})"))?
        }
    };
    Ok(MakeRustlsConnect::new(builder.with_no_client_auth()))
}

fn authorities(path: &Path) -> Result<RootCertStore, String> {
    let failed = |why: &dyn std::fmt::Display| format!("the certificates in {} cannot be used: {why}", path.display());
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|e| failed(&e))? {
        store.add(certificate.map_err(|e| failed(&e))?).map_err(|e| failed(&e))?;
    }
    if store.is_empty() { Err(failed(&"there is none")) } else { Ok(store) }
}
