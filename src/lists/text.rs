//! Decoding bytes: UTF-8, UTF-16 with a byte order mark, or Latin-1.

use super::in_line;
use crate::user_error::UserError;

/// Decodes the text of a file, without a byte order mark.
///
/// # Errors
/// The file holds control characters, so it is no text.
pub fn decode(file: &str, bytes: Vec<u8>) -> Result<String, UserError> {
    let utf16 = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes.first_chunk() {
        Some([0xFF, 0xFE]) => utf16(u16::from_le_bytes),
        Some([0xFE, 0xFF]) => utf16(u16::from_be_bytes),
        _ => match String::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text),
            // Each byte of Latin-1 is the number of its character in Unicode.
            Err(error) => error.into_bytes().into_iter().map(char::from).collect(),
        },
    };
    let is_control = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
    match text.find(is_control) {
        None => Ok(text),
        Some(at) => {
            let code = u32::from(text[at..].chars().next().unwrap_or_default());
            let failure = in_line(file, line_at(&text, at), format_args!("not a text file (byte 0x{code:02x})"));
            Err(failure.hint("give the CSV, JSON or ZIP file that the other program exports"))
        }
    }
}

/// Returns the line of an offset, from 1.
pub fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
}
