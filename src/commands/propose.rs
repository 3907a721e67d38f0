//! `movienight propose`: puts movies on the board.

use std::collections::{HashMap, HashSet};

use anyhow::{Result, bail};
use serde_json::json;
use time::UtcOffset;

use super::Status;
use crate::cache::wait;
use crate::cli::Propose;
use crate::model::resolve::Resolver;
use crate::model::text::clean;
use crate::model::{Board, Fetched, ImdbId, MovieRef, Outcome, Proposal, Report, Title};
use crate::render::format::{count, date};
use crate::render::json;
use crate::session::choose::choose;
use crate::session::naming::{self, Named};
use crate::session::{Session, fail_on, ranked_board};
use crate::store::{NewProposal, ProposalStatus, Proposed, Store};

/// Longest title and note of a person's own, in characters.
const MAX_TITLE_CHARS: usize = 200;
const MAX_NOTE_CHARS: usize = 500;
/// More movies than this are counted, not listed.
const LISTED: usize = 20;

pub fn run(session: &mut Session<'_>, args: &Propose) -> Result<Status> {
    let voter = session.voter()?;
    // Before threads start, see Zone.
    let offset = session.env.zone.offset_at(session.now);
    let settings = session.sources()?;
    let note = own_words(args.note.as_deref(), "--note", MAX_NOTE_CHARS)?;
    let named = naming::read(session, &args.movies)?;
    let mut store = session.store()?;
    let was_empty = named.is_empty();
    let mut movies = named_movies(session, named, &mut store)?;
    for title in &args.title {
        movies.extend(own_words(Some(title), "--title", MAX_TITLE_CHARS)?.map(NewProposal::Titled));
    }
    if movies.is_empty() && was_empty {
        bail!("standard input names no movie");
    } else if movies.is_empty() {
        session.note("nothing was proposed");
        return Ok(Status::Done);
    }
    if !args.again {
        refuse_watched(&movies, &mut store, offset)?;
    }
    let mut fetch = Fetch::default();
    if let Some(settings) = settings {
        let missing = without_data(&movies, &mut store)?;
        if !missing.is_empty()
            && let Some(sources) = wait::sources(&mut store, &settings, &session.env.clock)?
        {
            fetch.titles = wait::fetch(&sources, &missing);
            fetch.report = sources.take_report();
        }
    }
    let at = session.env.clock.now();
    if let Err(unknown) = refuse_unknown(&fetch.titles) {
        // That requests were made is worth keeping even so; that it cannot be fails nothing.
        let _ = store.save_fetched(at, &[], &fetch.report);
        return Err(unknown);
    }
    let outcomes = store.propose(&voter, at, &movies, note.as_deref(), &fetch.titles, &fetch.report)?;
    report(session, &mut store, &movies, &outcomes, &fetch.titles)?;
    Ok(Status::Done)
}

#[derive(Default)]
struct Fetch {
    titles: Vec<Fetched>,
    report: Report,
}

/// What was named, each once. A number or a whole title means a movie that is on the board; other
/// words are searched.
fn named_movies(session: &mut Session<'_>, named: Vec<Named>, store: &mut Store) -> Result<Vec<NewProposal>> {
    let named = naming::phrases(named);
    let needs_board = named.iter().any(|n| !matches!(n.movie, MovieRef::Id(_)));
    let board = if needs_board { ranked_board(store)? } else { Board::default() };
    let resolver = Resolver::new(&board.proposals);
    let on_board = |index: usize| match &board.proposals[index] {
        Proposal { imdb_id: Some(id), .. } => Some(NewProposal::Imdb(*id)),
        Proposal { own_title, .. } => own_title.clone().map(NewProposal::Titled),
    };
    let mut seen = HashSet::new();
    let mut movies = Vec::new();
    let mut problems = Vec::new();
    for movie in &named {
        let known = match &movie.movie {
            MovieRef::Id(id) => Some(NewProposal::Imdb(*id)),
            MovieRef::Number(n) if (1..=board.proposals.len()).contains(n) => on_board(n - 1),
            MovieRef::Number(_) => None,
            MovieRef::Words(words) => resolver.whole(words).and_then(on_board),
        };
        let chosen = match known {
            Some(movie) => Ok(Some(movie)),
            None => choose(session, store, &movie.movie.to_string()).map(|id| id.map(NewProposal::Imdb)),
        };
        match chosen {
            Ok(Some(movie)) if seen.insert(movie.clone()) => movies.push(movie),
            Ok(_) => {}
            Err(why) => problems.push(movie.problem(why)),
        }
    }
    fail_on(&problems)?;
    Ok(movies)
}

/// A person's own words, cleaned; what is too long or empty is refused, not cut.
fn own_words(text: Option<&str>, option: &str, max_chars: usize) -> Result<Option<String>> {
    let Some(text) = text else { return Ok(None) };
    if text.trim().chars().count() > max_chars {
        bail!("{option} takes at most {max_chars} characters");
    }
    let words = clean(text, max_chars);
    if words.is_empty() {
        bail!("{option} needs some words");
    }
    Ok(Some(words))
}

fn ids(movies: &[NewProposal]) -> Vec<ImdbId> {
    let id = |movie: &NewProposal| match movie {
        NewProposal::Imdb(id) => Some(*id),
        NewProposal::Titled(_) => None,
    };
    movies.iter().filter_map(id).collect()
}

fn without_data(movies: &[NewProposal], store: &mut Store) -> Result<Vec<ImdbId>> {
    let ids = ids(movies);
    let cached = store.cached(&ids)?;
    let missing = ids.into_iter().zip(cached).filter(|(_, cache)| cache.title.is_none());
    Ok(missing.map(|(id, _)| id).collect())
}

