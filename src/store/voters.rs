//! People: listing, renaming, merging and removing them.

use time::UtcDateTime;

use super::Store;
use super::change_log::write_and_log;
use super::change_set::{ChangeSet, IS_ACTIVE, OF_PERSON, RowQuery};
use super::db::{Result, statement};
use super::rows::{BoardRow, ProposalRow, RowKey, VoteRow, VoterRow, WishRows};
use super::tables::{ATTENDANCE, MAX_SHORT, NOTES, PROPOSALS, SEEN, VOTES, WISHES};
use crate::model::change::Action;
use crate::model::{ProposalNumber, VoterId, VoterName, from_unix_seconds};

/// A person, as `voters` lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoterSummary {
    /// The name as it was first written or last changed.
    pub name: String,
    /// The number of votes for movies on the board. `None` while votes are hidden.
    pub votes: Option<i64>,
    /// The time of their last vote, proposal or change. `None` if there is none: others only marked them as present.
    pub last_seen: Option<UtcDateTime>,
}

/// The outcome of renaming, merging or removing a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoterChange {
    /// The change was made.
    Done,
    /// Nobody has the first name.
    Unknown,
    /// Nobody has the second name.
    OtherUnknown,
    /// Somebody else has the new name.
    Taken,
    /// Both names belong to the same person, who has the second one.
    Same,
}

impl Store {
    /// Returns the people who take part, by name.
    pub fn voters(&mut self) -> Result<Vec<VoterSummary>> {
        self.read(|transaction| {
            let sql = format!(
                "WITH counted AS (
                     SELECT b.voter_id, count(*) AS votes FROM yes_votes b JOIN proposals p ON p.id = b.proposal_id
                     WHERE p.withdrawn_at IS NULL AND p.watched_at IS NULL GROUP BY b.voter_id
                 ), active AS (
                     SELECT voter_id, max(at) AS at FROM (
                         SELECT voter_id, voted_at AS at FROM votes
                         UNION ALL SELECT proposed_by, proposed_at FROM proposals
                         UNION ALL SELECT voter_id, at FROM changes
                     ) AS acts GROUP BY voter_id
                 )
                 SELECT substr(name, 1, {MAX_SHORT}), coalesce(votes, 0), at,
                     (SELECT value FROM settings WHERE name = 'hidden_since')
                 FROM voters LEFT JOIN counted ON counted.voter_id = voters.id
                     LEFT JOIN active ON active.voter_id = voters.id
                 WHERE removed_at IS NULL AND {IS_ACTIVE} ORDER BY name_key"
            );
            transaction.rows(statement!(sql), |row| {
                Ok(VoterSummary {
                    name: row.shown_text(0)?.unwrap_or_else(|| "?".to_owned()),
                    votes: if row.int(3)?.is_some() { None } else { row.int(1)? },
                    last_seen: row.int(2)?.map(from_unix_seconds),
                })
            })
        })
    }

    /// Gives a person another name, or changes the spelling of theirs.
    pub fn rename(&mut self, by: &VoterName, at: UtcDateTime, old: &VoterName, new: &VoterName) -> Result<VoterChange> {
        self.write(|transaction| {
            let mut query = RowQuery::new();
            for name in [by, old, new] {
                query.active_voters("name_key = ?1", vec![name.key().into()]);
            }
            let mut set = ChangeSet::begin(transaction, query, at)?;
            let Some(id) = set.listed_voter(old) else { return Ok(VoterChange::Unknown) };
            if set.known_voter(new).is_some_and(|other| other != id && set.is_active(other)) {
                return Ok(VoterChange::Taken);
            }
            let row = VoterRow { name: new.as_str().to_owned(), name_key: new.key().to_owned(), removed_at: None };
            if set.now.voter(id) == Some(&row) {
                return Ok(VoterChange::Same);
            }
            set.set_voter(id, row);
            // The author is found by the new names, as for undo.
            let author = set.author(by);
            write_and_log(transaction, set, Action::Rename, author)?;
            Ok(VoterChange::Done)
        })
    }

    /// Merges the first person into the second. Where both have an opinion or note, the second person's stays.
    pub fn merge(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        from: &VoterName,
        into: &VoterName,
    ) -> Result<VoterChange> {
        self.write(|transaction| {
            let mut query = RowQuery::by(by);
            for name in [from, into] {
                everything_of(&mut query, name);
            }
            let mut set = ChangeSet::begin(transaction, query, at)?;
            let Some(old) = set.listed_voter(from) else { return Ok(VoterChange::Unknown) };
            // The target may have been removed: the merge restores them.
            let new = set.known_voter(into).filter(|id| set.is_active(*id));
            let Some(new) = new else { return Ok(VoterChange::OtherUnknown) };
            if old == new {
                return Ok(VoterChange::Same);
            }
            let author = set.author(by);
            set.voter(into);
            set.into = Some(new);
            set.move_everything(old, new);
            set.remove_voter(old);
            write_and_log(transaction, set, Action::Merge, author)?;
            Ok(VoterChange::Done)
        })
    }

    /// Removes a person and their votes for movies that have not been watched yet. Their proposals and evenings stay.
    pub fn remove_voter(&mut self, by: &VoterName, at: UtcDateTime, name: &VoterName) -> Result<VoterChange> {
        self.write(|transaction| {
            let mut query = RowQuery::by(by);
            everything_of(&mut query, name);
            let mut set = ChangeSet::begin(transaction, query, at)?;
            let Some(id) = set.listed_voter(name) else { return Ok(VoterChange::Unknown) };
            let author = set.author(by);
            let is_open = |number| set.now.proposal(number).is_some_and(|row| row.watched_at.is_none());
            let own = set.now.votes().filter(|(number, voter, _)| *voter == id && is_open(*number));
            let own: Vec<ProposalNumber> = own.map(|(number, _, _)| number).collect();
            for number in own {
                set.set(RowKey::Vote(number, id), None);
            }
            set.remove_voter(id);
            write_and_log(transaction, set, Action::Remove, author)?;
            Ok(VoterChange::Done)
        })
    }
}

