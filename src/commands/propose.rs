//! `movienight propose`: puts movies on the board.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::cache::background;
use crate::cache::lookup::Policy;
use crate::context::catalog::offer;
use crate::context::{Context, new_board};
use crate::failure::{Failure, Failures};
use crate::model::change::{NewProposal, Proposed};
use crate::model::text::{clean, quoted};
use crate::model::{Board, CacheEntry, FetchOutcome, Fetched, ImdbId, Proposal, ProposalNumber, Title};
use crate::naming::search::Known;
use crate::naming::{self, Found, Scope};
use crate::store::Store;
use crate::view::format::{count, date};
use crate::view::movie::ShortMovie;
use crate::view::outcome::{Proposals, ProposedMovie};

/// Put movies on the board.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Words are searched. One title that is clearly meant is proposed; otherwise you
choose. A second proposal of the same movie is a vote for it.

Examples:
  movienight propose tt0111161
  movienight propose the godfather
  movienight propose 'https://m.imdb.com/de/title/tt0068646/?ref_=x' --as Ana
  movienight propose https://letterboxd.com/film/perfect-blue/
  movienight propose --title \"Ana's wedding video\" --note \"bring tissues\"
  movienight propose - < ids.txt")]
pub struct Propose {
    /// Ids, links or a title; - reads a list from standard input
    #[arg(value_name = "MOVIE", required_unless_present = "title")]
    pub movies: Vec<String>,
    /// Propose a movie without an IMDb id by this title
    #[arg(long, value_name = "TITLE")]
    pub title: Vec<String>,
    /// A note shown with the movie
    #[arg(long, value_name = "WORDS")]
    pub note: Option<String>,
    /// Also propose movies that were watched already
    #[arg(long)]
    pub again: bool,
}

/// Longest title and note of a person's own, in characters.
const MAX_TITLE_CHARS: usize = 200;
const MAX_NOTE_CHARS: usize = 500;
/// More movies than this are counted, not listed.
const LISTED: usize = 20;

pub fn run(context: &mut Context<'_>, args: &Propose) -> Result<Status> {
    let voter = context.voter()?;
    let note = own_words(args.note.as_deref(), "--note", MAX_NOTE_CHARS)?;
    let own = own_titles(&args.title)?;
    // Settings that make no sense are said before anything is made.
    context.online()?;
    context.poster_choice(None)?;
    let existing = context.open_for_proposing()?;
    let is_first = existing.is_none();
    let mut store = existing.map_or_else(Store::in_memory, Ok)?;
    let (board, found) = naming::resolve(context, Some(&mut store), &args.movies, Scope::Proposable)?;
    let voter = context.confirm_voter(voter, &board)?;
    let mut movies = new_proposals(&board, &found);
    movies.extend(own);
    if movies.is_empty() {
        context.note("nothing was proposed");
        return Ok(Status::Done);
    }
    if !args.again {
        let known = Known::read(Some(&mut store))?;
        refuse_watched(context, &mut store, &movies, &known)?;
    }
    let ids = ids(&movies);
    let mut cached: Vec<(ImdbId, CacheEntry)> = ids.iter().copied().zip(store.cached(&ids)?).collect();
    let entries = cached.iter_mut().map(|(id, entry)| (*id, entry));
    let fetched = context.lookup(None, entries, &Policy::PROPOSE)?.fetched;
    refuse_unknown(&fetched)?;
    let at = context.env.clock.now();
    if is_first {
        // Not before it is clear that there is something to propose.
        store = context.open_or_create()?;
    }
    let outcomes = store.propose(&voter, at, &movies, note.as_deref(), &fetched)?;
    drop(store);
    let titles: HashMap<ImdbId, &Title> =
        cached.iter().filter_map(|(id, entry)| Some((*id, entry.title.as_ref()?))).collect();
    let who = context.named(&voter);
    report(context, who, &movies, &outcomes, &titles, &fetched)?;
    let place = context.place()?;
    // Where nobody reads along, the default place is no surprise.
    let is_noted = place.is_named() || context.env.stderr.is_terminal;
    if is_first
        && is_noted
        && let Some(note) = new_board::note(&place.location, place.origin)
    {
        context.note(&note);
    }
    context.note_newcomer(&voter, &board);
    if let Some(note) = note {
        tell_replaced_notes(context, &board, &outcomes, &note);
    }
    fetch_the_rest(context, &cached)?;
    Ok(Status::Done)
}

