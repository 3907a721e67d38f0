//! `movienight show`: everything known about movies.

use std::collections::HashSet;

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::Status;
use crate::cache::catalog;
use crate::failure::Failure;
use crate::model::{
    Board, CacheEntry, Evening, FetchOutcome, Fetched, ImdbId, MovieRef, Proposal, ProposalStatus, order,
};
use crate::render::card;
use crate::session::{Session, naming, ranked_board};
use crate::store::Store;
use crate::view::movie::{MovieView, TitleView, Viewpoint};
use crate::view::to_json;

/// Show everything known about movies.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight show 1
  movienight show godf
  movienight show 1 2 tt0111161")]
pub struct Show {
    /// The movies
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
}

/// A movie to show: one of the boards', or one that nobody proposed.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Shown {
    Proposed { board: usize, place: usize },
    Title(ImdbId),
}

pub fn run(session: &mut Session<'_>, args: &Show) -> Result<Status> {
    let mut store = session.look()?;
    let board = store.as_mut().map(ranked_board).transpose()?.unwrap_or_default();
    let (shown, others) = match store.as_mut() {
        Some(store) => find(session, store, &board, &args.movies)?,
        None => (titles(session, &args.movies)?, Vec::new()),
    };
    let mut boards = vec![board];
    boards.extend(others);
    let fetched = fetch(session, store.as_mut(), &mut boards, &shown)?;
    let mut cards = Vec::new();
    for (shown, title) in shown.iter().zip(&fetched) {
        cards.push(match shown {
            Shown::Proposed { board, place } => card(session, &boards[*board], *place)?,
            Shown::Title(id) => preview(session, *id, title.as_ref())?,
        });
    }
    let separator = if session.options.json { "" } else { "\n" };
    session.print(&cards.join(separator))?;
    Ok(Status::Done)
}

/// On the board, in the history, withdrawn, or, by an id, any title at all. Boards other than the first one are numbered
/// from 1, in the order in which they are returned.
fn find(
    session: &mut Session<'_>,
    store: &mut Store,
    board: &Board,
    args: &[String],
) -> Result<(Vec<Shown>, Vec<Board>)> {
    let mut others = Vec::new();
    let on_board = |place| Some(Shown::Proposed { board: 0, place });
    let shown = naming::resolve(session, store, board, args, on_board, |store, movie| {
        let statuses = [ProposalStatus::Watched, ProposalStatus::Withdrawn];
        Ok(match (naming::off_the_board(store, movie, &statuses)?, movie) {
            (Some((board, place)), _) => {
                others.push(board);
                Some(Shown::Proposed { board: others.len(), place })
            }
            (None, MovieRef::Id(id)) => Some(Shown::Title(*id)),
            (None, _) => None,
        })
    })?;
    Ok((shown, others))
}

/// Without a database only ids can be looked up.
fn titles(session: &mut Session<'_>, args: &[String]) -> Result<Vec<Shown>> {
    let board = Board::default();
    let resolver = crate::model::resolve::Resolver::new(&board.proposals);
    let named = naming::read(session, args, &resolver)?;
    let title = |named: &naming::Named| match named.movie {
        MovieRef::Id(id) => Ok(Shown::Title(id)),
        _ => Err(Failure::new("the board is empty").hint("movienight propose puts a movie on it").into()),
    };
    named.iter().map(title).collect()
}