/// Adds a person with all their rows, and the proposals that they have an opinion of, to a query.
fn everything_of<'a>(query: &mut RowQuery<'a>, name: &'a VoterName) {
    let key = || vec![name.key().into()];
    query.active_voters("name_key = ?1", key());
    let of_votes = format!("id IN (SELECT proposal_id FROM votes WHERE {OF_PERSON})");
    query.rows(&PROPOSALS, &format!("proposed_by IN (SELECT id FROM voters WHERE name_key = ?1) OR {of_votes}"), key());
    for table in [&VOTES, &ATTENDANCE, &NOTES, &SEEN, &WISHES] {
        query.rows(table, OF_PERSON, key());
    }
}

impl ChangeSet {
    /// Returns the key of a person whom `voters` lists.
    fn listed_voter(&self, name: &VoterName) -> Option<VoterId> {
        let is_removed = |id| self.now.voter(id).is_some_and(|row| row.removed_at.is_some());
        self.known_voter(name).filter(|id| self.is_active(*id) && !is_removed(*id))
    }

    fn remove_voter(&mut self, id: VoterId) {
        if let Some(row) = self.now.voter(id).cloned() {
            self.set_voter(id, VoterRow { removed_at: Some(self.at), ..row });
        }
    }

    fn move_everything(&mut self, old: VoterId, new: VoterId) {
        let votes = self.now.votes().filter(|(_, voter, _)| *voter == old);
        let votes: Vec<(ProposalNumber, VoteRow)> = votes.map(|(number, _, vote)| (number, *vote)).collect();
        for (number, vote) in votes {
            self.set(RowKey::Vote(number, old), None);
            if self.now.vote(number, new).is_none() {
                let fitting = self.limited_opinion(number, new, vote.opinion);
                let moved = fitting.map(|opinion| BoardRow::Vote(VoteRow { opinion, ..vote }));
                self.set(RowKey::Vote(number, new), moved);
            }
        }
        let proposals = self.now.proposals().filter(|(_, row)| row.proposed_by == old);
        let proposals: Vec<(ProposalNumber, ProposalRow)> = proposals.map(|(n, row)| (n, row.clone())).collect();
        for (number, row) in proposals {
            self.set_proposal(number, ProposalRow { proposed_by: new, ..row });
        }
        let is_other = |key: &RowKey| {
            matches!(key, RowKey::Attendance(..) | RowKey::Note(..) | RowKey::Seen(..)) && key.voter() == Some(old)
        };
        let others = self.now.keys().filter(is_other).filter_map(|key| Some((key, key.moved(Some, |_| Some(new))?)));
        for (key, moved) in others.collect::<Vec<_>>() {
            let row = self.now.get(moved).or(self.now.get(key)).cloned();
            self.set(key, None);
            self.set(moved, row);
        }
        let (mut wishes, own) = (self.now.wishes(old), self.now.wishes(new));
        wishes.extend(own);
        self.set_wishes(old, WishRows::new());
        self.set_wishes(new, wishes);
    }
}