/// Says what the notes were that another has replaced, because nothing shows them any more.
fn tell_replaced_notes(context: &mut Context<'_>, before: &Board, outcomes: &[(ProposalNumber, Proposed)], note: &str) {
    for (number, _) in outcomes {
        let movie = before.proposals.iter().find(|movie| movie.number == *number);
        if let Some((movie, old)) = movie.and_then(|movie| Some((movie, movie.note.as_deref()?)))
            && old != note
        {
            context.note(&format!("the note of {} was {}", movie.name(), quoted(old)));
        }
    }
}

/// Starts the refresh in the background when data, plot, people or a poster are lacking, so that the first evening has
/// pictures.
fn fetch_the_rest(context: &Context<'_>, cached: &[(ImdbId, CacheEntry)]) -> Result<()> {
    let now = context.env.clock.now();
    let mut titles = background::due(cached.iter().map(|(id, entry)| (*id, entry)), now);
    if titles.is_empty() {
        let posters = context.posters(context.poster_choice(None)?);
        let lacks_poster = |(id, entry): &&(ImdbId, CacheEntry)| {
            let url = entry.title.as_ref().and_then(|title| title.poster_url.as_deref());
            url.zip(posters.as_ref()).is_some_and(|(url, posters)| posters.lacks_any([(*id, url)], now))
        };
        titles = cached.iter().filter(lacks_poster).map(|(id, _)| *id).take(background::TITLES).collect();
    }
    // Where no source can be reached, hosts of pictures most likely cannot be either.
    if !titles.is_empty() && context.can_refresh_later()? {
        context.refresh_later(&titles);
    }
    Ok(())
}

/// The movies that were named as something to propose, each once.
fn new_proposals(board: &Board, found: &[Found]) -> Vec<NewProposal> {
    let mut seen = HashSet::new();
    let new = found.iter().filter_map(|found| match found {
        Found::Title(id) => Some(NewProposal::Imdb(*id)),
        found => found.proposal(board).and_then(as_new),
    });
    new.filter(|movie| seen.insert(movie.clone())).collect()
}

/// A movie that was proposed before, as something to propose.
fn as_new(movie: &Proposal) -> Option<NewProposal> {
    match movie.imdb_id {
        Some(id) => Some(NewProposal::Imdb(id)),
        None => movie.own_title.clone().map(NewProposal::Titled),
    }
}

/// A person's own words, cleaned; what is too long or empty is refused, not truncated.
fn own_words(text: Option<&str>, option: &str, max_chars: usize) -> Result<Option<String>> {
    let Some(text) = text else { return Ok(None) };
    if text.trim().chars().count() > max_chars {
        return Err(Failure::new(format!("{option} takes at most {max_chars} characters")).into());
    }
    let words = clean(text, max_chars);
    if words.is_empty() {
        return Err(Failure::new(format!("{option} needs some words")).into());
    }
    Ok(Some(words))
}

fn own_titles(titles: &[String]) -> Result<Vec<NewProposal>> {
    let words = titles.iter().map(|title| own_words(Some(title), "--title", MAX_TITLE_CHARS));
    words.filter_map(|words| words.map(|words| words.map(NewProposal::Titled)).transpose()).collect()
}

fn ids(movies: &[NewProposal]) -> Vec<ImdbId> {
    let id = |movie: &NewProposal| match movie {
        NewProposal::Imdb(id) => Some(*id),
        NewProposal::Titled(_) => None,
    };
    movies.iter().filter_map(id).collect()
}

/// Seeing a movie twice is a decision.
fn refuse_watched(context: &Context<'_>, store: &mut Store, movies: &[NewProposal], known: &Known) -> Result<()> {
    let mut failures = Vec::new();
    let watched: Vec<_> = ids(movies).into_iter().filter_map(|id| Some((id, known.watched_at(id)?))).collect();
    let watched_ids: Vec<ImdbId> = watched.iter().map(|(id, _)| *id).collect();
    for ((id, at), cache) in watched.into_iter().zip(store.cached(&watched_ids)?) {
        let name = cache.title.map_or_else(|| id.to_string(), |title| title.with_year());
        let on = date(at, &context.env.zone);
        failures.push(
            Failure::new(format!("{name} was watched on {on}, so nothing was proposed"))
                .hint("--again proposes it anew"),
        );
    }
    Failures::check(failures)
}

/// A wrong id is best noticed now, by the one who gave it.
fn refuse_unknown(fetched: &[Fetched]) -> Result<()> {
    let unknown = fetched.iter().filter(|fetched| matches!(fetched.outcome, FetchOutcome::Unknown));
    let failure = |fetched: &Fetched| {
        Failure::new(format!("{} is unknown to IMDb, so nothing was proposed", fetched.id)).hint("check the id")
    };
    Failures::check(unknown.map(failure).collect())
}

