//! `movienight show`: shows everything known about movies.

use std::rc::Rc;

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cache::lookup::{Entry, Policy};
use crate::context::Context;
use crate::model::{Board, CacheEntry, Evening, FetchOutcome, Fetched, ImdbId, Proposal, ProposalNumber, from_word};
use crate::naming::{self, FoundMovie, Scope};
use crate::posters::jpeg::Jpeg;
use crate::render::Screen;
use crate::render::card::{CardText, card, preview};
use crate::store::Store;
use crate::ui::picture::beside;
use crate::ui::picture::detect::{Choice, Protocol};
use crate::ui::picture::layout::PictureBox;
use crate::user_error::{Code, UserError, fail};
use crate::view::movie::{MovieView, TitleView, Viewpoint};

/// Show everything known about movies
///
/// A movie that is not on the board is looked up by its id or link; nothing is stored.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight show 1
  movienight show godf
  movienight show 1 2 tt0111161
  movienight show 1 --poster never")]
pub struct Show {
    /// Movies to show
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
    /// How to draw posters: auto, blocks or never
    ///
    /// The default is MOVIENIGHT_POSTER, else poster in config.toml, else auto.
    #[arg(long, value_name = "HOW", hide_possible_values = true, value_parser = poster_choice())]
    pub poster: Option<Choice>,
}

fn poster_choice() -> impl TypedValueParser<Value = Choice> {
    PossibleValuesParser::new(["auto", "blocks", "never"]).map(|text| from_word(&text).unwrap_or_default())
}

struct Shown {
    movie: Proposal,
    /// The rank on the board, from 1. `None` if the movie is not there.
    rank: Option<usize>,
    /// The board with the people who voted for it. `None` if nobody proposed it.
    board: Option<Rc<Board>>,
}

impl Shown {
    fn known(&self) -> Option<(ImdbId, &CacheEntry)> {
        Some((self.movie.imdb_id?, &self.movie.cache))
    }
}

pub fn run(context: &mut Context<'_>, args: &Show) -> Result<()> {
    let choice = context.poster_choice(args.poster)?;
    let mut store = naming::open_if_needed(context, &args.movies)?;
    let mut shown = find(context, store.as_mut(), &args.movies)?;
    let fetched = look_up(context, store.as_mut(), &mut shown)?;
    let can_keep = store.is_some_and(|store| !store.is_read_only());
    let mut unproposed = shown.iter().filter(|shown| shown.board.is_none()).filter_map(Shown::known);
    if let Some((id, _)) = unproposed.find(|(_, entry)| entry.title.is_none()) {
        return unknown(id, &fetched, context.is_offline()?);
    }
    let protocol = context.picture_protocol(choice);
    let posters = context.posters(choice).filter(|_| protocol.is_some());
    for (at, movie) in shown.iter().enumerate() {
        let poster = movie.known().and_then(|(id, entry)| {
            let posters = posters.as_ref()?;
            posters.get(id, &posters.address_of(entry)?)
        });
        if at > 0 && !context.options.json {
            context.print("\n")?;
        }
        show(context, movie, protocol.zip(poster).as_ref())?;
    }
    let kept = shown.iter().filter(|movie| can_keep && movie.board.is_some());
    context.refresh_later(&context.due(kept.filter_map(Shown::known))?);
    Ok(())
}

