//! `movienight propose`: puts movies on the board.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::cache::{background, catalog};
use crate::context::catalog::offer;
use crate::context::{Context, new_board, ranked_board};
use crate::failure::{Failure, Failures};
use crate::model::change::{NewProposal, Proposed};
use crate::model::resolve::{Resolution, Resolver};
use crate::model::text::{clean, quoted};
use crate::model::{Board, FetchOutcome, Fetched, ImdbId, MovieRef, Proposal, ProposalNumber, ProposalStatus, Title};
use crate::naming::off_board::OffBoard;
use crate::naming::search::{Known, choose};
use crate::naming::{self, Named};
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
    /// IMDb ids, links or a title; - reads one a line from standard input
    #[arg(value_name = "MOVIE", required_unless_present = "title")]
    pub movies: Vec<String>,
    /// Propose something that has no IMDb id, by this title
    #[arg(long, value_name = "TITLE")]
    pub title: Vec<String>,
    /// Why: shown with the movie
    #[arg(long, value_name = "WORDS")]
    pub note: Option<String>,
    /// Even what was watched already
    #[arg(long)]
    pub again: bool,
}

/// Longest title and note of a person's own, in characters.
const MAX_TITLE_CHARS: usize = 200;
const MAX_NOTE_CHARS: usize = 500;
/// Withdrawn first: a movie that was watched and proposed again has two numbers.
const OFF_THE_BOARD: [ProposalStatus; 2] = [ProposalStatus::Withdrawn, ProposalStatus::Watched];
/// More movies than this are counted, not listed.
const LISTED: usize = 20;

