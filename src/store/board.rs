//! Reading the board: two queries, however many proposals there are.

use time::Date;

use super::change_set::IS_ACTIVE;
use super::db::{Result, Row, required, statement};
use super::rows::own_title;
use super::tables::{MAX_DATA, MAX_SHORT};
use super::{Store, StoreError, Transaction};
use crate::model::board::Voter;
use crate::model::change::{MovieIdentity, NewProposal};
use crate::model::{
    Board, CacheEntry, ImdbId, Opinion, Proposal, ProposalNumber, ProposalStatus, Title, VoterId, from_unix_seconds,
    from_word, parse_date,
};

fn condition(status: ProposalStatus) -> &'static str {
    match status {
        ProposalStatus::OnBoard => "p.withdrawn_at IS NULL AND p.watched_at IS NULL",
        ProposalStatus::Withdrawn => "p.withdrawn_at IS NOT NULL AND p.watched_at IS NULL",
        ProposalStatus::Watched => "p.watched_at IS NOT NULL",
    }
}

impl Store {
    /// The proposals of a status with votes, voters and cached data, the lowest number first.
    pub fn board(&mut self, status: ProposalStatus) -> Result<Board> {
        self.read(|transaction| Ok(read_rows(transaction, status)?.into_board()))
    }

    /// The history, the last evening first.
    pub fn history(&mut self) -> Result<Board> {
        let mut board = self.board(ProposalStatus::Watched)?;
        board.proposals.sort_by_key(|p| std::cmp::Reverse((p.watched_on, p.watched_at, p.number)));
        Ok(board)
    }

    /// All proposals, without votes and cached data, the lowest number first.
    pub fn proposed(&mut self) -> Result<Vec<ProposedTitle>> {
        self.read(|transaction| {
            let query = statement!(format!("SELECT imdb_id, substr(title, 1, {MAX_SHORT}), year, watched_at, withdrawn_at, watched_on FROM proposals ORDER BY id"));
            transaction.rows(query, |row| {
                let status = match (row.int(3)?, row.int(4)?) {
                    (Some(_), _) => ProposalStatus::Watched,
                    (None, Some(_)) => ProposalStatus::Withdrawn,
                    (None, None) => ProposalStatus::OnBoard,
                };
                let own = own_title(row.text(1)?.map(str::to_owned), row.int(2)?, None);
                let id = row.text(0)?.and_then(ImdbId::parse);
                let movie = id.map(NewProposal::Imdb).or(own.map(NewProposal::Titled));
                let identity = movie.ok_or_else(StoreError::damaged)?.identity();
                Ok(ProposedTitle { identity, status, watched_on: row.text(5)?.and_then(parse_date) })
            })
        })
    }
}

/// A title that was proposed, and its proposal's status.
pub struct ProposedTitle {
    /// The movie.
    pub identity: MovieIdentity,
    /// The status of the proposal.
    pub status: ProposalStatus,
    /// The date of the evening on which it was watched. `None` if it was not.
    pub watched_on: Option<Date>,
}

/// Reads a board.
fn read_rows(transaction: &mut Transaction<'_>, status: ProposalStatus) -> Result<Rows> {
    let proposals = statement!(format!(
        "SELECT p.id, p.imdb_id, substr(p.title, 1, {MAX_SHORT}), p.watched_on, p.proposed_by, p.proposed_at, p.withdrawn_at, p.watched_at,
                substr(c.cached_imdb_data, 1, {MAX_DATA}), c.cached_at, c.source, c.attempted_at, c.claimed_until, c.failures, c.unknown_at,
                p.year, p.runtime
         FROM proposals p LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id
         WHERE {} ORDER BY p.id",
        condition(status)
    ));
    // Everything about people. The second column is NULL for a person; otherwise the fourth is the kind of row.
    let people = statement!(format!(
        "SELECT id, NULL, CASE WHEN removed_at IS NULL AND {IS_ACTIVE} THEN 1 ELSE 0 END,
             substr(name, 1, {MAX_SHORT}), substr(name_key, 1, {MAX_SHORT}) FROM voters
         UNION ALL
         SELECT voter_id, proposal_id, voted_at, opinion, NULL FROM votes
         UNION ALL
         SELECT voter_id, proposal_id, NULL, 'note', substr(text, 1, {MAX_SHORT}) FROM notes
         UNION ALL
         SELECT s.voter_id, p.id, NULL, 'seen', NULL
         FROM proposals p JOIN seen s ON s.movie = coalesce(p.imdb_id, '#' || p.id) WHERE {}
         UNION ALL
         SELECT w.voter_id, p.id, NULL, 'listed', NULL FROM wishes w JOIN proposals p ON p.imdb_id = w.imdb_id
         UNION ALL
         SELECT a.voter_id, p.id, p.watched_at, 'present', NULL FROM attendance a JOIN proposals p ON p.id = a.proposal_id
         UNION ALL
         SELECT 0, 0, max(watched_at), 'watched', NULL FROM proposals
         UNION ALL
         SELECT 0, 0, value, name, NULL FROM settings",
        condition(status)
    ));
    let mut rows = Rows::default();
    transaction.run(&[proposals, people], &mut |query, row| match query {
        0 => rows.take_proposal(row),
        _ => rows.take_of_person(row),
    })?;
    Ok(rows)
}

