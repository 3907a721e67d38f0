//! Fetching titles: each source in turn gets a queue of batches, which a few threads process.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::error::FetchError;
use super::{OpenSource, SourceAnswer, Sources};
use crate::env::{Deadline, Stopwatch};
use crate::model::{FetchOutcome, Fetched, ImdbId};
use crate::net::HttpError;

/// The interval at which a wait for answers checks for an interrupt.
const POLL: Duration = Duration::from_millis(50);
/// The extra wait for answers after the deadline. Requests end in time, but a busy machine may report that late.
const GRACE: Duration = Duration::from_secs(1);

/// The limits of a fetch.
#[derive(Clone)]
pub struct FetchBudget {
    /// The time at which the fetch must end.
    pub deadline: Deadline,
    /// The time after which no request begins, so that there is time to write the results.
    pub begin_until: Deadline,
    /// The longest that one request may take.
    pub request: Duration,
    /// True if a person waits. Then each source leaves half of the remaining time to the later ones.
    pub share_time: bool,
    /// The number of concurrent requests.
    pub jobs: usize,
    /// Set when the person interrupts.
    pub stop: Arc<AtomicBool>,
}

impl FetchBudget {
    fn is_over(&self) -> bool {
        self.begin_until.is_over() || self.deadline.is_over() || self.stop.load(Ordering::Relaxed)
    }
}

/// The state of a title while sources are asked one after the other.
#[derive(Default)]
struct TitleProgress {
    found: Option<FetchOutcome>,
    /// The number of sources that answered that there is no such title.
    denials: usize,
    /// The title with which one of these sources answered.
    other: Option<ImdbId>,
    /// The error of the last source that failed.
    error: Option<FetchError>,
}

impl Sources {
    /// Fetches titles, and asks the next source for those that one does not know or cannot deliver. A title is unknown
    /// only if every source says so. A source that has been unreachable for a day does not count. `progress` receives
    /// the number of titles that were settled since its last call.
    pub fn fetch(&self, ids: &[ImdbId], budget: &FetchBudget, progress: &mut dyn FnMut(usize)) -> Vec<Fetched> {
        let mut by_title: HashMap<ImdbId, TitleProgress> = HashMap::new();
        // The error of the last source that was skipped because it is disabled.
        let mut disabled = None;
        for (index, source) in self.list.iter().enumerate() {
            let is_found = |id: &ImdbId| by_title.get(id).is_some_and(|state| state.found.is_some());
            let pending: Vec<ImdbId> = ids.iter().copied().filter(|id| !is_found(id)).collect();
            if source.client.is_disabled() {
                disabled = Some(source.client.last_error().unwrap_or_else(|| FetchError::Disabled.to_string()));
                continue;
            }
            if pending.is_empty() {
                continue;
            }
            let is_last = self.list[index + 1..].iter().all(|later| later.client.is_disabled());
            let end = match budget.share_time && !is_last {
                true => Deadline::after(budget.deadline.remaining() / 2),
                false => budget.deadline,
            };
            fetch_batches(source, &pending, end, budget, &mut |id, answer| {
                let state = by_title.entry(id).or_default();
                match answer {
                    Ok(Some(title)) => {
                        state.found = Some(FetchOutcome::Found {
                            title: Box::new(title),
                            source: source.client.name.to_owned(),
                            better_failed: state.error.as_ref().map(ToString::to_string).or_else(|| disabled.clone()),
                        });
                        progress(1);
                    }
                    Ok(None) => state.denials += 1,
                    Err(FetchError::OtherTitle(other)) => {
                        state.denials += 1;
                        state.other = Some(other);
                    }
                    // An earlier error says more than that a source was disabled meanwhile.
                    Err(FetchError::Disabled) => {}
                    Err(error) => state.error = Some(error),
                }
            });
        }
        let mut fetched = |id: &ImdbId| {
            let mut state = by_title.remove(id).unwrap_or_default();
            let outcome = state.found.take().unwrap_or_else(|| {
                let outcome = self.conclude(state);
                progress(usize::from(!matches!(outcome, FetchOutcome::NotAsked)));
                outcome
            });
            Fetched { id: *id, outcome }
        };
        ids.iter().map(&mut fetched).collect()
    }

