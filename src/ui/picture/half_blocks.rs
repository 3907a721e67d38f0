//! Pictures made of `▀`: its foreground colours the upper of two pixels, its background the lower one.

use std::fmt::Write;

use crate::posters::raster::Raster;

/// Converts a picture to lines of text, one for two rows of pixels. Every line ends with a colour reset.
pub fn lines(raster: &Raster) -> Vec<String> {
    (0..raster.height().div_ceil(2)).map(|row| line(raster, row)).collect()
}

fn line(raster: &Raster, row: usize) -> String {
    let mut out = String::with_capacity(raster.width() * 40);
    let (mut front, mut back) = (None, None);
    for x in 0..raster.width() {
        // For an odd height, the last row of pixels is shown twice.
        let (above, below) = (raster.pixel(x, row * 2), raster.pixel(x, row * 2 + 1));
        // Writing to a String never fails.
        if back.replace(below) != Some(below) {
            let [r, g, b] = below;
            let _ = write!(out, "\x1b[48;2;{r};{g};{b}m");
        }
        if front.replace(above) != Some(above) {
            let [r, g, b] = above;
            let _ = write!(out, "\x1b[38;2;{r};{g};{b}m");
        }
        out.push('▀');
    }
    out + "\x1b[0m"
}