fn report(
    context: &mut Context<'_>,
    who: Option<&str>,
    movies: &[NewProposal],
    outcomes: &[(ProposalNumber, Proposed)],
    titles: &HashMap<ImdbId, &Title>,
    fetched: &[Fetched],
) -> Result<()> {
    let proposed: Vec<ProposedMovie> = movies
        .iter()
        .zip(outcomes)
        .map(|(movie, (number, outcome))| proposed(movie, *number, *outcome, titles))
        .collect();
    let sentences = match proposed.len() {
        0..=LISTED => proposed.iter().map(|movie| sentence(movie, who)).collect(),
        _ => totals(&proposed),
    };
    context.answer(&Proposals { proposed }, &sentences)?;
    let missing = ids(movies).len() - titles.len();
    if missing > 0 {
        let why = match context.is_offline()? {
            true => "offline".to_owned(),
            false => reason(fetched).unwrap_or_else(|| "no source can be reached".to_owned()),
        };
        let what = count(missing, "movie has", "movies have");
        let sooner = match context.is_offline()? || context.catalog().is_some() {
            true => String::new(),
            false => format!(", or at once with {}", offer()),
        };
        context.note(&format!("{what} no data yet ({why}): it will come later{sooner}"));
    }
    Ok(())
}

fn reason(fetched: &[Fetched]) -> Option<String> {
    fetched.iter().find_map(|fetched| match &fetched.outcome {
        FetchOutcome::Failed(why) => Some(why.clone()),
        FetchOutcome::NotAsked => Some("there was not enough time".into()),
        FetchOutcome::Found(..) | FetchOutcome::Local { .. } | FetchOutcome::Unknown => None,
    })
}

fn proposed(
    movie: &NewProposal,
    number: ProposalNumber,
    outcome: Proposed,
    titles: &HashMap<ImdbId, &Title>,
) -> ProposedMovie {
    let (imdb_id, own_title) = match movie {
        NewProposal::Titled(title) => (None, Some(title.clone())),
        NewProposal::Imdb(id) => (Some(*id), None),
    };
    let known = imdb_id.and_then(|id| titles.get(&id));
    let id = imdb_id.map(|id| id.to_string()).unwrap_or_default();
    ProposedMovie {
        movie: ShortMovie {
            number: Some(number.0),
            imdb_id,
            name: own_title.clone().or_else(|| known.map(|title| title.with_year())).unwrap_or(id),
            title: own_title.or_else(|| known.map(|title| title.title.clone())),
            year: known.and_then(|title| title.year),
        },
        rating: known.and_then(|title| title.rating),
        outcome,
    }
}

fn sentence(proposed: &ProposedMovie, who: Option<&str>) -> String {
    let name = &proposed.movie.name;
    let rated = proposed.rating.map(|rating| format!(", rated {rating}")).unwrap_or_default();
    let number = proposed.movie.number.unwrap_or_default();
    let subject = who.map(|who| format!("{who} ")).unwrap_or_default();
    let whose = who.map_or_else(|| "your".to_owned(), |who| format!("{who}'s"));
    match proposed.outcome {
        Proposed::New => format!("{subject}proposed {name}{rated}, as number {number}"),
        Proposed::Returned => format!("{subject}brought back {name}{rated}, with the votes it had"),
        Proposed::ReturnedInsteadOfNo => {
            format!("{subject}brought back {name}{rated}, with the votes it had; {whose} no is a yes now")
        }
        Proposed::VotedInsteadOfNo => format!("{name} is on the board already: {whose} no is a yes now"),
        Proposed::Voted => format!("{name} is on the board already: {whose} vote is added"),
        Proposed::AlreadyVoted => format!("{name} is on the board already, with {whose} vote"),
    }
}

fn totals(proposed: &[ProposedMovie]) -> Vec<String> {
    let number = |wanted: &[Proposed]| proposed.iter().filter(|movie| wanted.contains(&movie.outcome)).count();
    let parts = [
        (number(&[Proposed::New]), "proposed"),
        (number(&[Proposed::Returned, Proposed::ReturnedInsteadOfNo]), "brought back"),
        (number(&[Proposed::Voted, Proposed::VotedInsteadOfNo]), "on the board already, your vote added:"),
        (number(&[Proposed::AlreadyVoted]), "on the board already, with your vote:"),
    ];
    let lines = parts.iter().filter(|(n, _)| *n > 0);
    lines.map(|(n, what)| format!("{what} {}", count(*n, "movie", "movies"))).collect()
}
