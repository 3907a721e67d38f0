//! Picking values out of JSON that need not have the shape it should have.

use serde_json::Value;

use super::error::FetchError;
use crate::net::Reply;

/// The body as JSON.
pub fn parse(reply: &Reply, source: &str) -> Result<Value, FetchError> {
    serde_json::from_slice(&reply.body).map_err(|_| {
        let what = if is_web_page(reply) { "with a web page" } else { "with something that is not JSON" };
        FetchError::Invalid(format!("{source} answers {what}"))
    })
}

/// The body is a web page: the status is that of a host which is no such service any more, and says nothing about a title.
pub fn is_web_page(reply: &Reply) -> bool {
    reply.body.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
}

/// Text that is there.
pub fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|s| !s.is_empty()).map(str::to_owned)
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

/// Minutes from `142 min`, `2h 22min` or `1h`.
pub fn minutes(value: &Value) -> Option<i64> {
    let text = value.as_str()?.to_ascii_lowercase();
    let mut total: i64 = 0;
    let mut digits = String::new();
    let mut unit_wanted = false;
    for c in text.chars() {
        match c {
            '0'..='9' if digits.len() < 6 => {
                digits.push(c);
                unit_wanted = true;
            }
            'h' | 'm' if unit_wanted => {
                let number: i64 = digits.parse().ok()?;
                total += if c == 'h' { number * 60 } else { number };
                digits.clear();
                unit_wanted = false;
            }
            // The rest of "min", "hours", "mins".
            'i' | 'n' | 's' | 'o' | 'u' | 'r' if !unit_wanted => {}
            c if c.is_whitespace() || c == '.' => {}
            // "34S min" is a error of a service's, and 34 would be wrong.
            _ => return None,
        }
    }
    match unit_wanted {
        true => text.trim().parse().ok(),
        false => Some(total).filter(|t| *t > 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn runtimes_as_they_are_written() {
        for (written, read) in [
            ("142 min", Some(142)),
            ("2h 22min", Some(142)),
            ("1h", Some(60)),
            ("90", Some(90)),
            ("1 h 5 min", Some(65)),
            ("34S min", None),
            ("N/A", None),
            ("", None),
            ("0 min", None),
        ] {
            assert_eq!(minutes(&json!(written)), read, "{written}");
        }
    }

    #[test]
    fn years_as_they_are_written() {
        for (written, read) in [
            (json!("1994"), Some(1994)),
            (json!("2008–2013"), Some(2008)),
            (json!("2024-"), Some(2024)),
            (json!(1994), Some(1994)),
            (json!("N/A"), None),
            (json!(null), None),
            (json!("20é4"), None),
        ] {
            assert_eq!(first_year(&written), read, "{written}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let value = json!(text);
            let _ = (minutes(&value), first_year(&value), whole(&value), number(&value));
        }
    }
}
