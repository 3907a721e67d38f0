//! `movienight catalog`: manages the local catalogue of IMDb's datasets.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::catalog::{self, CatalogError, Update};
use crate::config::Key;
use crate::context::Context;
use crate::net::{Http, ProxySettings};
use crate::render;
use crate::user_error::QuietEnd;
use crate::view::Timestamp;

/// Manage the local copy of IMDb's data
///
/// Nothing is downloaded unless you ask for it.
#[derive(Debug, Subcommand)]
#[command(after_long_help = "\
Information courtesy of IMDb (https://www.imdb.com). Used with permission. \
For personal and non-commercial use.

Examples:
  movienight catalog update
  movienight catalog status")]
pub enum CatalogCommand {
    Update(UpdateArgs),
    /// Show the size and age of the catalogue
    #[command(after_long_help = "\
Examples:
  movienight catalog status
  movienight catalog status --json | jq .titles")]
    Status,
    /// Remove the catalogue and its downloads
    #[command(after_long_help = "\
Examples:
  movienight catalog remove")]
    Remove,
}

/// Download IMDb's datasets and build the catalogue
///
/// The first download is 222 MiB, for a catalogue of 23 MiB; later ones fetch only files that have changed. An
/// interrupted download resumes. For personal and non-commercial use.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Once a month is enough: movienight cache refresh keeps the ratings up to date.

Examples:
  movienight catalog update
  movienight catalog update --min-votes 5
  movienight catalog update --ratings")]
pub struct UpdateArgs {
    /// Keep titles with N votes or more [default: as before, or 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub min_votes: Option<u32>,
    /// Update only ratings and their counts (8 MiB)
    #[arg(long, conflicts_with = "min_votes")]
    pub ratings: bool,
}

pub fn run(context: &mut Context<'_>, command: &CatalogCommand) -> Result<()> {
    match command {
        CatalogCommand::Update(args) => update(context, args),
        CatalogCommand::Status => status(context),
        CatalogCommand::Remove => remove(context),
    }
}

fn update(context: &mut Context<'_>, args: &UpdateArgs) -> Result<()> {
    context.needs_network("download")?;
    let interrupt = context.env.interrupt.clone();
    let (outcome, status) =
        interrupt.run_interruptible(|stop| download(context, args.min_votes, args.ratings, stop))?;
    let seconds = (context.stopwatch.elapsed().as_secs_f64() * 10.0).round() / 10.0;
    let mut document = document(Some(&status), &status.path);
    document["updated"] = match outcome {
        catalog::UpdateOutcome::Imported => json!("titles"),
        catalog::UpdateOutcome::Ratings => json!("ratings"),
        catalog::UpdateOutcome::Nothing => Value::Null,
    };
    document["seconds"] = json!(seconds);
    context.answer(&document, &[render::catalog::updated(outcome, &status, seconds)])
}

/// Updates the catalogue, with a progress bar. Setting `stop` interrupts it, unless everything has been read.
///
/// # Errors
/// Fails if the catalogue cannot be updated, or with [`QuietEnd`] and a note if it is interrupted. The old one stays.
pub fn download(
    context: &mut Context<'_>,
    min_votes: Option<u32>,
    ratings_only: bool,
    stop: &AtomicBool,
) -> Result<(catalog::UpdateOutcome, catalog::Status)> {
    let (path, address) = (context.catalog_path()?, context.config()?.web_address(Key::DatasetsUrl)?);
    let update = Update {
        path: &path,
        address: &address,
        http: &Http::new(ProxySettings::from_env(context.env)?, context.env.limits.connect),
        min_votes,
        ratings_only,
        limits: context.env.limits,
        stop,
    };
    let mut bar = context.bar();
    let updated = catalog::update(&update, &context.env.clock, &mut bar);
    drop(bar);
    Ok(match updated {
        Err(CatalogError::Stopped) => {
            context.note(&render::catalog::stopped());
            return Err(QuietEnd::Interrupted.into());
        }
        updated => updated.map_err(render::catalog::failure)?,
    })
}

fn status(context: &mut Context<'_>) -> Result<()> {
    let path = context.catalog_path()?;
    let status = context.catalog_status().map_err(render::catalog::failure)?;
    let now = context.now;
    context.show(&document(status.as_ref(), &path), |screen| match &status {
        Some(status) => render::catalog::status(status, now, screen),
        None => render::catalog::absent(),
    })
}

/// Returns the JSON document of a catalogue. Without one, everything but `path` is null.
pub fn document(status: Option<&catalog::Status>, path: &Path) -> Value {
    let meta = status.map(|status| &status.meta);
    json!({
        "titles": meta.map(|meta| meta.titles),
        "min_votes": meta.map(|meta| meta.min_votes),
        "basics_at": meta.map(|meta| Timestamp(meta.basics.confirmed())),
        "ratings_at": meta.map(|meta| Timestamp(meta.ratings.confirmed())),
        "bytes": status.map(|status| status.bytes),
        "path": path.display().to_string(),
    })
}

fn remove(context: &mut Context<'_>) -> Result<()> {
    let path = context.catalog_path()?;
    let removed = catalog::remove(&path).map_err(render::catalog::failure)?;
    let sentence = match removed {
        true => format!("Removed the catalogue {}", path.display()),
        false => "There is no catalogue to remove".to_owned(),
    };
    context.answer(&json!({ "removed": removed, "path": path.display().to_string() }), &[sentence])
}
