//! Pictures in a terminal, beside text.
//!
//! [`detect`] says by which protocol, [`layout`] how large, and [`beside`] makes the bytes to print.

pub mod detect;
mod half_blocks;
mod iterm2;
mod kitty;
pub mod layout;

use crate::posters::jpeg::Jpeg;
use crate::posters::raster::Raster;
use detect::Depth;
use layout::Place;

/// A picture, ready to be drawn by one protocol.
#[derive(Clone, Copy, Debug)]
pub enum Picture<'a> {
    /// For the kitty graphics protocol: any number of pixels.
    Kitty(&'a Raster),
    /// For iTerm2's inline images: the file itself.
    ITerm2(&'a Jpeg),
    /// For half blocks: a pixel for each column and two for each row.
    HalfBlocks(&'a Raster, Depth),
}

/// The picture at the left and lines of text at its right, to be printed as it is. The lines are
/// wrapped to what [`Place::text_width`] leaves and hold no line feeds; colours are allowed.
///
/// Ends with a line feed; leaves the cursor at the start of the line below both.
pub fn beside(picture: Picture<'_>, place: Place, text: &[String]) -> String {
    match picture {
        Picture::HalfBlocks(raster, depth) => {
            let picture = half_blocks::lines(raster, depth);
            layout::line_by_line(&picture, place, text)
        }
        Picture::Kitty(raster) => layout::by_cursor(&kitty::show(raster, place.columns, place.rows), place, text),
        Picture::ITerm2(jpeg) => layout::by_cursor(&iterm2::show(jpeg.bytes(), place.columns, place.rows), place, text),
    }
}
