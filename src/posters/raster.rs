//! A decoded picture, and making it smaller.

/// A picture as red, green and blue bytes (sRGB), row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Raster {
    /// Makes a picture of these bytes. `None` unless they are three for each of at least one pixel.
    pub fn new(width: usize, height: usize, rgb: Vec<u8>) -> Option<Self> {
        let fits = width.checked_mul(height).and_then(|n| n.checked_mul(3)) == Some(rgb.len());
        (fits && !rgb.is_empty()).then_some(Self { width, height, rgb })
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The bytes.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// The colour of a pixel; of the nearest one where there is none.
    pub fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y.min(self.height - 1) * self.width + x.min(self.width - 1)) * 3;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    /// Returns the picture with `width` × `height` pixels, at least one each way. A new pixel is the mean of all old pixels
    /// that it touches. The mean is taken of squares, which are close to linear light: a mean of sRGB values would come out
    /// too dark.
    pub fn scaled(self, width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        if (width, height) == (self.width, self.height) {
            return self;
        }
        let mut rgb = Vec::with_capacity(width * height * 3);
        for row in 0..height {
            let old_rows = touched(row, height, self.height);
            for column in 0..width {
                let old_columns = touched(column, width, self.width);
                let mut sums = [0; 3];
                for old in old_rows.clone().flat_map(|y| old_columns.clone().map(move |x| (x, y))) {
                    for (sum, byte) in sums.iter_mut().zip(self.pixel(old.0, old.1)) {
                        *sum += u64::from(byte).pow(2);
                    }
                }
                let count = (old_rows.len() * old_columns.len()) as u64;
                // The root of a mean of squares of bytes is a byte.
                rgb.extend(sums.map(|sum| ((sum + count / 2) / count).isqrt() as u8));
            }
        }
        Self { width, height, rgb }
    }
}

/// The old pixels along one axis that a new one touches, where `new` of them take the place of `old`.
fn touched(at: usize, new: usize, old: usize) -> std::ops::Range<usize> {
    at * old / new..((at + 1) * old).div_ceil(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mean_is_taken_in_linear_light() {
        let stripes = Raster::new(2, 1, vec![0, 0, 0, 255, 255, 255]).unwrap();
        // Half the light of white is 188 in sRGB; the mean of the values would be 128.
        assert_eq!(stripes.scaled(1, 1).rgb(), [180, 180, 180]);
    }

    #[test]
    fn every_old_pixel_counts() {
        let three = Raster::new(3, 1, vec![255, 0, 0, 0, 255, 0, 0, 0, 255]).unwrap();
        let two = three.scaled(2, 1);
        assert_eq!((two.pixel(0, 0), two.pixel(1, 0)), ([180, 180, 0], [0, 180, 180]));
    }

    proptest! {
        #[test]
        fn one_colour_stays(color: [u8; 3], from in (1usize..40, 1usize..40), to in (1usize..40, 1usize..40)) {
            let raster = Raster::new(from.0, from.1, color.repeat(from.0 * from.1)).unwrap();
            let scaled = raster.scaled(to.0, to.1);
            prop_assert_eq!((scaled.width(), scaled.height()), to);
            prop_assert!(scaled.rgb().chunks_exact(3).all(|pixel| pixel == color));
        }
    }
}
