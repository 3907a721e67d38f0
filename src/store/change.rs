//! Changing the board: proposals, votes, evenings. Each method is one transaction: all of it, or nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use time::UtcDateTime;

use super::change_log::record;
use super::workspace::{Load, Workspace};
use super::{Result, Store, cache};
use crate::model::change::{Action, Favored, NewProposal, Present, ProposalRow, Proposed, Unvoted, Voted};
use crate::model::text::title_key;
use crate::model::{Fetched, ImdbId, ProposalNumber, VoterId, VoterName};

impl Store {
    /// Puts movies on the board with the proposer's votes, and what was fetched about them into the cache. A note
    /// given goes to each of them.
    ///
    /// # Errors
    /// Nothing is stored when the database cannot be written.
    pub fn propose(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        movies: &[NewProposal],
        note: Option<&str>,
        fetched: &[Fetched],
    ) -> Result<Vec<(ProposalNumber, Proposed)>> {
        self.write(|transaction| {
            let mut workspace = Workspace::read(transaction, wanted_to_propose(by, movies))?;
            let voter = workspace.voter(by);
            let mut proposing = Proposing::new(&mut workspace, voter, at.unix_timestamp());
            let outcomes = movies.iter().map(|movie| proposing.propose(movie, note)).collect();
            transaction.execute(&cache::writes(at, fetched))?;
            record(transaction, workspace, Action::Propose, Some(voter), at)?;
            Ok(outcomes)
        })
    }

    /// Votes for movies on the board.
    ///
    /// # Errors
    /// One of them has left the board, or the database cannot be written: nothing is stored.
    pub fn vote(&mut self, by: &VoterName, at: UtcDateTime, movies: &[ProposalNumber]) -> Result<Vec<Voted>> {
        self.write(|transaction| {
            let mut load = Load::new();
            load.voter(by);
            load.movies(movies, by);
            let mut workspace = Workspace::read(transaction, load)?;
            let voter = workspace.voter(by);
            let mut outcomes = Vec::with_capacity(movies.len());
            for &number in movies {
                workspace.on_board(number)?;
                outcomes.push(match workspace.give_vote(number, voter, at.unix_timestamp()) {
                    true => Voted::New,
                    false => Voted::Already,
                });
            }
            record(transaction, workspace, Action::Vote, Some(voter), at)?;
            Ok(outcomes)
        })
    }

    /// Makes a movie on the board a person's one favourite, which implies the vote.
    ///
    /// # Errors
    /// It has left the board, or the database cannot be written: nothing is stored.
    pub fn favor(&mut self, by: &VoterName, at: UtcDateTime, movie: ProposalNumber) -> Result<Favored> {
        self.write(|transaction| {
            let mut load = Load::new();
            load.voter(by);
            load.movies(&[movie], by);
            load.favorites();
            let mut workspace = Workspace::read(transaction, load)?;
            workspace.on_board(movie)?;
            let voter = workspace.voter(by);
            let old = workspace.favorites_on_board(voter);
            if old.contains(&movie) {
                return Ok(Favored::Already);
            }
            workspace.give_vote(movie, voter, at.unix_timestamp());
            workspace.set_favorite(movie, voter, true);
            for &number in &old {
                workspace.set_favorite(number, voter, false);
            }
            record(transaction, workspace, Action::Favorite, Some(voter), at)?;
            Ok(old.first().map_or(Favored::New, |&number| Favored::Instead(number)))
        })
    }

    /// Makes movies favourites no longer; the votes stay. True for each that was one.
    ///
    /// # Errors
    /// One of them has left the board, or the database cannot be written: nothing is stored.
    pub fn unfavor(&mut self, by: &VoterName, at: UtcDateTime, movies: &[ProposalNumber]) -> Result<Vec<bool>> {
        self.write(|transaction| {
            let mut load = Load::new();
            load.voter(by);
            load.movies(movies, by);
            let mut workspace = Workspace::read(transaction, load)?;
            let Some(voter) = workspace.known_voter(by) else { return Ok(vec![false; movies.len()]) };
            let mut outcomes = Vec::with_capacity(movies.len());
            for &number in movies {
                workspace.on_board(number)?;
                outcomes.push(workspace.votes.get((number, voter)).is_some_and(|vote| vote.favorite));
                workspace.set_favorite(number, voter, false);
            }
            record(transaction, workspace, Action::Unfavorite, Some(voter), at)?;
            Ok(outcomes)
        })
    }

