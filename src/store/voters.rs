//! The people: who they are, and mending their names.

use time::UtcDateTime;

use super::Store;
use super::change_log::record;
use super::db::{Result, required, statement};
use super::workspace::{Load, Workspace};
use crate::model::change::{Action, ProposalRow, VoteRow, VoterRow};
use crate::model::{ProposalNumber, VoterId, VoterName, moment};

/// A person, as they are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoterSummary {
    /// The name as it was first written.
    pub name: String,
    /// Votes for movies on the board.
    pub votes: i64,
    /// The last time at which they changed anything; none: they were only named as being there.
    pub last_seen: Option<UtcDateTime>,
}

/// The outcome of renaming, merging or removing a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoterChange {
    /// It was done.
    Done,
    /// Nobody has the first name.
    Unknown,
    /// Nobody has the second name.
    OtherUnknown,
    /// Somebody else has the new name.
    Taken,
    /// Both names are one person's.
    Same,
}

impl Store {
    /// The people who take part, by name.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn voters(&mut self) -> Result<Vec<VoterSummary>> {
        let sql = "SELECT v.name,
                (SELECT count(*) FROM yes_votes b JOIN proposals p ON p.id = b.proposal_id
                 WHERE b.voter_id = v.id AND p.withdrawn_at IS NULL AND p.watched_at IS NULL),
                (SELECT max(voted_at) FROM votes WHERE voter_id = v.id),
                (SELECT max(proposed_at) FROM proposals WHERE proposed_by = v.id),
                (SELECT max(at) FROM changes WHERE voter_id = v.id)
            FROM voters v WHERE v.removed_at IS NULL ORDER BY v.name_key";
        self.read(|transaction| {
            transaction.rows(statement!(sql), |row| {
                let times = [row.int(2)?, row.int(3)?, row.int(4)?];
                Ok(VoterSummary {
                    name: row.shown_text(0)?.unwrap_or_else(|| "?".to_owned()),
                    votes: required(row.int(1)?)?,
                    last_seen: times.into_iter().flatten().max().map(moment),
                })
            })
        })
    }

    /// Gives a person another name, or another spelling of theirs.
    ///
    /// # Errors
    /// The database cannot be written: nothing is changed.
    pub fn rename(&mut self, by: &VoterName, at: UtcDateTime, old: &VoterName, new: &VoterName) -> Result<VoterChange> {
        self.write(|transaction| {
            let mut load = Load::new();
            for name in [by, old, new] {
                load.voter(name);
            }
            let mut workspace = Workspace::read(transaction, load)?;
            let Some(id) = workspace.taking_part(old) else { return Ok(VoterChange::Unknown) };
            if workspace.known_voter(new).is_some_and(|other| other != id) {
                return Ok(VoterChange::Taken);
            }
            // Who has no name yet but the new one is the person who gets it.
            let author = if by.key() == new.key() { id } else { workspace.author(by, at) };
            let row = VoterRow { name: new.as_str().to_owned(), name_key: new.key().to_owned(), removed_at: None };
            workspace.voters.set(id, Some(row));
            record(transaction, workspace, Action::Rename, Some(author), at)?;
            Ok(VoterChange::Done)
        })
    }

    /// Makes two people one: votes, proposals and evenings of the first become the second's, whose favourite wins.
    ///
    /// # Errors
    /// The database cannot be written: nothing is changed.
    pub fn merge(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        from: &VoterName,
        into: &VoterName,
    ) -> Result<VoterChange> {
        self.write(|transaction| {
            let mut load = Load::new();
            load.voter(by);
            for name in [from, into] {
                everything_of(&mut load, name);
            }
            let mut workspace = Workspace::read(transaction, load)?;
            let Some(old) = workspace.taking_part(from) else { return Ok(VoterChange::Unknown) };
            // Also a person who was removed, who comes back with it.
            let Some(new) = workspace.known_voter(into) else { return Ok(VoterChange::OtherUnknown) };
            if old == new {
                return Ok(VoterChange::Same);
            }
            let author = workspace.author(by, at);
            workspace.voter(into);
            workspace.move_everything(old, new);
            workspace.remove_voter(old, at.unix_timestamp());
            record(transaction, workspace, Action::Merge, Some(author), at)?;
            Ok(VoterChange::Done)
        })
    }

    /// Removes a person with their votes for what is not watched yet. Their proposals and evenings stay.
    ///
    /// # Errors
    /// The database cannot be written: nothing is changed.
    pub fn remove_voter(&mut self, by: &VoterName, at: UtcDateTime, name: &VoterName) -> Result<VoterChange> {
        self.write(|transaction| {
            let mut load = Load::new();
            load.voter(by);
            everything_of(&mut load, name);
            let mut workspace = Workspace::read(transaction, load)?;
            let Some(id) = workspace.taking_part(name) else { return Ok(VoterChange::Unknown) };
            let author = workspace.author(by, at);
            let open = |workspace: &Workspace, number| {
                workspace.proposals.get(number).is_some_and(|row: &ProposalRow| row.watched_at.is_none())
            };
            let own: Vec<ProposalNumber> = workspace
                .votes
                .iter()
                .filter(|((n, v), _)| *v == id && open(&workspace, *n))
                .map(|((n, _), _)| n)
                .collect();
            for number in own {
                workspace.votes.set((number, id), None);
            }
            workspace.remove_voter(id, at.unix_timestamp());
            record(transaction, workspace, Action::Remove, Some(author), at)?;
            Ok(VoterChange::Done)
        })
    }
}