pub fn run(context: &mut Context<'_>, args: &Propose) -> Result<Status> {
    let voter = context.voter()?;
    let note = own_words(args.note.as_deref(), "--note", MAX_NOTE_CHARS)?;
    let own = own_titles(&args.title)?;
    // Settings that make no sense are said before anything is made.
    context.sources()?;
    context.poster_choice(None)?;
    let existing = context.open_if_there()?;
    let is_first = existing.is_none();
    let mut store = existing.map_or_else(Store::in_memory, Ok)?;
    let board = ranked_board(&mut store)?;
    let mut movies = named_movies(context, &mut store, &board, &args.movies)?;
    movies.extend(own);
    if movies.is_empty() {
        context.note("nothing was proposed");
        return Ok(Status::Done);
    }
    if !args.again {
        let known = Known::read(Some(&mut store))?;
        refuse_watched(context, &mut store, &movies, &known)?;
    }
    let (mut titles, missing) = known_titles(&mut store, &movies)?;
    let fetched = fetch(context, missing)?;
    refuse_unknown(&fetched)?;
    let at = context.env.clock.now();
    if is_first {
        // Not before it is clear that there is something to propose.
        store = context.open_or_create()?;
    }
    let outcomes = store.propose(&voter, at, &movies, note.as_deref(), &fetched)?;
    drop(store);
    titles.extend(fetched.iter().filter_map(|fetched| match &fetched.outcome {
        FetchOutcome::Found(title, _) | FetchOutcome::Local { title, .. } => Some((fetched.id, Title::clone(title))),
        FetchOutcome::Unknown | FetchOutcome::Failed(_) | FetchOutcome::NotAsked => None,
    }));
    report(context, &movies, &outcomes, &titles, &fetched)?;
    if is_first && let Some(note) = new_board::note(&context.place()?) {
        context.note(&note);
    }
    context.note_newcomer(&voter, &board);
    if let Some(note) = note {
        tell_replaced_notes(context, &board, &outcomes, &note);
    }
    fetch_the_rest(context, &fetched, &titles)?;
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

/// Starts the refresh in the background when plot, people or a poster are lacking, so that the first evening has pictures.
fn fetch_the_rest(context: &Context<'_>, fetched: &[Fetched], titles: &HashMap<ImdbId, Title>) -> Result<()> {
    let Some(settings) = context.sources()?.filter(|_| context.env.exe.is_some()) else { return Ok(()) };
    let (state, now) = (context.state()?, context.env.clock.now());
    let lacks_details = fetched.iter().any(|fetched| matches!(fetched.outcome, FetchOutcome::Local { .. }));
    let urls = titles.iter().filter_map(|(id, title)| Some((*id, title.poster_url.as_deref()?)));
    let lacks_poster = || {
        let choice = context.poster_choice(None)?;
        anyhow::Ok(context.posters(choice).is_some_and(|posters| posters.lacks_any(urls, now)))
    };
    // Where no source can be reached, hosts of pictures most likely cannot be either.
    if (lacks_details || lacks_poster()?) && !background::is_cut_off(&settings, &state, now) {
        background::start_if_free(context.env, &context.place()?.location, &state, now);
    }
    Ok(())
}

/// The movies that were named, each once. A number on the board or a whole title on it means that movie; other words are searched.
fn named_movies(
    context: &mut Context<'_>,
    store: &mut Store,
    board: &Board,
    args: &[String],
) -> Result<Vec<NewProposal>> {
    let resolver = Resolver::new(&board.proposals);
    let named = naming::read(context, args, &resolver)?;
    let (mut seen, mut movies, mut failures) = (HashSet::new(), Vec::new(), Vec::new());
    let mut off_board = OffBoard::default();
    for movie in &named {
        match one(context, store, board, &mut off_board, &resolver, movie) {
            Ok(Some(new)) if seen.insert(new.clone()) => movies.push(new),
            Ok(_) => {}
            Err(error) => match error.downcast::<Failure>() {
                Ok(failure) => failures.push(movie.failure(failure)),
                Err(other) => return Err(other),
            },
        }
    }
    naming::check_named(failures, &named)?;
    Ok(movies)
}

fn one(
    context: &mut Context<'_>,
    store: &mut Store,
    board: &Board,
    off_board: &mut OffBoard,
    resolver: &Resolver<'_>,
    named: &Named,
) -> Result<Option<NewProposal>> {
    let words = match &named.movie {
        MovieRef::Id(id) => return Ok(Some(NewProposal::Imdb(*id))),
        MovieRef::Number(number, text) => match resolver.numbered(*number, text) {
            Resolution::One(place) => return Ok(as_new(&board.proposals[place])),
            Resolution::Several(places) => {
                let place = naming::ask(context, board, named, &places)??;
                return Ok(as_new(&board.proposals[place]));
            }
            // A number that was given once means that movie for ever.
            Resolution::None(_) => match off_board.find(store, &named.movie, &OFF_THE_BOARD)? {
                Some((others, place)) => return Ok(as_new(&others.proposals[place])),
                None if text.starts_with('#') => return Err(naming::no_number(text).into()),
                None => text.clone(),
            },
        },
        MovieRef::Words(words) => words.clone(),
    };
    if let [place] = resolver.whole(&words)[..] {
        return Ok(as_new(&board.proposals[place]));
    }
    // No search finds a title of the group's own.
    let withdrawn = off_board.board(store, ProposalStatus::Withdrawn)?;
    let own = Resolver::new(&withdrawn.proposals).whole(&words);
    let own = own.into_iter().map(|place| &withdrawn.proposals[place]).find(|movie| movie.own_title.is_some());
    match own {
        Some(movie) => Ok(as_new(movie)),
        None => Ok(choose(context, store, &words)?.map(NewProposal::Imdb)),
    }
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

/// The cached data of movies, and those without any.
fn known_titles(store: &mut Store, movies: &[NewProposal]) -> Result<(HashMap<ImdbId, Title>, Vec<ImdbId>)> {
    let ids = ids(movies);
    let cached = store.cached(&ids)?;
    let (mut titles, mut missing) = (HashMap::new(), Vec::new());
    for (id, cache) in ids.into_iter().zip(cached) {
        match cache.title {
            Some(title) => {
                titles.insert(id, title);
            }
            None => missing.push(id),
        }
    }
    Ok((titles, missing))
}

/// Data of titles that have none: the catalogue's, and the sources' of those that are not in it.
fn fetch(context: &mut Context<'_>, missing: Vec<ImdbId>) -> Result<Vec<Fetched>> {
    let mut fetched = context.in_catalog(|opened| catalog::known(opened, &missing)).unwrap_or_default();
    let in_catalog: HashSet<ImdbId> = fetched.iter().map(|fetched| fetched.id).collect();
    let others: Vec<ImdbId> = missing.into_iter().filter(|id| !in_catalog.contains(id)).collect();
    fetched.extend(context.fetch(&others)?);
    Ok(fetched)
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
    movies: &[NewProposal],
    outcomes: &[(ProposalNumber, Proposed)],
    titles: &HashMap<ImdbId, Title>,
    fetched: &[Fetched],
) -> Result<()> {
    let proposed: Vec<ProposedMovie> = movies
        .iter()
        .zip(outcomes)
        .map(|(movie, (number, outcome))| proposed(movie, *number, *outcome, titles))
        .collect();
    let sentences = match proposed.len() {
        0..=LISTED => proposed.iter().map(sentence).collect(),
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
    titles: &HashMap<ImdbId, Title>,
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
            name: own_title.clone().or_else(|| known.map(Title::with_year)).unwrap_or(id),
            title: own_title.or_else(|| known.map(|title| title.title.clone())),
            year: known.and_then(|title| title.year),
        },
        rating: known.and_then(|title| title.rating),
        outcome,
    }
}

fn sentence(proposed: &ProposedMovie) -> String {
    let name = &proposed.movie.name;
    let rated = proposed.rating.map(|rating| format!(", rated {rating}")).unwrap_or_default();
    let number = proposed.movie.number.unwrap_or_default();
    match proposed.outcome {
        Proposed::New => format!("proposed {name}{rated}, as number {number}"),
        Proposed::Returned => format!("brought back {name}{rated}, with the votes it had"),
        Proposed::Voted => format!("{name} is on the board already: your vote is added"),
        Proposed::AlreadyVoted => format!("{name} is on the board already, with your vote"),
    }
}

fn totals(proposed: &[ProposedMovie]) -> Vec<String> {
    let number = |wanted: Proposed| proposed.iter().filter(|movie| movie.outcome == wanted).count();
    let parts = [
        (number(Proposed::New), "proposed"),
        (number(Proposed::Returned), "brought back"),
        (number(Proposed::Voted), "on the board already, your vote added:"),
        (number(Proposed::AlreadyVoted), "on the board already, with your vote:"),
    ];
    let lines = parts.iter().filter(|(n, _)| *n > 0);
    lines.map(|(n, what)| format!("{what} {}", count(*n, "movie", "movies"))).collect()
}
