//! Reading values from JSON of an unreliable shape.

use serde_json::Value;

use super::error::FetchError;
use crate::net::{HttpError, Reply};

/// The body as JSON.
pub fn parse(reply: &Reply, source: &str) -> Result<Value, FetchError> {
    let text = String::from_utf8_lossy(&reply.body);
    let json = serde_json::from_str(&text).or_else(|_| serde_json::from_str(&without_bad_values(&text)));
    json.map_err(|_| {
        let what = if is_web_page(reply) { "with a web page" } else { "with something that is not JSON" };
        FetchError::Http(HttpError::Invalid(format!("{source} answers {what}")))
    })
}

/// JSON without the values that serde_json refuses: halves of surrogate pairs and control characters are left out of
/// texts, and numbers that no float can hold become null.
fn without_bad_values(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut rest, mut in_text) = (json, false);
    while let Some(first) = rest.chars().next() {
        let is_number = !in_text && (first == '-' || first.is_ascii_digit());
        let (length, is_good) = match first {
            '\\' if in_text => escape(rest),
            _ if is_number => (rest.find(|c| !"+-.eE0123456789".contains(c)).unwrap_or(rest.len()), true),
            _ => (first.len_utf8(), !(in_text && first.is_control())),
        };
        in_text ^= first == '"';
        let (token, after) = rest.split_at(length);
        match is_number && token.parse::<f64>().is_ok_and(f64::is_infinite) {
            true => out += "null",
            false if is_good => out += token,
            false => {}
        }
        rest = after;
    }
    out
}

/// The length of the escape that `text` begins with, and whether it is a whole character.
fn escape(text: &str) -> (usize, bool) {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    match (unit(text), text.get(6..).and_then(unit)) {
        (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, true),
        (Some(0xD800..=0xDFFF), _) => (6, false),
        _ => (1 + text[1..].chars().next().map_or(0, char::len_utf8), true),
    }
}

/// Returns true for a web page: the host is no longer such a service, so its status says nothing about a title.
pub fn is_web_page(reply: &Reply) -> bool {
    reply.body.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
}

/// Text that is not empty. Services write HTML's entities in plain text: `&amp;` is `&`.
pub fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|s| !s.is_empty()).map(|s| html_escape::decode_html_entities(s).into_owned())
}

/// A whole number, also one written with a point or as text.
pub fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(n) => n.as_i64().or_else(|| {
            let float = n.as_f64().filter(|f| f.fract() == 0.0 && f.abs() < 9e15)?;
            Some(float as i64)
        }),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    }
}

/// A number, also one written as text.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(n) => n.as_f64(),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    }
}

/// The texts of a list.
pub fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(text).collect()
}

/// The first year in `1994`, `"1994"`, `"2008–2013"` or `"2024-"`.
pub fn first_year(value: &Value) -> Option<i64> {
    match value {
        Value::String(s) => s.trim().get(..4)?.parse().ok(),
        other => whole(other),
    }
}

/// Minutes from `142`, `142 min`, `142 minutes`, `2h 22min` or `1h`.
pub fn minutes(value: &Value) -> Option<i64> {
    let text = match value.as_str() {
        None => return whole(value),
        Some(text) => text.to_ascii_lowercase(),
    };
    let mut total: i64 = 0;
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if digits.len() < 6 => digits.push(c),
            'h' | 'm' if !digits.is_empty() => {
                let number: i64 = digits.parse().ok()?;
                total += if c == 'h' { number * 60 } else { number };
                digits.clear();
            }
            // The rest of "min" or "hours".
            'a'..='z' if digits.is_empty() => {}
            c if c.is_whitespace() || c == '.' => {}
            // "34S min" is an error of the service: 34 would be wrong.
            _ => return None,
        }
    }
    if digits.is_empty() { Some(total).filter(|total| *total > 0) } else { text.trim().parse().ok() }
}
