//! Lists in JSON: Trakt's, and the form that StevenLu's lists and Radarr share.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::text::line_at;
use super::{Format, List, ListRow, Purpose, in_line, title};
use crate::model::ImdbId;
use crate::user_error::{UserError, UserErrors};

/// An element of any of these formats. Values have any type, because some numbers are strings.
#[derive(Deserialize)]
struct Element {
    #[serde(rename = "type")]
    kind: Option<String>,
    movie: Option<Media>,
    show: Option<Media>,
    watched_at: Option<Value>,
    last_watched_at: Option<Value>,
    rated_at: Option<Value>,
    listed_at: Option<Value>,
    rank: Option<Value>,
    #[serde(flatten)]
    media: Media,
}

#[derive(Deserialize)]
struct Media {
    #[serde(default)]
    ids: Value,
    #[serde(default)]
    imdb_id: Value,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    year: Value,
}

/// Returns true if the text begins like JSON, complete or not.
pub fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['[', '{'])
}

/// Reads an export of this program: its version, and the rest. `None` if the text is something else.
pub fn backup(text: &str) -> Option<(u64, Map<String, Value>)> {
    let mut backup: Map<String, Value> = serde_json::from_str(text).ok()?;
    let version = backup.remove("movienight")?.as_u64()?;
    Some((version, backup))
}

/// Reads a list. `None` if it has no known form.
///
/// # Errors
/// One error for each element that makes no sense, or one if the text is not JSON.
pub fn list(file: &str, text: &str) -> Result<Option<List>, UserErrors> {
    let all: &RawValue = serde_json::from_str(text).map_err(|error| {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        let error = format!("{file}, line {}, column {}: {what}", error.line(), error.column());
        UserErrors(vec![UserError::new(error).hint("export the list again: the file may be cut off")])
    })?;
    let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(all.get()) else { return Ok(None) };
    // An empty list counts as Radarr's.
    let first = elements.first().map(|first| serde_json::from_str::<Element>(first.get()));
    if !first.is_none_or(|first| first.is_ok_and(|element| element.is_known())) {
        return Ok(None);
    }
    let (mut rows, mut failures, mut skipped) = (Vec::new(), Vec::new(), 0);
    let mut format = Format::Radarr;
    let (mut line, mut counted) = (1, 0);
    for raw in elements {
        let raw = raw.get();
        let at = raw.as_ptr() as usize - text.as_ptr() as usize;
        line += line_at(&text[counted..], at - counted) - 1;
        counted = at;
        let row = serde_json::from_str::<Element>(raw).map_err(|_| "not an object that describes a movie".to_owned());
        match row.and_then(|element| element.row(line, raw, &mut format, &mut skipped)) {
            Ok(row) => rows.extend(row),
            Err(why) => failures.push(in_line(file, line, why).hint("fix that part, or export the list again")),
        }
    }
    let list = List { file: file.to_owned(), format, header: String::new(), rows, skipped };
    if failures.is_empty() { Ok(Some(list)) } else { Err(UserErrors(failures)) }
}

impl Element {
    fn is_known(&self) -> bool {
        let has_kind = ["movie", "show", "season", "episode", "person"].map(Some).contains(&self.kind.as_deref());
        has_kind || self.is_of_trakt() || text(&self.media.imdb_id).is_some() || text(&self.media.title).is_some()
    }

    fn is_of_trakt(&self) -> bool {
        self.movie.is_some() || self.show.is_some()
    }

    fn row(self, line: usize, raw: &str, format: &mut Format, skipped: &mut usize) -> Result<Option<ListRow>, String> {
        let is_seen = self.watched_at.is_some() || self.last_watched_at.is_some() || self.rated_at.is_some();
        if self.is_of_trakt() {
            *format = Format::Trakt;
        }
        // Trakt also exports comments and collections, which are no lists.
        let is_listed = !self.is_of_trakt() || is_seen || self.listed_at.is_some() || self.rank.is_some();
        if !is_listed || matches!(self.kind.as_deref(), Some("person" | "season" | "episode")) {
            *skipped += 1;
            return Ok(None);
        }
        let is_series = self.is_of_trakt().then_some(self.show.is_some());
        let media = self.movie.or(self.show).unwrap_or(self.media);
        let id = text(&media.imdb_id).or_else(|| text(media.ids.get("imdb")?));
        let id = id.filter(|id| !id.is_empty());
        let id = id.map(|text| ImdbId::parse(&text).ok_or_else(|| format!("{text} is not an IMDb id"))).transpose()?;
        let title = text(&media.title).map(|text| title(&text)).transpose()?.flatten();
        if id.is_none() && title.is_none() {
            return Err("neither an IMDb id nor a title".to_owned());
        }
        let year = text(&media.year).and_then(|year| year.parse().ok());
        let purpose = Some(if is_seen { Purpose::Seen } else { Purpose::Wish });
        let raw = if id.is_some() { String::new() } else { raw.to_owned() };
        Ok(Some(ListRow { line, purpose, id, title, year, is_series, raw }))
    }
}

/// Returns a value as text. `None` if it is neither a string nor a number.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
