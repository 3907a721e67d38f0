//! How fast a service may be asked, learned from its refusals and shared by all workers.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::env::Deadline;

/// Longest pause that a service may ask for.
const MAX_PAUSE: Duration = Duration::from_secs(30);
/// First pause after a refusal that names none; doubled with each further one in a row.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// Distance between requests after the first refusal.
const FIRST_GAP: Duration = Duration::from_millis(125);
const MAX_GAP: Duration = Duration::from_secs(5);
/// After so many answers in a row the gap shrinks by a tenth.
const CALM_STREAK: u32 = 20;

/// The rate_limiter of one service. As fast as the workers can until it refuses; then with a gap between
/// the starts of requests, which grows by refusals and shrinks slowly while all goes well.
#[derive(Default)]
pub struct RateLimiter(Mutex<State>);

#[derive(Default)]
struct State {
    not_before: Option<Instant>,
    gap: Duration,
    /// Counts refusals, so that several requests under way at the time of one count once.
    generation: u32,
    refusals_in_row: u32,
    streak: u32,
}

/// Permit to make one request.
#[derive(Clone, Copy, Debug)]
pub struct Permit(u32);

impl RateLimiter {
    /// Waits for permit to make a request; none when that would come after the deadline.
    pub fn wait(&self, deadline: Deadline) -> Option<Permit> {
        loop {
            let (start, generation) = {
                let mut state = self.lock();
                let now = Instant::now();
                let start = state.not_before.map_or(now, |t| t.max(now));
                if start.duration_since(now) > deadline.remaining() {
                    return None;
                }
                state.not_before = Some(start + state.gap);
                (start, state.generation)
            };
            std::thread::sleep(start.saturating_duration_since(Instant::now()));
            // Refused meanwhile: the place in the queue is void.
            if self.lock().generation == generation {
                return Some(Permit(generation));
            }
        }
    }

    /// The service refused: everybody pauses, as long as it asked for or ever longer.
    pub fn refused(&self, permit: Permit, asked_for: Option<Duration>) {
        let mut state = self.lock();
        let pause = match asked_for {
            Some(pause) => pause.min(MAX_PAUSE),
            None => jittered(FIRST_PAUSE * 2u32.pow(state.refusals_in_row.min(5))).min(MAX_PAUSE),
        };
        if permit.0 == state.generation {
            state.generation = state.generation.wrapping_add(1);
            state.refusals_in_row += 1;
            state.streak = 0;
            state.gap = (state.gap * 8 / 5).clamp(FIRST_GAP, MAX_GAP);
            state.not_before = Some(Instant::now() + pause);
        } else if asked_for.is_some() {
            let until = Instant::now() + pause;
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
        // A worker that panicked leaves numbers behind, and they are good.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Half to one and a half times as long, so that those who failed together do not return together.
pub fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.5 + fastrand::f64())
}
