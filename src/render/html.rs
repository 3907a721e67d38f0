//! HTML that is escaped by construction.
//!
//! Text and attribute values are escaped when they are added. Only literals of this program are added unescaped. Links
//! have their own method, because escaping does not make a `javascript:` URL harmless.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::posters::jpeg::Jpeg;

/// The name of an attribute and its unescaped value.
pub type Attribute<'a> = (&'static str, &'a str);

/// A piece of HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Adds a literal of this program, unescaped.
    pub fn raw(&mut self, html: &'static str) {
        self.0.push_str(html);
    }

    /// Adds text, escaped.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.0);
    }

    /// Adds an element and calls `content` to fill it.
    pub fn element(&mut self, name: &'static str, attributes: &[Attribute<'_>], content: impl FnOnce(&mut Self)) {
        self.void(name, attributes);
        content(self);
        self.0 += &format!("</{name}>");
    }

    /// Adds an element that contains only text.
    pub fn leaf(&mut self, name: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.element(name, attributes, |html| html.text(text));
    }

    /// Adds an element without content or end tag, such as `meta`.
    pub fn void(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.0 += &format!("<{name}");
        self.attributes(attributes);
        self.0.push('>');
    }

    /// Adds a link to an `https` URL. For any other URL, adds only the text.
    pub fn link(&mut self, address: &str, attributes: &[Attribute<'_>], text: &str) {
        if !address.starts_with("https://") {
            return self.text(text);
        }
        self.leaf("a", &[&[("href", address), ("rel", "noreferrer")], attributes].concat(), text);
    }

    /// Adds an image with its alternative text.
    pub fn image(&mut self, jpeg: &Jpeg, alternative: &str) {
        // Base64 needs no escaping, and a page may contain a megabyte of it.
        self.raw("<img src=\"data:image/jpeg;base64,");
        STANDARD.encode_string(jpeg.bytes(), &mut self.0);
        self.raw("\"");
        let (width, height) = (jpeg.width().to_string(), jpeg.height().to_string());
        self.attributes(&[("alt", alternative), ("width", &width), ("height", &height)]);
        self.raw(">");
    }

    /// Returns the HTML.
    pub fn into_string(self) -> String {
        self.0
    }

    fn attributes(&mut self, attributes: &[Attribute<'_>]) {
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            // `hidden` is equivalent to `hidden=""`.
            if !value.is_empty() {
                self.0.push_str("=\"");
                escape(value, &mut self.0);
                self.0.push('"');
            }
        }
    }
}

/// Escapes characters that are special in text or in a quoted value. Drops control characters, which HTML does not
/// allow, and characters that reorder the text around them.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() => {}
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => {}
            // Noncharacters, which HTML does not allow either.
            '\u{FDD0}'..='\u{FDEF}' => {}
            c if u32::from(c) & 0xFFFE == 0xFFFE => {}
            c => out.push(c),
        }
    }
}