    /// Takes votes back, and with them what they favour.
    ///
    /// # Errors
    /// One of them has left the board, or the database cannot be written: nothing is stored.
    pub fn unvote(&mut self, by: &VoterName, at: UtcDateTime, movies: &[ProposalNumber]) -> Result<Vec<Unvoted>> {
        self.write(|transaction| {
            let mut load = Load::new();
            load.voter(by);
            load.movies(movies, by);
            let mut workspace = Workspace::read(transaction, load)?;
            let Some(voter) = workspace.known_voter(by) else { return Ok(vec![Unvoted::HadNone; movies.len()]) };
            let mut outcomes = Vec::with_capacity(movies.len());
            for &number in movies {
                workspace.on_board(number)?;
                outcomes.push(match workspace.votes.get((number, voter)) {
                    Some(_) => Unvoted::Removed,
                    None => Unvoted::HadNone,
                });
                workspace.votes.set((number, voter), None);
            }
            record(transaction, workspace, Action::Unvote, Some(voter), at)?;
            Ok(outcomes)
        })
    }

    /// Takes movies off the board. Their votes are kept, so that they can return.
    ///
    /// # Errors
    /// One of them has left the board, or the database cannot be written: nothing is stored.
    pub fn withdraw(&mut self, by: &VoterName, at: UtcDateTime, movies: &[ProposalNumber]) -> Result<()> {
        let withdrawn = |row: ProposalRow| ProposalRow { withdrawn_at: Some(at.unix_timestamp()), ..row };
        self.take_off(by, at, movies, Action::Withdraw, &[], withdrawn)
    }

    /// Moves movies from the board to the history, with those who were there. Their votes are kept.
    ///
    /// # Errors
    /// One of them has left the board, or the database cannot be written: nothing is stored.
    pub fn watch(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        watched_at: UtcDateTime,
        movies: &[ProposalNumber],
        here: &[VoterName],
    ) -> Result<()> {
        let watched = |row: ProposalRow| ProposalRow { watched_at: Some(watched_at.unix_timestamp()), ..row };
        self.take_off(by, at, movies, Action::Watched, here, watched)
    }

    fn take_off(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        movies: &[ProposalNumber],
        action: Action,
        here: &[VoterName],
        change: impl Fn(ProposalRow) -> ProposalRow,
    ) -> Result<()> {
        self.write(|transaction| {
            let mut load = Load::new();
            load.voter(by);
            for name in here {
                load.voter(name);
            }
            for number in movies {
                load.proposals("p.id = ?1", vec![number.0.into()]);
            }
            let mut workspace = Workspace::read(transaction, load)?;
            let voter = workspace.voter(by);
            let here: Vec<VoterId> = here.iter().map(|name| workspace.voter(name)).collect();
            for &number in movies {
                let row = workspace.on_board(number)?.clone();
                workspace.proposals.set(number, Some(change(row)));
                for &voter in &here {
                    workspace.attendance.set((number, voter), Some(Present {}));
                }
            }
            record(transaction, workspace, action, Some(voter), at)
        })
    }
}

fn wanted_to_propose<'a>(by: &'a VoterName, movies: &[NewProposal]) -> Load<'a> {
    let mut load = Load::new();
    load.voter(by);
    load.favorites();
    for movie in movies {
        let NewProposal::Imdb(id) = movie else { continue };
        load.proposals("p.imdb_id = ?1 AND p.watched_at IS NULL", vec![id.to_string().into()]);
        let own = "JOIN proposals p ON p.id = b.proposal_id JOIN voters v ON v.id = b.voter_id
                   WHERE v.name_key = ?1 AND p.imdb_id = ?2 AND p.watched_at IS NULL";
        load.votes(own, vec![by.key().into(), id.to_string().into()]);
    }
    if movies.iter().any(|movie| matches!(movie, NewProposal::Titled(_))) {
        load.proposals("p.title IS NOT NULL AND p.watched_at IS NULL", vec![]);
        let own = "JOIN proposals p ON p.id = b.proposal_id JOIN voters v ON v.id = b.voter_id
                   WHERE v.name_key = ?1 AND p.title IS NOT NULL AND p.watched_at IS NULL";
        load.votes(own, vec![by.key().into()]);
    }
    load
}

