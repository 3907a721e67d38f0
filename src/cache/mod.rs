//! The 24-hour cache: what is fresh, what is worth a fetch, and fetching it.
//!
//! All data takes one way: from the database to the catalogue, to the web sources, and back into the database. [`Cache`]
//! goes it: [`Cache::lookup`] for titles that somebody waits for, [`Cache::refresh`] for all that are due.

pub mod background;
pub mod catalog;
pub mod freshness;
pub mod health;
pub mod lookup;
pub mod refresh;
pub mod search;

pub use freshness::{freshness, is_worth_a_try};

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use crate::catalog::Catalog;
use crate::env::{Clock, Deadline, Interrupt, TimeLimits};
use crate::sources::Sources;
use crate::state::State;

/// Everything beside the database that data may come from, and the limits on waiting for it.
pub struct Cache<'a> {
    /// The local catalogue, if there is one.
    pub catalog: Option<Rc<Catalog>>,
    /// The web sources. `None` when offline.
    pub sources: Option<Rc<Sources>>,
    /// This machine's records of the board.
    pub state: &'a State,
    /// Tells the time.
    pub clock: &'a Clock,
    /// Limits on waiting.
    pub limits: TimeLimits,
    /// The time that is left for what a person waits for.
    pub budget: &'a PersonBudget,
    /// Tells when the person wants to stop.
    pub interrupt: &'a Interrupt,
}

impl Cache<'_> {
    /// Remembers what was learned of sources while asking them, and returns how many requests were made.
    fn keep_log(&self, sources: &Sources) -> usize {
        let (requests, states) = sources.take_log();
        self.state.record_requests(&requests);
        self.state.save_source_states(&states);
        requests.len()
    }
}

/// The time limit of all requests that a person waits for, together.
pub struct PersonBudget {
    left: Cell<Duration>,
}

impl PersonBudget {
    /// A budget of which nothing is spent.
    pub fn new(limit: Duration) -> Self {
        Self { left: Cell::new(limit) }
    }

    /// Runs `act` with the deadline that is left, and counts its time.
    pub fn spend<T>(&self, act: impl FnOnce(Deadline) -> T) -> T {
        let deadline = Deadline::after(self.left.get());
        let result = act(deadline);
        self.left.set(deadline.remaining());
        result
    }
}
