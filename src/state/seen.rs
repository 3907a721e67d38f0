//! The board of a server as it was seen last, for when the server is away.

use std::borrow::Cow;
use std::fs;
use std::io::Write;

use serde::{Deserialize, Serialize};
use time::UtcDateTime;

use super::State;
use crate::files;
use crate::model::board::{Proposal, ProposalNumber, Voter};
use crate::model::text::sanitize_stored;
use crate::model::{Board, CacheEntry, ImdbId, Opinion, Title, VoterId, from_unix_seconds};

/// Written by every look: it borrows from the board.
#[derive(Serialize, Deserialize)]
struct Seen<'a> {
    at: i64,
    hidden_since: Option<i64>,
    last_watched_at: Option<i64>,
    voters: Vec<SeenVoter<'a>>,
    proposals: Vec<SeenProposal<'a>>,
}

#[derive(Serialize, Deserialize)]
struct SeenVoter<'a> {
    id: VoterId,
    name: Cow<'a, str>,
    key: Cow<'a, str>,
    is_listed: bool,
    last_opinion: Option<i64>,
    last_evening: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct SeenProposal<'a> {
    number: i64,
    imdb_id: Option<String>,
    own_title: Option<Cow<'a, str>>,
    notes: Vec<(usize, Cow<'a, str>)>,
    seen_by: Cow<'a, [usize]>,
    proposed_by: usize,
    proposed_at: i64,
    opinions: Vec<(usize, Opinion)>,
    title: Option<Cow<'a, Title>>,
    cached_at: Option<i64>,
    source: Option<Cow<'a, str>>,
    unknown_at: Option<i64>,
}

impl State {
    /// Keeps the board as it is seen at `now`.
    pub fn keep_board(&self, board: &Board, now: UtcDateTime) {
        let Some(path) = self.board_path("seen") else { return };
        let seen = Seen {
            at: now.unix_timestamp(),
            hidden_since: board.hidden_since.map(UtcDateTime::unix_timestamp),
            last_watched_at: board.last_watched_at.map(UtcDateTime::unix_timestamp),
            voters: board.voters.iter().map(of_voter).collect(),
            proposals: board.proposals.iter().map(of_proposal).collect(),
        };
        let Ok(json) = serde_json::to_vec(&seen) else { return };
        // The view succeeds even if the copy cannot be kept.
        let _ = files::make_folder_of(&path).and_then(|()| files::replace(&path, |file| file.write_all(&json)));
    }

    /// Returns the board that was seen last, and when. `None` if absent or unreadable.
    pub fn seen_board(&self) -> Option<(Board, UtcDateTime)> {
        // A pipe would be waited for.
        let path = self.board_path("seen").filter(|path| path.is_file())?;
        let seen: Seen = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        let at = UtcDateTime::from_unix_timestamp(seen.at).ok()?;
        let voters: Vec<Voter> = seen.voters.into_iter().map(into_voter).collect();
        let count = voters.len();
        let proposals = seen.proposals.into_iter().map(|proposal| into_proposal(proposal, count));
        let board = Board {
            proposals: proposals.collect::<Option<_>>()?,
            voters,
            hidden_since: seen.hidden_since.map(from_unix_seconds),
            last_watched_at: seen.last_watched_at.map(from_unix_seconds),
        };
        Some((board, at))
    }
}

fn of_voter(voter: &Voter) -> SeenVoter<'_> {
    SeenVoter {
        id: voter.id,
        name: (&voter.name).into(),
        key: (&voter.key).into(),
        is_listed: voter.is_listed,
        last_opinion: voter.last_opinion.map(UtcDateTime::unix_timestamp),
        last_evening: voter.last_evening.map(UtcDateTime::unix_timestamp),
    }
}

fn into_voter(seen: SeenVoter<'_>) -> Voter {
    Voter {
        id: seen.id,
        name: sanitize_stored(seen.name.into_owned()),
        key: seen.key.into_owned(),
        is_listed: seen.is_listed,
        last_opinion: seen.last_opinion.map(from_unix_seconds),
        last_evening: seen.last_evening.map(from_unix_seconds),
    }
}

fn of_proposal(proposal: &Proposal) -> SeenProposal<'_> {
    SeenProposal {
        number: proposal.number.0,
        imdb_id: proposal.imdb_id.map(|id| id.to_string()),
        own_title: proposal.own_title.as_deref().map(Cow::from),
        notes: proposal.notes.iter().map(|(writer, text)| (*writer, text.as_str().into())).collect(),
        seen_by: proposal.seen_by.as_slice().into(),
        proposed_by: proposal.proposed_by,
        proposed_at: proposal.proposed_at.unix_timestamp(),
        opinions: proposal.opinions.iter().collect(),
        title: proposal.cache.title.as_ref().map(Cow::Borrowed),
        cached_at: proposal.cache.cached_at.map(UtcDateTime::unix_timestamp),
        source: proposal.cache.source.as_deref().map(Cow::from),
        unknown_at: proposal.cache.unknown_at.map(UtcDateTime::unix_timestamp),
    }
}

/// None: it points to somebody who is not among so many voters.
fn into_proposal(seen: SeenProposal<'_>, voters: usize) -> Option<Proposal> {
    let text = |text: Option<Cow<'_, str>>| text.map(|text| sanitize_stored(text.into_owned()));
    let moment = |seconds| UtcDateTime::from_unix_timestamp(seconds).ok();
    let people = seen.opinions.iter().map(|(voter, _)| voter).chain(seen.notes.iter().map(|(writer, _)| writer));
    let is_known = people.chain(&*seen.seen_by).chain([&seen.proposed_by]).all(|voter| *voter < voters);
    is_known.then_some(())?;
    Some(Proposal {
        imdb_id: seen.imdb_id.as_deref().and_then(ImdbId::parse),
        own_title: text(seen.own_title),
        notes: seen.notes.into_iter().map(|(writer, note)| (writer, sanitize_stored(note.into_owned()))).collect(),
        seen_by: seen.seen_by.into_owned(),
        proposed_by: seen.proposed_by,
        opinions: seen.opinions.into_iter().collect(),
        cache: CacheEntry {
            title: seen.title.map(|title| title.into_owned().sanitized()),
            cached_at: seen.cached_at.and_then(moment),
            source: text(seen.source),
            unknown_at: seen.unknown_at.and_then(moment),
            ..CacheEntry::default()
        },
        ..Proposal::new(ProposalNumber(seen.number), moment(seen.proposed_at)?)
    })
}