/// One person's proposals, one after the other, on rows that were read for all of them.
struct Proposing<'a> {
    workspace: &'a mut Workspace,
    voter: VoterId,
    at: i64,
    by_id: HashMap<ImdbId, ProposalNumber>,
    by_title: HashMap<String, ProposalNumber>,
    /// People with a favourite on the board.
    favoring: HashSet<VoterId>,
}

impl<'a> Proposing<'a> {
    fn new(workspace: &'a mut Workspace, voter: VoterId, at: i64) -> Self {
        let open = || workspace.proposals.iter().filter(|(_, row)| row.watched_at.is_none());
        let by_id = open().filter_map(|(number, row)| Some((row.imdb_id?, number))).collect();
        let by_title = open().filter_map(|(number, row)| Some((title_key(row.title.as_ref()?), number))).collect();
        let people: BTreeSet<VoterId> =
            workspace.votes.iter().filter(|(_, v)| v.favorite).map(|((_, v), _)| v).collect();
        let favoring = people.into_iter().filter(|v| !workspace.favorites_on_board(*v).is_empty()).collect();
        Self { workspace, voter, at, by_id, by_title, favoring }
    }

    fn propose(&mut self, movie: &NewProposal, note: Option<&str>) -> (ProposalNumber, Proposed) {
        let found = match movie {
            NewProposal::Imdb(id) => self.by_id.get(id).copied(),
            NewProposal::Titled(title) => self.by_title.get(&title_key(title)).copied(),
        };
        let known = found.and_then(|number| Some((number, self.workspace.proposals.get(number)?.clone())));
        let (number, outcome) = match known {
            None => (self.add(movie), Proposed::New),
            Some((number, row)) if row.is_on_board() => {
                let has_vote = self.workspace.votes.get((number, self.voter)).is_some();
                (number, if has_vote { Proposed::AlreadyVoted } else { Proposed::Voted })
            }
            Some((number, row)) => {
                self.bring_back(number, row);
                (number, Proposed::Returned)
            }
        };
        self.workspace.give_vote(number, self.voter, self.at);
        if let (Some(note), Some(row)) = (note, self.workspace.proposals.get(number).cloned()) {
            self.workspace.proposals.set(number, Some(ProposalRow { note: Some(note.to_owned()), ..row }));
        }
        (number, outcome)
    }

    fn add(&mut self, movie: &NewProposal) -> ProposalNumber {
        let number = self.workspace.new_number();
        let (imdb_id, title) = match movie {
            NewProposal::Imdb(id) => {
                self.by_id.insert(*id, number);
                (Some(*id), None)
            }
            NewProposal::Titled(title) => {
                self.by_title.insert(title_key(title), number);
                (None, Some(title.clone()))
            }
        };
        let row = ProposalRow {
            imdb_id,
            title,
            note: None,
            proposed_by: self.voter,
            proposed_at: self.at,
            withdrawn_at: None,
            watched_at: None,
        };
        self.workspace.proposals.set(number, Some(row));
        number
    }

    /// Puts a withdrawn movie back. Who has found another favourite meanwhile keeps that one.
    fn bring_back(&mut self, number: ProposalNumber, row: ProposalRow) {
        self.workspace.proposals.set(number, Some(ProposalRow { withdrawn_at: None, ..row }));
        let favors = self.workspace.votes.iter().filter(|((n, _), vote)| *n == number && vote.favorite);
        let favors: Vec<VoterId> = favors.map(|((_, voter), _)| voter).collect();
        for voter in favors {
            if !self.favoring.insert(voter) {
                self.workspace.set_favorite(number, voter, false);
            }
        }
    }
}
