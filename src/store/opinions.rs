//! Changes to opinions of movies. Each method is one transaction, and stores everything or nothing.

use std::collections::HashMap;

use time::UtcDateTime;

use super::change_log::write_and_log;
use super::change_set::{ChangeSet, OF_PERSON, RowQuery};
use super::db::{required, statement};
use super::rows::{BoardRow, ProposalRow, RowKey, VoteRow};
use super::tables::{PROPOSALS, SEEN, VOTES};
use super::{Result, Store};
use crate::model::change::{Action, Ballot, GivenOpinion, OpinionsStored};
use crate::model::opinion::MAX_NOES;
use crate::model::{Opinion, ProposalNumber, VoterId, VoterName};

impl Store {
    /// Stores opinions and seen movies as one change. New opinions replace old ones. Movies that a ballot does not name
    /// keep theirs, unless it takes them back. Voting for a favourite leaves it a favourite.
    ///
    /// # Errors
    /// Fails, and stores nothing, if a movie has left the board, unless the opinions come from ballots.
    pub fn set_opinions(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        action: Action,
        ballots: &[Ballot],
    ) -> Result<OpinionsStored> {
        self.write(|transaction| {
            let mut query = RowQuery::by(by);
            for Ballot { voter, opinions, taken_back, replaces, seen } in ballots {
                if voter.key() != by.key() {
                    query.voter(voter);
                }
                query.proposals(opinions.iter().map(|(number, _)| *number));
                query.rows(&VOTES, OF_PERSON, vec![voter.key().into()]);
                // Needed to enforce the limits on favourites and noes.
                query.marks(Some(voter));
                if *replaces || !taken_back.is_empty() {
                    let voted_for = format!("id IN (SELECT proposal_id FROM votes WHERE {OF_PERSON})");
                    query.rows(&PROPOSALS, &voted_for, vec![voter.key().into()]);
                }
                query.each(&SEEN, "movie = ?1", seen.iter().map(|(movie, _)| movie.to_string()));
            }
            let mut set = ChangeSet::begin(transaction, query, at)?;
            let is_hidden = set.hidden_since.is_some();
            let is_ballot = matches!(action, Action::Ballot | Action::Chat);
            let old_favorite = set.known_voter(by).and_then(|voter| set.marked(voter, Opinion::Favorite).next());
            let (mut before, mut gone, mut is_seen_new) = (Vec::new(), Vec::new(), Vec::new());
            for ballot in ballots {
                let Ballot { voter, opinions, seen, .. } = ballot;
                let mut wanted = Vec::new();
                for &(number, new) in opinions {
                    let old = set.known_voter(voter).and_then(|id| set.now.vote(number, id)).map(|vote| vote.opinion);
                    before.push(old);
                    let is_favorite = old == Some(Opinion::Favorite);
                    match set.on_board(number) {
                        Err(_) if is_ballot => gone.push(number),
                        Err(error) => return Err(error),
                        Ok(_) if action == Action::Vote && is_favorite => wanted.push((number, old)),
                        // Unmarking a movie that is not a favourite changes nothing.
                        Ok(_) if action == Action::Unfavorite && !is_favorite => {}
                        Ok(_) => wanted.push((number, new)),
                    }
                }
                wanted.extend(set.taken_back(ballot).into_iter().map(|number| (number, None)));
                if let Err(noes) = set.set_opinions(voter, &wanted) {
                    let noes = if is_hidden { Vec::new() } else { noes };
                    return Ok(OpinionsStored::TooManyNoes(voter.clone(), noes));
                }
                is_seen_new.extend(set.set_seen(voter, seen));
            }
            gone.sort_unstable();
            gone.dedup();
            let given_at = set.given_at();
            let had_only_noes = before.contains(&Some(Opinion::No)) && !before.iter().flatten().any(|old| old.is_yes());
            let action = if action == Action::Unvote && had_only_noes { Action::TakeBackNo } else { action };
            // If nothing changes, nobody is added. For ballots, the author is the person who enters them.
            let author = if is_ballot { Some(set.author(by)) } else { set.known_voter(by) };
            let change = match author {
                Some(author) => write_and_log(transaction, set, action, author)?,
                None => None,
            };
            let before = (!is_hidden).then_some(before);
            Ok(OpinionsStored::Done { before, old_favorite, gone, is_seen_new, at: given_at, change })
        })
    }

    /// Returns which of these changes were undone.
    pub fn undone(&mut self, changes: &[i64]) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM changes WHERE id = ?1 AND undone_at IS NOT NULL";
        let queries: Vec<_> = changes.iter().map(|id| statement!(sql, *id)).collect();
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|transaction| {
            let mut undone = Vec::new();
            transaction.driver.run(&queries, &mut |_, row| {
                undone.push(required(row.int(0)?)?);
                Ok(())
            })?;
            Ok(undone)
        })
    }

    /// Returns when each opinion was given, in seconds since the epoch, by the person's key and the movie.
    pub fn opinion_times(&mut self) -> Result<HashMap<(String, ProposalNumber), i64>> {
        let sql = "SELECT name_key, proposal_id, voted_at FROM votes JOIN voters ON voters.id = voter_id";
        self.read(|transaction| {
            let given = transaction.rows(statement!(sql), |row| {
                let key = row.text(0)?.unwrap_or_default().to_owned();
                Ok(((key, ProposalNumber(required(row.int(1)?)?)), required(row.int(2)?)?))
            })?;
            Ok(given.into_iter().collect())
        })
    }
}

