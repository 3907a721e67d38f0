//! The kitty graphics protocol: pixels in escape sequences.
//! <https://sw.kovidgoyal.net/kitty/graphics-protocol/>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::posters::raster::Raster;

/// The longest piece of data in one sequence, by the protocol.
const CHUNK: usize = 4096;

/// Sends and shows a picture over that many cells; the cursor stays.
///
/// The picture has no number, so that the terminal frees it when it is scrolled away or cleared, and
/// nothing of it is left to delete.
pub fn show(raster: &Raster, columns: usize, rows: usize) -> String {
    let data = STANDARD.encode(raster.rgb());
    let mut out = String::with_capacity(data.len() + data.len() / CHUNK * 16 + 100);
    // Transmit and place (T), RGB with 8 bits each (24), no answers (q=2), cursor stays (C=1). Only before the first chunk.
    let mut head = format!("a=T,f=24,s={},v={},c={columns},r={rows},q=2,C=1,", raster.width(), raster.height());
    let mut rest = data.as_str();
    while !head.is_empty() || !rest.is_empty() {
        // Base64 is ASCII: every byte is a character.
        let (chunk, later) = rest.split_at(rest.len().min(CHUNK));
        let more = u8::from(!later.is_empty());
        out += &format!("\x1b_G{head}m={more};{chunk}\x1b\\");
        rest = later;
        head.clear();
    }
    out
}
