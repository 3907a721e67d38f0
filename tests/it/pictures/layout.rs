//! The room for a picture beside text.

use movienight::ui::picture::layout::{PictureBox, by_cursor};
use proptest::prelude::*;

#[test]
fn a_poster_keeps_its_proportions() {
    assert_eq!(PictureBox::find((80, Some(24)), (300, 450)), Some(PictureBox { columns: 24, rows: 18 }));
    assert_eq!(PictureBox::find((200, Some(60)), (300, 450)), Some(PictureBox { columns: 30, rows: 23 }));
    assert_eq!(PictureBox::find((60, Some(17)), (300, 450)), Some(PictureBox { columns: 20, rows: 15 }));
    // Landscape; a banner; a stripe.
    assert_eq!(PictureBox::find((80, None), (1142, 626)), Some(PictureBox { columns: 24, rows: 7 }));
    assert_eq!(PictureBox::find((80, None), (4000, 10)), Some(PictureBox { columns: 24, rows: 1 }));
    assert_eq!(PictureBox::find((80, None), (10, 4000)), Some(PictureBox { columns: 1, rows: 23 }));
}

#[test]
fn a_picture_is_never_enlarged() {
    let place = PictureBox { columns: 24, rows: 18 };
    assert_eq!(place.pixels((300, 450)), (200, 300));
    assert_eq!(place.pixels((100, 150)), (100, 150));
    assert_eq!(place.half_block_pixels(), (24, 36));
}

#[test]
fn text_longer_than_the_picture_stays_in_its_column() {
    let place = PictureBox { columns: 3, rows: 2 };
    let text = ["a".to_owned(), String::new(), "b".to_owned()];
    assert_eq!(by_cursor("X", place, &text), "\n\n\x1b[2AX\r\x1b[5Ca\n\n\r\x1b[5Cb\n");
    assert_eq!(by_cursor("X", place, &text[..1]), "\n\n\x1b[2AX\r\x1b[5Ca\n\n");
}

proptest! {
    #[test]
    fn the_picture_fits_every_screen(
        screen in (0usize..400, proptest::option::of(0usize..200)),
        pixels: (u16, u16),
    ) {
        if let Some(place) = PictureBox::find(screen, pixels) {
            prop_assert!(place.columns >= 1 && place.rows >= 1);
            prop_assert!(place.text_width(screen.0) >= 38);
            prop_assert!(screen.1.is_none_or(|height| place.rows + 2 <= height));
            let (width, height) = place.pixels(pixels);
            prop_assert!((1..=200).contains(&width) && height >= 1);
        }
    }
}