/// A person, their proposals, votes and evenings, and the proposals that they voted for.
fn everything_of<'a>(load: &mut Load<'a>, name: &'a VoterName) {
    let key = || vec![name.key().into()];
    load.voter(name);
    load.proposals(
        "p.proposed_by IN (SELECT id FROM voters WHERE name_key = ?1)
         OR p.id IN (SELECT b.proposal_id FROM votes b JOIN voters v ON v.id = b.voter_id WHERE v.name_key = ?1)",
        key(),
    );
    load.votes("JOIN voters v ON v.id = b.voter_id WHERE v.name_key = ?1", key());
    load.attendance("voter_id IN (SELECT id FROM voters WHERE name_key = ?1)", key());
}

impl Workspace {
    /// The key of a person who is known and was not removed.
    fn taking_part(&self, name: &VoterName) -> Option<VoterId> {
        self.known_voter(name).filter(|id| self.voters.get(*id).is_some_and(|row| row.removed_at.is_none()))
    }

    /// Who renames, merges or removes people, or takes something back, so that they can take that back, or do it again. That
    /// is no reason to enter somebody into the list of people: who is not known yet is known as one who was removed.
    pub fn author(&mut self, by: &VoterName, at: UtcDateTime) -> VoterId {
        self.known_voter(by).unwrap_or_else(|| {
            let id = self.voter(by);
            self.remove_voter(id, at.unix_timestamp());
            id
        })
    }

    /// Marks a person as removed.
    fn remove_voter(&mut self, id: VoterId, at: i64) {
        if let Some(row) = self.voters.get(id).cloned() {
            self.voters.set(id, Some(VoterRow { removed_at: Some(at), ..row }));
        }
    }

    fn move_everything(&mut self, old: VoterId, new: VoterId) {
        let has_favorite = !self.favorites_on_board(new).is_empty();
        let votes: Vec<(ProposalNumber, VoteRow)> =
            self.votes.iter().filter(|((_, v), _)| *v == old).map(|((n, _), vote)| (n, *vote)).collect();
        for (number, vote) in votes {
            let is_on_board = self.proposals.get(number).is_some_and(ProposalRow::is_on_board);
            let favorite = vote.favorite && !(has_favorite && is_on_board);
            self.votes.set((number, old), None);
            match self.votes.get((number, new)).copied() {
                None => self.votes.set((number, new), Some(VoteRow { favorite, ..vote })),
                Some(own) if favorite && !own.favorite => self.set_favorite(number, new, true),
                Some(_) => {}
            }
        }
        let proposals: Vec<(ProposalNumber, ProposalRow)> =
            self.proposals.iter().filter(|(_, row)| row.proposed_by == old).map(|(n, row)| (n, row.clone())).collect();
        for (number, row) in proposals {
            self.proposals.set(number, Some(ProposalRow { proposed_by: new, ..row }));
        }
        let evenings: Vec<ProposalNumber> =
            self.attendance.iter().filter(|((_, v), _)| *v == old).map(|((n, _), _)| n).collect();
        for number in evenings {
            let present = self.attendance.get((number, old)).copied();
            self.attendance.set((number, old), None);
            self.attendance.set((number, new), present);
        }
    }
}
