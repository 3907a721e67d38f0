//! `movienight propose`: puts movies on the board.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::Result;
use clap::Args;
use serde::Serialize;
use serde_json::json;

use crate::cache::background;
use crate::cache::lookup::Policy;
use crate::context::evening::{minutes, reads};
use crate::context::{Context, new_board, offer};
use crate::model::change::{IfWatched, MAX_NOTE_CHARS, NewProposal, Proposed, Remedy, Returned};
use crate::model::text::{fold, sanitize};
use crate::model::title::YEARS;
use crate::model::{
    Board, CacheEntry, FetchOutcome, Fetched, ImdbId, OwnTitle, Proposal, ProposalNumber, Rating, Title, VoterName,
};
use crate::naming::{self, FoundMovie, Named, Scope};
use crate::render::changes::remedy;
use crate::store::{OpenMode, Store};
use crate::user_error::{Code, ShortMovie, UserError, UserErrors};
use crate::view::format::count;

/// Put movies on the board, with your vote
#[derive(Args, Debug)]
#[command(after_long_help = "\
Words are searched. One title that is clearly meant is proposed; otherwise you \
choose. A second proposal of the same movie is a vote for it.

Examples:
  movienight propose tt0111161
  movienight propose the godfather
  movienight propose 'https://m.imdb.com/de/title/tt0068646/?ref_=x' --as Ana
  movienight propose https://letterboxd.com/film/perfect-blue/
  movienight propose --title \"Ana's wedding video\" --year 2019 --runtime 1h
  movienight propose - < ids.txt")]
pub struct Propose {
    /// Ids, links or a title; - reads a list from standard input
    #[arg(value_name = "MOVIE", required_unless_present = "title")]
    pub movies: Vec<String>,
    /// Propose a movie without an IMDb id by this title
    #[arg(long, value_name = "TITLE")]
    pub title: Vec<String>,
    /// Year of that title (in a search, type it after the words)
    #[arg(long, value_name = "YEAR", requires = "title", conflicts_with = "movies", value_parser = reads(year, "a year from 1870 to 2200"))]
    pub year: Option<u16>,
    /// The running time of that title, such as 2h10m
    #[arg(long, value_name = "DURATION", requires = "title", conflicts_with = "movies", value_parser = minutes)]
    pub runtime: Option<u32>,
    /// A note shown with the movie
    #[arg(long, value_name = "WORDS")]
    pub note: Option<String>,
    /// Also propose movies that were watched already
    #[arg(long)]
    pub again: bool,
    /// Skip movies that cannot be found
    #[arg(long)]
    pub skip_unknown: bool,
}

fn year(text: &str) -> Option<u16> {
    text.parse().ok().filter(|year| YEARS.contains(year))
}

/// The longest title for a movie without an IMDb id, in characters.
const MAX_OWN_TITLE_CHARS: usize = 200;
/// The number of movies above which they are counted instead of listed.
const MAX_LISTED: usize = 20;