/// Fetches what is missing of these movies. What was fetched of movies of the board is kept; of others, it is returned.
fn fetch(
    session: &mut Session<'_>,
    mut store: Option<&mut Store>,
    boards: &mut [Board],
    shown: &[Shown],
) -> Result<Vec<Option<CacheEntry>>> {
    let mut entries = vec![None; shown.len()];
    let mut wanted = Vec::new();
    for (at, movie) in shown.iter().enumerate() {
        let (id, entry) = match movie {
            Shown::Proposed { board, place } => {
                let proposal = &boards[*board].proposals[*place];
                (proposal.imdb_id, proposal.cache.clone())
            }
            Shown::Title(id) => {
                let cached = store.as_mut().map(|store| store.cached(&[*id])).transpose()?;
                (Some(*id), cached.and_then(|mut entries| entries.pop()).unwrap_or_default())
            }
        };
        let is_missing = entry.title.is_none();
        entries[at] = Some(entry);
        if let Some(id) = id.filter(|_| is_missing) {
            wanted.push((at, id));
        }
    }
    let ids: Vec<ImdbId> = wanted.iter().map(|(_, id)| *id).collect();
    let proposed: HashSet<ImdbId> =
        wanted.iter().filter(|(at, _)| !matches!(shown[*at], Shown::Title(_))).map(|(_, id)| *id).collect();
    let fetched = fetch_titles(session, &ids, &proposed)?;
    let now = session.env.clock.now();
    let keep = |f: &&Fetched| shown.iter().all(|s| *s != Shown::Title(f.id));
    let kept: Vec<Fetched> = fetched.iter().filter(keep).cloned().collect();
    if let Some(store) = store.filter(|store| !store.is_read_only()) {
        store.wait_at_most(session.env.limits.writer);
        // What came is worth showing even where it cannot be kept.
        let _ = store.save_fetched(now, &kept);
    }
    for Fetched { id, outcome } in fetched {
        let Some((at, _)) = wanted.iter().find(|(_, wanted)| *wanted == id) else { continue };
        let found = match outcome {
            FetchOutcome::Found(title, source) => FetchOutcome::Local { title, source, confirmed_at: now },
            other => other,
        };
        match (found, &shown[*at]) {
            (FetchOutcome::Local { title, source, confirmed_at }, movie) => {
                let entry = CacheEntry {
                    title: Some(*title),
                    cached_at: Some(confirmed_at),
                    source: Some(source),
                    ..CacheEntry::default()
                };
                if let Shown::Proposed { board, place } = movie {
                    boards[*board].proposals[*place].cache = entry.clone();
                }
                entries[*at] = Some(entry);
            }
            (FetchOutcome::Unknown, Shown::Title(_)) => {
                return Err(Failure::new(format!("{id} is unknown to IMDb")).hint("check the id").into());
            }
            (FetchOutcome::Failed(why), Shown::Title(_)) => {
                return Err(Failure::new(format!("there is no data for {id}: {why}")).into());
            }
            _ => {}
        }
    }
    Ok(entries)
}

/// Fetches titles, with what the catalogue knows. Those on a board are not waited for when it knows them; of others the
/// person wants to know more than the catalogue has.
fn fetch_titles(session: &mut Session<'_>, ids: &[ImdbId], proposed: &HashSet<ImdbId>) -> Result<Vec<Fetched>> {
    let known = session.in_catalog(|opened| catalog::known(opened, ids)).unwrap_or_default();
    let is_enough = |id: &ImdbId| proposed.contains(id) && known.iter().any(|fetched| fetched.id == *id);
    let asked: Vec<ImdbId> = ids.iter().copied().filter(|id| !is_enough(id)).collect();
    let mut fetched = session.fetch(&asked)?;
    session.in_catalog(|opened| catalog::supplement(opened, &mut fetched));
    fetched.retain(|fetched| {
        matches!(fetched.outcome, FetchOutcome::Found(..)) || known.iter().all(|known| known.id != fetched.id)
    });
    let is_found = |known: &Fetched| fetched.iter().any(|fetched| fetched.id == known.id);
    let others: Vec<Fetched> = known.iter().filter(|known| !is_found(known)).cloned().collect();
    fetched.extend(others);
    Ok(fetched)
}

fn card(session: &Session<'_>, board: &Board, place: usize) -> Result<String> {
    let evening = Evening::open_end(session.now);
    let me = session.viewer(board)?;
    let movie: &Proposal = &board.proposals[place];
    let rank = (movie.withdrawn_at.is_none() && movie.watched_at.is_none())
        .then(|| order::rank(&board.proposals, |_| true, |_| true).iter().position(|p| p.index == place))
        .flatten();
    let from = Viewpoint { now: session.now, me, evening: &evening };
    let view = MovieView::of(movie, rank.map(|rank| rank + 1), board, from);
    Ok(shown(session, &view, || card::card(&view, session.now, session.screen())))
}

/// A movie that nobody proposed: a look before proposing it. Nothing is kept.
fn preview(session: &Session<'_>, id: ImdbId, entry: Option<&CacheEntry>) -> Result<String> {
    let Some(entry) = entry.filter(|entry| entry.title.is_some()) else {
        let failure = Failure::new(format!("{id} is not on the board, and no source can be asked about it"));
        return Err(failure.hint("leave --offline out").into());
    };
    let view = TitleView::of_entry(Some(id), entry, session.now);
    Ok(shown(session, &view, || card::preview(&view, session.now, session.screen())))
}

fn shown(session: &Session<'_>, view: &impl Serialize, text: impl FnOnce() -> String) -> String {
    if session.options.json { to_json(view) } else { text() }
}
