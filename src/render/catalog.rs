//! The state and the errors of the catalogue, as text.

use time::UtcDateTime;

use super::{Screen, Tone};
use crate::catalog::{CatalogError, DOWNLOAD_SIZE, DatasetMeta, LICENCE, Status, UpdateOutcome};
use crate::files::is_no_room;
use crate::net::DownloadCause;
use crate::user_error::{Code, UserError};
use crate::view::format::{ago, count, thousands};

/// Renders the state of the catalogue, one fact per line.
pub fn status(status: &Status, now: UtcDateTime, screen: Screen<'_>) -> String {
    let mut out = String::new();
    let mut line = |name: &str, what: &str| out += &screen.fact(name, what, Tone::Plain);
    line("Titles", &titles(status));
    line("Updated", &age(status, now));
    line("File", &format!("{}, {}", mebibytes(status), status.path.display()));
    let bad_rows = status.meta.basics.bad_rows + status.meta.ratings.bad_rows;
    if bad_rows > 0 {
        line("Left out", &count(bad_rows as usize, "invalid row", "invalid rows"));
    }
    line("Source", LICENCE);
    out
}

/// Renders the state if there is no catalogue.
pub fn absent() -> String {
    format!("There is no catalogue. movienight catalog update builds one ({DOWNLOAD_SIZE} to download).\n{LICENCE}\n")
}

/// Formats the age of both datasets: `titles 3 days ago, ratings 2 hours ago`.
pub fn age(status: &Status, now: UtcDateTime) -> String {
    let ago = |dataset: &DatasetMeta| ago(dataset.confirmed(), now);
    format!("titles {}, ratings {}", ago(&status.meta.basics), ago(&status.meta.ratings))
}

/// Describes the result of an update.
pub fn updated(outcome: UpdateOutcome, status: &Status, seconds: f64) -> String {
    match outcome {
        UpdateOutcome::Ratings => {
            let titles = count(status.meta.titles as usize, "title", "titles");
            format!("Updated the ratings of {titles} in {seconds:.1} s")
        }
        UpdateOutcome::Imported => {
            format!("Built the catalogue in {seconds:.1} s: {}, {}", titles(status), mebibytes(status))
        }
        UpdateOutcome::Nothing => "Nothing to update: IMDb has no newer data".to_owned(),
    }
}

fn titles(status: &Status) -> String {
    let votes = thousands(status.meta.min_votes.into());
    format!("{} with {votes} votes or more", count(status.meta.titles as usize, "title", "titles"))
}

fn mebibytes(status: &Status) -> String {
    format!("{:.1} MiB", status.bytes as f64 / f64::from(1 << 20))
}

const CONTINUES: &str = "movienight catalog update continues from there";

/// The note about an update that was interrupted.
pub fn stopped() -> String {
    format!("Stopped: what was downloaded is kept, and {CONTINUES}")
}

/// Explains why the catalogue cannot be used or updated, with the next step.
pub fn failure(error: CatalogError) -> UserError {
    let failure = UserError::new;
    match error {
        CatalogError::NotACatalogue(path) => {
            failure(format!("{} is not a movienight catalogue", path.display())).hint("move it out of the way")
        }
        CatalogError::TooNew(path) => {
            failure(format!("the catalogue {} was made by a newer movienight", path.display()))
                .hint("update movienight")
        }
        CatalogError::TooOld(path) => remade(format!("the catalogue {} has an older format", path.display())),
        CatalogError::Damaged(path) => remade(format!("the catalogue {} is damaged", path.display())),
        CatalogError::Io(path, error) if is_no_room(&error) => {
            failure("the disk is too full for the catalogue, which stays as it was".to_owned())
                .code(Code::NoRoom)
                .hint(format!("free some space in {}", path.parent().unwrap_or(&path).display()))
        }
        CatalogError::Io(path, error) => failure(format!("cannot use {}: {error}", path.display())),
        CatalogError::Busy(path) => {
            failure(format!("another update of {} is running", path.display())).hint("wait until it is done")
        }
        CatalogError::Absent(path) => failure(format!("there is no catalogue at {} to update", path.display()))
            .hint("movienight catalog update builds one"),
        CatalogError::Download(dataset, download) => {
            let code = match &download.cause {
                DownloadCause::Io(_, error) if is_no_room(error) => Code::NoRoom,
                DownloadCause::Io(..) => Code::Failed,
                _ => Code::Network,
            };
            let failure = failure(format!("cannot download {dataset}: {}", download.cause)).code(code);
            match download.kept >> 20 {
                0 => failure,
                kept => failure.hint(format!("{kept} MiB are kept, and {CONTINUES}")),
            }
        }
        CatalogError::InvalidDataset(dataset, why) => {
            failure(format!("{dataset} is not valid ({why}), so the catalogue stays as it was"))
        }
        CatalogError::Stopped => failure("stopped".to_owned()),
    }
}

fn remade(error: String) -> UserError {
    UserError::new(error).hint("movienight catalog update rebuilds it")
}
