//! A decoded picture, and making it smaller.

/// A picture as red, green and blue bytes (sRGB), row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Raster {
    /// A picture of these bytes; none when they are not three for each pixel, or there is no pixel.
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

    /// The same picture with that many pixels, at least one each way. Every new pixel is the mean of
    /// the area it covers, taken in linear light: a mean of sRGB values would come out too dark.
    pub fn scaled(&self, width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let tables = Tables::new();
        let (across, down) = (spans(self.width, width), spans(self.height, height));
        let mut rgb = Vec::with_capacity(width * height * 3);
        // A row of the old picture, and the sum of those that a new row covers.
        let mut light = vec![0u16; self.width * 3];
        let mut row = vec![0u32; self.width * 3];
        for span in &down {
            row.fill(0);
            for (at, &weight) in span.weights.iter().enumerate() {
                let old = &self.rgb[(span.start + at) * row.len()..][..row.len()];
                light.iter_mut().zip(old).for_each(|(light, &byte)| *light = tables.linear[usize::from(byte)]);
                for (sum, &light) in row.iter_mut().zip(&light) {
                    *sum += u32::from(light) * weight;
                }
            }
            let (pixels, _) = row.as_chunks::<3>();
            for span in &across {
                let mut sum = [0; 3];
                for (pixel, weight) in pixels[span.start..].iter().zip(&span.weights) {
                    for channel in 0..3 {
                        sum[channel] += rounded(pixel[channel]) * weight;
                    }
                }
                rgb.extend_from_slice(&sum.map(|light| tables.srgb(rounded(light))));
            }
        }
        Self { width, height, rgb }
    }
}

/// The weights of a new pixel sum up to 1, which is this many bits: with 16 bits of light, sums fit
/// into 32 bits.
const WEIGHT_BITS: u32 = 14;

/// A weighted sum as a value of light.
fn rounded(sum: u32) -> u32 {
    (sum + (1 << (WEIGHT_BITS - 1))) >> WEIGHT_BITS
}

/// Which old pixels a new one covers along one axis, and how much of the new one each is.
struct Span {
    start: usize,
    weights: Vec<u32>,
}

fn spans(from: usize, to: usize) -> Vec<Span> {
    // Edges in parts of an old pixel, of which each has `to`, and each new pixel covers `from`.
    let span = |at: usize| {
        let (left, right) = (at * from, (at + 1) * from);
        let start = left / to;
        let covered = (start..right.div_ceil(to)).map(|pixel| right.min((pixel + 1) * to) - left.max(pixel * to));
        let mut weights: Vec<u32> = covered.map(|parts| ((parts << WEIGHT_BITS) / from) as u32).collect();
        // What rounding took away goes to the first, so that white stays white.
        weights[0] += (1 << WEIGHT_BITS) - weights.iter().sum::<u32>();
        Span { start, weights }
    };
    (0..to).map(span).collect()
}

/// sRGB to linear light and back, by IEC 61966-2-1.
struct Tables {
    linear: [u16; 256],
    /// By the upper 12 bits of a linear value.
    srgb: Vec<u8>,
}

impl Tables {
    fn new() -> Self {
        let linear: [u16; 256] = std::array::from_fn(|byte| {
            let v = byte as f64 / 255.0;
            let linear = if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
            (linear * 65_535.0).round() as u16
        });
        let mut byte = 0;
        let nearest = (0..4096u32).map(|entry| {
            let middle = entry * 16 + 8;
            while byte < 255 && middle * 2 > u32::from(linear[byte]) + u32::from(linear[byte + 1]) {
                byte += 1;
            }
            byte as u8
        });
        Self { srgb: nearest.collect(), linear }
    }

    fn srgb(&self, linear: u32) -> u8 {
        self.srgb.get((linear >> 4) as usize).copied().unwrap_or(u8::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mean_is_taken_in_linear_light() {
        let stripes = Raster::new(2, 1, vec![0, 0, 0, 255, 255, 255]).unwrap();
        // Half the light of white is 188 in sRGB.
        assert_eq!(stripes.scaled(1, 1).rgb(), [188, 188, 188]);
    }

    #[test]
    fn parts_of_pixels_count_as_parts() {
        let three = Raster::new(3, 1, vec![255, 0, 0, 0, 255, 0, 0, 0, 255]).unwrap();
        let two = three.scaled(2, 1);
        // Two thirds red and one third green, then one third green and two thirds blue.
        assert_eq!(two.pixel(0, 0), [213, 156, 0]);
        assert_eq!(two.pixel(1, 0), [0, 156, 213]);
    }

    #[test]
    fn bytes_must_fit() {
        assert!(Raster::new(2, 2, vec![0; 11]).is_none());
        assert!(Raster::new(0, 2, Vec::new()).is_none());
        assert!(Raster::new(usize::MAX, 2, vec![0; 6]).is_none());
    }

    proptest! {
        #[test]
        fn one_colour_stays(color: [u8; 3], from in (1usize..40, 1usize..40), to in (1usize..40, 1usize..40)) {
            let raster = Raster::new(from.0, from.1, color.repeat(from.0 * from.1)).unwrap();
            let scaled = raster.scaled(to.0, to.1);
            prop_assert_eq!((scaled.width(), scaled.height()), to);
            for pixel in scaled.rgb().chunks_exact(3) {
                for (new, old) in pixel.iter().zip(color) {
                    // Next to black, neighbours share an entry of the table.
                    prop_assert!(new.abs_diff(old) <= 1, "{new} instead of {old}");
                }
            }
        }
    }
}
