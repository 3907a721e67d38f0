//! `movienight catalog`: IMDb's own datasets as a local catalogue.

use std::sync::atomic::AtomicBool;

use anyhow::Result;
use clap::{Args, Subcommand};
use url::Url;

use super::Status;
use crate::catalog::{self, DEFAULT_URL, DOWNLOAD_SIZE, LICENCE, Update};
use crate::failure::Failure;
use crate::model::{ImdbId, ProposalStatus};
use crate::net::{Limits, ProxySettings};
use crate::render;
use crate::session::Session;
use crate::ui::update::UpdateBar;
use crate::view::catalog::{CatalogRemoval, CatalogUpdate, CatalogView};
use crate::view::to_json;

/// The local catalogue of IMDb's titles.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Download IMDb's datasets and make them the local catalogue
    ///
    /// The first time 222 MiB are downloaded, for a catalogue of 20 MiB; later only what has changed.
    /// What is stopped goes on where it ended. For personal and non-commercial use.
    Update(UpdateArgs),
    /// Show how large the catalogue is, and how old
    Status(StatusArgs),
    /// Remove the catalogue, and what was downloaded for it
    Remove(RemoveArgs),
}

/// Download IMDb's datasets and make them the local catalogue.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Once a month is enough: movienight cache refresh keeps the ratings young.

Examples:
  movienight catalog update
  movienight catalog update --min-votes 5      (all that have a rating)
  movienight catalog update --ratings")]
pub struct UpdateArgs {
    /// Titles with at least N votes [default: as last time, at first 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub min_votes: Option<u32>,
    /// Only new ratings and numbers of votes: 8 MiB
    #[arg(long, conflicts_with = "min_votes")]
    pub ratings: bool,
}

/// Show how large the catalogue is, and how old.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight catalog status
  movienight catalog status --json | jq .titles")]
pub struct StatusArgs {}

/// Remove the catalogue, and what was downloaded for it.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight catalog remove")]
pub struct RemoveArgs {}

/// Bounds on a download. In 2026 the larger file had 225 MB.
fn limits(session: &Session<'_>) -> Limits {
    let time = session.env.limits;
    Limits {
        max_bytes: 2 << 30,
        stall: 3 * time.request,
        tries: 3,
        // Longer than before a request for one title: whoever serves files of 200 MB needs longer to come back.
        pause: 5 * time.retry_pause,
        magic: &[0x1f, 0x8b],
    }
}

pub fn run(session: &mut Session<'_>, command: &CatalogCommand) -> Result<Status> {
    match command {
        CatalogCommand::Update(args) => update(session, args),
        CatalogCommand::Status(_) => status(session),
        CatalogCommand::Remove(_) => remove(session),
    }
}

fn update(session: &mut Session<'_>, args: &UpdateArgs) -> Result<Status> {
    if session.is_offline()? {
        let failure = Failure::new("offline, so nothing can be downloaded");
        return Err(failure.hint("leave --offline and MOVIENIGHT_OFFLINE out").into());
    }
    let (change, status) = download(session, args.min_votes, args.ratings, &session.env.interrupt.flag())?;
    let view = CatalogUpdate::of(change, &status, session.stopwatch.elapsed().as_secs_f64());
    session.answer(&view, &[render::catalog::updated(&view)])?;
    Ok(Status::Done)
}

/// Brings the catalogue up to date, with a bar for who watches, unless `stop` is set meanwhile.
///
/// # Errors
/// It failed, and the old catalogue stays.
pub fn download(
    session: &Session<'_>,
    min_votes: Option<u32>,
    ratings_only: bool,
    stop: &AtomicBool,
) -> Result<(catalog::Change, catalog::Status)> {
    let (path, address) = (session.catalog_path()?, address(session)?);
    let update = Update {
        path: &path,
        address: &address,
        proxies: &ProxySettings::from_env(session.env)?,
        min_votes,
        ratings_only,
        keep: &on_board(session),
        limits: &limits(session),
        stop,
    };
    let mut bar = UpdateBar::new(session.env.stderr.is_terminal && !session.options.quiet);
    Ok(catalog::update(&update, &session.env.clock, &mut bar)?)
}

/// The address of the datasets.
fn address(session: &Session<'_>) -> Result<Url> {
    let text = session.env.var("MOVIENIGHT_DATASETS_URL")?.unwrap_or(DEFAULT_URL);
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| {
        let failure = Failure::new("MOVIENIGHT_DATASETS_URL is not a web address");
        failure.hint(format!("set it to one like {DEFAULT_URL}, or unset it")).into()
    })
}

/// The titles on the board at hand. That there is none, or that it cannot be read, is no reason not to make a catalogue.
fn on_board(session: &Session<'_>) -> Vec<ImdbId> {
    let board =
        session.open_for_reading().ok().flatten().and_then(|mut store| store.board(ProposalStatus::OnBoard).ok());
    board.map(|board| board.proposals.iter().filter_map(|movie| movie.imdb_id).collect()).unwrap_or_default()
}

fn status(session: &mut Session<'_>) -> Result<Status> {
    let path = session.catalog_path()?;
    let status = catalog::Catalog::open(&path)?.map(|catalog| catalog.status()).transpose()?;
    let view = CatalogView::of(status.as_ref(), &path);
    let text = match (session.options.json, &status) {
        (true, _) => to_json(&view),
        (false, Some(_)) => render::catalog::status(&view, session.now, session.screen()),
        (false, None) => {
            format!(
                "There is no catalogue: movienight catalog update makes one ({DOWNLOAD_SIZE} to download).\n{LICENCE}\n"
            )
        }
    };
    session.print(&text)?;
    Ok(Status::Done)
}

fn remove(session: &mut Session<'_>) -> Result<Status> {
    let path = session.catalog_path()?;
    let removed = catalog::remove(&path)?;
    let sentence = match removed {
        true => format!("removed the catalogue {}", path.display()),
        false => "there is no catalogue to remove".to_owned(),
    };
    session.answer(&CatalogRemoval { removed, path: path.display().to_string() }, &[sentence])?;
    Ok(Status::Done)
}