/// The rows of the queries. Opinions are in no order, and may come before the people who gave them.
#[derive(Default)]
struct Rows {
    proposals: Vec<Proposal>,
    proposed_by: Vec<VoterId>,
    people: Vec<Voter>,
    opinions: Vec<(ProposalNumber, VoterId, i64, Opinion)>,
    notes: Vec<(ProposalNumber, VoterId, String)>,
    seen: Vec<(ProposalNumber, VoterId)>,
    listed: Vec<(ProposalNumber, VoterId)>,
    /// Who was there when a movie was watched, and the time.
    present: Vec<(ProposalNumber, VoterId, Option<i64>)>,
    last_watched: Option<i64>,
    hidden_since: Option<i64>,
}

impl Rows {
    fn take_proposal(&mut self, row: &dyn Row) -> Result<()> {
        self.proposed_by.push(VoterId(required(row.int(4)?)?));
        self.proposals.push(Proposal {
            imdb_id: row.text(1)?.and_then(ImdbId::parse),
            own: own_title(row.shown_text(2)?, row.int(15)?, row.int(16)?),
            withdrawn_at: row.int(6)?.map(from_unix_seconds),
            watched_at: row.int(7)?.map(from_unix_seconds),
            watched_on: row.text(3)?.and_then(parse_date),
            cache: cache_entry(row, 8)?,
            ..Proposal::new(ProposalNumber(required(row.int(0)?)?), from_unix_seconds(required(row.int(5)?)?))
        });
        Ok(())
    }

    fn take_of_person(&mut self, row: &dyn Row) -> Result<()> {
        let voter = VoterId(required(row.int(0)?)?);
        let text = row.text(3)?.unwrap_or_default();
        match (row.int(1)?.map(ProposalNumber), text) {
            (Some(number), "note") => self.notes.push((number, voter, row.shown_text(4)?.unwrap_or_default())),
            (Some(number), "seen") => self.seen.push((number, voter)),
            (Some(number), "listed") => self.listed.push((number, voter)),
            (Some(number), "present") => self.present.push((number, voter, row.int(2)?)),
            (Some(_), "watched") => self.last_watched = row.int(2)?,
            (Some(_), "hidden_since") => self.hidden_since = row.int(2)?,
            (Some(number), opinion) => {
                let opinion = from_word(opinion).ok_or_else(StoreError::damaged)?;
                self.opinions.push((number, voter, required(row.int(2)?)?, opinion));
            }
            (None, _) => self.people.push(Voter {
                id: voter,
                name: row.shown_text(3)?.unwrap_or_else(|| "?".to_owned()),
                key: row.text(4)?.unwrap_or_default().to_owned(),
                is_listed: row.int(2)? == Some(1),
                last_opinion: None,
                last_evening: None,
            }),
        }
        Ok(())
    }

