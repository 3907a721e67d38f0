//! From the poster address that a source gives to the address that is asked for.
//!
//! Sources mostly give the original, which runs to 102 megapixels; the hosts serve smaller versions
//! of the same picture under a name that can be worked out.

use url::Url;

use crate::files::fnv1a;
use crate::model::ImdbId;
use crate::net::is_loopback;

/// Longer addresses than this are refused; the longest recorded one has 149 characters.
const MAX_CHARS: usize = 600;
/// IMDb's pictures.
const AMAZON: &str = "m.media-amazon.com";
/// Cinemeta's pictures. Both names serve the same; its second backend uses the second.
const METAHUB: [&str; 2] = ["images.metahub.space", "live.metahub.space"];
/// The modifier that makes Amazon scale a picture to a width of 300 pixels.
const SIZED: &str = "._V1_SX300.jpg";

/// An address that may be asked for a poster. It has no user info, no query and, except on
/// loopback, no port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(Url);

impl Address {
    /// The address to ask instead of `url`, which a source gave or a server redirects to; none when
    /// nothing may be asked there.
    ///
    /// `loopback` holds the configured addresses of metadata sources that are on this machine: a
    /// picture may come from the same host and port as one of these, and from nowhere else on
    /// this machine.
    pub fn of(url: &str, loopback: &[Url]) -> Option<Self> {
        if url.len() > MAX_CHARS {
            return None;
        }
        let mut url = Url::parse(url).ok()?;
        if !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        url.set_query(None);
        url.set_fragment(None);
        if loopback.iter().any(|source| is_loopback(source) && source.origin() == url.origin()) {
            return Some(Self(url));
        }
        if url.scheme() != "https" || url.port().is_some() {
            return None;
        }
        let path = match url.host_str()? {
            AMAZON => amazon_path(url.path())?,
            host if METAHUB.contains(&host) => metahub_path(url.path())?,
            _ => return None,
        };
        url.set_path(&path);
        Some(Self(url))
    }

    /// The address.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Its host, with the port if that is not the usual one.
    pub fn host(&self) -> &str {
        self.0.authority()
    }

    /// A short stable name for the address: FNV-1a, 64 bits. Not cryptographic; one movie has one
    /// or two addresses, and a collision of these would show the movie's former poster.
    pub fn hash(&self) -> u64 {
        fnv1a(self.0.as_str().as_bytes())
    }
}

/// `/images/M/NAME._V1_….jpg` becomes `/images/M/NAME._V1_SX300.jpg`.
///
/// A name without modifiers is the original, so the size is put there too. The modifiers are from
/// `._` to the extension, whichever they are.
fn amazon_path(path: &str) -> Option<String> {
    let (folder, file) = path.rsplit_once('/')?;
    let name = file.strip_suffix(".jpg")?;
    let end = name.find("._V1_").or_else(|| name.find("._")).unwrap_or(name.len());
    let name = &name[..end];
    // Percent-encoded characters occur in no recorded name and could hide a path of another kind.
    let is_plain = !name.is_empty() && !name.starts_with('.') && !path.contains('%');
    (is_plain && folder.starts_with("/images/")).then(|| format!("{folder}/{name}{SIZED}"))
}

/// `/poster/{small,medium,large}/tt…/img` becomes `/poster/small/tt…/img`, about 185 pixels wide;
/// `medium` is said to be 370 to 500 wide.
fn metahub_path(path: &str) -> Option<String> {
    let mut parts = path.strip_prefix("/poster/")?.split('/');
    let (size, id, end) = (parts.next()?, parts.next()?, parts.next()?);
    if !["small", "medium", "large"].contains(&size) || end != "img" || parts.next().is_some() {
        return None;
    }
    Some(format!("/poster/small/{}/img", ImdbId::parse(id)?))
}
