//! Pictures in a terminal, next to text.
//!
//! [`detect`] finds the protocol, [`layout`] the size, and [`beside`] makes the bytes to print.

pub mod detect;
mod half_blocks;
mod kitty;
pub mod layout;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::posters::decode::decode;
use crate::posters::jpeg::Jpeg;
use detect::Protocol;
use layout::PictureBox;

/// Returns the picture with lines of text to its right, ready to print. `None` if the picture cannot be decoded. The
/// lines must fit [`PictureBox::text_width`] and contain no line feeds. Colours are allowed.
///
/// Ends with a line feed, with the cursor at the start of the line below both.
pub fn beside(picture: &Jpeg, protocol: Protocol, place: PictureBox, text: &[String]) -> Option<String> {
    let decoded = |(width, height): (usize, usize)| decode(picture, width, height);
    let sequence = match protocol {
        Protocol::HalfBlocks => {
            let lines = half_blocks::lines(&decoded(place.half_block_pixels())?);
            // Saving (DECSC) and restoring the cursor keeps it in place, as the other protocols do.
            format!("\x1b7{}\x1b8", lines.join("\r\n"))
        }
        Protocol::Kitty => {
            let pixels = place.pixels((picture.width(), picture.height()));
            kitty::show(&decoded(pixels)?, place.columns, place.rows)
        }
        Protocol::ITerm2 => iterm2(picture.bytes(), place.columns, place.rows),
    };
    Some(layout::by_cursor(&sequence, place, text))
}

/// Shows the file over this many cells as an iTerm2 inline image (<https://iterm2.com/documentation-images.html>). Some
/// terminals ignore `doNotMoveCursor`, so the cursor is also saved (DECSC) and restored.
fn iterm2(file: &[u8], columns: usize, rows: usize) -> String {
    let (size, data) = (file.len(), STANDARD.encode(file));
    format!(
        "\x1b7\x1b]1337;File=inline=1;size={size};width={columns};height={rows};preserveAspectRatio=1;\
         doNotMoveCursor=1:{data}\x07\x1b8"
    )
}
