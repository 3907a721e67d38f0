//! The circuit breaker of one source: opens when the source turns out to be out of use, so that nobody asks it any more.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::error::FetchError;
use crate::env::Deadline;

/// Time-outs in a row after which a source counts as silent.
const MAX_TIMEOUTS: u32 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Circuit {
    /// Nobody has asked the source yet.
    Untested,
    /// Somebody is asking it for the first time; the others wait for its result.
    Probing,
    /// Requests pass. So many in a row have timed out.
    Closed { timeouts: u32 },
    /// No request passes for the rest of this run.
    Open,
}

/// The outcome of a request, as far as it concerns the source's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is there.
    InUse,
    /// It has been silent too often.
    Silent,
    /// It cannot be reached.
    Unreachable,
    /// It serves no more requests like ours.
    Exhausted,
}

/// Lets requests to one source pass, or not.
pub struct CircuitBreaker {
    circuit: Mutex<Circuit>,
    probed: Condvar,
}

impl CircuitBreaker {
    /// A breaker that is closed, or open from the start.
    pub fn new(open: bool) -> Self {
        let circuit = if open { Circuit::Open } else { Circuit::Untested };
        Self { circuit: Mutex::new(circuit), probed: Condvar::new() }
    }

    /// No request passes.
    pub fn is_open(&self) -> bool {
        *self.lock() == Circuit::Open
    }

    /// Lets a request pass. The first one of a run goes alone and the others wait for its result, so that a host
    /// that is gone costs one attempt, however many workers there are.
    ///
    /// # Errors
    /// The circuit is open, or the deadline has passed.
    pub fn admit(&self, deadline: Deadline, name: &str) -> Result<(), FetchError> {
        let mut circuit = self.lock();
        loop {
            match *circuit {
                Circuit::Open => return Err(FetchError::Disabled),
                Circuit::Closed { .. } => return Ok(()),
                Circuit::Untested => {
                    *circuit = Circuit::Probing;
                    return Ok(());
                }
                Circuit::Probing if deadline.is_over() => {
                    return Err(FetchError::TimedOut(format!("{name} takes too long to answer")));
                }
                Circuit::Probing => {
                    let waited = self.probed.wait_timeout(circuit, deadline.remaining());
                    circuit = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }

    /// Takes notice of what came of a request that was let pass.
    pub fn record(&self, error: Option<&FetchError>) -> Finding {
        let mut circuit = self.lock();
        let timeouts = match (*circuit, error) {
            (Circuit::Closed { timeouts }, Some(FetchError::TimedOut(_))) => timeouts + 1,
            (_, Some(FetchError::TimedOut(_))) => 1,
            _ => 0,
        };
        let finding = match error {
            Some(FetchError::Unreachable(_)) => Finding::Unreachable,
            Some(FetchError::Exhausted(..)) => Finding::Exhausted,
            _ if timeouts >= MAX_TIMEOUTS => Finding::Silent,
            _ => Finding::InUse,
        };
        // A request that began before another opened the circuit does not close it.
        if *circuit != Circuit::Open {
            *circuit = if finding == Finding::InUse { Circuit::Closed { timeouts } } else { Circuit::Open };
        }
        self.probed.notify_all();
        finding
    }

    /// Opens the circuit for the rest of this run.
    pub fn open(&self) {
        *self.lock() = Circuit::Open;
        self.probed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Circuit> {
        self.circuit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn later() -> Deadline {
        Deadline::after(Duration::from_secs(60))
    }

    #[test]
    fn what_cannot_be_reached_is_asked_once() {
        let breaker = CircuitBreaker::new(false);
        breaker.admit(later(), "x").unwrap();
        std::thread::scope(|scope| {
            let others: Vec<_> = (0..8).map(|_| scope.spawn(|| breaker.admit(later(), "x"))).collect();
            assert_eq!(breaker.record(Some(&FetchError::Unreachable("gone".into()))), Finding::Unreachable);
            for other in others {
                assert_eq!(other.join().unwrap(), Err(FetchError::Disabled));
            }
        });
        assert!(breaker.is_open());
        breaker.record(None);
        assert!(breaker.is_open(), "a request that was under way does not close it");
    }

    #[test]
    fn three_time_outs_in_a_row_are_silence() {
        let breaker = CircuitBreaker::new(false);
        let silent = FetchError::TimedOut("x".into());
        for error in [Some(&silent), Some(&silent), None, Some(&silent), Some(&silent)] {
            breaker.admit(later(), "x").unwrap();
            assert_eq!(breaker.record(error), Finding::InUse);
        }
        assert_eq!(breaker.record(Some(&silent)), Finding::Silent);
        assert!(breaker.is_open());
    }
}
