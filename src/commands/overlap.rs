//! `movienight overlap`: what is on the lists of all.

use std::cmp::Reverse;
use std::collections::HashMap;

use anyhow::Result;
use clap::Args;

use super::Status;
use super::import::fetch;
use crate::context::Context;
use crate::context::evening::EveningArgs;
use crate::failure::{Failure, Failures};
use crate::model::change::NewProposal;
use crate::model::evening::EveningFit;
use crate::model::overlap::{PersonList, Shared, shared};
use crate::model::text::shell_word;
use crate::model::{CacheEntry, ImdbId, Proposal, ProposalNumber, Title, VoterName};
use crate::render;
use crate::store::{OpenMode, Store};
use crate::view::format::{ago, and, count};
use crate::view::lists::{OverlapView, SharedMovie};
use crate::view::to_json;

/// Show what is on everybody's list.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Lists come from movienight import. What somebody of these people has seen is
left out. Of three people and more, what all but one want comes next.

Examples:
  movienight overlap
  movienight overlap Ana Ben --max 2h --rating 7
  movienight overlap --propose 5")]
pub struct Overlap {
    /// Whose lists count [default: all]
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Include series
    #[arg(long)]
    pub series: bool,
    /// Put the first N on the board, with votes of who wants them
    #[arg(long, value_name = "N")]
    pub propose: Option<usize>,
    /// Show all, also what does not fit the screen
    #[arg(long)]
    pub all: bool,
    /// The limits of the evening.
    #[command(flatten)]
    pub evening: EveningArgs,
}

pub fn run(context: &mut Context<'_>, args: &Overlap) -> Result<Status> {
    let evening = args.evening.evening(context)?;
    let voter = args.propose.map(|_| context.voter()).transpose()?;
    let open_mode = if voter.is_some() { OpenMode::Write } else { OpenMode::Read };
    let mut store = context.open_existing(open_mode)?;
    let people = people(store.lists()?, &args.names)?;
    let shared = shared(&people);
    let known = known(context, &mut store, &shared)?;
    let name = |at: &usize| people[*at].name.clone();
    let nothing = Title::default();
    let mut misfits = 0;
    let mut movies: Vec<SharedMovie> = Vec::new();
    for Shared { wish, wanted_by } in shared {
        let title = wish.id.and_then(|id| known.get(&id));
        let is_series = |title: &Title| matches!(title.kind.as_deref(), Some("tvSeries" | "tvMiniSeries"));
        if !args.series && title.is_some_and(is_series) {
            continue;
        }
        let entry = CacheEntry { title: title.cloned(), ..CacheEntry::default() };
        let fit = evening.fit(&Proposal { cache: entry, ..Proposal::new(ProposalNumber(0), context.now) });
        if matches!(fit, EveningFit::Misfit(_)) {
            misfits += 1;
            continue;
        }
        let title = title.unwrap_or(&nothing);
        movies.push(SharedMovie {
            imdb_id: wish.id,
            title: Some(title.title.clone()).filter(|title| !title.is_empty()).or(wish.title),
            year: title.year.or(wish.year),
            not_wanted_by: (0..people.len()).filter(|at| !wanted_by.contains(at)).map(|at| name(&at)).collect(),
            wanted_by: wanted_by.iter().map(name).collect(),
            seen_by: Vec::new(),
            known: title.clone(),
            may_fit: fit != EveningFit::Fits,
        });
    }
    movies.sort_by_cached_key(|movie| {
        let known = &movie.known;
        let best = (movie.wanted_by.len(), known.rating, known.rating_count);
        (movie.may_fit, Reverse(best), movie.title.clone(), movie.imdb_id)
    });
    let mut view = OverlapView {
        people: people.iter().map(|person| person.name.clone()).collect(),
        movies,
        proposed: None,
        misfits,
    };
    if let (Some(voter), Some(most)) = (&voter, args.propose) {
        view.movies.retain(|movie| movie.imdb_id.is_some());
        view.movies.truncate(most);
        view.proposed = Some(propose(context, &mut store, voter, &view.movies)?);
    }
    let text = text(context, args, &people, &view);
    context.print(&text)?;
    Ok(if view.movies.is_empty() { Status::Negative } else { Status::Done })
}

