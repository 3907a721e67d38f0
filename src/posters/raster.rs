//! A decoded picture that can be scaled down.

/// A picture as red, green and blue bytes (sRGB), row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Raster {
    /// Makes a picture of these bytes. `None` unless there are three bytes for each pixel and at least one pixel.
    pub fn new(width: usize, height: usize, rgb: Vec<u8>) -> Option<Self> {
        let fits = width.checked_mul(height).and_then(|n| n.checked_mul(3)) == Some(rgb.len());
        (fits && !rgb.is_empty()).then_some(Self { width, height, rgb })
    }

    /// Returns the width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Returns the height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Returns the bytes, three a pixel.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// Returns the colour of a pixel, or of the nearest one if the position is outside the picture.
    pub fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y.min(self.height - 1) * self.width + x.min(self.width - 1)) * 3;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    /// Returns the picture scaled to `width` × `height` pixels, at least one in each direction. A new pixel is the mean
    /// of all old pixels that it touches. The mean is taken of squares, which approximate linear light: a mean of sRGB
    /// values would be too dark.
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
                // The root mean square of bytes fits in a byte.
                rgb.extend(sums.map(|sum| ((sum + count / 2) / count).isqrt() as u8));
            }
        }
        Self { width, height, rgb }
    }
}

/// Returns the old pixels along one axis that the new pixel `at` touches, when `old` pixels are scaled to `new`.
fn touched(at: usize, new: usize, old: usize) -> std::ops::Range<usize> {
    at * old / new..((at + 1) * old).div_ceil(new)
}
