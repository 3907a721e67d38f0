//! Reading the board with two queries, however many proposals there are.

use super::change_set::IS_ACTIVE;
use super::db::{Result, Row, Statement, required, statement};
use super::rows::own_title;
use super::tables::{CACHE, MAX_SHORT, PROPOSALS};
use super::{Store, StoreError, Transaction};
use crate::model::board::Voter;
use crate::model::{
    Board, CacheEntry, ImdbId, Opinion, Proposal, ProposalNumber, ProposalStatus, Title, VoterId, from_unix_seconds,
    from_word, parse_date,
};

/// Returns the SQL condition for proposals `p` of a status.
pub(super) fn condition(status: ProposalStatus) -> &'static str {
    match status {
        ProposalStatus::OnBoard => "p.withdrawn_at IS NULL AND p.watched_at IS NULL",
        ProposalStatus::OffBoard => "(p.withdrawn_at IS NOT NULL OR p.watched_at IS NOT NULL)",
        ProposalStatus::Watched => "p.watched_at IS NOT NULL",
    }
}

impl Store {
    /// Returns the proposals of a status with votes, voters and cached data, the lowest number first.
    pub fn board(&mut self, status: ProposalStatus) -> Result<Board> {
        self.read(|transaction| read(transaction, status))
    }

    /// Returns the history, the last evening first.
    pub fn history(&mut self) -> Result<Board> {
        let mut board = self.board(ProposalStatus::Watched)?;
        board.proposals.sort_by_key(|p| std::cmp::Reverse((p.watched_on, p.watched_at, p.number)));
        Ok(board)
    }

    /// Returns all proposals, without votes and cached data, the lowest number first.
    pub fn proposed(&mut self) -> Result<Vec<Proposal>> {
        self.read(|transaction| transaction.rows(PROPOSALS.select("TRUE", vec![]), proposal))
    }
}

/// Reads a proposal from a row of its table. Leaves out the proposer, who is an index that the row does not have.
fn proposal(row: &dyn Row) -> Result<Proposal> {
    Ok(Proposal {
        imdb_id: row.text(1)?.and_then(ImdbId::parse),
        own: own_title(row.shown_text(2)?, row.int(3)?, row.int(4)?),
        withdrawn_at: row.int(7)?.map(from_unix_seconds),
        watched_at: row.int(8)?.map(from_unix_seconds),
        watched_on: row.text(9)?.and_then(parse_date),
        ..Proposal::new(ProposalNumber(required(row.int(0)?)?), from_unix_seconds(required(row.int(6)?)?))
    })
}

/// Reads a proposal and the movie's cached data, whose columns follow the ten of the proposal.
pub(super) fn proposal_with_cache(row: &dyn Row) -> Result<Proposal> {
    Ok(Proposal { cache: cache_entry(row, 10)?, ..proposal(row)? })
}

/// Returns the SQL that selects the proposals `p` that satisfy a condition, with their cached data.
fn with_cache(condition: &str) -> String {
    let (own, cached) = (PROPOSALS.columns_of("p"), CACHE.columns_of("c"));
    let tables = "proposals p LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id";
    format!("SELECT {own}, {cached} FROM {tables} WHERE {condition} ORDER BY p.id")
}

/// Returns a statement that selects the proposals of these numbers, with their cached data.
pub(super) fn proposals_of(numbers: impl IntoIterator<Item = i64>) -> Statement<'static> {
    let rows = numbers.into_iter().map(|number| vec![number.into()]).collect();
    Statement::for_each(with_cache("p.id = ?1"), with_cache("p.id = ANY (?1::bigint[])"), rows)
}

/// Reads a board, see [`Store::board`].
pub(super) fn read(transaction: &mut Transaction<'_>, status: ProposalStatus) -> Result<Board> {
    let proposals = statement!(with_cache(condition(status)));
    // The second column is NULL in the row of a person, and otherwise the fourth is the kind of row.
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
         SELECT 0, 0, value, name, NULL FROM settings WHERE name = 'hidden_since'",
        condition(status)
    ));
    let mut builder = BoardBuilder::default();
    transaction.driver.run(&[proposals, people], &mut |query, row| match query {
        0 => builder.take_proposal(row),
        _ => builder.take_of_person(row),
    })?;
    Ok(builder.into_board())
}

/// Builds a board from the rows of the two queries: proposals by number, and facts about them in no order.
#[derive(Default)]
struct BoardBuilder {
    proposals: Vec<Proposal>,
    proposed_by: Vec<VoterId>,
    people: Vec<Voter>,
    /// Facts about movies and people, with their times.
    facts: Vec<(ProposalNumber, Option<i64>, VoterId, Fact)>,
    last_watched: Option<i64>,
    hidden_since: Option<i64>,
}

