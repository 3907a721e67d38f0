//! Where a server is, and how the way to it is protected.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Where Debian and others keep the socket, and where PostgreSQL itself does.
pub const SOCKET_FOLDERS: [&str; 3] = ["/run/postgresql", "/var/run/postgresql", "/tmp"];

/// Text that is never shown, not even in a debug format.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl Secret {
    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// A server, by its name or by the folder of its socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A name or an IP address.
    Tcp(String),
    /// The folder of a Unix socket.
    Socket(PathBuf),
}

impl Host {
    pub fn parse(text: &str) -> Self {
        match text.starts_with('/') {
            true => Self::Socket(PathBuf::from(text)),
            false => Self::Tcp(text.to_owned()),
        }
    }

    pub fn is_on_this_machine(&self) -> bool {
        match self {
            Self::Socket(_) => true,
            Self::Tcp(name) => {
                name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
            }
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(name) => f.write_str(name),
            Self::Socket(folder) => folder.display().fmt(f),
        }
    }
}

/// The protection of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: the server is this machine.
    Off,
    /// TLS with a certificate that is checked, also for the host's name: against this file's authorities, or else
    /// against the system's.
    Verified(Option<PathBuf>),
}

/// The rules for TLS: off this machine always, with a certificate that is checked; on it only when asked for.
pub fn tls(mode: Option<&str>, host: &Host, root: Option<PathBuf>) -> Result<Tls, String> {
    let is_here = host.is_on_this_machine();
    match mode {
        Some("require" | "verify-ca" | "verify-full") => match host {
            Host::Socket(_) => Ok(Tls::Off),
            Host::Tcp(_) => Ok(Tls::Verified(root)),
        },
        None | Some("prefer" | "allow" | "disable") if is_here => Ok(Tls::Off),
        None | Some("prefer" | "allow") => Ok(Tls::Verified(root)),
        Some("disable") => Err(format!("sslmode=disable would send votes and password in the open to {host}")),
        Some(_) => {
            Err("sslmode (or PGSSLMODE) is disable, allow, prefer, require, verify-ca or verify-full".to_owned())
        }
    }
}

/// The file of the authorities that are trusted; none: those of the system.
pub fn root_certificate(given: Option<String>, home: Option<String>) -> Option<PathBuf> {
    match given {
        Some(root) => Some(PathBuf::from(root)).filter(|root| root.as_os_str() != "system"),
        // Where psql looks.
        None => home.map(|home| Path::new(&home).join(".postgresql/root.crt")).filter(|path| path.is_file()),
    }
}

/// The folder where servers of this machine keep their socket, if there is one.
pub fn usual_host() -> Host {
    let folder = SOCKET_FOLDERS[..2].iter().find(|folder| cfg!(unix) && Path::new(folder).is_dir());
    folder.map_or_else(|| Host::Tcp("localhost".to_owned()), |folder| Host::Socket(PathBuf::from(folder)))
}
