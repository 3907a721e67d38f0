//! Fetching titles: a queue of batches for each source in turn, worked off by a few threads.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::error::FetchError;
use super::{Answer, OpenSource, Sources};
use crate::env::Deadline;
use crate::model::{FetchOutcome, Fetched, ImdbId};

/// The interval at which a wait for answers checks for an interrupt; also the time that a request gets to report
/// that it ran out of time, before it is left to itself.
pub(super) const POLL: Duration = Duration::from_millis(50);

/// The limits of a fetch.
#[derive(Clone)]
pub struct FetchBudget {
    /// The end of everything.
    pub deadline: Deadline,
    /// No further request is begun after this, so that what came so far can be written.
    pub begin_until: Deadline,
    /// The longest that one request may take.
    pub request: Duration,
    /// Somebody waits for all of it: each source leaves the later ones half of the time that is left.
    pub share_time: bool,
    /// Requests at a time.
    pub jobs: usize,
    /// Set when the person wants no more.
    pub stop: Arc<AtomicBool>,
}

impl FetchBudget {
    fn is_over(&self) -> bool {
        self.begin_until.is_over() || self.deadline.is_over() || self.stop.load(Ordering::Relaxed)
    }
}

/// The state of a title while sources are asked one after the other.
#[derive(Default)]
struct Search {
    /// Sources that answered that there is no such title.
    denials: usize,
    /// Why the last source did not deliver that could not.
    error: Option<FetchError>,
}

impl Sources {
    /// Fetches titles, asking the next source for what one does not know or cannot deliver. A title is unknown only when
    /// every source has answered so; one that has been out of reach for a day does not count. `progress` receives how
    /// many more titles are settled, as they are.
    pub fn fetch(&self, ids: &[ImdbId], budget: &FetchBudget, progress: &mut dyn FnMut(usize)) -> Vec<Fetched> {
        let mut found: HashMap<ImdbId, FetchOutcome> = HashMap::new();
        let mut searches: HashMap<ImdbId, Search> = HashMap::new();
        for (index, source) in self.list.iter().enumerate() {
            let pending: Vec<ImdbId> = ids.iter().copied().filter(|id| !found.contains_key(id)).collect();
            if pending.is_empty() || source.client.is_disabled() {
                continue;
            }
            let is_last = self.list[index + 1..].iter().all(|later| later.client.is_disabled());
            let end = match budget.share_time && !is_last {
                true => Deadline::after(budget.deadline.remaining() / 2),
                false => budget.deadline,
            };
            work_off(source, &pending, end, budget, &mut |id, answer| match answer {
                Ok(Some(title)) => {
                    found.insert(id, FetchOutcome::Found(Box::new(title), source.source.name().to_owned()));
                    progress(1);
                }
                Ok(None) => searches.entry(id).or_default().denials += 1,
                // That a source was disabled meanwhile says less than what another has said.
                Err(FetchError::Disabled) => {}
                Err(error) => searches.entry(id).or_default().error = Some(error),
            });
        }
        let outcome = |id: &ImdbId| match found.remove(id) {
            Some(outcome) => outcome,
            None => {
                let outcome = self.conclude(searches.remove(id).unwrap_or_default());
                progress(usize::from(!matches!(outcome, FetchOutcome::NotAsked)));
                outcome
            }
        };
        let mut outcome = outcome;
        ids.iter().map(|id| Fetched { id: *id, outcome: outcome(id) }).collect()
    }

    /// The outcome for a title that no source has delivered.
    fn conclude(&self, search: Search) -> FetchOutcome {
        let wanted = self.list.iter().filter(|source| !source.is_long_gone()).count();
        match search.error {
            // A source that has been unreachable for a day does not make the others' answers incomplete.
            Some(_) if search.denials > 0 && search.denials >= wanted => FetchOutcome::Unknown,
            Some(error) => FetchOutcome::Failed(error.to_string()),
            None if search.denials > 0 && search.denials >= wanted => FetchOutcome::Unknown,
            None if !self.any_usable() => FetchOutcome::Failed(self.why_disabled()),
            None if search.denials > 0 && self.list.iter().any(|source| source.client.is_disabled()) => {
                FetchOutcome::Failed(self.why_disabled())
            }
            None => FetchOutcome::NotAsked,
        }
    }

    /// The last error of the first source that is disabled.
    fn why_disabled(&self) -> String {
        let disabled = self.list.iter().filter(|source| source.client.is_disabled());
        let said = disabled.filter_map(|source| source.last_error.clone()).next();
        said.unwrap_or_else(|| FetchError::Disabled.to_string())
    }
}

/// The batches that no worker has begun.
type Queue = Arc<Mutex<VecDeque<Vec<ImdbId>>>>;

/// Asks one source for titles, several batches at a time. `settle` gets each title's answer as it comes, in the end also
/// for the titles whose answers nobody waited for; titles that were not asked for get none.
///
/// Workers are not joined: one that is stuck in a request ends with it, by its own time limit, while the caller goes on
/// when its time has come.
fn work_off(
    source: &Arc<OpenSource>,
    ids: &[ImdbId],
    end: Deadline,
    budget: &FetchBudget,
    settle: &mut dyn FnMut(ImdbId, Answer),
) {
    let batches: VecDeque<Vec<ImdbId>> = ids.chunks(source.source.batch_size()).map(<[ImdbId]>::to_vec).collect();
    let jobs = budget.jobs.clamp(1, batches.len());
    let queue: Queue = Arc::new(Mutex::new(batches));
    let (sender, answers) = mpsc::channel();
    let mut workers = 0;
    for _ in 0..jobs {
        let worker = worker(Arc::clone(source), Arc::clone(&queue), sender.clone(), end, budget.clone());
        workers += usize::from(std::thread::Builder::new().spawn(worker).is_ok());
    }
    if workers == 0 {
        // No thread can be started: this one does the work, one batch after the other.
        worker(Arc::clone(source), Arc::clone(&queue), sender.clone(), end, budget.clone())();
    }
    drop(sender);
    let mut unsettled: Vec<ImdbId> = ids.to_vec();
    while !budget.stop.load(Ordering::Relaxed) {
        match answers.recv_timeout(POLL) {
            Ok(batch) => {
                for (id, answer) in batch {
                    unsettled.retain(|other| *other != id);
                    settle(id, answer);
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) if end.is_over() => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    if end.is_over() {
        let not_begun: Vec<ImdbId> = queue.lock().unwrap_or_else(PoisonError::into_inner).drain(..).flatten().collect();
        let text = format!("{} takes too long to answer", source.source.name());
        for id in unsettled.into_iter().filter(|id| !not_begun.contains(id)) {
            settle(id, Err(FetchError::TimedOut(text.clone())));
        }
    }
}

/// Takes batches from the queue until it is empty or the time is over.
fn worker(
    source: Arc<OpenSource>,
    queue: Queue,
    sender: mpsc::Sender<Vec<(ImdbId, Answer)>>,
    end: Deadline,
    budget: FetchBudget,
) -> impl FnOnce() + Send + 'static {
    move || {
        while !budget.is_over() && !end.is_over() {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some(batch) = next else { return };
            let deadline = end.min(Deadline::after(budget.request));
            let answers = source.source.fetch(&batch, &source.client, deadline);
            if sender.send(batch.into_iter().zip(answers).collect()).is_err() {
                return;
            }
        }
    }
}