impl ChangeSet {
    /// Returns the movies on the board that a ballot does not name and whose opinions it takes back.
    fn taken_back(&self, ballot: &Ballot) -> Vec<ProposalNumber> {
        let Some(voter) = self.known_voter(&ballot.voter) else { return Vec::new() };
        // If all movies of a ballot have left the board, it replaces nothing.
        let replaces = ballot.replaces && ballot.opinions.iter().any(|(named, _)| self.on_board(*named).is_ok());
        let is_taken_back = |number, vote: &VoteRow| {
            let is_same = |given: &&GivenOpinion| (given.number, given.opinion) == (number, vote.opinion);
            // An opinion that was repeated since stays.
            replaces || ballot.taken_back.iter().filter(is_same).any(|given| vote.voted_at <= given.at)
        };
        let is_named = |number| ballot.opinions.iter().any(|(named, _)| *named == number);
        let own = self.now.votes().filter(|(_, of, _)| *of == voter);
        let taken_back = own.filter(|(number, _, vote)| is_taken_back(*number, vote) && !is_named(*number));
        taken_back.map(|(number, ..)| number).filter(|number| self.on_board(*number).is_ok()).collect()
    }

    /// Sets a person's opinions of movies on the board. Adds the person if that changes anything.
    ///
    /// # Errors
    /// Fails if there would be too many noes, with the movies to which the person says no already.
    fn set_opinions(
        &mut self,
        name: &VoterName,
        opinions: &[(ProposalNumber, Option<Opinion>)],
    ) -> std::result::Result<(), Vec<ProposalNumber>> {
        let is_given = |(number, new): &(ProposalNumber, Option<Opinion>)| {
            let old = self.known_voter(name).and_then(|voter| self.now.vote(*number, voter));
            old.map(|vote| vote.opinion) == *new && old.is_none_or(|vote| self.is_of_tonight(*vote))
        };
        if opinions.iter().all(is_given) {
            return Ok(());
        }
        let voter = self.voter(name);
        let noes: Vec<ProposalNumber> = self.marked(voter, Opinion::No).collect();
        for (number, opinion) in opinions {
            self.set_opinion(*number, voter, *opinion);
        }
        let count = self.marked(voter, Opinion::No).count();
        if count > MAX_NOES && count > noes.len() { Err(noes) } else { Ok(()) }
    }

    /// Sets a person's opinion of a movie. A favourite replaces the person's other one on the board.
    pub fn set_opinion(&mut self, number: ProposalNumber, voter: VoterId, opinion: Option<Opinion>) {
        let old = self.now.vote(number, voter).copied();
        let Some(opinion) = opinion else {
            if old.is_some() {
                self.set(RowKey::Vote(number, voter), None);
            }
            return;
        };
        // Marking or unmarking keeps the vote's time. Voting again on another evening renews it.
        let stays = |old: &VoteRow| old.opinion.is_yes() == opinion.is_yes() && self.is_of_tonight(*old);
        let voted_at = old.filter(stays).map_or_else(|| self.given_at(), |old| old.voted_at);
        self.set(RowKey::Vote(number, voter), Some(BoardRow::Vote(VoteRow { voted_at, opinion })));
        if opinion == Opinion::Favorite {
            let others: Vec<_> = self.marked(voter, Opinion::Favorite).filter(|other| *other != number).collect();
            for other in others {
                self.set_mark(other, voter, Some(Opinion::Yes));
            }
        }
    }

    /// Changes an opinion but keeps its time.
    pub fn set_mark(&mut self, number: ProposalNumber, voter: VoterId, opinion: Option<Opinion>) {
        if let Some(row) = self.now.vote(number, voter).copied() {
            let marked = opinion.map(|opinion| BoardRow::Vote(VoteRow { opinion, ..row }));
            self.set(RowKey::Vote(number, voter), marked);
        }
    }

    /// Returns the time at which an opinion counts as given, which is always after the evening began.
    fn given_at(&self) -> i64 {
        self.since.map_or(self.at, |since| self.at.max(since + 1))
    }

    fn is_of_tonight(&self, vote: VoteRow) -> bool {
        Some(vote.voted_at) > self.since
    }

    /// Returns the movies on the board that a person has marked with an opinion, among the rows that were read.
    pub fn marked(&self, voter: VoterId, opinion: Opinion) -> impl Iterator<Item = ProposalNumber> {
        let marks = self.marks().filter(move |(_, other, mark)| (*other, *mark) == (voter, opinion));
        marks.map(|(number, ..)| number)
    }

    /// Returns everybody's favourites and noes on the board, among the rows that were read.
    pub fn marks(&self) -> impl Iterator<Item = (ProposalNumber, VoterId, Opinion)> {
        let marks = self.now.votes().filter(|(_, _, vote)| vote.opinion != Opinion::Yes);
        let is_on_board = |number| self.now.proposal(number).is_some_and(ProposalRow::is_on_board);
        let marks = marks.filter(move |(number, ..)| is_on_board(*number));
        marks.map(|(number, voter, vote)| (number, voter, vote.opinion))
    }

    /// Returns the opinion that a person can have of a movie. On the board, it is limited by [`Self::limited_mark`].
    pub fn limited_opinion(&self, number: ProposalNumber, voter: VoterId, opinion: Opinion) -> Option<Opinion> {
        let is_on_board = self.now.proposal(number).is_some_and(ProposalRow::is_on_board);
        if is_on_board { self.limited_mark(voter, opinion) } else { Some(opinion) }
    }

    /// Returns the opinion that fits the limits of the board: a second favourite becomes a yes, a fourth no is dropped.
    pub fn limited_mark(&self, voter: VoterId, opinion: Opinion) -> Option<Opinion> {
        match opinion {
            Opinion::Favorite if self.marked(voter, opinion).next().is_some() => Some(Opinion::Yes),
            Opinion::No if self.marked(voter, opinion).count() >= MAX_NOES => None,
            opinion => Some(opinion),
        }
    }
}
