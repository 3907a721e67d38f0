//! OMDb: a free key, 1,000 requests a day, one title a request.
//!
//! Every value is text, and a missing one is the text "N/A". Errors come with status 200 as well, so the body's
//! `Response` decides. Status 401 has three meanings that only its text tells apart. Source: the service's own
//! description and recorded answers.

use serde_json::Value;
use time::{Duration, UtcDateTime};
use url::Url;

use super::client::Client;
use super::error::FetchError;
use super::{Source, SourceAnswer, json};
use crate::env::{Clock, Deadline};
use crate::model::search::Hit;
use crate::model::title::RawTitle;
use crate::model::{ImdbId, Title};
use crate::net::Reply;

pub const NAME: &str = "omdb";

/// The OMDb source. Holds the key, so it is never printed.
pub struct Omdb {
    pub base: Url,
    pub key: String,
    pub clock: Clock,
}

impl Omdb {
    fn url(&self, parameter: &str, value: &str) -> Url {
        let mut url = super::path(&self.base, &[""]);
        url.query_pairs_mut().append_pair("apikey", &self.key).append_pair(parameter, value);
        url
    }

    /// Returns the body of a good answer. `None` if there is no such title.
    fn body(&self, reply: &Reply) -> Result<Option<Value>, FetchError> {
        if !matches!(reply.status, 200 | 401) {
            return Err(FetchError::refused(NAME, reply.status, None));
        }
        let body = json::parse(reply, NAME)?;
        if body["Response"] == "True" {
            return Ok(Some(body));
        }
        match body["Error"].as_str().unwrap_or_default() {
            "Movie not found!" | "Series not found!" | "Incorrect IMDb ID." | "Too many results." => Ok(None),
            "Request limit reached!" => {
                let why = format!("{NAME}: the key's requests for today are used up");
                Err(FetchError::Exhausted(why, Some(next_midnight(self.clock.now()))))
            }
            "Invalid API key!" | "No API key provided." => {
                let why = format!("{NAME} rejected the key: check MOVIENIGHT_OMDB_KEY");
                Err(FetchError::Exhausted(why, None))
            }
            known @ "Error getting data." => Err(FetchError::refused(NAME, reply.status, Some(known))),
            // Any other text might repeat the key, in whatever encoding.
            _ => Err(FetchError::refused(NAME, reply.status, None)),
        }
    }
}

impl Source for Omdb {
    fn fetch_one(&self, id: ImdbId, client: &Client, deadline: Deadline) -> SourceAnswer {
        let url = self.url("i", &id.to_string());
        client.get(&url, deadline, |reply| super::expect_id(self.body(reply)?.as_ref().map(title), id, NAME))
    }

    fn search(&self, words: &str, client: &Client, deadline: Deadline) -> Result<Vec<Hit>, FetchError> {
        let url = self.url("s", words);
        client.get(&url, deadline, |reply| Ok(super::hits(self.body(reply)?.as_ref(), "Search", title)))
    }
}

/// Returns the next midnight UTC, when the daily quota is renewed.
fn next_midnight(now: UtcDateTime) -> UtcDateTime {
    (now + Duration::DAY).replace_time(time::Time::MIDNIGHT)
}

fn title(body: &Value) -> RawTitle {
    let text = |name: &str| json::text(&body[name]).filter(|t| t != "N/A");
    let list = |name: &str| text(name).map(|t| t.split(',').map(|i| i.trim().to_owned()).collect());
    let ratings = body["Ratings"].as_array().into_iter().flatten();
    let rotten_tomatoes = ratings.filter(|rating| rating["Source"] == "Rotten Tomatoes").find_map(|rating| {
        let percent = json::text(&rating["Value"])?;
        percent.strip_suffix('%')?.parse().ok()
    });
    let title = Title {
        title: text("Title").unwrap_or_default(),
        year: json::first_year(&body["Year"]),
        kind: text("Type").map(super::cinemeta::imdb_kind),
        rating: json::rating(&body["imdbRating"]),
        rating_count: text("imdbVotes").and_then(|v| v.replace(',', "").parse().ok()),
        runtime_minutes: json::minutes(&body["Runtime"]),
        genres: list("Genre").unwrap_or_default(),
        directors: list("Director").unwrap_or_default(),
        stars: list("Actors").unwrap_or_default(),
        plot: text("Plot"),
        poster_url: text("Poster"),
        age_rating: text("Rated"),
        languages: list("Language").unwrap_or_default(),
        countries: list("Country").unwrap_or_default(),
        metacritic: json::whole(&body["Metascore"]),
        rotten_tomatoes,
        ..Title::default()
    };
    RawTitle { id: text("imdbID").and_then(|id| ImdbId::parse(&id)), title }
}
