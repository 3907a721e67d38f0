//! The API that was api.imdbapi.dev, under its present name or on any host that implements it.
//!
//! A request takes up to five titles, which are matched by id. A batch with one id that the API rejects is answered
//! with 400 as a whole. Fields without a value are left out. Running times are in seconds. Sources: its published
//! description 2.7.12 and recorded answers.

use std::collections::HashMap;

use serde_json::Value;
use url::Url;

use super::client::Client;
use super::error::FetchError;
use super::{Source, SourceAnswer, json};
use crate::env::Deadline;
use crate::model::search::Hit;
use crate::model::title::RawTitle;
use crate::model::{ImdbId, Title};
use crate::net::HttpError;

/// The number of ids that one request takes.
const BATCH: usize = 5;
/// The answers that mean no such title. 400 means that the API does not accept the id as one.
const NO_TITLE: &[u16] = &[400, 404];
pub const NAME: &str = "imdbapi";

pub struct ImdbApi {
    pub base: Url,
}

impl ImdbApi {
    /// Fetches the titles of a batch. Empty if the batch was rejected as a whole.
    fn batch(&self, ids: &[ImdbId], client: &Client, deadline: Deadline) -> Result<Vec<RawTitle>, FetchError> {
        let mut url = super::path(&self.base, &["titles:batchGet"]);
        for id in ids {
            url.query_pairs_mut().append_pair("titleIds", &id.to_string());
        }
        client.get(&url, deadline, |reply| {
            let Some(body) = json::body(reply, NAME, NO_TITLE)? else { return Ok(Vec::new()) };
            match &body["titles"] {
                Value::Array(titles) => Ok(titles.iter().map(title).collect()),
                // An empty list is left out.
                Value::Null if body.is_object() => Ok(Vec::new()),
                _ => Err(FetchError::unknown_form(NAME)),
            }
        })
    }
}

impl Source for ImdbApi {
    fn batch_size(&self) -> usize {
        BATCH
    }

    fn fetch_one(&self, id: ImdbId, client: &Client, deadline: Deadline) -> SourceAnswer {
        let url = super::path(&self.base, &["titles", &id.to_string()]);
        client.get(&url, deadline, |reply| {
            super::expect_id(json::body(reply, NAME, NO_TITLE)?.as_ref().map(title), id, NAME)
        })
    }

    fn fetch(&self, ids: &[ImdbId], client: &Client, deadline: Deadline) -> Vec<SourceAnswer> {
        if let [id] = ids {
            return vec![self.fetch_one(*id, client, deadline)];
        }
        let delivered = match self.batch(ids, client, deadline) {
            Ok(delivered) => delivered,
            // One title may have made the whole answer invalid.
            Err(FetchError::Http(HttpError::Invalid(_))) => Vec::new(),
            Err(error) => return vec![Err(error); ids.len()],
        };
        let titles = delivered.into_iter().filter_map(|raw| Some((raw.id?, raw.into_title()?)));
        let mut titles: HashMap<ImdbId, Title> = titles.collect();
        // An answer may be incomplete without saying why, so each missing title is requested by itself.
        let answer = |id: &ImdbId| match titles.remove(id) {
            Some(title) => Ok(Some(title)),
            None => self.fetch_one(*id, client, deadline),
        };
        ids.iter().map(answer).collect()
    }

    fn search(&self, words: &str, client: &Client, deadline: Deadline) -> Result<Vec<Hit>, FetchError> {
        let mut url = super::path(&self.base, &["search", "titles"]);
        url.query_pairs_mut().append_pair("query", words).append_pair("limit", "10");
        client.get(&url, deadline, |reply| Ok(super::hits(json::body(reply, NAME, &[404])?.as_ref(), "titles", title)))
    }
}

fn title(value: &Value) -> RawTitle {
    let names = |list: &Value, name: &str| {
        let items = list.as_array().into_iter().flatten();
        items.filter_map(|item| json::text(&item[name])).collect()
    };
    let title = Title {
        title: json::text(&value["primaryTitle"]).unwrap_or_default(),
        original_title: json::text(&value["originalTitle"]),
        year: json::whole(&value["startYear"]),
        kind: json::text(&value["type"]),
        rating: json::rating(&value["rating"]["aggregateRating"]),
        rating_count: json::whole(&value["rating"]["voteCount"]),
        runtime_minutes: json::whole(&value["runtimeSeconds"]).map(|seconds: u32| seconds / 60),
        genres: json::texts(&value["genres"]),
        directors: names(&value["directors"], "displayName"),
        stars: names(&value["stars"], "displayName"),
        plot: json::text(&value["plot"]),
        poster_url: json::text(&value["primaryImage"]["url"]),
        languages: names(&value["spokenLanguages"], "name"),
        countries: names(&value["originCountries"], "name"),
        metacritic: json::whole(&value["metacritic"]["score"]),
        ..Title::default()
    };
    RawTitle { id: json::text(&value["id"]).and_then(|id| ImdbId::parse(&id)), title }
}
