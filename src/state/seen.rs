//! The board of a server as it was seen last, for when the server is away.

use std::fs;
use std::io::Write;

use serde::{Deserialize, Serialize};
use time::UtcDateTime;

use super::State;
use crate::files;
use crate::model::board::{Proposal, ProposalNumber, Vote, Voter};
use crate::model::text::cleaned;
use crate::model::{Board, CacheEntry, ImdbId, Title, VoterId};

#[derive(Serialize, Deserialize)]
struct Seen {
    at: i64,
    voters: Vec<SeenVoter>,
    proposals: Vec<SeenProposal>,
}

#[derive(Serialize, Deserialize)]
struct SeenVoter {
    id: VoterId,
    name: String,
    key: String,
    is_removed: bool,
}

#[derive(Serialize, Deserialize)]
struct SeenProposal {
    number: i64,
    imdb_id: Option<String>,
    own_title: Option<String>,
    note: Option<String>,
    proposed_by: usize,
    proposed_at: i64,
    /// Who voted, and whether it is their favourite.
    votes: Vec<(usize, bool)>,
    title: Option<Title>,
    cached_at: Option<i64>,
    source: Option<String>,
}

impl State {
    /// Keeps the board as it is seen at `now`.
    pub fn keep_board(&self, board: &Board, now: UtcDateTime) {
        let Some(path) = self.board_path("seen") else { return };
        let seen = Seen {
            at: now.unix_timestamp(),
            voters: board.voters.iter().map(of_voter).collect(),
            proposals: board.proposals.iter().map(of_proposal).collect(),
        };
        let Ok(json) = serde_json::to_vec(&seen) else { return };
        // That it is not kept is no failure of the look.
        let _ = files::make_folder_of(&path).and_then(|()| files::replace(&path, |file| file.write_all(&json)));
    }

    /// The board that was seen last, and when; none: none was, or nothing can be made of it.
    pub fn seen_board(&self) -> Option<(Board, UtcDateTime)> {
        // A pipe would be waited for.
        let path = self.board_path("seen").filter(|path| path.is_file())?;
        let seen: Seen = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        let at = UtcDateTime::from_unix_timestamp(seen.at).ok()?;
        let voters: Vec<Voter> = seen.voters.into_iter().map(into_voter).collect();
        let count = voters.len();
        let proposals = seen.proposals.into_iter().map(|proposal| into_proposal(proposal, count));
        Some((Board { proposals: proposals.collect::<Option<_>>()?, voters }, at))
    }
}

fn of_voter(voter: &Voter) -> SeenVoter {
    SeenVoter { id: voter.id, name: voter.name.clone(), key: voter.key.clone(), is_removed: voter.is_removed }
}

fn into_voter(seen: SeenVoter) -> Voter {
    Voter { id: seen.id, name: cleaned(seen.name), key: seen.key, is_removed: seen.is_removed }
}

fn of_proposal(proposal: &Proposal) -> SeenProposal {
    SeenProposal {
        number: proposal.number.0,
        imdb_id: proposal.imdb_id.map(|id| id.to_string()),
        own_title: proposal.own_title.clone(),
        note: proposal.note.clone(),
        proposed_by: proposal.proposed_by,
        proposed_at: proposal.proposed_at.unix_timestamp(),
        votes: proposal.votes.iter().map(|vote| (vote.voter, vote.favorite)).collect(),
        title: proposal.cache.title.clone(),
        cached_at: proposal.cache.cached_at.map(UtcDateTime::unix_timestamp),
        source: proposal.cache.source.clone(),
    }
}

/// None: it points to somebody who is not among so many voters.
fn into_proposal(seen: SeenProposal, voters: usize) -> Option<Proposal> {
    let moment = |seconds| UtcDateTime::from_unix_timestamp(seconds).ok();
    let is_known = seen.proposed_by < voters && seen.votes.iter().all(|(voter, _)| *voter < voters);
    is_known.then_some(())?;
    Some(Proposal {
        number: ProposalNumber(seen.number),
        imdb_id: seen.imdb_id.as_deref().and_then(ImdbId::parse),
        own_title: seen.own_title.map(cleaned),
        note: seen.note.map(cleaned),
        proposed_by: seen.proposed_by,
        proposed_at: moment(seen.proposed_at)?,
        withdrawn_at: None,
        watched_at: None,
        votes: seen.votes.into_iter().map(|(voter, favorite)| Vote { voter, favorite }).collect(),
        cache: CacheEntry {
            title: seen.title.map(Title::cleaned),
            cached_at: seen.cached_at.and_then(moment),
            source: seen.source.map(cleaned),
            ..CacheEntry::default()
        },
    })
}
