//! One poster by its address: redirects followed by our own rules, the answer checked.

use std::time::Duration;

use url::Url;

use super::address::Address;
use super::failures::Kind;
use super::jpeg::{Jpeg, MAX_BYTES};
use crate::env::Deadline;
use crate::net::picture::{Answer, NoAnswer, PictureHttp};

/// The longest that one poster may take, redirects included.
pub const REQUEST: Duration = Duration::from_secs(10);
/// Metahub is known to redirect once.
const MAX_REDIRECTS: usize = 4;

/// The state of the host, as a failure shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// It answered.
    Made,
    /// It took too long, or broke off.
    Poor,
    /// It cannot be reached.
    None,
}

/// The reason for which a poster was not fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The time for which it is remembered.
    pub kind: Kind,
    /// The host could not be reached at all, or took too long.
    pub contact: Contact,
    /// In words; names the host, and nothing of the address that could hold more.
    pub why: String,
}

impl Fault {
    /// A fault of the picture or its address.
    pub fn lasting(why: String) -> Self {
        Self { kind: Kind::Lasting, contact: Contact::Made, why }
    }

    /// A fault of the network or the server.
    pub fn passing(contact: Contact, why: String) -> Self {
        Self { kind: Kind::Passing, contact, why }
    }
}

/// GETs the poster at `address` and checks that it is one. Counts each request in `requests`.
/// `loopback` are the sources on this machine, see [`Address::of`].
///
/// # Errors
/// No picture, and whether to ask again soon.
pub fn fetch(
    http: &PictureHttp,
    address: &Address,
    loopback: &[Url],
    deadline: Deadline,
    mut requested: impl FnMut(),
) -> Result<Jpeg, Fault> {
    let deadline = deadline.min(Deadline::after(REQUEST));
    let mut address = address.clone();
    for _ in 0..=MAX_REDIRECTS {
        let host = address.host();
        requested();
        match http.get(address.url(), MAX_BYTES, deadline).map_err(|why| fault(&why))? {
            Answer::Body(bytes) => {
                return Jpeg::parse(&bytes).map_err(|why| Fault::lasting(format!("{host} sends {why}")));
            }
            Answer::Redirect(location) => {
                let to = address.url().join(&location).ok();
                let to = to.and_then(|to| Address::of(to.as_str(), loopback));
                address = to.ok_or_else(|| {
                    Fault::lasting(format!("{host} redirects to a place where no poster is asked for"))
                })?;
            }
            // Too many requests, and what else passes.
            Answer::Status(status @ (408 | 425 | 429 | 500..)) => {
                return Err(Fault::passing(Contact::Made, format!("{host} fails (status {status})")));
            }
            Answer::Status(status) => {
                return Err(Fault::lasting(format!("{host} has no such poster (status {status})")));
            }
        }
    }
    Err(Fault::lasting(format!("{} redirects in a circle", address.host())))
}

fn fault(error: &NoAnswer) -> Fault {
    let why = error.to_string();
    match error {
        NoAnswer::Unreachable(_) => Fault::passing(Contact::None, why),
        NoAnswer::TimedOut(_) | NoAnswer::Broken(_) => Fault::passing(Contact::Poor, why),
        NoAnswer::Refused(_) => Fault::lasting(why),
    }
}
