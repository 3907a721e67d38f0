//! `movienight search`: looks for titles by name.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::Status;
use crate::cli::Search;
use crate::model::Rating;
use crate::model::search::Hit;
use crate::model::text::quoted;
use crate::render::{card, json};
use crate::session::Session;
use crate::session::search::{self, GroupHistory};

pub fn run(session: &mut Session<'_>, args: &Search) -> Result<Status> {
    let words = args.words.join(" ");
    let mut store = session.store()?;
    let standing = search::standing(session, &mut store)?;
    let hits = search::find(session, &mut store, &words)?;
    let remark = |hit: &Hit| standing.get(&hit.id).map(GroupHistory::to_string).unwrap_or_default();
    if session.options.json {
        let rows: Vec<Value> = hits.iter().map(|hit| document(hit, standing.get(&hit.id))).collect();
        session.print(&json::line(&json!({ "results": rows })))?;
    } else if hits.is_empty() {
        bail!("no title is called {}: try fewer or other words", quoted(&words));
    } else {
        session.print(&card::hits(&hits, false, remark, session.screen()))?;
    }
    Ok(Status::Done)
}

fn document(hit: &Hit, standing: Option<&GroupHistory>) -> Value {
    let title = &hit.title;
    json!({
        "imdb_id": hit.id.to_string(),
        "title": title.title,
        "original_title": title.original_title,
        "year": title.year,
        "type": title.kind,
        "rating": title.rating.map(Rating::value),
        "rating_count": title.rating_count,
        "on_board": matches!(standing, Some(GroupHistory::OnBoard)),
        "watched": matches!(standing, Some(GroupHistory::Watched(_))),
    })
}
