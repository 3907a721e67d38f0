//! The rate at which a service may be asked, learned from its refusals and shared by all workers.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::env::Deadline;

/// First pause after a refusal that names none; doubled with each further one in a row.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// Distance between requests after the first refusal.
const FIRST_GAP: Duration = Duration::from_millis(125);
const MAX_GAP: Duration = Duration::from_secs(5);
/// After so many answers in a row the gap shrinks by a tenth.
const CALM_STREAK: u32 = 20;

/// Limits the rate of requests to one service: none until it refuses; then a gap between the starts of requests, which
/// grows with refusals and shrinks slowly while all goes well.
pub struct RateLimiter {
    state: Mutex<State>,
    /// The longest pause that the service may ask for.
    max_pause: Duration,
}

#[derive(Default)]
struct State {
    not_before: Option<Deadline>,
    gap: Duration,
    /// Counts refusals, so that several requests under way at the time of one count once.
    generation: u32,
    refusals_in_row: u32,
    streak: u32,
}

/// The right to make one request.
#[derive(Clone, Copy, Debug)]
pub struct Permit(u32);

impl RateLimiter {
    /// A limiter that obeys pauses of up to `max_pause`.
    pub fn new(max_pause: Duration) -> Self {
        Self { state: Mutex::default(), max_pause }
    }

    /// Waits for a permit; none when that would come after the deadline.
    pub fn wait(&self, deadline: Deadline) -> Option<Permit> {
        loop {
            let (start, generation) = {
                let mut state = self.lock();
                let now = Deadline::after(Duration::ZERO);
                let start = state.not_before.map_or(now, |t| t.max(now));
                if start > deadline {
                    return None;
                }
                state.not_before = Some(start.later(state.gap));
                (start, state.generation)
            };
            std::thread::sleep(start.remaining());
            // Refused meanwhile: the permit is void.
            if self.lock().generation == generation {
                return Some(Permit(generation));
            }
        }
    }

    /// The service refused: all workers pause, for as long as it asked, else with exponential growth.
    pub fn refused(&self, permit: Permit, asked_for: Option<Duration>) {
        let mut state = self.lock();
        let doubled = FIRST_PAUSE * 2u32.pow(state.refusals_in_row.min(5));
        let pause = asked_for.unwrap_or_else(|| jittered(doubled)).min(self.max_pause);
        let until = Deadline::after(pause);
        if permit.0 == state.generation {
            state.generation = state.generation.wrapping_add(1);
            state.refusals_in_row += 1;
            state.streak = 0;
            state.gap = (state.gap * 8 / 5).clamp(FIRST_GAP, MAX_GAP);
            state.not_before = Some(until);
        } else if asked_for.is_some() {
            state.not_before = Some(state.not_before.map_or(until, |t| t.max(until)));
        }
    }

    /// The service answered.
    pub fn answered(&self) {
        let mut state = self.lock();
        state.refusals_in_row = 0;
        state.streak += 1;
        if state.streak >= CALM_STREAK {
            state.streak = 0;
            state.gap = state.gap * 9 / 10;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A worker that panicked leaves valid numbers behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Half to one and a half times as long, so that those who failed together do not return together.
pub fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.5 + fastrand::f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_never_longer_than_the_limit() {
        let limiter = RateLimiter::new(Duration::from_secs(30));
        let far = Deadline::after(Duration::from_secs(3600));
        let permit = limiter.wait(far).unwrap();
        limiter.refused(permit, Some(Duration::from_secs(7200)));
        let not_before = limiter.lock().not_before.unwrap();
        assert!((29..=30).contains(&not_before.remaining().as_secs()));
        assert!(limiter.wait(Deadline::after(Duration::from_secs(20))).is_none(), "nobody waits for nothing");
    }

    #[test]
    fn refusals_widen_the_gap_and_answers_narrow_it() {
        let limiter = RateLimiter::new(Duration::ZERO);
        let far = Deadline::after(Duration::from_secs(60));
        for _ in 0..3 {
            let permit = limiter.wait(far).unwrap();
            limiter.refused(permit, None);
            limiter.refused(permit, None);
        }
        let gap = limiter.lock().gap;
        assert_eq!(gap, FIRST_GAP * 8 / 5 * 8 / 5, "requests that were under way together count once");
        for _ in 0..CALM_STREAK {
            limiter.answered();
        }
        assert!(limiter.lock().gap < gap);
    }
}
