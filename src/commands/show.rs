//! `movienight show`: everything known about movies.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use time::UtcDateTime;

use super::Status;
use crate::cache::catalog;
use crate::context::picture::{Canvas, Text};
use crate::context::{Context, ranked_board};
use crate::failure::Failure;
use crate::model::{
    Board, CacheEntry, Evening, FetchOutcome, Fetched, ImdbId, MovieRef, Proposal, ProposalStatus, Title,
};
use crate::naming;
use crate::posters::jpeg::Jpeg;
use crate::render::Screen;
use crate::render::card::{self, CardText};
use crate::store::Store;
use crate::ui::picture::detect::Choice;
use crate::view::movie::{MovieView, TitleView, Viewpoint};
use crate::view::to_json;

/// Show everything known about movies.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight show 1
  movienight show godf
  movienight show 1 2 tt0111161
  movienight show 1 --poster never")]
pub struct Show {
    /// The movies
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
    /// How to show posters: auto, blocks or never [default: MOVIENIGHT_POSTER, else auto]
    #[arg(long, value_name = "HOW", hide_possible_values = true, value_parser = poster_choice())]
    pub poster: Option<Choice>,
}

fn poster_choice() -> impl TypedValueParser<Value = Choice> {
    PossibleValuesParser::new(["auto", "blocks", "never"]).map(|text| Choice::parse(&text).unwrap_or_default())
}

/// A movie to show: one of the boards', or one that nobody proposed.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Shown {
    Proposed { board: usize, place: usize },
    Title(ImdbId),
}

pub fn run(context: &mut Context<'_>, args: &Show) -> Result<Status> {
    let choice = context.poster_choice(args.poster)?;
    let mut store = context.open_for_reading()?;
    let board = store.as_mut().map(ranked_board).transpose()?.unwrap_or_default();
    let (shown, others) = match store.as_mut() {
        Some(store) => find(context, store, &board, &args.movies)?,
        None => (titles(context, &args.movies)?, Vec::new()),
    };
    let mut boards = vec![board];
    boards.extend(others);
    let fetched = fetch(context, store.as_mut(), &mut boards, &shown)?;
    let drawing = Drawing::find(context, choice, &fetched);
    let mut cards = Vec::new();
    for (at, movie) in shown.iter().enumerate() {
        cards.push(match movie {
            Shown::Proposed { board, place } => card(context, &boards[*board], *place, drawing.of(at))?,
            Shown::Title(id) => preview(context, *id, fetched[at].1.as_ref(), drawing.of(at))?,
        });
    }
    let separator = if context.options.json { "" } else { "\n" };
    context.print(&cards.join(separator))?;
    Ok(Status::Done)
}

/// On the board, in the history, withdrawn, or, by an id, any title at all. Boards other than the first one are numbered
/// from 1, in the order in which they are returned.
fn find(
    context: &mut Context<'_>,
    store: &mut Store,
    board: &Board,
    args: &[String],
) -> Result<(Vec<Shown>, Vec<Board>)> {
    let mut others = Vec::new();
    let on_board = |place| Some(Shown::Proposed { board: 0, place });
    let shown = naming::resolve(context, store, board, args, on_board, |store, off_board, movie| {
        let statuses = [ProposalStatus::Watched, ProposalStatus::Withdrawn];
        Ok(match (off_board.find(store, movie, &statuses)?, movie) {
            (Some((board, place)), _) => {
                others.push(Rc::unwrap_or_clone(board));
                Some(Shown::Proposed { board: others.len(), place })
            }
            (None, MovieRef::Id(id)) => Some(Shown::Title(*id)),
            (None, _) => None,
        })
    })?;
    Ok((shown, others))
}

/// Without a database only ids can be looked up.
fn titles(context: &mut Context<'_>, args: &[String]) -> Result<Vec<Shown>> {
    let board = Board::default();
    let resolver = crate::model::resolve::Resolver::new(&board.proposals);
    let named = naming::read(context, args, &resolver)?;
    let title = |named: &naming::Named| match named.movie {
        MovieRef::Id(id) => Ok(Shown::Title(id)),
        _ => Err(Failure::new("the board is empty").hint("movienight propose puts a movie on it").into()),
    };
    named.iter().map(title).collect()
}

