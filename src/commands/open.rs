//! `movienight open`: the page of a movie in the browser.

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::context::{Context, ranked_board};
use crate::failure::Failure;
use crate::model::resolve::Resolver;
use crate::model::{Board, ImdbId, MovieRef, Proposal, ProposalStatus};
use crate::naming;
use crate::ui::browser;
use crate::view::outcome::Opened;
use crate::view::to_json;

/// Open the page of a movie in the browser.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight open godf
  movienight open 12 --trailer")]
pub struct Open {
    /// The movie
    #[arg(value_name = "MOVIE", required = true)]
    pub movie: Vec<String>,
    /// Its trailer, where one is known
    #[arg(long)]
    pub trailer: bool,
}

/// The address of the movie's page, or of its trailer.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Page {
    name: String,
    address: Option<String>,
}

pub fn run(context: &mut Context<'_>, args: &Open) -> Result<Status> {
    let pages = match context.open_for_reading()? {
        None => titles(context, args)?,
        Some(mut store) => {
            let board = ranked_board(&mut store)?;
            let page = |movie: &Proposal| Page { name: movie.name(), address: address(movie, args.trailer) };
            let on_board = |place: usize| Some(page(&board.proposals[place]));
            naming::resolve(context, &mut store, &board, &args.movie, on_board, |store, off_board, movie| {
                let statuses = [ProposalStatus::Watched, ProposalStatus::Withdrawn];
                let found = off_board.find(store, movie, &statuses)?;
                Ok(found.map(|(board, place)| page(&board.proposals[place])).or_else(|| elsewhere(movie, args.trailer)))
            })?
        }
    };
    let [page] = &pages[..] else {
        return Err(Failure::new("open takes one movie").hint("name it by its number, id or title").into());
    };
    let Some(address) = &page.address else {
        let what = if args.trailer { "trailer" } else { "page" };
        return Err(Failure::new(format!("no {what} of {} is known", page.name)).into());
    };
    if context.options.json {
        context.print(&to_json(&Opened { url: address }))?;
        return Ok(Status::Done);
    }
    if !context.env.stdout.is_terminal {
        // Whoever reads this is a script.
        context.print(&format!("{address}\n"))?;
        return Ok(Status::Done);
    }
    browser::open(context.env, address).map_err(|why| {
        Failure::new(format!("no browser could be started: {why}")).hint(format!("the page is {address}"))
    })?;
    context.note(&format!("opened {address}"));
    Ok(Status::Done)
}

/// Without a database only ids can be opened.
fn titles(context: &mut Context<'_>, args: &Open) -> Result<Vec<Page>> {
    let nothing = Board::default();
    let named = naming::read(context, &args.movie, &Resolver::new(&nothing.proposals))?;
    Ok(named.iter().filter_map(|named| elsewhere(&named.movie, args.trailer)).collect())
}

fn address(movie: &Proposal, trailer: bool) -> Option<String> {
    match trailer {
        true => movie.cache.title.as_ref()?.trailer_url.clone(),
        false => movie.imdb_id.map(ImdbId::url),
    }
}

/// A title that nobody proposed has a page all the same.
fn elsewhere(movie: &MovieRef, trailer: bool) -> Option<Page> {
    match movie {
        MovieRef::Id(id) => {
            let address = (!trailer).then(|| id.url());
            Some(Page { name: id.to_string(), address })
        }
        _ => None,
    }
}
