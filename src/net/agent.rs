//! What all HTTP clients have in common.

use ureq::Agent;
use ureq::config::ConfigBuilder;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::typestate::AgentScope;

/// The program and its version, as requests name it.
const USER_AGENT: &str = concat!("movienight/", env!("CARGO_PKG_VERSION"));

/// The settings that all clients have in common: the system's certificates, no redirect that was not looked at, and no proxy but the one
/// that is handed in.
pub fn config() -> ConfigBuilder<AgentScope> {
    Agent::config_builder()
        .user_agent(USER_AGENT)
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
}
