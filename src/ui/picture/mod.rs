//! Pictures in a terminal, beside text.
//!
//! [`detect`] says by which protocol, [`layout`] how large, and [`beside`] makes the bytes to print.

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

/// Returns the picture at the left and lines of text at its right, to be printed as it is. `None` if the picture cannot be
/// decoded. The lines are wrapped to what [`PictureBox::text_width`] leaves and hold no line feeds; colours are allowed.
///
/// Ends with a line feed; leaves the cursor at the start of the line below both.
pub fn beside(picture: &Jpeg, protocol: Protocol, place: PictureBox, text: &[String]) -> Option<String> {
    let decoded = |(width, height): (usize, usize)| decode(picture, width, height);
    let sequence = match protocol {
        Protocol::HalfBlocks => {
            let lines = half_blocks::lines(&decoded(place.half_block_pixels())?);
            // The cursor is saved (DECSC) and restored: it stays, as with the others.
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

/// Shows the file over that many cells by iTerm2's inline images (<https://iterm2.com/documentation-images.html>); the
/// cursor stays. Not every terminal knows `doNotMoveCursor`, so it is saved (DECSC) and restored, too.
fn iterm2(file: &[u8], columns: usize, rows: usize) -> String {
    let (size, data) = (file.len(), STANDARD.encode(file));
    format!(
        "\x1b7\x1b]1337;File=inline=1;size={size};width={columns};height={rows};preserveAspectRatio=1;\
         doNotMoveCursor=1:{data}\x07\x1b8"
    )
}
