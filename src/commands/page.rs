//! `movienight page`: writes the board as a file to share.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde_json::json;
use url::Url;

use super::open::in_browser;
use crate::cache::PersonBudget;
use crate::cache::lookup::Policy;
use crate::context::{Context, EveningArgs, board, write_output};
use crate::render;
use crate::store::OpenMode;
use crate::user_error::{UserError, fail};
use crate::view::board::BoardView;
use crate::view::format::{count, thousands};
use crate::view::movie::Viewpoint;
use crate::view::page::{Page as PageView, Source};

/// Write the board as a page to share or a list for the chat
///
/// The page is one HTML file with posters, votes and links, for phones and desktops, light and dark.
#[derive(Args, Debug)]
#[command(after_long_help = "\
The file is self-contained and makes no request when it is opened. It contains the \
posters that movienight cache refresh has fetched; a movie without one gets a \
coloured tile.

Examples:
  movienight page --out tonight.html
  movienight page --out tonight.html --start 20:30 --by 23:00 --open
  movienight page --markdown")]
pub struct Page {
    /// File to write or replace [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Open the file in the browser
    #[arg(long, requires = "out")]
    pub open: bool,
    /// Write a list for the chat instead of a page
    #[arg(long)]
    pub markdown: bool,
    /// Write a ballot paper for phones instead of a page
    #[arg(long, conflicts_with = "markdown")]
    pub ballot: bool,
    /// Leave out who voted and who proposed
    #[arg(long)]
    pub hide_names: bool,
    #[command(flatten)]
    pub evening: EveningArgs,
}

pub fn run(context: &mut Context<'_>, args: &Page) -> Result<()> {
    let is_list = args.markdown || context.options.json;
    if args.out.is_none() && context.env.stdout.is_terminal && !is_list {
        let or_list = if args.ballot { "" } else { ", or use --markdown" };
        return fail("not printing HTML to a terminal", format!("write it to a file with --out tonight.html{or_list}"));
    }
    let page = page(context, args)?;
    let text = || match args.markdown {
        true => render::markdown::markdown(&page),
        false if args.ballot => render::ballot_page::html(&page),
        false => render::page::html(&page),
    };
    let path = match &args.out {
        Some(path) if path.as_os_str() != "-" => path,
        _ if args.open => return fail("--open cannot open standard output", "give a file"),
        _ => return context.show(&page, |_| text()),
    };
    let text = text();
    write_output(path, &text)?;
    let movies = count(page.movies.len(), "movie", "movies");
    let size = thousands(text.len().div_ceil(1024) as u64);
    let document = json!({ "path": path, "bytes": text.len(), "movies": page.movies.len() });
    context.answer(&document, &[format!("Wrote {}: {movies}, {size} KiB", path.display())])?;
    if args.open {
        open(context, path)?;
    }
    Ok(())
}

fn page(context: &mut Context<'_>, args: &Page) -> Result<PageView> {
    let mut evening = args.evening.evening(context)?;
    let posters = context.posters(context.poster_choice(None)?);
    let mut store = context.open_existing(OpenMode::Read)?;
    // A page is usually made by cron and read for hours, so new data is worth waiting for.
    context.budget = PersonBudget::new(context.env.limits.page);
    let mut board = board::load(context, &mut store, &Policy::PAGE)?.board;
    let history = store.history()?;
    drop(store);
    let now = context.now;
    args.evening.arrange(&mut board, &mut evening, now);
    let mut view = BoardView::of(&board, Viewpoint { now, me: None, evening: &evening });
    view.shows_ends = args.evening.asks_for_times();
    Ok(PageView::of(&Source {
        view: &view,
        history: &history,
        evening: &evening,
        now,
        zone: &context.env.zone,
        hides_names: args.hide_names,
        poster: &|id, url| {
            let posters = posters.as_ref()?;
            posters.get(id, &posters.address(url)?)
        },
    }))
}

fn open(context: &Context<'_>, path: &Path) -> Result<()> {
    let address = fs::canonicalize(path).ok().and_then(|path| Url::from_file_path(path).ok());
    let address = address.ok_or_else(|| UserError::new(format!("{} has no address to open", path.display())))?;
    in_browser(context, address.as_str(), &path.display().to_string())
}
