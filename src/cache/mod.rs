//! The 24-hour cache: which data is fresh, which is worth a fetch, and fetching it.
//!
//! All data takes one path: from the database to the catalogue, to the web sources, and back to the database.
//! [`Cache::lookup`] takes it for titles that somebody waits for, and [`Cache::refresh`] for all that are due.

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

/// Everything besides the database that data may come from, and the limits on waiting for it.
pub struct Cache<'a> {
    /// The local catalogue. `None` if there is none.
    pub catalog: Option<Rc<Catalog>>,
    /// The web sources. `None` when offline.
    pub sources: Option<Rc<Sources>>,
    /// This machine's records of the board.
    pub state: &'a State,
    /// The clock.
    pub clock: &'a Clock,
    /// The time limits.
    pub limits: TimeLimits,
    /// The time that is left for requests that a person waits for.
    pub budget: &'a PersonBudget,
    /// The signal that the person wants to stop.
    pub interrupt: &'a Interrupt,
}

impl Cache<'_> {
    /// Records the requests and the new states of sources. Returns the number of requests.
    fn keep_log(&self, sources: &Sources) -> usize {
        let (requests, states) = sources.take_log();
        self.state.record_requests(&requests);
        self.state.save_source_states(&states);
        requests.len()
    }
}

/// The total time limit of the requests that a person waits for.
pub struct PersonBudget {
    left: Cell<Duration>,
}

impl PersonBudget {
    /// Creates a budget of which nothing is spent.
    pub fn new(limit: Duration) -> Self {
        Self { left: Cell::new(limit) }
    }

    /// Runs `act` with the deadline that is left, and subtracts the time that it takes.
    pub fn spend<T>(&self, act: impl FnOnce(Deadline) -> T) -> T {
        let deadline = Deadline::after(self.left.get());
        let result = act(deadline);
        self.left.set(deadline.remaining());
        result
    }
}
