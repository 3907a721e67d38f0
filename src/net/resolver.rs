//! Looking up the address of a host, within a time limit, also where no thread can be started.

use std::sync::mpsc;
use std::thread;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Resolves as ureq does. The system's own look-up cannot be interrupted, so it runs in a thread that nobody waits for
/// when the time is over; ureq's resolver panics where that thread cannot be started, this one then does without the limit.
#[derive(Debug)]
pub(super) struct BoundedResolver;

impl Resolver for BoundedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, limit: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let look_up = {
            let (uri, config) = (uri.clone(), config.clone());
            let unlimited = NextTimeout { reason: limit.reason, ..NextTimeout::default() };
            move || DefaultResolver::default().resolve(&uri, &config, unlimited)
        };
        let in_thread = look_up.clone();
        // Nobody waits for an answer that comes too late.
        let started = thread::Builder::new().spawn(move || sender.send(in_thread()).is_ok());
        if started.is_err() {
            return look_up();
        }
        receiver.recv_timeout(*limit.after).unwrap_or(Err(Error::Timeout(limit.reason)))
    }
}
