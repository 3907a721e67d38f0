//! `movienight overlap`: shows what is on everybody's list.

use std::cmp::Reverse;
use std::collections::HashMap;

use anyhow::Result;
use clap::Args;

use super::propose::fetch;
use crate::context::evening::reads;
use crate::context::{Context, EveningArgs, offer, parse_names};
use crate::model::change::NewProposal;
use crate::model::evening::EveningFit;
use crate::model::overlap::{PersonList, Shared, shared};
use crate::model::text::shell_word;
use crate::model::{CacheEntry, ImdbId, Proposal, ProposalNumber, Title, VoterName};
use crate::naming::search::GroupHistory;
use crate::render;
use crate::store::{OpenMode, Store};
use crate::user_error::{QuietEnd, UserError, UserErrors, fail};
use crate::view::format::{ago, and, count};
use crate::view::lists::{OverlapView, SharedMovie};

/// Show what is on everybody's list
#[derive(Args, Debug)]
#[command(after_long_help = "\
Lists come from movienight import. Movies that any of these people has seen are \
left out. With three or more people, movies that all but one of them want come next.

Examples:
  movienight overlap
  movienight overlap Ana Ben --max 2h --rating 7
  movienight overlap --propose 5")]
pub struct Overlap {
    /// People whose lists to compare [default: all]
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Include series
    #[arg(long)]
    pub series: bool,
    /// Propose the first N, with the votes of those who want them
    #[arg(long, value_name = "N", value_parser = reads(|text| text.parse::<usize>().ok().filter(|movies| *movies > 0), "a number of movies: give 1 or more"))]
    pub propose: Option<usize>,
    /// Show everything, even if it does not fit the screen
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub evening: EveningArgs,
}

pub fn run(context: &mut Context<'_>, args: &Overlap) -> Result<()> {
    let evening = args.evening.evening(context)?;
    let voter = args.propose.map(|_| context.voter()).transpose()?;
    let open_mode = if voter.is_some() { OpenMode::Write } else { OpenMode::Read };
    let mut store = context.open_existing(open_mode)?;
    let lists = store.lists()?;
    let people = people(&lists, &args.names)?;
    let shared = shared(&people, &lists);
    let mut titles = known_titles(context, &mut store, &shared)?;
    let mut view = OverlapView {
        people: people.iter().map(|person| person.name.clone()).collect(),
        movies: Vec::new(),
        proposed: None,
    };
    let (mut series, mut misfits, mut without_id, mut watched) = (0, 0, 0, 0);
    for Shared { wish, wanted_by } in shared {
        let title = wish.id.and_then(|id| titles.remove(&id));
        let kind = title.as_ref().and_then(|title| title.kind.as_deref());
        if !args.series && matches!(kind, Some("tvSeries" | "tvMiniSeries")) {
            series += 1;
            continue;
        }
        let cache = CacheEntry { title, ..CacheEntry::default() };
        // `fit` takes a proposal.
        let proposal = Proposal { cache, ..Proposal::new(ProposalNumber(0), context.now) };
        let fit = evening.fit(&proposal);
        if matches!(fit, EveningFit::Misfit(_)) {
            misfits += 1;
            continue;
        }
        let known = proposal.cache.title.unwrap_or_default();
        let (wanted_by, not_wanted_by) = (0..people.len()).partition::<Vec<_>, _>(|at| wanted_by.contains(at));
        let names = |people: Vec<usize>| people.into_iter().map(|at| view.people[at].clone()).collect();
        view.movies.push(SharedMovie {
            imdb_id: wish.id,
            title: Some(known.title.clone()).filter(|title| !title.is_empty()).or(wish.title),
            year: known.year.or(wish.year),
            wanted_by: names(wanted_by),
            not_wanted_by: names(not_wanted_by),
            seen_by: Vec::new(),
            known,
            may_fit: fit != EveningFit::Fits,
        });
    }
    view.movies.sort_by_cached_key(|movie| {
        let best = (movie.wanted_by.len(), movie.known.rating, movie.known.rating_count);
        (movie.may_fit, Reverse(best), movie.title.clone(), movie.imdb_id)
    });
    if let (Some(voter), Some(most)) = (&voter, args.propose) {
        let group = GroupHistory::read(Some(&mut store))?;
        let is_watched = |id| group.watched_on(&NewProposal::Imdb(id)).is_some();
        let all = view.movies.len();
        view.movies.retain(|movie| movie.imdb_id.is_some());
        without_id = all - view.movies.len();
        view.movies.retain(|movie| movie.imdb_id.is_some_and(|id| !is_watched(id)));
        watched = all - without_id - view.movies.len();
        view.movies.truncate(most);
        view.proposed = Some(propose(context, &mut store, voter, &view.movies)?);
    }
    let movies = |n| count(n, "movie", "movies");
    let left_out = [
        (misfits, format!("{} outside the limits", movies(misfits))),
        (series, format!("{} (--series includes them)", count(series, "series", "series"))),
        (without_id, format!("{} without an IMDb id", movies(without_id))),
        (watched, format!("{} that the group has watched", movies(watched))),
    ];
    let lines = if context.options.quiet { Vec::new() } else { sentences(context, &people, &view, left_out) };
    context.show(&view, |screen| {
        let screen = screen.unless_all(args.all);
        let table = if view.movies.is_empty() { String::new() } else { render::lists::overlap(&view, screen) };
        table + &render::changes::sentences(&lines, screen)
    })?;
    if view.movies.is_empty() { Err(QuietEnd::Negative.into()) } else { Ok(()) }
}