pub fn run(context: &mut Context<'_>, args: &Propose) -> Result<()> {
    let voter = context.voter()?;
    let note = args.note.as_deref().map(|note| own_words(note, "--note", MAX_NOTE_CHARS)).transpose()?;
    let own_title = |title: &String| -> Result<NewProposal> {
        let title = own_words(title, "--title", MAX_OWN_TITLE_CHARS)?;
        Ok(NewProposal::Titled(OwnTitle { title, year: args.year, runtime_minutes: args.runtime }))
    };
    let own = args.title.iter().map(own_title).collect::<Result<Vec<NewProposal>>>()?;
    // Invalid settings are reported before anything is created.
    context.online()?;
    context.poster_choice(None)?;
    let is_list = naming::is_list(&args.movies);
    let existing = context.open(OpenMode::Write)?;
    let is_first = existing.is_none();
    let mut store = match existing {
        Some(store) => store,
        // Data found for a long list is kept, so that a second run continues where the first ran out of time.
        None if is_list => context.open_or_create()?,
        None => Store::in_memory()?,
    };
    let Named { board, found, failures } =
        naming::resolve_all(context, Some(&mut store), &args.movies, Scope::Proposable)?;
    let mut skipped = check_unless_skipped(args, failures)?;
    let voter = context.confirm_voter(voter, &board)?;
    let named = found.iter().filter_map(|found| match found {
        FoundMovie::Title(id) => Some(NewProposal::Imdb(*id)),
        found => found.proposal(&board).and_then(NewProposal::again),
    });
    let mut seen = HashSet::new();
    let mut movies: Vec<NewProposal> = named.filter(|movie| seen.insert(movie.clone())).chain(own).collect();
    if movies.is_empty() && skipped.is_empty() {
        context.note("Nothing proposed");
        return Ok(());
    }
    let (cached, fetched) = fetch(context, &mut store, &movies)?;
    let titles = cached.iter().filter_map(|(id, entry)| Some((*id, entry.title.as_ref()?)));
    let titles: HashMap<ImdbId, &Title> = titles.collect();
    let unknown: HashMap<ImdbId, Option<ImdbId>> = fetched.iter().filter_map(Fetched::unknown).collect();
    // A wrong id is best noticed now, by the person who typed it.
    let unknown_movies = movies.iter().filter_map(|movie| unknown.get_key_value(&movie.imdb_id()?));
    let failures = unknown_movies.map(|(id, other)| naming::unknown_id(*id, *other, "propose")).collect();
    skipped.extend(check_unless_skipped(args, failures)?);
    movies.retain(|movie| !movie.imdb_id().is_some_and(|id| unknown.contains_key(&id)));
    let at = context.env.clock.now();
    let is_created = is_first && (is_list || !movies.is_empty());
    if is_created && !is_list {
        // Created only now, when there is something to propose.
        store = context.open_or_create()?;
    }
    let if_watched = match is_list {
        _ if args.again => IfWatched::Propose,
        true => IfWatched::Skip,
        false => IfWatched::Refuse,
    };
    let outcomes = match movies.is_empty() {
        true => Vec::new(),
        false => store.propose(&voter, at, &movies, if_watched, note.as_deref(), &fetched)?,
    };
    drop(store);
    let of = |(movie, (number, outcome))| ProposedMovie::of(movie, number, outcome, &titles);
    let proposed: Vec<_> = movies.iter().zip(outcomes).map(of).collect();
    if if_watched == IfWatched::Refuse {
        refuse_watched(&proposed)?;
    }
    report(context, &voter, &proposed, &skipped, note.is_some())?;
    let ids = proposed.iter().filter(|movie| movie.movie.number.is_some()).filter_map(|movie| movie.proposal.imdb_id());
    let missing: Vec<String> = ids.filter(|id| !titles.contains_key(id)).map(|id| id.to_string()).collect();
    if !missing.is_empty() {
        note_missing(context, missing, &fetched)?;
    }
    note_twins(context, &voter, &proposed, &board);
    let created = context.board_location()?;
    // A script that uses the default location needs no note about it.
    let is_noted = is_created && (created.is_named() || context.env.stderr.is_terminal);
    if is_noted && let Some((note, similar)) = new_board::note(&created.location, created.origin) {
        match similar {
            Some(similar) => context.note_as("similar_board", similar, &note),
            None => context.note(&note),
        }
    }
    // For movies that were only watched before, nothing is stored, not even the person.
    if proposed.iter().any(|movie| !matches!(movie.outcome, Proposed::Watched(_))) {
        context.note_newcomer(&voter, &voter, &board);
    }
    refresh_missing(context, &cached)
}

/// Starts a background refresh if data, plot, people or posters are missing, so that the first evening has pictures.
fn refresh_missing(context: &Context<'_>, cached: &[(ImdbId, CacheEntry)]) -> Result<()> {
    let now = context.env.clock.now();
    let mut titles = background::due(cached.iter().map(|(id, entry)| (*id, entry)), now);
    if titles.is_empty() {
        let posters = context.posters(context.poster_choice(None)?);
        let lacks_poster = |(id, entry): &&(ImdbId, CacheEntry)| {
            posters.as_ref().is_some_and(|posters| {
                posters.address_of(entry).is_some_and(|address| posters.is_missing(*id, &address, now))
            })
        };
        titles = cached.iter().filter(lacks_poster).map(|(id, _)| *id).take(background::MAX_TITLES).collect();
    }
    // If no source can be reached, the hosts of posters probably cannot either.
    if !titles.is_empty() && context.can_refresh_later()? {
        context.refresh_later(&titles);
    }
    Ok(())
}

