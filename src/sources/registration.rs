//! An entry of the registry, and the parameters of a source.

use url::Url;

use super::Source;
use crate::env::Clock;

/// A source that this program knows. A new one is a file of its own and a line in the registry
/// of settings.rs.
pub struct Registration {
    /// Its name in MOVIENIGHT_SOURCES, in the database and in `cache stats`.
    pub name: &'static str,
    /// The variable that sets its address, and the address without it.
    pub address: (&'static str, &'static str),
    /// The variable that holds a key without which it does not answer. With one, it is asked first.
    pub key: Option<&'static str>,
    /// Makes it.
    pub open: fn(Access) -> Box<dyn Source>,
}

/// The parameters of a source.
pub struct Access {
    /// Its address.
    pub base: Url,
    /// Its key; empty for one that takes none.
    pub key: String,
    /// Tells the time.
    pub clock: Clock,
}
