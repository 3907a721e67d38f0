//! Scaling pictures down.

use movienight::posters::raster::Raster;
use proptest::prelude::*;

#[test]
fn colours_are_averaged_in_linear_light() {
    let stripes = Raster::new(2, 1, vec![0, 0, 0, 255, 255, 255]).unwrap();
    // Half the light of white is 188 in sRGB, which the mean of squares approximates; the mean of the bytes is 128.
    assert_eq!(stripes.scaled(1, 1).rgb(), [180, 180, 180]);
}

#[test]
fn every_source_pixel_counts() {
    let three = Raster::new(3, 1, vec![255, 0, 0, 0, 255, 0, 0, 0, 255]).unwrap();
    let two = three.scaled(2, 1);
    assert_eq!((two.pixel(0, 0), two.pixel(1, 0)), ([180, 180, 0], [0, 180, 180]));
}

proptest! {
    #[test]
    fn scaling_keeps_a_single_colour(color: [u8; 3], from in (1usize..40, 1usize..40), to in (1usize..40, 1usize..40)) {
        let raster = Raster::new(from.0, from.1, color.repeat(from.0 * from.1)).unwrap();
        let scaled = raster.scaled(to.0, to.1);
        prop_assert_eq!((scaled.width(), scaled.height()), to);
        prop_assert!(scaled.rgb().chunks_exact(3).all(|pixel| pixel == color));
    }
}