/// Seeing a movie twice is a decision.
fn refuse_watched(movies: &[NewProposal], store: &mut Store, offset: UtcOffset) -> Result<()> {
    let watched: HashMap<ImdbId, _> = store.proposed_ids(ProposalStatus::Watched)?.into_iter().collect();
    let on_board: HashSet<ImdbId> = store.proposed_ids(ProposalStatus::Board)?.into_iter().map(|(id, _)| id).collect();
    let mut problems = Vec::new();
    for id in ids(movies).into_iter().filter(|id| !on_board.contains(id)) {
        if let Some(at) = watched.get(&id).copied().flatten() {
            let name = store.cached(&[id])?.pop().and_then(|c| c.title).map_or(id.to_string(), |t| t.with_year());
            let on = date(at, offset);
            problems.push(format!("{name} was watched on {on}, so nothing was proposed: --again proposes it anew"));
        }
    }
    fail_on(&problems)
}

/// A wrong id is best noticed now, by the one who gave it.
fn refuse_unknown(fetched: &[Fetched]) -> Result<()> {
    let unknown = fetched.iter().filter(|f| matches!(f.outcome, Outcome::Unknown));
    let problems: Vec<String> =
        unknown.map(|f| format!("{} is unknown to IMDb, so nothing was proposed: check the id", f.id)).collect();
    fail_on(&problems)
}

fn report(
    session: &mut Session<'_>,
    store: &mut Store,
    movies: &[NewProposal],
    outcomes: &[Proposed],
    fetched: &[Fetched],
) -> Result<()> {
    let ids = ids(movies);
    let cached = store.cached(&ids)?.into_iter().map(|cache| cache.title);
    let titles: HashMap<ImdbId, Title> = ids.iter().copied().zip(cached).filter_map(|(id, t)| Some((id, t?))).collect();
    if session.options.json {
        let rows: Vec<_> = movies.iter().zip(outcomes).map(|(m, o)| document(m, *o, &titles)).collect();
        return session.print(&json::line(&json!({ "proposed": rows })));
    }
    if !session.options.quiet {
        let text = match movies.len() {
            0..=LISTED => movies.iter().zip(outcomes).map(|(m, o)| sentence(m, *o, &titles)).collect(),
            _ => totals(outcomes),
        };
        session.print(&text)?;
    }
    let missing = ids.len() - titles.len();
    if missing > 0 {
        let why = if session.is_offline()? {
            "offline".to_owned()
        } else {
            reason(fetched).unwrap_or_else(|| "no source can be reached".to_owned())
        };
        let what = count(missing, "movie has", "movies have");
        session.note(&format!("{what} no data yet ({why}): it will come later"));
    }
    Ok(())
}

fn reason(fetched: &[Fetched]) -> Option<String> {
    fetched.iter().find_map(|f| match &f.outcome {
        Outcome::Failed(why) => Some(why.clone()),
        Outcome::NotAsked => Some("there was not enough time".into()),
        _ => None,
    })
}

fn sentence(movie: &NewProposal, outcome: Proposed, titles: &HashMap<ImdbId, Title>) -> String {
    let name = match movie {
        NewProposal::Titled(title) => title.clone(),
        NewProposal::Imdb(id) => titles.get(id).map_or_else(|| id.to_string(), Title::with_year),
    };
    let rating = match movie {
        NewProposal::Imdb(id) => titles.get(id).and_then(|t| t.rating),
        NewProposal::Titled(_) => None,
    };
    let rated = rating.map(|r| format!(", rated {r}")).unwrap_or_default();
    match outcome {
        Proposed::New => format!("proposed {name}{rated}\n"),
        Proposed::Returned => format!("brought back {name}{rated}, with the votes it had\n"),
        Proposed::Voted => format!("{name} is on the board already: your vote is added\n"),
        Proposed::AlreadyVoted => format!("{name} is on the board already, with your vote\n"),
    }
}

fn totals(outcomes: &[Proposed]) -> String {
    let number = |wanted: fn(&Proposed) -> bool| outcomes.iter().filter(|o| wanted(o)).count();
    let new = number(|o| matches!(o, Proposed::New));
    let returned = number(|o| matches!(o, Proposed::Returned));
    let voted = number(|o| matches!(o, Proposed::Voted));
    let already = number(|o| matches!(o, Proposed::AlreadyVoted));
    let parts = [
        (new, "proposed"),
        (returned, "brought back"),
        (voted, "on the board already, your vote added:"),
        (already, "on the board already, with your vote:"),
    ];
    let lines = parts.iter().filter(|(n, _)| *n > 0);
    lines.map(|(n, what)| format!("{what} {}\n", count(*n, "movie", "movies"))).collect()
}

fn document(movie: &NewProposal, outcome: Proposed, titles: &HashMap<ImdbId, Title>) -> serde_json::Value {
    let (id, title) = match movie {
        NewProposal::Titled(title) => (None, Some(title.as_str())),
        NewProposal::Imdb(id) => (Some(*id), titles.get(id).map(|t| t.title.as_str())),
    };
    let known = id.and_then(|id| titles.get(&id));
    json!({
        "imdb_id": id.map(|id| id.to_string()),
        "title": title,
        "year": known.and_then(|t| t.year),
        "rating": known.and_then(|t| t.rating).map(crate::model::Rating::value),
        "outcome": match outcome {
            Proposed::New => "proposed",
            Proposed::Returned => "returned",
            Proposed::Voted => "voted",
            Proposed::AlreadyVoted => "already_voted",
        },
    })
}
