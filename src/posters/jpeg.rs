//! Checks the header of a JPEG file (kind, size and number of scans) before anything is decoded.
//!
//! Accepts baseline, extended sequential and progressive files (ITU-T T.81, SOF0 to SOF2) with 8 bits and one or three
//! components. That is all that the poster hosts serve, and all that browsers and terminals show.

/// Maximum size of a file. Posters 300 pixels wide have about 33 KiB.
pub const MAX_BYTES: usize = 512 << 10;
/// Maximum number of pixels. A poster 300 pixels wide has 0.13 million. Decoding takes about nine bytes a pixel.
pub const MAX_PIXELS: u32 = 4_000_000;
/// Maximum number of scans of a progressive file. Common encoders make about ten.
const MAX_SCANS: u32 = 64;
/// Maximum of scans times pixels. Even a scan of a few bytes makes the decoder visit every block, so this bounds the
/// time to decode.
const MAX_SCANNED_PIXELS: u32 = 40_000_000;

const SOI: [u8; 2] = [0xFF, 0xD8];
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

const TRUNCATED: &str = "a truncated JPEG";
const MALFORMED: &str = "a damaged JPEG";
const UNSUPPORTED: &str = "an unsupported kind of JPEG";

/// A JPEG file whose header has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jpeg {
    bytes: Vec<u8>,
    width: u16,
    height: u16,
}

impl Jpeg {
    /// Checks the header of `bytes` and drops everything after the end of the picture.
    ///
    /// # Errors
    /// Returns a phrase for what the bytes are instead of an accepted picture, such as "a JPEG with too many pixels".
    pub fn parse(bytes: &[u8]) -> Result<Self, &'static str> {
        if bytes.len() > MAX_BYTES {
            return Err("a JPEG with too many bytes");
        }
        if !bytes.starts_with(&SOI) {
            return Err("a file that is not a JPEG");
        }
        let mut at = SOI.len();
        let mut size: Option<(u16, u16)> = None;
        let mut scans = 0;
        loop {
            at = marker(bytes, at).ok_or(TRUNCATED)?;
            let code = bytes[at - 1];
            if code == EOI {
                break;
            }
            let segment = segment(bytes, at)?;
            at += segment.len();
            match code {
                0xC0..=0xC2 if size.is_none() => size = Some(frame_size(segment)?),
                // A second frame, or lossless, hierarchical or arithmetic coding. C4 is a table, not a frame.
                0xC0..=0xC3 | 0xC5..=0xCF => return Err(UNSUPPORTED),
                SOS => {
                    scans += 1;
                    let (width, height) = size.ok_or(MALFORMED)?;
                    let pixels = u32::from(width) * u32::from(height);
                    if scans > MAX_SCANS || (scans > 1 && scans * pixels > MAX_SCANNED_PIXELS) {
                        return Err("a JPEG with too many scans");
                    }
                }
                _ => {}
            }
        }
        let (width, height) = size.filter(|_| scans > 0).ok_or(MALFORMED)?;
        Ok(Self { bytes: bytes[..at].to_vec(), width, height })
    }

    /// Returns the bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the width in pixels.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Returns the height in pixels.
    pub fn height(&self) -> u16 {
        self.height
    }
}

/// Returns the position after the next marker. In picture data, which is skipped, `FF` precedes only 0 or a restart
/// marker.
fn marker(bytes: &[u8], from: usize) -> Option<usize> {
    let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0x01 | 0xD0..=0xD8 | 0xFF);
    bytes[from..].windows(2).position(is_marker).map(|at| from + at + 2)
}

/// Returns the segment at a position: its length in two bytes, which counts itself, and its content.
fn segment(bytes: &[u8], at: usize) -> Result<&[u8], &'static str> {
    let length = bytes[at..].first_chunk::<2>().map(|length| u16::from_be_bytes(*length).into());
    match length.ok_or(TRUNCATED)? {
        0 | 1 => Err(MALFORMED),
        length => bytes.get(at..at + length).ok_or(TRUNCATED),
    }
}

/// Reads width and height from a frame header: length (2 bytes), precision, height (2), width (2), components.
fn frame_size(segment: &[u8]) -> Result<(u16, u16), &'static str> {
    let Some(&[_, _, precision, h1, h0, w1, w0, components]) = segment.first_chunk::<8>() else {
        return Err(MALFORMED);
    };
    let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
    match u32::from(width) * u32::from(height) {
        _ if precision != 8 || !matches!(components, 1 | 3) => Err(UNSUPPORTED),
        0 => Err(MALFORMED),
        pixels if pixels > MAX_PIXELS => Err("a JPEG with too many pixels"),
        _ => Ok((width, height)),
    }
}