    /// Returns the outcome for a title that no source has delivered.
    fn conclude(&self, state: TitleProgress) -> FetchOutcome {
        let must_agree = self.list.iter().filter(|source| !source.client.is_long_gone()).count();
        let disabled: Vec<_> = self.list.iter().filter(|source| source.client.is_disabled()).collect();
        match state.error {
            _ if state.denials > 0 && state.denials >= must_agree => FetchOutcome::Unknown(state.other),
            Some(error) => FetchOutcome::Failed(error.to_string()),
            // A disabled source might know the title.
            None if !disabled.is_empty() && (state.denials > 0 || disabled.len() == self.list.len()) => {
                let said = disabled.into_iter().find_map(|source| source.client.last_error());
                FetchOutcome::Failed(said.unwrap_or_else(|| FetchError::Disabled.to_string()))
            }
            None => FetchOutcome::NotAsked,
        }
    }
}

#[derive(Clone)]
struct Job {
    source: Arc<OpenSource>,
    /// The batches that no worker has begun.
    batches: Arc<Mutex<VecDeque<Vec<ImdbId>>>>,
    end: Deadline,
    budget: FetchBudget,
}

/// Asks one source for titles, several batches at a time. `settle` gets each answer as it comes, but none for titles
/// that were not asked for or were cut off at `end`.
///
/// Workers are not joined, so a person who stops does not wait for their requests.
fn fetch_batches(
    source: &Arc<OpenSource>,
    ids: &[ImdbId],
    end: Deadline,
    budget: &FetchBudget,
    settle: &mut dyn FnMut(ImdbId, SourceAnswer),
) {
    let batches: VecDeque<Vec<ImdbId>> = ids.chunks(source.source.batch_size()).map(<[ImdbId]>::to_vec).collect();
    let workers = budget.jobs.clamp(1, batches.len());
    let batches = Arc::new(Mutex::new(batches));
    let job = Job { source: Arc::clone(source), batches, end, budget: budget.clone() };
    let (sender, answers) = mpsc::channel();
    for _ in 0..workers {
        let (job, sender) = (job.clone(), sender.clone());
        std::thread::spawn(move || job.work(&sender));
    }
    drop(sender);
    let last = end.later(GRACE);
    let mut settle_all = |batch: Vec<_>| batch.into_iter().for_each(|(id, answer)| settle(id, answer));
    while !budget.stop.load(Ordering::Relaxed) {
        match answers.recv_timeout(POLL) {
            Ok(batch) => settle_all(batch),
            Err(mpsc::RecvTimeoutError::Timeout) if !last.is_over() => {}
            Err(_) => return,
        }
    }
    // These answers came before the person stopped.
    answers.try_iter().for_each(settle_all);
}

impl Job {
    /// Takes batches from the queue until it is empty or the time is over.
    fn work(&self, sender: &mpsc::Sender<Vec<(ImdbId, SourceAnswer)>>) {
        let time = self.budget.request.min(self.end.remaining());
        while !self.budget.is_over() && !self.end.is_over() {
            let next = self.batches.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some(batch) = next else { return };
            let stopwatch = Stopwatch::start();
            let deadline = self.end.min(Deadline::after(self.budget.request));
            let answers = self.source.source.fetch(&batch, &self.source.client, deadline);
            // A request that our own deadline cut off is not a failure.
            let was_cut_off = stopwatch.elapsed() < time / 2;
            let counts = |answer: &SourceAnswer| {
                !(was_cut_off && matches!(answer, Err(FetchError::Http(HttpError::TimedOut(_)))))
            };
            let answers = batch.into_iter().zip(answers).filter(|(_, answer)| counts(answer)).collect();
            if sender.send(answers).is_err() {
                return;
            }
        }
    }
}
