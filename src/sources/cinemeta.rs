//! Cinemeta, the catalogue of the Stremio apps: no key, one title a request.
//!
//! Films and series have separate addresses. An unknown id is answered with status 200, and only its missing name shows
//! that it is unknown. Numbers are text, and an empty text is no number. Years of series have an en dash. There are no
//! vote counts. Sources: the addon SDK's documentation and recorded answers.

use serde_json::Value;
use url::Url;

use super::client::Client;
use super::error::FetchError;
use super::{Source, SourceAnswer, json};
use crate::env::Deadline;
use crate::model::search::Hit;
use crate::model::title::RawTitle;
use crate::model::{ImdbId, Title};

pub const NAME: &str = "cinemeta";

pub struct Cinemeta {
    pub base: Url,
}

impl Cinemeta {
    fn meta(&self, kind: &str, id: ImdbId, client: &Client, deadline: Deadline) -> SourceAnswer {
        let url = super::path(&self.base, &["meta", kind, &format!("{id}.json")]);
        client.get(&url, deadline, |reply| match json::body(reply, NAME, &[404])? {
            Some(body) if !body.is_object() => Err(FetchError::unknown_form(NAME)),
            body => {
                let found = body.map(|body| title(&body["meta"])).filter(|found| !found.title.title.is_empty());
                super::expect_id(found, id, NAME)
            }
        })
    }

    fn catalog(&self, kind: &str, words: &str, client: &Client, deadline: Deadline) -> Result<Vec<Hit>, FetchError> {
        let url = super::path(&self.base, &["catalog", kind, "top", &format!("search={words}.json")]);
        client.get(&url, deadline, |reply| Ok(super::hits(json::body(reply, NAME, &[404])?.as_ref(), "metas", title)))
    }
}

impl Source for Cinemeta {
    fn fetch_one(&self, id: ImdbId, client: &Client, deadline: Deadline) -> SourceAnswer {
        match self.meta("movie", id, client, deadline) {
            Ok(None) => self.meta("series", id, client, deadline),
            answer => answer,
        }
    }

    /// Returns films first, then series. Each kind takes a request.
    fn search(&self, words: &str, client: &Client, deadline: Deadline) -> Result<Vec<Hit>, FetchError> {
        let mut found = self.catalog("movie", words, client, deadline)?;
        found.extend(self.catalog("series", words, client, deadline)?);
        Ok(found)
    }
}

fn title(meta: &Value) -> RawTitle {
    let id = json::text(&meta["id"]).or_else(|| json::text(&meta["imdb_id"]));
    let genres = ["genres", "genre"].map(|name| json::texts(&meta[name])).into_iter().find(|list| !list.is_empty());
    let year = json::first_year(&meta["year"]).or_else(|| json::first_year(&meta["releaseInfo"]));
    let title = Title {
        title: json::text(&meta["name"]).unwrap_or_default(),
        year,
        kind: json::text(&meta["type"]).map(imdb_kind),
        rating: json::rating(&meta["imdbRating"]),
        runtime_minutes: json::minutes(&meta["runtime"]),
        genres: genres.unwrap_or_default(),
        directors: json::texts(&meta["director"]),
        stars: json::texts(&meta["cast"]),
        plot: json::text(&meta["description"]),
        poster_url: json::text(&meta["poster"]),
        trailer_url: trailer(&meta["trailers"]),
        ..Title::default()
    };
    RawTitle { id: id.and_then(|id| ImdbId::parse(&id)), title }
}

/// Returns the address of the first trailer with a YouTube id, which has eleven characters.
fn trailer(trailers: &Value) -> Option<String> {
    let is_id = |id: &String| id.len() == 11 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let mut ids = trailers.as_array()?.iter().filter_map(|trailer| json::text(&trailer["source"]));
    ids.find(is_id).map(|id| format!("https://www.youtube.com/watch?v={id}"))
}

/// Returns IMDb's word for the kind that Cinemeta and OMDb call a series.
pub(super) fn imdb_kind(kind: String) -> String {
    match kind.as_str() {
        "series" => "tvSeries".into(),
        _ => kind,
    }
}
