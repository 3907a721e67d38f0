//! Making text from people and from the network safe to show, and comparable.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most combining marks on one letter. No script in use stacks more.
const MAX_MARKS: usize = 4;

/// Returns true for a character that would steer the terminal or show as nothing at all: control and bidi-override
/// characters, zero-width characters, tags.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Makes one line of text that is safe to store and to print: removes unsafe characters, turns white space into single
/// blanks, normalizes to NFC, and truncates with `…` to at most `max_chars` characters. Joiners inside emoji stay.
///
/// Idempotent.
pub fn sanitize(text: &str, max_chars: usize) -> String {
    // Most of a million titles are plain ASCII. Copying them takes a tenth of the time.
    if is_clean_ascii(text, max_chars) {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut marks = 0;
    let mut pending_blank = false;
    // Bounded first, because the input may be a megabyte. Normalization may shorten text and removed characters take
    // room, so a few times more is read than will be kept.
    let mut chars = text.chars().take(max_chars.saturating_mul(8)).nfc().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            pending_blank = !out.is_empty();
        } else if c == JOINER && !pending_blank && joins(out.chars().next_back(), chars.peek().copied()) {
            out.push(c);
        } else if !is_unsafe(c) {
            marks = if is_combining_mark(c) { marks + 1 } else { 0 };
            if marks <= MAX_MARKS {
                if std::mem::take(&mut pending_blank) {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    // Removing a character may bring together characters that compose.
    let out: String = out.nfc().collect();
    match out.char_indices().nth(max_chars) {
        None => out,
        Some(_) => truncate(&out, max_chars),
    }
}

/// Returns text without unsafe characters. White space stays as it is, and so do joiners inside emoji.
pub fn strip_unsafe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_joiner = c == JOINER && joins(out.chars().next_back(), chars.peek().copied());
        if is_joiner || c.is_whitespace() || !is_unsafe(c) {
            out.push(c);
        }
    }
    out
}

/// Sanitizes text from a database that another program may have written. Text with nothing unsafe is returned
/// unchanged: that is much faster to check than whether [`sanitize`] would change it.
pub fn sanitize_stored(text: String) -> String {
    if is_printable_ascii(&text) || !text.chars().any(is_unsafe) { text } else { sanitize(&text, usize::MAX) }
}

/// Returns true for text of blanks and visible ASCII characters only.
pub fn is_printable_ascii(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [b' '..=b'~', tail @ ..] = rest {
        rest = tail;
    }
    rest.is_empty()
}

/// Returns true for ASCII text that [`sanitize`] would not change.
fn is_clean_ascii(text: &str, max_chars: usize) -> bool {
    text.len() <= max_chars
        && is_printable_ascii(text)
        && !(text.starts_with(' ') || text.ends_with(' ') || text.contains("  "))
}

fn truncate(text: &str, max_chars: usize) -> String {
    let kept: String = text.chars().take(max_chars.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end_matches(|c: char| c == JOINER || c.is_whitespace()))
}

const JOINER: char = '\u{200D}';

/// Returns true if a joiner between these characters combines two emoji, such as a family or a profession.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let is_picture = |c: char| matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}');
    before.is_some_and(is_picture) && after.is_some_and(|c| is_picture(c) && c != '\u{FE0F}')
}

/// Quotes a person's words for an error message.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", sanitize(text, 60))
}

/// Quotes text as one word of a shell's command line.
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Returns the identity of a title: case-folded, NFC, blanks squeezed. Nothing else is ignored, because any other
/// difference makes another title in some script.
pub fn title_key(title: &str) -> String {
    let composed: String = title.nfc().collect();
    let folded: String = caseless::default_case_fold_str(&composed).nfc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns text without case, accents and punctuation, for finding similar text: `WALL·E` becomes `wall e`. Marks that
/// make another letter, as in Japanese and Devanagari, and signs that make another title (C++, C#, 🍿) stay.
pub fn fold(text: &str) -> String {
    // Most titles are ASCII: for them, this takes a seventh of the time.
    let is_ascii = text.is_ascii();
    let folded: String = match is_ascii {
        true => text.to_ascii_lowercase(),
        false => {
            // Decomposing can produce capitals and folding can produce marks: hence decomposed twice, as in Unicode's
            // compatibility caseless match.
            let compatible: String = text.nfkd().collect();
            caseless::default_case_fold_str(&compatible).nfkd().filter(|&c| !is_accent(c)).collect()
        }
    };
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            // An apostrophe joins: "ocean's" and "oceans" are the same word.
            '\'' | '\u{2019}' | '`' => {}
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            c if c.is_alphanumeric() || is_combining_mark(c) || is_sign(c) => out.push(c),
            '&' => out.push_str(" and "),
            _ => out.push(' '),
        }
    }
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    // Recomposes the letters that were decomposed and kept.
    if is_ascii { words } else { words.nfc().collect() }
}

/// Returns the form in which titles are alike: without case, accents, punctuation and a leading article. A title that
/// is all punctuation keeps it.
pub fn likeness(title: &str) -> String {
    let folded = fold(title);
    if folded.is_empty() { title_key(title) } else { without_article(&folded).to_owned() }
}

/// Returns true for a mark that Latin, Greek and Cyrillic letters carry, and that people leave out when they type.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}

/// Returns true for a sign that is neither letter nor punctuation: mathematical signs, currencies, pictures.
fn is_sign(c: char) -> bool {
    matches!(c, '+' | '#' | '%' | '$' | '<' | '>' | '=' | '\u{A2}'..='\u{A5}' | '\u{20A0}'..='\u{20CF}'
        | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Returns lower-case text after its leading English article: `godfather` for `the godfather`. `None` without an
/// article. Articles of other languages are other words in English (`Die Hard`, `O Brother, Where Art Thou?`).
pub fn after_article(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(' ')?;
    ["the", "a", "an"].contains(&first).then_some(rest)
}

/// Returns lower-case text without its leading English article, if it has one.
pub fn without_article(text: &str) -> &str {
    after_article(text).unwrap_or(text)
}
