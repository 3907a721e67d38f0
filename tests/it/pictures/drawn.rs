//! Pictures in a terminal, as an emulator draws them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use movienight::posters::decode::decode;
use movienight::posters::jpeg::Jpeg;
use movienight::ui::picture::beside;
use movienight::ui::picture::detect::Protocol;
use movienight::ui::picture::layout::PictureBox;

use crate::support::pictures;

/// Returns a screen of 80 × 24 cells on which `before` lines were printed before the text.
fn screen(before: usize, printed: &str) -> vt100::Parser {
    let mut parser = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 100);
    parser.process("before\r\n".repeat(before).as_bytes());
    // The terminal driver also makes `\r\n` of `\n`.
    parser.process(printed.replace('\n', "\r\n").as_bytes());
    parser
}

fn text() -> Vec<String> {
    ["The Lighthouse Reel", "", "A lighthouse keeper finds a reel of film.", "Genres  Drama"]
        .map(str::to_owned)
        .to_vec()
}

#[test]
fn kitty_picture_data_is_sent_in_chunks() {
    let jpeg = Jpeg::parse(&pictures::poster(1, 300, 450)).unwrap();
    let out = beside(&jpeg, Protocol::Kitty, PictureBox { columns: 20, rows: 15 }, &[]).unwrap();
    let pieces: Vec<(&str, &str)> =
        out.split("\x1b\\").filter_map(|piece| piece.split_once("\x1b_G")?.1.split_once(';')).collect();
    let (keys, data): (Vec<&str>, Vec<&str>) = pieces.into_iter().unzip();
    assert_eq!(keys[0], "a=T,f=24,s=200,v=300,c=20,r=15,q=2,C=1,m=1");
    assert!(keys[1..keys.len() - 1].iter().all(|keys| *keys == "m=1") && keys.last() == Some(&"m=0"), "{keys:?}");
    assert!(data.iter().all(|data| data.len() <= 4096));
    assert_eq!(STANDARD.decode(data.concat()).unwrap(), decode(&jpeg, 200, 300).unwrap().rgb());
}

#[test]
fn half_blocks_stand_beside_the_text() {
    let place = PictureBox::find((80, Some(24)), (300, 450)).unwrap();
    let (width, height) = place.half_block_pixels();
    let jpeg = Jpeg::parse(&pictures::poster(1, 300, 450)).unwrap();
    let raster = decode(&jpeg, width, height).unwrap();
    for before in [0, 3, 23, 60] {
        let out = beside(&jpeg, Protocol::HalfBlocks, place, &text()).unwrap();
        let parser = screen(before, &out);
        let rows: Vec<String> = parser.screen().rows(0, 80).collect();
        let first = rows.iter().position(|row| row.contains("The Lighthouse Reel")).unwrap();
        assert_eq!(parser.screen().cursor_position(), ((first + place.rows) as u16, 0));
        for x in 0..width {
            let cell = parser.screen().cell(first as u16, x as u16).unwrap();
            let [r, g, b] = raster.pixel(x, 1);
            assert_eq!(cell.bgcolor(), vt100::Color::Rgb(r, g, b));
            let [r, g, b] = raster.pixel(x, 0);
            assert_eq!((cell.contents(), cell.fgcolor()), ("▀", vt100::Color::Rgb(r, g, b)));
        }
        // Colours end with the picture.
        let beside = parser.screen().cell(first as u16, width as u16 + 2).unwrap();
        assert_eq!((beside.contents(), beside.bgcolor()), ("T", vt100::Color::Default));
    }
}

#[test]
fn text_stands_beside_pictures_even_at_the_screen_bottom() {
    let place = PictureBox::find((80, Some(24)), (300, 450)).unwrap();
    let jpeg = Jpeg::parse(&pictures::poster(1, 300, 450)).unwrap();
    let long: Vec<String> = (0..22).map(|n| format!("line {n}")).collect();
    for protocol in [Protocol::Kitty, Protocol::ITerm2] {
        for before in [0, 3, 10, 23, 60] {
            let parser = screen(before, &beside(&jpeg, protocol, place, &text()).unwrap());
            let rows: Vec<String> = parser.screen().rows(0, 80).collect();
            let first = rows.iter().position(|row| row.contains("The Lighthouse Reel")).unwrap();
            let indent = " ".repeat(place.columns + 2);
            for (at, line) in text().iter().enumerate() {
                let expected = if line.is_empty() { String::new() } else { format!("{indent}{line}") };
                assert_eq!(rows[first + at], expected, "{before} lines before");
            }
            // All of the picture is on the screen, and the prompt below it.
            assert_eq!(parser.screen().cursor_position(), ((first + place.rows) as u16, 0));
            if before < 5 {
                assert_eq!(rows.iter().filter(|row| *row == "before").count(), before);
            }
            let parser = screen(before, &beside(&jpeg, protocol, place, &long).unwrap());
            let last = parser.screen().rows(0, 80).position(|row| row == format!("{indent}line 21")).unwrap();
            assert_eq!(parser.screen().cursor_position(), (last as u16 + 1, 0));
        }
    }
}