/// Sanitizes a person's own words. Refuses empty or overlong ones, and truncates nothing.
fn own_words(text: &str, option: &str, max_chars: usize) -> Result<String> {
    let words = sanitize(text, max_chars);
    let error = match text.trim().chars().count() > max_chars {
        true => format!("{option} takes at most {max_chars} characters"),
        false if words.is_empty() => format!("{option} cannot be empty"),
        false => return Ok(words),
    };
    Err(UserError::new(error).into())
}

/// Fails for movies that were watched already, because seeing one twice is a decision.
fn refuse_watched(proposed: &[ProposedMovie]) -> Result<()> {
    let failure = |movie: &ProposedMovie| {
        let Proposed::Watched(on) = movie.outcome else { return None };
        let error = format!("{} was watched on {on}, so nothing was proposed", movie.movie.name);
        let hint = format!("{} puts it on the board again", again(movie));
        Some(UserError::new(error).code(Code::Watched).hint(hint))
    };
    UserErrors::check(proposed.iter().filter_map(failure).collect())
}

/// Returns the command that proposes a movie although it was watched.
fn again(watched: &ProposedMovie) -> String {
    format!("movienight {}", remedy(&Remedy::Propose { movie: watched.proposal.clone(), again: true }))
}

/// Returns the failures with `--skip-unknown`, and fails with them otherwise.
fn check_unless_skipped(args: &Propose, failures: Vec<UserError>) -> Result<Vec<UserError>> {
    if !args.skip_unknown {
        naming::check(failures, naming::is_list(&args.movies))?;
        return Ok(Vec::new());
    }
    Ok(failures)
}

/// Cache entries with their ids.
type Cached = Vec<(ImdbId, CacheEntry)>;

/// Fetches missing data of proposals. Returns all their cache entries, and what was fetched.
pub fn fetch(context: &mut Context<'_>, store: &mut Store, movies: &[NewProposal]) -> Result<(Cached, Vec<Fetched>)> {
    let ids: Vec<ImdbId> = movies.iter().filter_map(NewProposal::imdb_id).collect();
    let entries = store.cached(&ids)?;
    let mut cached: Cached = ids.into_iter().zip(entries).collect();
    let fetched = context.lookup(None, cached.iter_mut().map(|(id, entry)| (*id, entry)), &Policy::PROPOSE)?.fetched;
    Ok((cached, fetched))
}

fn report(
    context: &mut Context<'_>,
    voter: &VoterName,
    proposed: &[ProposedMovie],
    skipped: &[UserError],
    has_note: bool,
) -> Result<()> {
    let who = context.named(voter);
    let sentences = match proposed.len() {
        0..=MAX_LISTED => proposed.iter().map(|movie| sentence(movie, who, has_note)).collect(),
        _ => totals(proposed),
    };
    context.answer(&json!({ "proposed": proposed, "skipped": skipped }), &sentences)?;
    if !context.options.json {
        skipped.iter().for_each(|failure| context.warn(failure));
    }
    Ok(())
}

fn note_missing(context: &mut Context<'_>, missing: Vec<String>, fetched: &[Fetched]) -> Result<()> {
    let is_offline = context.is_offline()?;
    let why = fetched.iter().find_map(|fetched| match &fetched.outcome {
        FetchOutcome::Failed(why) => Some(why.as_str()),
        FetchOutcome::NotAsked => Some("there was not enough time"),
        _ => None,
    });
    let why = if is_offline { "offline" } else { why.unwrap_or("no source can be reached") };
    let movies = count(missing.len(), "movie", "movies");
    let sooner = match is_offline || context.catalog().is_some() {
        true => String::new(),
        false => format!(", or at once with {}", offer()),
    };
    let text = format!("No data yet for {movies} ({why}); it will be fetched later{sooner}");
    context.note_as("missing_data", missing, &text);
    Ok(())
}

