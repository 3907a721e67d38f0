//! Changes to the board: proposals and evenings. Each method is one transaction, and stores everything or nothing.

use std::collections::HashMap;

use time::{Date, UtcDateTime};

use super::change_log::write_and_log;
use super::change_set::{ChangeSet, OF_PERSON, RowQuery};
use super::rows::{BoardRow, ProposalRow, RowKey};
use super::tables::{NOTES, PROPOSALS, SEEN, VOTES};
use super::{Result, Store, cache};
use crate::model::change::{Action, IfWatched, NewProposal, Proposed, Returned};
use crate::model::{Fetched, Opinion, ProposalNumber, VoterId, VoterName, from_unix_seconds, parse_date};

impl Store {
    /// Puts movies on the board with the proposer's votes and, if given, the proposer's note. Stores the fetched data.
    /// Returns the outcome for each movie. The number is `None` if the movie is left out because it was watched.
    pub fn propose(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        movies: &[NewProposal],
        if_watched: IfWatched,
        note: Option<&str>,
        fetched: &[Fetched],
    ) -> Result<Vec<(Option<ProposalNumber>, Proposed)>> {
        self.write(|transaction| {
            let mut set = ChangeSet::begin(transaction, wanted_to_propose(by, movies, note.is_some()), at)?;
            let voter = set.voter(by);
            let mut proposing = Proposing::new(&mut set, voter);
            let mut outcomes = Vec::new();
            for movie in movies {
                if let Some(day) = proposing.watched_on(movie).filter(|_| if_watched != IfWatched::Propose) {
                    outcomes.push((None, Proposed::Watched(day)));
                    continue;
                }
                let (number, outcome) = proposing.propose(movie, &[voter], true);
                if let Some(note) = note {
                    proposing.set.set(RowKey::Note(number, voter), Some(BoardRow::Note(note.to_owned())));
                }
                outcomes.push((Some(number), outcome));
            }
            let left_out = outcomes.iter().filter(|(number, _)| number.is_none()).count();
            if left_out == movies.len() || left_out > 0 && if_watched == IfWatched::Refuse {
                return Ok(outcomes);
            }
            transaction.driver.execute(&cache::writes(set.at, fetched))?;
            write_and_log(transaction, set, Action::Propose, voter)?;
            Ok(outcomes)
        })
    }

    /// Takes movies off the board. Their votes are kept in case they return.
    pub fn withdraw(&mut self, by: &VoterName, at: UtcDateTime, movies: &[ProposalNumber]) -> Result<()> {
        let withdrawn = |row: ProposalRow, set: &ChangeSet| ProposalRow { withdrawn_at: Some(set.at), ..row };
        self.take_off(by, at, movies, Action::Withdraw, &[], withdrawn)
    }

    /// Moves movies from the board to the history. `here` are the people who were present, who now count as having seen
    /// them. Votes are kept. `when` returns the time and the date of the evening for the present, by the clock that all
    /// users of the database share.
    pub fn watch(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        when: impl Fn(UtcDateTime) -> (UtcDateTime, Date),
        movies: &[ProposalNumber],
        here: &[VoterName],
    ) -> Result<()> {
        let watched = |row: ProposalRow, set: &ChangeSet| {
            let (watched_at, watched_on) = when(from_unix_seconds(set.at));
            // While votes are hidden, a watched movie's votes stay hidden too, whatever its date.
            let watched_at = Some(watched_at.unix_timestamp()).max(set.hidden_since);
            ProposalRow { watched_at, watched_on: Some(watched_on.to_string()), ..row }
        };
        self.take_off(by, at, movies, Action::Watched, here, watched)
    }

    /// Takes movies off the board: `change` returns the new row of each.
    fn take_off(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        movies: &[ProposalNumber],
        action: Action,
        here: &[VoterName],
        change: impl Fn(ProposalRow, &ChangeSet) -> ProposalRow,
    ) -> Result<()> {
        self.write(|transaction| {
            let mut query = RowQuery::by(by);
            for name in here {
                query.voter(name);
            }
            query.proposals(movies.iter().copied());
            let movie = "movie IN (SELECT coalesce(imdb_id, '#' || id) FROM proposals WHERE id = ?1)";
            query.each(&SEEN, movie, movies.iter().map(|number| number.0));
            let mut set = ChangeSet::begin(transaction, query, at)?;
            let voter = set.voter(by);
            let here: Vec<VoterId> = here.iter().map(|name| set.voter(name)).collect();
            for &number in movies {
                let row = change(set.on_board(number)?.clone(), &set);
                let movie = row.key(number);
                set.set_proposal(number, row);
                for &voter in &here {
                    set.set(RowKey::Attendance(number, voter), Some(BoardRow::Attendance));
                    set.set(RowKey::Seen(voter, movie), Some(BoardRow::Seen));
                }
            }
            write_and_log(transaction, set, action, voter).map(drop)
        })
    }
}