/// A fact about a movie and a person.
enum Fact {
    Opinion(Opinion),
    Note(String),
    Seen,
    Listed,
    /// The person was present when the movie was watched.
    Present,
}

impl BoardBuilder {
    fn take_proposal(&mut self, row: &dyn Row) -> Result<()> {
        self.proposed_by.push(VoterId(required(row.int(5)?)?));
        self.proposals.push(proposal_with_cache(row)?);
        Ok(())
    }

    fn take_of_person(&mut self, row: &dyn Row) -> Result<()> {
        let (voter, at) = (VoterId(required(row.int(0)?)?), row.int(2)?);
        let Some(number) = row.int(1)?.map(ProposalNumber) else {
            self.people.push(Voter {
                id: voter,
                name: row.shown_text(3)?.unwrap_or_else(|| "?".to_owned()),
                key: row.text(4)?.unwrap_or_default().to_owned(),
                is_listed: at == Some(1),
                last_opinion: None,
                last_evening: None,
            });
            return Ok(());
        };
        let fact = match row.text(3)?.unwrap_or_default() {
            "watched" => {
                self.last_watched = at;
                return Ok(());
            }
            "hidden_since" => {
                self.hidden_since = at;
                return Ok(());
            }
            "note" => Fact::Note(row.shown_text(4)?.unwrap_or_default()),
            "seen" => Fact::Seen,
            "listed" => Fact::Listed,
            "present" => Fact::Present,
            opinion => Fact::Opinion(from_word(opinion).filter(|_| at.is_some()).ok_or_else(StoreError::damaged)?),
        };
        self.facts.push((number, at, voter, fact));
        Ok(())
    }

    fn into_board(mut self) -> Board {
        self.people.sort_by_key(|person| person.id);
        let ids: Vec<VoterId> = self.people.iter().map(|person| person.id).collect();
        // A proposal without a proposer occurs only in a database that was edited by hand.
        let nobody = self.people.len();
        for (proposal, id) in self.proposals.iter_mut().zip(&self.proposed_by) {
            proposal.proposed_by = ids.binary_search(id).unwrap_or(nobody);
        }
        // Opinions are shown in the order in which they were given.
        self.facts.sort_by_key(|(number, at, voter, _)| (*number, *at, *voter));
        for (number, at, voter, fact) in self.facts {
            let Ok(voter) = ids.binary_search(&voter) else { continue };
            let (person, at) = (&mut self.people[voter], at.map(from_unix_seconds));
            match fact {
                Fact::Opinion(_) => person.last_opinion = person.last_opinion.max(at),
                Fact::Present => person.last_evening = person.last_evening.max(at),
                Fact::Note(_) | Fact::Seen | Fact::Listed => {}
            }
            // A movie that is not found has another status.
            let Ok(index) = self.proposals.binary_search_by_key(&number, |p| p.number) else { continue };
            let proposal = &mut self.proposals[index];
            let hides = |since| proposal.watched_at.is_none_or(|at| at >= from_unix_seconds(since));
            match fact {
                Fact::Opinion(_) if self.hidden_since.is_some_and(hides) => {}
                // An undo may restore a movie with the opinion of a person who was removed since: it does not count.
                Fact::Opinion(opinion) if person.is_listed || proposal.watched_at.is_some() => {
                    proposal.opinions.add(voter, opinion);
                }
                Fact::Note(text) => {
                    // The proposer's note comes first.
                    let at = if voter == proposal.proposed_by { 0 } else { proposal.notes.len() };
                    proposal.notes.insert(at, (voter, text));
                }
                Fact::Seen if person.is_listed => proposal.seen_by.push(voter),
                Fact::Listed if person.is_listed => proposal.listed_by.push(voter),
                Fact::Present => proposal.present.push(voter),
                Fact::Opinion(_) | Fact::Seen | Fact::Listed => {}
            }
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

/// Reads the columns of the cache from column `first` on. Unreadable data counts as missing, so it is fetched again.
pub(super) fn cache_entry(row: &dyn Row, first: usize) -> Result<CacheEntry> {
    let time = |column| Ok::<_, StoreError>(row.int(first + column)?.map(from_unix_seconds));
    let title = row.text(first + 1).ok().flatten().and_then(Title::from_json);
    Ok(CacheEntry {
        cached_at: time(2)?.filter(|_| title.is_some()),
        title,
        source: row.shown_text(first + 3)?,
        attempted_at: time(4)?,
        claimed_until: time(5)?,
        failures: row.int(first + 6)?.unwrap_or(0).try_into().unwrap_or(u32::MAX),
        unknown_at: time(7)?,
    })
}
