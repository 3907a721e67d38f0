//! Problems of the cache in words.

use crate::cache::health::{Cause, Problem};
use crate::catalog::DOWNLOAD_SIZE;
use crate::user_error::UserError;

/// A problem, with what to do about it.
pub fn in_words(problem: &Problem) -> UserError {
    match problem {
        Problem::HitRate(rate, cause) => {
            let percent = (rate * 100.0).floor();
            let remedy = match cause {
                Cause::NotRefreshed => "run movienight cache refresh every few hours, from cron",
                Cause::SourcesFailed => "sources failed (see the last error); the next refresh catches up",
                Cause::LeftOut => "refreshes run, but not for all titles: raise --limit, or leave it out",
            };
            UserError::new(format!("only {percent:.0} % of the lookups of the last 24 hours found fresh data"))
                .hint(remedy)
        }
        Problem::AllFailed(requests) => UserError::new(format!("all {requests} requests of the last hour failed"))
            .hint("see the last error, and check the network and MOVIENIGHT_SOURCES"),
        Problem::OldData(age) => UserError::new(format!("the oldest data is {} hours old", age.whole_hours()))
            .hint("run movienight cache refresh to see why"),
        Problem::OldCatalog(age) => UserError::new(format!("data from the catalogue is {} days old", age.whole_days()))
            .hint("run movienight cache refresh every day from cron"),
        Problem::NoSource => UserError::new("no source can be reached").hint(format!(
            "check the network, then run movienight cache refresh; movienight catalog update ({DOWNLOAD_SIZE}) does without them"
        )),
    }
}
