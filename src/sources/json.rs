//! Reading values from JSON of an unreliable shape.

use serde_json::Value;

use super::error::FetchError;
use crate::model::Rating;
use crate::model::spoken_time::parse_minutes;
use crate::net::{HttpError, Reply};

pub fn parse(reply: &Reply, source: &str) -> Result<Value, FetchError> {
    serde_json::from_str(&String::from_utf8_lossy(&reply.body)).map_err(|_| {
        let what = if is_web_page(reply) { "a web page instead of JSON" } else { "an answer that is not JSON" };
        FetchError::Http(HttpError::Invalid(format!("{source} sent {what}")))
    })
}

/// Returns the JSON of an answer. `None` if its status is one of `none`, by which the service says that it has no such
/// title.
pub fn body(reply: &Reply, source: &str, none: &[u16]) -> Result<Option<Value>, FetchError> {
    match reply.status {
        200 => parse(reply, source).map(Some),
        status if none.contains(&status) && !is_web_page(reply) => Ok(None),
        status => {
            let message = parse(reply, source).ok().and_then(|body| text(&body["message"]));
            Err(FetchError::refused(source, status, message.as_deref()))
        }
    }
}

/// Returns true for a web page. Then the host is no longer such a service, and its status says nothing about a title.
fn is_web_page(reply: &Reply) -> bool {
    reply.body.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
}

/// Reads text that is not empty. Decodes HTML entities, which services put into plain text: `&amp;` is `&`.
pub fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|s| !s.is_empty()).map(|s| html_escape::decode_html_entities(s).into_owned())
}

/// Reads a whole number, including one with a decimal point or as text. `None` if it does not fit the type.
pub fn whole<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    let number = match value {
        Value::Number(n) => n.as_i64().or_else(|| {
            let float = n.as_f64().filter(|f| f.fract() == 0.0 && f.abs() < 9e15)?;
            Some(float as i64)
        }),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    };
    number?.try_into().ok()
}

/// Reads a rating, including one written as text.
pub fn rating(value: &Value) -> Option<Rating> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    number.and_then(Rating::new)
}

pub fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(text).collect()
}

/// Reads the first year of `1994`, `"1994"`, `"2008–2013"` or `"2024-"`.
pub fn first_year(value: &Value) -> Option<u16> {
    match value {
        Value::String(s) => s.trim().get(..4)?.parse().ok(),
        other => whole(other),
    }
}

/// Reads the minutes of `142`, `142 min`, `2h 22min` or `1h`.
pub fn minutes(value: &Value) -> Option<u32> {
    value.as_str().map_or_else(|| whole(value), parse_minutes)
}
