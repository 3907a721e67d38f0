//! iTerm2's inline images: a file in an escape sequence. <https://iterm2.com/documentation-images.html>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Shows the file over that many cells; the cursor stays.
///
/// Not every terminal knows `doNotMoveCursor`, so the cursor is saved (DECSC) and restored, too.
pub fn show(file: &[u8], columns: usize, rows: usize) -> String {
    let (size, data) = (file.len(), STANDARD.encode(file));
    format!(
        "\x1b7\x1b]1337;File=inline=1;size={size};width={columns};height={rows};preserveAspectRatio=1;\
         doNotMoveCursor=1:{data}\x07\x1b8"
    )
}
