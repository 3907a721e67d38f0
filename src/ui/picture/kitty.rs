//! The kitty graphics protocol, which puts pixels in escape sequences:
//! <https://sw.kovidgoyal.net/kitty/graphics-protocol/>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::posters::raster::Raster;

/// Maximum length of the data in one sequence, set by the protocol.
const CHUNK: usize = 4096;

/// Returns sequences that show a picture over this many cells and leave the cursor in place.
///
/// The picture has no id, so the terminal frees it once it is scrolled away or cleared. Nothing has to be deleted.
pub fn show(raster: &Raster, columns: usize, rows: usize) -> String {
    let data = STANDARD.encode(raster.rgb());
    let mut out = String::with_capacity(data.len() + data.len() / CHUNK * 16 + 100);
    // The first chunk only: transmit and place (T), 24-bit RGB (24), no responses (q=2), cursor stays (C=1).
    let mut head = format!("a=T,f=24,s={},v={},c={columns},r={rows},q=2,C=1,", raster.width(), raster.height());
    let mut rest = data.as_str();
    while !head.is_empty() || !rest.is_empty() {
        // Base64 is ASCII, so splitting at any byte is safe.
        let (chunk, later) = rest.split_at(rest.len().min(CHUNK));
        let more = u8::from(!later.is_empty());
        out += &format!("\x1b_G{head}m={more};{chunk}\x1b\\");
        rest = later;
        head.clear();
    }
    out
}
