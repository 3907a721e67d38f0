//! The location of a server, and the protection of the connection to it.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres::Config;
use tokio_postgres::config::Host;
use tokio_postgres_rustls::MakeRustlsConnect;

/// The folders of the server's socket, those of Debian and others first, then PostgreSQL's own default.
pub const SOCKET_FOLDERS: [&str; 3] = ["/run/postgresql", "/var/run/postgresql", "/tmp"];

#[derive(Clone, PartialEq, Eq)]
pub struct Route {
    /// The configuration, which has a host, a user and a database.
    pub(super) config: Config,
    pub(super) tls: Tls,
    pub(super) password_file: Option<PathBuf>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// No TLS, because the server is on this machine.
    Off,
    /// TLS with a certificate that is verified, including its host name, against the authorities in this file, or else
    /// against those of the system.
    Verified(Option<PathBuf>),
}

/// Returns the TLS rule. Connections to other machines always use TLS with a verified certificate. Those to this one
/// use it only if asked, and never over a Unix socket.
pub fn tls(mode: Option<&str>, hosts: &[Host], root: Option<PathBuf>) -> Result<Tls, String> {
    let is_asked_for = match mode {
        None | Some("disable" | "allow" | "prefer") => false,
        Some("require" | "verify-ca" | "verify-full") => true,
        Some("no-verify") => {
            return Err("sslmode=no-verify accepts any certificate: leave it out".to_owned());
        }
        Some(_) => {
            let modes = "disable, allow, prefer, require, verify-ca, verify-full";
            return Err(format!("sslmode (or PGSSLMODE) must be one of {modes}"));
        }
    };
    let needs_tls = |host: &Host| match host {
        Host::Tcp(name) => is_asked_for || !is_loopback(name),
        #[cfg(unix)]
        Host::Unix(_) => false,
    };
    Ok(if hosts.iter().any(needs_tls) { Tls::Verified(root) } else { Tls::Off })
}

fn is_loopback(name: &str) -> bool {
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Returns a host as messages name it: by its name, or by the folder of its socket.
pub fn display_host(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(folder) => folder.display().to_string(),
    }
}

/// Returns the file of the trusted authorities. `None` for those of the system.
pub fn root_certificate(given: Option<String>, home: Option<String>) -> Option<PathBuf> {
    match given {
        Some(root) => Some(PathBuf::from(root)).filter(|root| root.as_os_str() != "system"),
        // The same place as for psql.
        None => home.map(|home| Path::new(&home).join(".postgresql/root.crt")).filter(|path| path.is_file()),
    }
}

/// Returns the folder where servers on this machine keep their socket, or else localhost.
pub fn usual_host() -> String {
    let folder = SOCKET_FOLDERS[..2].iter().find(|folder| cfg!(unix) && Path::new(folder).is_dir());
    (*folder.unwrap_or(&"localhost")).to_owned()
}

/// Returns a connector that trusts the authorities in a file or those of the system, or nobody if TLS is off.
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
    if store.is_empty() { Err(format!("{} contains no certificates", path.display())) } else { Ok(store) }
}