/// The id of a movie, and what is known of it.
type Known = (Option<ImdbId>, Option<CacheEntry>);

/// Fetches what is missing of these movies, and returns what is known of all. What was fetched of movies of the board is
/// kept.
fn fetch(
    context: &mut Context<'_>,
    mut store: Option<&mut Store>,
    boards: &mut [Board],
    shown: &[Shown],
) -> Result<Vec<Known>> {
    let mut entries = known(store.as_deref_mut(), boards, shown)?;
    let is_missing = |(_, entry): &&Known| entry.as_ref().is_some_and(|entry| entry.title.is_none());
    // A movie may be shown twice: watched, and on the board again.
    let missing: BTreeSet<ImdbId> = entries.iter().filter(is_missing).filter_map(|(id, _)| *id).collect();
    let on_boards = shown.iter().zip(&entries).filter(|(movie, _)| !matches!(movie, Shown::Title(_)));
    let proposed: HashSet<ImdbId> = on_boards.filter_map(|(_, (id, _))| *id).collect();
    let fetched = fetch_titles(context, &missing.into_iter().collect::<Vec<_>>(), &proposed)?;
    let now = context.env.clock.now();
    let kept: Vec<Fetched> = fetched.iter().filter(|fetched| proposed.contains(&fetched.id)).cloned().collect();
    if let Some(store) = store.filter(|store| !store.is_read_only()) {
        // What came is worth showing even where it cannot be kept.
        let _ = store.with_lock_timeout(context.env.limits.writer, |store| store.save_fetched(now, &kept));
    }
    for fetched in &fetched {
        let of_it = entries.iter_mut().zip(shown).filter(|((id, _), _)| *id == Some(fetched.id));
        for ((_, entry), movie) in of_it {
            let Some(found) = entry_of(fetched, movie, now)? else { continue };
            if let Shown::Proposed { board, place } = movie {
                boards[*board].proposals[*place].cache = found.clone();
            }
            *entry = Some(found);
        }
    }
    Ok(entries)
}

/// The ids of these movies, and what the database knows of them.
fn known(store: Option<&mut Store>, boards: &[Board], shown: &[Shown]) -> Result<Vec<Known>> {
    let titles = shown.iter().filter_map(|movie| if let Shown::Title(id) = movie { Some(*id) } else { None });
    let titles: Vec<ImdbId> = titles.collect();
    let mut cached = match store {
        Some(store) => store.cached(&titles)?,
        None => vec![CacheEntry::default(); titles.len()],
    }
    .into_iter();
    let known = shown.iter().map(|movie| match movie {
        Shown::Proposed { board, place } => {
            let proposal = &boards[*board].proposals[*place];
            (proposal.imdb_id, Some(proposal.cache.clone()))
        }
        Shown::Title(id) => (Some(*id), cached.next()),
    });
    Ok(known.collect())
}

/// The data that was fetched of a movie; none: nothing came of it, and it is shown without.
///
/// # Errors
/// Nothing came of it, and nothing else is known of the movie.
fn entry_of(fetched: &Fetched, movie: &Shown, now: UtcDateTime) -> Result<Option<CacheEntry>> {
    let id = fetched.id;
    let entry = |title: &Title, source: &str, at| CacheEntry {
        title: Some(title.clone()),
        cached_at: Some(at),
        source: Some(source.to_owned()),
        ..CacheEntry::default()
    };
    match (&fetched.outcome, movie) {
        (FetchOutcome::Found(title, source), _) => Ok(Some(entry(title, source, now))),
        (FetchOutcome::Local { title, source, confirmed_at }, _) => Ok(Some(entry(title, source, *confirmed_at))),
        (FetchOutcome::Unknown, Shown::Title(_)) => {
            Err(Failure::new(format!("{id} is unknown to IMDb")).hint("check the id").into())
        }
        (FetchOutcome::Failed(why), Shown::Title(_)) => {
            Err(Failure::new(format!("there is no data for {id}: {why}")).into())
        }
        _ => Ok(None),
    }
}