/// Creates a query for the rows that a person's proposals need, with all votes for these movies.
pub fn wanted_to_propose<'a>(
    by: &'a VoterName,
    movies: impl IntoIterator<Item = &'a NewProposal>,
    has_note: bool,
) -> RowQuery<'a> {
    let mut query = RowQuery::by(by);
    query.marks(None);
    let (ids, titles): (Vec<_>, Vec<_>) = movies.into_iter().partition(|movie| movie.imdb_id().is_some());
    let ids = || ids.iter().filter_map(|movie| Some(movie.imdb_id()?.to_string()));
    let votes = |condition: &str| format!("proposal_id IN (SELECT id FROM proposals WHERE {condition})");
    query.each(&PROPOSALS, "imdb_id = ?1", ids());
    query.each(&VOTES, &votes("watched_at IS NULL AND imdb_id = ?1"), ids());
    if !titles.is_empty() {
        // Titles are compared in memory, because SQL cannot fold them.
        query.rows(&PROPOSALS, "title IS NOT NULL", vec![]);
        query.rows(&VOTES, &votes("watched_at IS NULL AND title IS NOT NULL"), vec![]);
    }
    if has_note {
        query.rows(&NOTES, OF_PERSON, vec![by.key().into()]);
    }
    query
}

/// Proposes movies one after the other, on rows that were read for all of them.
pub struct Proposing<'a> {
    set: &'a mut ChangeSet,
    voter: VoterId,
    /// The movies that have not been watched, including withdrawn ones.
    open: HashMap<NewProposal, ProposalNumber>,
    /// The watched movies, with the date on which each was last watched.
    watched: HashMap<NewProposal, Date>,
}

impl<'a> Proposing<'a> {
    pub fn new(set: &'a mut ChangeSet, voter: VoterId) -> Self {
        let (mut open, mut watched) = (HashMap::new(), HashMap::new());
        for (number, row) in set.now.proposals() {
            let Some(movie) = row.identity() else { continue };
            if row.watched_at.is_none() {
                open.insert(movie, number);
            } else if let Some(day) = row.watched_on.as_deref().and_then(parse_date) {
                watched.insert(movie, day);
            }
        }
        Self { set, voter, open, watched }
    }

    /// Puts a movie on the board with the votes of those `voters` who have no opinion of it yet. If `is_own`, the
    /// proposer votes again, and that replaces a no.
    pub fn propose(&mut self, movie: &NewProposal, voters: &[VoterId], is_own: bool) -> (ProposalNumber, Proposed) {
        let known = self.find(movie).and_then(|number| Some((number, self.set.now.proposal(number)?.clone())));
        let is_hidden = self.set.hidden_since.is_some();
        // The opinion as it was read, because bringing a movie back may drop a no before it becomes a yes.
        let old = known.as_ref().and_then(|(number, _)| self.set.before.vote(*number, self.voter));
        let was_no = is_own && !is_hidden && old.is_some_and(|vote| vote.opinion == Opinion::No);
        let (number, placed) = match known {
            None => (self.add(movie), Some(Proposed::New)),
            Some((number, row)) if row.is_on_board() => (number, None),
            Some((number, row)) => {
                let is_limited = self.bring_back(number, row) && !is_hidden;
                (number, Some(Proposed::Returned(Returned { was_no, is_limited })))
            }
        };
        let mut outcome = if is_hidden { Proposed::Voted(false) } else { Proposed::AlreadyVoted };
        for &voter in voters {
            let old = self.set.now.vote(number, voter).map(|vote| vote.opinion);
            if is_own || old.is_none() {
                // Proposing again renews a yes from an earlier evening, and a favourite stays one.
                let yes = old.filter(|old| old.is_yes());
                self.set.set_opinion(number, voter, yes.or(Some(Opinion::Yes)));
                if yes.is_none() {
                    outcome = Proposed::Voted(was_no);
                }
            }
        }
        (number, placed.unwrap_or(outcome))
    }

    /// Returns the date on which a movie was last watched. `None` if it was not, or if it is on the board or withdrawn.
    fn watched_on(&self, movie: &NewProposal) -> Option<Date> {
        self.watched.get(&movie.identity()).copied().filter(|_| self.find(movie).is_none())
    }

    /// Returns the proposal of a movie that has not been watched.
    fn find(&self, movie: &NewProposal) -> Option<ProposalNumber> {
        self.open.get(&movie.identity()).copied()
    }

    fn add(&mut self, movie: &NewProposal) -> ProposalNumber {
        self.set.counters.number += 1;
        let number = ProposalNumber(self.set.counters.number);
        self.open.insert(movie.identity(), number);
        let (imdb_id, own) = match movie {
            NewProposal::Imdb(id) => (Some(id.to_string()), None),
            NewProposal::Titled(own) => (None, Some(own)),
        };
        let row = ProposalRow {
            imdb_id,
            title: own.map(|own| own.title.clone()),
            year: own.and_then(|own| own.year).map(i64::from),
            runtime: own.and_then(|own| own.runtime_minutes).map(i64::from),
            proposed_by: self.voter,
            proposed_at: self.set.at,
            withdrawn_at: None,
            watched_at: None,
            watched_on: None,
        };
        self.set.set_proposal(number, row);
        number
    }

    /// Puts a withdrawn movie back. A newer favourite wins, and a no is dropped if its owner already has three. Returns
    /// true if any opinion changed.
    fn bring_back(&mut self, number: ProposalNumber, row: ProposalRow) -> bool {
        let mut is_limited = false;
        let votes = self.set.now.votes().filter(|(other, ..)| *other == number);
        let opinions: Vec<_> = votes.map(|(_, voter, vote)| (voter, vote.opinion)).collect();
        for (voter, opinion) in opinions {
            let left = self.set.limited_mark(voter, opinion);
            if left != Some(opinion) {
                // The proposer's own no would become a yes in any case.
                is_limited |= voter != self.voter || opinion != Opinion::No;
                self.set.set_mark(number, voter, left);
            }
        }
        self.set.set_proposal(number, ProposalRow { withdrawn_at: None, ..row });
        is_limited
    }
}
