//! Turns the poster URL that a source gives into the one to request.
//!
//! Most sources give the original, which has up to 102 megapixels. The hosts also serve smaller versions of it, whose
//! URLs can be derived.

use url::Url;

use crate::files::fnv1a;
use crate::model::ImdbId;
use crate::net::is_loopback;

/// Maximum length of a URL. The longest recorded one has 149 characters.
const MAX_CHARS: usize = 600;
/// The host of IMDb's pictures.
const AMAZON: &str = "m.media-amazon.com";
/// The hosts of Cinemeta's pictures. Both serve the same ones. Cinemeta's second backend uses the second host.
const METAHUB: [&str; 2] = ["images.metahub.space", "live.metahub.space"];
/// The modifier with which Amazon scales a picture to a width of 300 pixels.
const SIZED: &str = "._V1_SX300.jpg";

/// A URL from which a poster may be requested. It has no user info, no query and, except on loopback, no port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PosterUrl(Url);

impl PosterUrl {
    /// Returns the URL to request instead of `url`, which comes from a source or a redirect. `None` if no request is
    /// allowed there.
    ///
    /// `loopback` holds the configured URLs of metadata sources on this machine. A picture may come from the same host
    /// and port as one of these, and from nowhere else on this machine.
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

    /// Returns the URL.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Returns its host, with the port unless that is the default.
    pub fn host(&self) -> &str {
        self.0.authority()
    }

    /// Returns a short, stable name for the address: its 64-bit FNV-1a hash. It need not be cryptographic: a movie has
    /// one or two addresses, and a collision of these would only show the movie's previous poster.
    pub fn hash(&self) -> u64 {
        fnv1a(self.0.as_str().as_bytes())
    }
}

/// `/images/M/NAME._V1_….jpg` becomes `/images/M/NAME._V1_SX300.jpg`.
///
/// A name without modifiers means the original, so the size is added there, too. All modifiers, from `._` to the
/// extension, are replaced.
fn amazon_path(path: &str) -> Option<String> {
    let (folder, file) = path.rsplit_once('/')?;
    let name = file.strip_suffix(".jpg")?;
    let end = name.find("._V1_").or_else(|| name.find("._")).unwrap_or(name.len());
    let name = &name[..end];
    // No recorded name contains percent-encoding, which could hide another path.
    let is_plain = !name.is_empty() && !name.starts_with('.') && !path.contains('%');
    (is_plain && folder.starts_with("/images/")).then(|| format!("{folder}/{name}{SIZED}"))
}

/// `/poster/{small,medium,large}/tt…/img` becomes `/poster/small/tt…/img`, which is about 185 pixels wide. `medium` is
/// said to be 370 to 500 pixels wide.
fn metahub_path(path: &str) -> Option<String> {
    let mut parts = path.strip_prefix("/poster/")?.split('/');
    let (size, id, end) = (parts.next()?, parts.next()?, parts.next()?);
    if !["small", "medium", "large"].contains(&size) || end != "img" || parts.next().is_some() {
        return None;
    }
    Some(format!("/poster/small/{}/img", ImdbId::parse(id)?))
}
