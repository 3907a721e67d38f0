//! A picture of characters: `▀` shows two pixels, its own colour above and the background below.

use std::fmt::Write;

use super::detect::Depth;
use crate::posters::raster::Raster;

/// Pixels to lines of text, two rows of pixels each. Every line ends with all colours off.
pub fn lines(raster: &Raster, depth: Depth) -> Vec<String> {
    (0..raster.height().div_ceil(2)).map(|row| line(raster, row, depth)).collect()
}

fn line(raster: &Raster, row: usize, depth: Depth) -> String {
    let mut out = String::with_capacity(raster.width() * 40);
    let (mut front, mut back) = (String::new(), String::new());
    for x in 0..raster.width() {
        let above = color(raster.pixel(x, row * 2), depth);
        // The last row of an odd number of pixels is shown twice.
        let below = color(raster.pixel(x, row * 2 + 1), depth);
        // Writing to a String never fails.
        if back != below {
            let _ = write!(out, "\x1b[48;{below}m");
            back = below;
        }
        if front != above {
            let _ = write!(out, "\x1b[38;{above}m");
            front = above;
        }
        out.push('▀');
    }
    out + "\x1b[0m"
}

/// A colour as the parameters of SGR 38 and 48 name it.
fn color(rgb: [u8; 3], depth: Depth) -> String {
    match (depth, rgb) {
        (Depth::True, [r, g, b]) => format!("2;{r};{g};{b}"),
        (Depth::Indexed, _) => format!("5;{}", indexed(rgb)),
    }
}

/// The nearest of xterm's colours: a cube of 6 × 6 × 6 from 16 on, and 24 greys from 232 on. The
/// first 16 are not used: everybody sets these differently.
fn indexed(rgb: [u8; 3]) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |v: u8| (0..6).min_by_key(|&at| STEPS[at].abs_diff(v)).unwrap_or_default();
    let cube = rgb.map(step);
    let mean = rgb.iter().map(|&v| u32::from(v)).sum::<u32>() / 3;
    let grey_at = (mean.saturating_sub(3) / 10).min(23);
    let grey = (8 + grey_at * 10) as u8;
    let distance = |other: [u8; 3]| rgb.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    match distance([grey; 3]) < distance(cube.map(|at| STEPS[at])) {
        true => 232 + grey_at as u8,
        false => (16 + 36 * cube[0] + 6 * cube[1] + cube[2]) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: [u8; 3] = [255, 0, 0];
    const BLUE: [u8; 3] = [0, 0, 255];

    fn raster(width: usize, pixels: &[[u8; 3]]) -> Raster {
        Raster::new(width, pixels.len() / width, pixels.concat()).unwrap()
    }

    #[test]
    fn a_character_shows_two_pixels() {
        let out = lines(&raster(2, &[RED, RED, BLUE, RED]), Depth::True);
        assert_eq!(out, ["\x1b[48;2;0;0;255m\x1b[38;2;255;0;0m▀\x1b[48;2;255;0;0m▀\x1b[0m"]);
    }

    #[test]
    fn an_odd_row_is_shown_whole() {
        let out = lines(&raster(1, &[RED, BLUE, BLUE]), Depth::True);
        assert_eq!(out.len(), 2);
        assert_eq!(out[1], "\x1b[48;2;0;0;255m\x1b[38;2;0;0;255m▀\x1b[0m");
    }

    #[test]
    fn the_nearest_of_256_colors() {
        assert_eq!(indexed([0, 0, 0]), 16);
        assert_eq!(indexed([255, 255, 255]), 231);
        assert_eq!(indexed(RED), 196);
        assert_eq!(indexed([128, 128, 128]), 244);
        assert_eq!(indexed([95, 135, 175]), 67);
    }
}