    fn into_board(mut self) -> Board {
        self.people.sort_by_key(|person| person.id);
        // A proposal without a proposer occurs only in a database that was edited by hand.
        let nobody = self.people.len();
        let person = |id: VoterId| self.people.binary_search_by_key(&id, |person| person.id);
        let mut last_opinions = vec![None; nobody];
        for (proposal, id) in self.proposals.iter_mut().zip(&self.proposed_by) {
            proposal.proposed_by = person(*id).unwrap_or(nobody);
        }
        for (_, voter, voted_at, _) in &self.opinions {
            if let Ok(voter) = person(*voter) {
                last_opinions[voter] = last_opinions[voter].max(Some(from_unix_seconds(*voted_at)));
            }
        }
        // They are shown in the order in which they were given.
        self.opinions.sort_by_key(|(number, voter, voted_at, _)| (*number, *voted_at, *voter));
        for of_movie in self.opinions.chunk_by(|a, b| a.0 == b.0) {
            // A movie of another status.
            let Ok(index) = self.proposals.binary_search_by_key(&of_movie[0].0, |p| p.number) else { continue };
            // An undo may bring back a movie with the opinion of a person who was removed since: it does not count.
            let watched_at = self.proposals[index].watched_at;
            let is_watched = watched_at.is_some();
            // Hidden opinions stay out of the board.
            if self.hidden_since.is_some_and(|since| watched_at.is_none_or(|at| at >= from_unix_seconds(since))) {
                continue;
            }
            let opinions = of_movie.iter().filter_map(|(_, voter, _, opinion)| {
                let voter = person(*voter).ok().filter(|voter| is_watched || self.people[*voter].is_listed)?;
                Some((voter, *opinion))
            });
            self.proposals[index].opinions = opinions.collect();
        }
        self.notes.sort_unstable();
        for (number, writer, text) in self.notes {
            let place = self.proposals.binary_search_by_key(&number, |p| p.number);
            let (Ok(index), Ok(writer)) = (place, person(writer)) else { continue };
            let proposal = &mut self.proposals[index];
            // The proposer's first.
            let at = if writer == proposal.proposed_by { 0 } else { proposal.notes.len() };
            proposal.notes.insert(at, (writer, text));
        }
        let seen_by: fn(&mut Proposal) -> &mut Vec<usize> = |proposal| &mut proposal.seen_by;
        for (mut rows, people) in [(self.seen, seen_by), (self.listed, |proposal| &mut proposal.listed_by)] {
            rows.sort_unstable();
            for (number, voter) in rows {
                let place = self.proposals.binary_search_by_key(&number, |p| p.number);
                let (Ok(index), Ok(voter)) = (place, person(voter)) else { continue };
                if self.people[voter].is_listed {
                    people(&mut self.proposals[index]).push(voter);
                }
            }
        }
        let mut last_evenings = vec![None; nobody];
        self.present.sort_unstable();
        for (number, voter, at) in &self.present {
            let Ok(voter) = person(*voter) else { continue };
            last_evenings[voter] = last_evenings[voter].max(at.map(from_unix_seconds));
            if let Ok(index) = self.proposals.binary_search_by_key(number, |p| p.number) {
                self.proposals[index].present.push(voter);
            }
        }
        for (voter, last) in self.people.iter_mut().zip(last_opinions.into_iter().zip(last_evenings)) {
            (voter.last_opinion, voter.last_evening) = last;
        }
        if self.proposals.iter().any(|p| p.proposed_by == nobody) {
            self.people.push(Voter::unknown());
        }
        Board {
            proposals: self.proposals,
            voters: self.people,
            hidden_since: self.hidden_since.map(from_unix_seconds),
            last_watched_at: self.last_watched.map(from_unix_seconds),
        }
    }
}

/// Reads the seven columns of the cache, from column `first` on. Data that cannot be read counts as missing: it is
/// fetched anew.
pub(super) fn cache_entry(row: &dyn Row, first: usize) -> Result<CacheEntry> {
    let time = |column| Ok::<_, StoreError>(row.int(first + column)?.map(from_unix_seconds));
    let title = row.text(first)?.and_then(Title::from_json);
    Ok(CacheEntry {
        cached_at: time(1)?.filter(|_| title.is_some()),
        title,
        source: row.shown_text(first + 2)?,
        attempted_at: time(3)?,
        claimed_until: time(4)?,
        failures: row.int(first + 5)?.unwrap_or(0).try_into().unwrap_or(u32::MAX),
        unknown_at: time(6)?,
    })
}
