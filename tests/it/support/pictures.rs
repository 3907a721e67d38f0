//! Posters made for the tests.

use jpeg_encoder::{ColorType, Encoder};

/// Draws a gradient of two colours, a light in the sky and hills, different for each seed. Returns RGB.
pub fn pixels(seed: usize, width: usize, height: usize) -> Vec<u8> {
    const SKIES: [[[f64; 3]; 2]; 6] = [
        [[30.0, 32.0, 74.0], [236.0, 132.0, 84.0]],
        [[10.0, 50.0, 66.0], [160.0, 206.0, 170.0]],
        [[70.0, 16.0, 40.0], [246.0, 178.0, 92.0]],
        [[22.0, 22.0, 30.0], [116.0, 128.0, 160.0]],
        [[96.0, 44.0, 120.0], [250.0, 170.0, 170.0]],
        [[200.0, 170.0, 110.0], [240.0, 226.0, 190.0]],
    ];
    let [top, bottom] = SKIES[seed % SKIES.len()];
    let (w, h) = (width as f64, height as f64);
    let light = (w * (0.25 + 0.11 * (seed % 5) as f64), h * (0.2 + 0.07 * (seed % 4) as f64), w * 0.16);
    let mut rgb = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let (fx, fy) = (x as f64, y as f64);
            let distance = ((fx - light.0).powi(2) + (fy - light.1).powi(2)).sqrt();
            let glow = (1.0 - (distance / light.2 - 1.0).max(0.0) / 2.5).max(0.0);
            let mut shade = 1.0;
            for hill in 0..3 {
                let phase = (seed * 7 + hill * 3) as f64;
                let ridge = h * (0.66 + 0.1 * hill as f64)
                    + h * 0.05 * (fx / w * (3.0 + hill as f64) + phase).sin()
                    + h * 0.02 * (fx / w * 11.0 + phase).sin();
                if fy > ridge {
                    shade = 0.62 - 0.22 * hill as f64;
                }
            }
            for channel in 0..3 {
                let sky = top[channel] + (bottom[channel] - top[channel]) * fy / h;
                let lit = sky + (250.0 - sky) * if distance < light.2 { 0.92 } else { glow * 0.35 };
                // A little grain, like film.
                let grain = ((x * 7919 + y * 104_729 + seed * 31) % 23) as f64 - 11.0;
                let value = if shade < 1.0 { sky * shade } else { lit };
                rgb.push((value + grain).clamp(0.0, 255.0) as u8);
            }
        }
    }
    rgb
}

/// Returns a poster as a JPEG. Quality 86 makes about 33 KiB of 300 × 450 pixels, as real hosts do.
pub fn poster(seed: usize, width: u16, height: u16) -> Vec<u8> {
    encode(seed, width, height, |_| {})
}

/// Returns a progressive JPEG, which consists of several scans.
#[cfg(feature = "pictures")]
pub fn progressive(seed: usize, width: u16, height: u16) -> Vec<u8> {
    encode(seed, width, height, |encoder| encoder.set_progressive(true))
}

fn encode(seed: usize, width: u16, height: u16, set: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 86);
    set(&mut encoder);
    encoder.encode(&pixels(seed, width.into(), height.into()), width, height, ColorType::Rgb).unwrap();
    out
}

/// Returns the poster with another size in its header.
#[cfg(feature = "pictures")]
pub fn with_size(file: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut out = file.to_vec();
    let at = out.windows(2).position(|w| w[0] == 0xFF && (0xC0..=0xC2).contains(&w[1])).unwrap();
    out[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    out[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    out
}

/// Returns a progressive poster with its last scan repeated `more` times.
#[cfg(feature = "pictures")]
pub fn with_scans(file: &[u8], more: usize) -> Vec<u8> {
    let scan = file.windows(2).rposition(|w| w == [0xFF, 0xDA]).unwrap();
    let (start, end) = file.split_at(file.len() - 2);
    [start, &start[scan..].repeat(more), end].concat()
}

/// Returns the poster with data of codes that are in no Huffman table, which only decoding reveals.
#[cfg(feature = "pictures")]
pub fn with_wrong_codes(file: &[u8]) -> Vec<u8> {
    let scan = file.windows(2).rposition(|w| w == [0xFF, 0xDA]).unwrap();
    let header = usize::from(u16::from_be_bytes([file[scan + 2], file[scan + 3]]));
    [&file[..scan + 2 + header], &[0xFF, 0].repeat(500), &[0xFF, 0xD9]].concat()
}

/// Adds comments until the file has `size` bytes.
#[cfg(feature = "pictures")]
pub fn with_bytes(file: &[u8], size: usize) -> Vec<u8> {
    let mut large = file[..2].to_vec();
    while large.len() + file.len() - 2 < size {
        // A comment has four bytes of its own, and must leave room for another or for none.
        let missing = size + 2 - large.len() - file.len();
        let text = if missing <= 0xFFFF { missing - 4 } else { 0xF000 };
        large.extend([0xFF, 0xFE]);
        large.extend(((text + 2) as u16).to_be_bytes());
        large.resize(large.len() + text, b' ');
    }
    large.extend(&file[2..]);
    large
}