/// Fetches titles, with what the catalogue knows. Those on a board are not waited for when it knows them; of others the
/// person wants to know more than the catalogue has.
fn fetch_titles(context: &mut Context<'_>, ids: &[ImdbId], proposed: &HashSet<ImdbId>) -> Result<Vec<Fetched>> {
    let known = context.in_catalog(|opened| catalog::known(opened, ids)).unwrap_or_default();
    let is_enough = |id: &ImdbId| proposed.contains(id) && known.iter().any(|fetched| fetched.id == *id);
    let asked: Vec<ImdbId> = ids.iter().copied().filter(|id| !is_enough(id)).collect();
    let mut fetched = context.fetch(&asked)?;
    context.in_catalog(|opened| catalog::supplement(opened, &mut fetched));
    fetched.retain(|fetched| {
        matches!(fetched.outcome, FetchOutcome::Found(..)) || known.iter().all(|known| known.id != fetched.id)
    });
    let is_found = |known: &Fetched| fetched.iter().any(|fetched| fetched.id == known.id);
    let others: Vec<Fetched> = known.iter().filter(|known| !is_found(known)).cloned().collect();
    fetched.extend(others);
    Ok(fetched)
}

/// The posters of the movies that are shown, and how the terminal shows them.
struct Drawing {
    canvas: Option<Canvas>,
    posters: Vec<Option<Jpeg>>,
}

impl Drawing {
    fn find(context: &Context<'_>, choice: Choice, shown: &[Known]) -> Self {
        let kept = context.posters(choice).filter(|_| context.env.stdout.is_terminal);
        let poster = |(id, entry): &Known| {
            let url = entry.as_ref()?.title.as_ref()?.poster_url.as_deref()?;
            kept.as_ref()?.get((*id)?, url)
        };
        let posters: Vec<Option<Jpeg>> = shown.iter().map(poster).collect();
        let has_any = posters.iter().any(Option::is_some);
        let canvas = if has_any { Canvas::find(context, choice) } else { None };
        Self { canvas, posters }
    }

    /// The poster of a movie.
    fn of(&self, at: usize) -> Option<(Canvas, &Jpeg)> {
        self.canvas.zip(self.posters[at].as_ref())
    }
}

fn card(context: &Context<'_>, board: &Board, place: usize, poster: Option<(Canvas, &Jpeg)>) -> Result<String> {
    let evening = Evening::open_end(context.now);
    let me = context.viewer(board)?;
    let movie: &Proposal = &board.proposals[place];
    // A board is read in its order.
    let rank = (movie.withdrawn_at.is_none() && movie.watched_at.is_none()).then_some(place + 1);
    let from = Viewpoint { now: context.now, me, evening: &evening };
    let view = MovieView::of(movie, rank, board, from);
    let text = |screen: Screen<'_>, is_beside: bool| card::card(&view, context.now, screen, is_beside);
    Ok(if context.options.json { to_json(&view) } else { drawn(context, poster, text) })
}

/// A movie that nobody proposed: a look before proposing it. Nothing is kept.
fn preview(
    context: &Context<'_>,
    id: ImdbId,
    entry: Option<&CacheEntry>,
    poster: Option<(Canvas, &Jpeg)>,
) -> Result<String> {
    let Some(entry) = entry.filter(|entry| entry.title.is_some()) else {
        let failure = Failure::new(format!("{id} is not on the board, and no source can be asked about it"));
        return Err(failure.hint("leave --offline out").into());
    };
    let view = TitleView::of_entry(Some(id), entry, context.now);
    let text = |screen: Screen<'_>, is_beside: bool| card::preview(&view, context.now, screen, is_beside);
    Ok(if context.options.json { to_json(&view) } else { drawn(context, poster, text) })
}

/// The card of a movie, beside its poster where there is one and room for both.
fn drawn(
    context: &Context<'_>,
    poster: Option<(Canvas, &Jpeg)>,
    text: impl Fn(Screen<'_>, bool) -> CardText,
) -> String {
    let beside = |screen: Screen<'_>| {
        let CardText { text, below } = text(screen, true);
        Text { beside: text, below }
    };
    let drawn = poster.and_then(|(canvas, poster)| canvas.beside(poster, context.screen(), beside));
    drawn.unwrap_or_else(|| text(context.screen(), false).whole())
}
