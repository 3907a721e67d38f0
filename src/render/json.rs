//! What scripts read. Names are stable: more may be added, none renamed. What is not known is null.

use serde::Serialize;
use serde_json::{Value, json};
use time::UtcDateTime;

use super::board::View;
use super::format::rfc3339;
use crate::cache::freshness;
use crate::model::{Fit, Proposal, Title};

/// A document on one line, as every `--json` prints it.
pub fn line(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string(document).expect("documents have text keys and finite numbers");
    text.push('\n');
    text
}

/// The vote board.
pub fn board(view: &View<'_>) -> Value {
    let proposals = view.board.proposals.iter().enumerate();
    json!({
        "proposals": proposals.map(|(i, p)| proposal(p, Some(i + 1), view)).collect::<Vec<_>>(),
        "voters": view.board.voters.iter().map(|v| &v.name).collect::<Vec<_>>(),
    })
}

/// One proposal, with its place on the board if it is there.
pub fn proposal(proposal: &Proposal, rank: Option<usize>, view: &View<'_>) -> Value {
    let name = |voter: usize| view.board.voters[voter].name.as_str();
    let mut document = json!({ "rank": rank });
    extend(&mut document, title(proposal, view.now));
    extend(
        &mut document,
        json!({
            "votes": proposal.ballots.len(),
            "voters": proposal.ballots.iter().map(|b| name(b.voter)).collect::<Vec<_>>(),
            "favorites": proposal.favorites(),
            "proposed_by": name(proposal.proposed_by),
            "proposed_at": rfc3339(proposal.proposed_at),
            "note": proposal.note,
            "favorite_of": proposal.ballots.iter().filter(|b| b.favorite).map(|b| name(b.voter)).collect::<Vec<_>>(),
            "ends_at": view.evening.ends_at(proposal.runtime_minutes()).map(rfc3339),
            "fits": match view.evening.fit(proposal.runtime_minutes()) {
                Fit::Fits => Some(true),
                Fit::TooLong => Some(false),
                Fit::Unknown => None,
            },
        }),
    );
    document
}

/// Adds the members of `more`.
pub fn extend(document: &mut Value, more: Value) {
    if let (Value::Object(document), Value::Object(more)) = (document, more) {
        document.extend(more);
    }
}

/// What is known of a movie, whether it is on the board or not.
pub fn title(proposal: &Proposal, now: UtcDateTime) -> Value {
    let none = Title::default();
    let known = proposal.cache.title.as_ref();
    let title = known.unwrap_or(&none);
    json!({
        "imdb_id": proposal.imdb_id.map(|id| id.to_string()),
        "title": proposal.known_title(),
        "original_title": title.original_title,
        "year": title.year,
        "type": title.kind,
        "rating": title.rating.map(crate::model::Rating::value),
        "rating_count": title.rating_count,
        "runtime_minutes": title.runtime_minutes,
        "genres": known.map(|t| &t.genres),
        "plot": title.plot,
        "poster_url": title.poster_url,
        "directors": title.directors,
        "stars": title.stars,
        "cache": freshness(proposal, now).as_str(),
        "cached_at": proposal.cache.cached_at.map(rfc3339),
        "source": proposal.cache.source,
    })
}

/// A movie in short.
pub fn movie(proposal: &Proposal) -> Value {
    json!({
        "imdb_id": proposal.imdb_id.map(|id| id.to_string()),
        "title": proposal.known_title(),
        "year": proposal.year(),
    })
}

/// A movie in short, with what became of it.
pub fn outcome(proposal: &Proposal, outcome: &str) -> Value {
    let mut movie = movie(proposal);
    movie["outcome"] = outcome.into();
    movie
}
