//! `movienight open`: opens the page of a movie in the browser.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use crate::context::Context;
use crate::model::{ImdbId, Proposal};
use crate::naming::{self, FoundMovie, Scope};
use crate::ui::browser;
use crate::user_error::{UserError, fail};

/// Open a movie's page in the browser
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight open godf")]
pub struct Open {
    /// Movie to open
    #[arg(value_name = "MOVIE", required = true)]
    pub movie: Vec<String>,
}

pub fn run(context: &mut Context<'_>, args: &Open) -> Result<()> {
    let mut store = naming::open_if_needed(context, &args.movie)?;
    let (board, found) = naming::resolve(context, store.as_mut(), &args.movie, Scope::Everything)?;
    drop(store);
    let [found] = &found[..] else {
        return fail("open takes one movie", "name it by its number, id or title");
    };
    let (name, id) = match (found, found.proposal(&board)) {
        (FoundMovie::Title(id), _) => (id.to_string(), Some(*id)),
        (_, movie) => (movie.map(Proposal::name).unwrap_or_default(), movie.and_then(|movie| movie.imdb_id)),
    };
    let Some(address) = &id.map(ImdbId::url) else {
        return Err(UserError::new(format!("{name} has no page at IMDb: it was proposed by its title")).into());
    };
    if context.options.json || !context.env.stdout.is_terminal {
        // A script wants the address, not a browser.
        return context.show(&json!({ "url": address }), |_| format!("{address}\n"));
    }
    in_browser(context, address, address)?;
    context.note(&format!("Opened {address}"));
    Ok(())
}

/// Opens an address in the browser. If that fails, the hint names `page`, an address or a file, to open by hand.
pub fn in_browser(context: &Context<'_>, address: &str, page: &str) -> Result<()> {
    browser::open(context.env, address).or_else(|why| fail(why, format!("open {page} yourself")))
}