/// The people whose lists count.
fn people(mut lists: Vec<PersonList>, names: &[String]) -> Result<Vec<PersonList>> {
    if names.is_empty() {
        lists.retain(|person| !person.wishes.is_empty());
        let failure = Failure::new("nobody has a list").hint("movienight import FILE reads one");
        return if lists.is_empty() { Err(failure.into()) } else { Ok(lists) };
    }
    let (mut people, mut failures): (Vec<PersonList>, Vec<Failure>) = (Vec::new(), Vec::new());
    for name in names {
        let name = VoterName::parse(name).map_err(Failure::new)?;
        match lists.iter().find(|person| person.key == name.key() && !person.wishes.is_empty()) {
            Some(_) if people.iter().any(|person| person.key == name.key()) => {}
            Some(person) => people.push(person.clone()),
            None => {
                let hint = format!("movienight import FILE --as {} reads one", shell_word(name.as_str()));
                failures.push(Failure::new(format!("{name} has no list")).hint(hint));
            }
        }
    }
    Failures::check(failures)?;
    Ok(people)
}

/// What the database and the catalogue know of these movies. No source is asked.
fn known(context: &mut Context<'_>, store: &mut Store, shared: &[Shared]) -> Result<HashMap<ImdbId, Title>> {
    let ids: Vec<ImdbId> = shared.iter().filter_map(|shared| shared.wish.id).collect();
    let cached = store.cached(&ids)?.into_iter().map(|entry| entry.title);
    let mut known: HashMap<ImdbId, Title> =
        ids.iter().copied().zip(cached).filter_map(|(id, t)| Some((id, t?))).collect();
    let missing: Vec<ImdbId> = ids.into_iter().filter(|id| !known.contains_key(id)).collect();
    let titles = context.in_catalog(|catalog| catalog.titles(&missing)).unwrap_or_default();
    known.extend(missing.into_iter().zip(titles).filter_map(|(id, title)| Some((id, title?.title))));
    Ok(known)
}

/// Puts movies on the board, each with the votes of those who want it, as one change. Returns how many are new on it, or
/// have new votes.
fn propose(context: &mut Context<'_>, store: &mut Store, by: &VoterName, movies: &[SharedMovie]) -> Result<usize> {
    let named = |names: &[String]| names.iter().filter_map(|name| VoterName::parse(name).ok()).collect();
    let proposals =
        movies.iter().filter_map(|movie| Some((NewProposal::Imdb(movie.imdb_id?), named(&movie.wanted_by))));
    let proposals: Vec<(NewProposal, Vec<VoterName>)> = proposals.collect();
    let fetched = fetch(context, store, proposals.iter().map(|(movie, _)| movie))?;
    Ok(store.propose_for(by, context.now, &proposals, &fetched)?)
}

fn text(context: &Context<'_>, args: &Overlap, people: &[PersonList], view: &OverlapView) -> String {
    if context.options.json {
        return to_json(view);
    }
    let screen = context.screen();
    let screen = render::Screen { height: screen.height.filter(|_| !args.all), ..screen };
    let list = |person: &PersonList| {
        let age = person.changed_at().map(|at| ago(at, context.now)).unwrap_or_default();
        format!("{} ({}, {age})", person.name, count(person.wishes.len(), "movie", "movies"))
    };
    let lists: Vec<String> = people.iter().map(list).collect();
    let lists = and(&lists.iter().map(String::as_str).collect::<Vec<_>>());
    let mut lines = vec![format!("Lists of {lists}")];
    if view.movies.is_empty() {
        lines.push("Nothing is on all of these lists".to_owned());
    }
    if view.misfits > 0 {
        lines.push(format!("{} left out: outside the limits", count(view.misfits, "movie", "movies")));
    }
    match view.proposed {
        None => {}
        Some(0) => lines.push("Nothing changed: they are on the board, with these votes".to_owned()),
        Some(proposed) => {
            let movies = count(proposed, "movie", "movies");
            lines.push(format!("Proposed {movies}, each with the votes of those who want it"));
        }
    }
    let table = if view.movies.is_empty() { String::new() } else { render::lists::overlap(view, screen) };
    if context.options.quiet { table } else { table + &render::changes::sentences(&lines, screen) }
}