/// Selects the people whose lists to compare: those with these names, or everybody who has a list.
fn people(lists: &[PersonList], names: &[String]) -> Result<Vec<PersonList>> {
    let lists: Vec<&PersonList> = lists.iter().filter(|person| !person.wishes.is_empty()).collect();
    if names.is_empty() {
        return match lists.is_empty() {
            true => fail("nobody has a list", "movienight import FILE imports one"),
            false => Ok(lists.into_iter().cloned().collect()),
        };
    }
    let (mut people, mut failures): (Vec<PersonList>, Vec<UserError>) = (Vec::new(), Vec::new());
    for name in parse_names(names.iter().map(String::as_str))? {
        match lists.iter().find(|person| person.key == name.key()) {
            Some(person) => people.push((*person).clone()),
            None => {
                let hint = format!("movienight import FILE --as {} imports one", shell_word(name.as_str()));
                failures.push(UserError::new(format!("{name} has no list")).hint(hint));
            }
        }
    }
    UserErrors::check(failures)?;
    Ok(people)
}

/// Returns the data of these movies from the database and the catalogue. Asks no source.
fn known_titles(context: &mut Context<'_>, store: &mut Store, shared: &[Shared]) -> Result<HashMap<ImdbId, Title>> {
    let ids: Vec<ImdbId> = shared.iter().filter_map(|shared| shared.wish.id).collect();
    let cached = store.cached(&ids)?.into_iter().map(|entry| entry.title);
    let mut known: HashMap<ImdbId, Title> =
        ids.iter().copied().zip(cached).filter_map(|(id, t)| Some((id, t?))).collect();
    let missing: Vec<ImdbId> = ids.into_iter().filter(|id| !known.contains_key(id)).collect();
    let titles = context.in_catalog(|catalog| catalog.titles(&missing)).unwrap_or_default();
    known.extend(missing.into_iter().zip(titles).filter_map(|(id, title)| Some((id, title?.title))));
    Ok(known)
}

/// Proposes movies as one change, with the votes of those who want them. Returns how many are new or have new votes.
fn propose(context: &mut Context<'_>, store: &mut Store, by: &VoterName, movies: &[SharedMovie]) -> Result<usize> {
    let named = |names: &[String]| names.iter().filter_map(|name| VoterName::parse(name).ok()).collect();
    let proposals: Vec<NewProposal> = movies.iter().filter_map(|movie| movie.imdb_id).map(NewProposal::Imdb).collect();
    let (_, fetched) = fetch(context, store, &proposals)?;
    let voters = movies.iter().map(|movie| named(&movie.wanted_by));
    let proposals: Vec<(NewProposal, Vec<VoterName>)> = proposals.into_iter().zip(voters).collect();
    Ok(store.propose_for(by, context.now, &proposals, &fetched)?)
}

/// Returns sentences about the lists and their age, and about movies that were left out or proposed.
fn sentences(
    context: &mut Context<'_>,
    people: &[PersonList],
    view: &OverlapView,
    left_out: [(usize, String); 4],
) -> Vec<String> {
    let list = |person: &PersonList| {
        let changed_at = person.wishes.iter().map(|wish| wish.listed_at).max();
        let age = changed_at.map(|at| ago(at, context.now)).unwrap_or_default();
        format!("{} ({}, {age})", person.name, count(person.wishes.len(), "movie", "movies"))
    };
    let lists: Vec<String> = people.iter().map(list).collect();
    let mut lines = vec![format!("Lists of {}", and(&lists))];
    lines.extend(left_out.into_iter().filter(|(n, _)| *n > 0).map(|(_, what)| format!("Left out {what}")));
    if view.movies.is_empty() {
        let other = if lines.len() == 1 { "Nothing" } else { "Nothing else" };
        lines.push(format!("{other} is on all of these lists"));
    }
    let unknown = view.movies.iter().filter(|movie| movie.imdb_id.is_some() && movie.known.title.is_empty()).count();
    if unknown > 0 && context.catalog().is_none() {
        let movies = count(unknown, "movie", "movies");
        lines.push(format!("Ratings and running times of {movies} are missing: {} brings them", offer()));
    }
    match view.proposed {
        Some(0) if !view.movies.is_empty() => {
            lines.push("Nothing to propose: these movies and votes are on the board already".to_owned());
        }
        Some(proposed) if proposed > 0 => {
            let movies = count(proposed, "movie", "movies");
            let them = if proposed == 1 { "it" } else { "them" };
            lines.push(format!("Proposed {movies}, with the votes of those who want {them}"));
            // Movies that the same people want have the same votes, so a ballot has to decide.
            let voters: Vec<String> = view.people.iter().map(|name| shell_word(name)).collect();
            let next = format!("Next, vote on a ballot: movienight ballot {}", voters.join(" "));
            lines.push(context.options.commands_as_typed(&next, false));
        }
        _ => {}
    }
    lines
}