/// Finds the movies that were named: on the board, in the history, withdrawn or, by an id, any title.
fn find(context: &mut Context<'_>, mut store: Option<&mut Store>, args: &[String]) -> Result<Vec<Shown>> {
    let (board, found) = naming::resolve(context, store.as_deref_mut(), args, Scope::Everything)?;
    let board = Rc::new(board);
    let titles: Vec<ImdbId> =
        found.iter().filter_map(|f| if let FoundMovie::Title(id) = f { Some(*id) } else { None }).collect();
    let cached = store.map(|store| store.cached(&titles)).transpose()?;
    let mut cached = cached.unwrap_or_default().into_iter();
    let proposed = |board: &Rc<Board>, at: usize, rank| Shown {
        movie: board.proposals[at].clone(),
        rank,
        board: Some(Rc::clone(board)),
    };
    let shown = found.iter().map(|found| match found {
        // The board is ranked, so the index gives the rank.
        FoundMovie::OnBoard(at) => proposed(&board, *at, Some(at + 1)),
        FoundMovie::OffBoard(board, at) => proposed(board, *at, None),
        FoundMovie::Title(id) => {
            let cache = cached.next().unwrap_or_default();
            let movie = Proposal { imdb_id: Some(*id), cache, ..Proposal::new(ProposalNumber(0), context.now) };
            Shown { movie, rank: None, board: None }
        }
    });
    Ok(shown.collect())
}

/// Looks up the missing data of these movies. Returns the outcomes for titles that nobody proposed.
fn look_up(context: &mut Context<'_>, store: Option<&mut Store>, shown: &mut [Shown]) -> Result<Vec<Fetched>> {
    let (mut movies, mut titles): (Vec<Entry<'_>>, Vec<Entry<'_>>) = (Vec::new(), Vec::new());
    for Shown { movie, board, .. } in shown {
        let entries = if board.is_some() { &mut movies } else { &mut titles };
        entries.extend(movie.imdb_id.map(|id| (id, &mut movie.cache)));
    }
    context.lookup(store, movies.into_iter(), &Policy::SHOW)?;
    Ok(context.lookup(None, titles.into_iter(), &Policy::PREVIEW)?.fetched)
}

/// Fails for a title without data, and says why there is none.
fn unknown(id: ImdbId, fetched: &[Fetched], is_offline: bool) -> Result<()> {
    match fetched.iter().find(|fetched| fetched.id == id).map(|fetched| &fetched.outcome) {
        Some(FetchOutcome::Unknown(other)) => Err(naming::unknown_id(id, *other, "show").into()),
        Some(FetchOutcome::Failed(why)) => {
            Err(UserError::new(format!("there is no data for {id}: {why}")).code(Code::Network).into())
        }
        _ if is_offline => fail(
            format!("there is no data for {id}, and no source is asked offline"),
            "movienight config shows where offline is set",
        ),
        _ => fail(
            format!("there is no data for {id}, and no source answered"),
            "movienight doctor shows which sources answer",
        ),
    }
}

/// Shows a movie as a card.
fn show(context: &mut Context<'_>, shown: &Shown, poster: Option<&(Protocol, Jpeg)>) -> Result<()> {
    let now = context.now;
    let Shown { movie, rank, board } = shown;
    match board {
        Some(board) => {
            let evening = Evening::open_end(now);
            let from = Viewpoint { now, me: context.viewer(board)?, evening: &evening };
            let view = MovieView::of(movie, *rank, board, from);
            context.show(&view, |screen| drawn(poster, screen, &|screen| card(&view, now, screen)))
        }
        None => {
            let view = TitleView::of_entry(movie.imdb_id, &movie.cache, now);
            context.show(&view, |screen| drawn(poster, screen, &|screen| preview(&view, now, screen)))
        }
    }
}

/// Returns a card beside its poster, or alone if the poster is absent or damaged, or there is no room for both.
fn drawn(poster: Option<&(Protocol, Jpeg)>, screen: Screen<'_>, card: &dyn Fn(Screen<'_>) -> CardText) -> String {
    let beside_poster = poster.and_then(|(protocol, poster)| {
        let width = screen.width?;
        let place = PictureBox::find((width, screen.height), (poster.width(), poster.height()))?;
        let CardText { text, below } = card(Screen { width: Some(place.text_width(width)), ..screen });
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        Some(beside(poster, *protocol, place, &lines)? + &below)
    });
    beside_poster.unwrap_or_else(|| {
        let CardText { text, below } = card(screen);
        text + &below
    })
}