/// Prints a note on each new movie whose title and year are on the board already, if one of the two has no IMDb id.
fn note_twins(context: &mut Context<'_>, voter: &VoterName, proposed: &[ProposedMovie], board: &Board) {
    for movie in proposed.iter().filter(|movie| movie.outcome == Proposed::New) {
        let ShortMovie { imdb_id, title: Some(title), year, name, .. } = &movie.movie else { continue };
        let is_twin = |other: &&Proposal| {
            let is_same_year = year.is_none() || other.year().is_none() || *year == other.year();
            is_same_year
                && (imdb_id.is_none() || other.imdb_id.is_none())
                && other.known_title().is_some_and(|known| fold(known) == fold(title))
        };
        if let Some(twin) = board.proposals.iter().find(is_twin) {
            let number = movie.movie.number.unwrap_or_default();
            let withdraw = context.command_as(&format!("withdraw {number}"), voter.as_str());
            context.note(&format!(
                "{name} may be the same movie as {}, number {}; {withdraw} takes it off",
                twin.name(),
                twin.number
            ));
        }
    }
}

#[derive(Serialize)]
struct ProposedMovie {
    #[serde(flatten)]
    movie: ShortMovie,
    rating: Option<Rating>,
    outcome: Proposed,
    #[serde(skip)]
    proposal: NewProposal,
}

impl ProposedMovie {
    fn of(
        movie: &NewProposal,
        number: Option<ProposalNumber>,
        outcome: Proposed,
        titles: &HashMap<ImdbId, &Title>,
    ) -> Self {
        let known = movie.imdb_id().and_then(|id| titles.get(&id));
        let (title, year) = match movie {
            NewProposal::Titled(own) => (Some(own.title.as_str()), own.year),
            NewProposal::Imdb(_) => (known.map(|title| title.title.as_str()), known.and_then(|title| title.year)),
        };
        let short = ShortMovie::new(number, movie.imdb_id(), title, year);
        Self { rating: known.and_then(|title| title.rating), movie: short, outcome, proposal: movie.clone() }
    }
}

fn sentence(proposed: &ProposedMovie, who: Option<&str>, has_note: bool) -> String {
    let name = &proposed.movie.name;
    let rated = proposed.rating.map(|rating| format!(", rated {rating}")).unwrap_or_default();
    let number = proposed.movie.number.unwrap_or_default();
    let begin = |verb: &str, alone: &str| who.map_or_else(|| alone.to_owned(), |who| format!("{who} {verb}"));
    let (proposes, returns) = (begin("proposed", "Proposed"), begin("brought back", "Brought back"));
    let whose = who.map_or_else(|| "your".to_owned(), |who| format!("{who}'s"));
    let text = match proposed.outcome {
        Proposed::New => format!("{proposes} {name}{rated}, as number {number}"),
        Proposed::Returned(Returned { was_no, is_limited }) => {
            let limited = if is_limited { ", but for a no or a favourite that would be one too many" } else { "" };
            let no = if was_no { format!("; {whose} no is now a vote") } else { String::new() };
            format!("{returns} {name}{rated}, with the votes it had{limited}{no}")
        }
        Proposed::Voted(true) => format!("{name}: {whose} no is now a vote"),
        Proposed::Voted(false) => format!("{name} is on the board already; added {whose} vote"),
        Proposed::AlreadyVoted => format!("{name} is on the board already, with {whose} vote"),
        Proposed::Watched(_) => {
            format!("{name} was watched before: {} puts it on the board again", again(proposed))
        }
    };
    // A note on a new movie needs no confirmation, and one on a watched movie is not stored.
    let is_confirmed = has_note && !matches!(proposed.outcome, Proposed::New | Proposed::Watched(_));
    if is_confirmed { format!("{text}; saved {whose} note") } else { text }
}

fn totals(proposed: &[ProposedMovie]) -> Vec<String> {
    let what = |movie: &ProposedMovie| match movie.outcome {
        Proposed::New => (0, "Proposed"),
        Proposed::Returned(_) => (1, "Brought back"),
        Proposed::Voted(_) => (2, "Already on the board, your vote added:"),
        Proposed::AlreadyVoted => (3, "Already on the board, with your vote:"),
        Proposed::Watched(_) => (4, "Watched before, not proposed:"),
    };
    let mut totals = BTreeMap::new();
    proposed.iter().for_each(|movie| *totals.entry(what(movie)).or_insert(0) += 1);
    totals.iter().map(|((_, what), n)| format!("{what} {}", count(*n, "movie", "movies"))).collect()
}
