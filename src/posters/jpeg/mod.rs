//! JPEG by its bytes: checked marker by marker, bounded, and without metadata.
//!
//! Accepted are baseline, extended sequential and progressive files (ITU-T T.81, SOF0 to SOF2) with
//! Huffman coding, 8 bits and 1 or 3 components: all that the poster hosts serve and all that
//! browsers and terminals show. Nothing is decoded here; the entropy-coded data is copied unread.

mod segments;

use std::fmt;

use segments::{Frame, Input, Tables};

/// Files larger than this are refused. Posters 300 pixels wide have about 33 KiB.
pub const MAX_BYTES: usize = 512 << 10;
/// Pixels of the largest picture. A poster 300 pixels wide has 0.13 million; a decoder needs about
/// nine bytes for each pixel of a progressive file.
pub const MAX_PIXELS: u32 = 4_000_000;
/// Scans of a progressive file; usual encoders make about ten.
const MAX_SCANS: u32 = 64;
/// Scans times pixels: a scan of a few bytes makes the decoder visit every block, so this bounds
/// the time that decoding takes. Ten scans of the largest picture stay below.
const MAX_SCANNED_PIXELS: u64 = 64_000_000;

mod marker {
    pub const SOF0: u8 = 0xC0;
    pub const SOF2: u8 = 0xC2;
    pub const DHT: u8 = 0xC4;
    pub const SOF15: u8 = 0xCF;
    pub const RST0: u8 = 0xD0;
    pub const SOI: u8 = 0xD8;
    pub const EOI: u8 = 0xD9;
    pub const SOS: u8 = 0xDA;
    pub const DQT: u8 = 0xDB;
    pub const DRI: u8 = 0xDD;
    pub const APP0: u8 = 0xE0;
    pub const APP14: u8 = 0xEE;
    pub const APP15: u8 = 0xEF;
    pub const COM: u8 = 0xFE;
}

/// The reason for which bytes are not accepted as a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Something else, such as PNG.
    NotJpeg(&'static str),
    /// A kind of JPEG that is not accepted, or more of something than is accepted.
    Unsupported(&'static str),
    /// Too many bytes, pixels or scans.
    TooLarge(&'static str),
    /// The file ends early.
    Truncated,
    /// A marker or table that the standard does not allow there.
    Malformed(&'static str),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJpeg(what) => write!(f, "{what} instead of JPEG"),
            Self::Unsupported(what) => write!(f, "JPEG with {what}, which is not supported"),
            Self::TooLarge(what) => write!(f, "JPEG with too many {what}"),
            Self::Truncated => f.write_str("JPEG that ends early"),
            Self::Malformed(what) => write!(f, "JPEG with a wrong {what}"),
        }
    }
}

/// A JPEG file that was checked and holds no metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jpeg {
    bytes: Vec<u8>,
    width: u16,
    height: u16,
}

impl Jpeg {
    /// Checks `bytes` and leaves out what is not needed to show the picture: comments, thumbnails,
    /// EXIF, colour profiles, what follows the end.
    ///
    /// Idempotent: parsing what is clean changes nothing.
    ///
    /// # Errors
    /// Says why the bytes are refused.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.len() > MAX_BYTES {
            return Err(Refused::TooLarge("bytes"));
        }
        let Some(rest) = bytes.strip_prefix(&[0xFF, marker::SOI]) else {
            return Err(Refused::NotJpeg(kind_of(bytes)));
        };
        let mut input = Input { rest };
        let mut output = Output::default();
        let mut tables = Tables::default();
        let mut frame: Option<Frame> = None;
        let mut scans = 0;
        loop {
            match input.marker()? {
                marker::EOI => break,
                code @ marker::SOF0..=marker::SOF2 => {
                    let body = input.segment()?;
                    if frame.is_some() {
                        return Err(Refused::Unsupported("several frames"));
                    }
                    frame = Some(Frame::parse(body, code == marker::SOF2)?);
                    output.keep(code, body);
                }
                marker::SOS => {
                    let body = input.segment()?;
                    let frame = frame.as_ref().ok_or(Refused::Malformed("order of segments"))?;
                    segments::check_scan(body, frame, &tables)?;
                    scans += 1;
                    check_scans(scans, frame)?;
                    output.keep(marker::SOS, body);
                    output.body.extend_from_slice(input.entropy_coded(tables.restarts)?);
                }
                marker::DHT => output.keep(marker::DHT, tables.add_huffman(input.segment()?)?),
                marker::DQT => output.keep(marker::DQT, tables.add_quantization(input.segment()?)?),
                marker::DRI => output.keep(marker::DRI, tables.set_restarts(input.segment()?)?),
                marker::APP0 => output.has_jfif |= input.segment()?.starts_with(b"JFIF\0"),
                marker::APP14 => output.transform = segments::adobe_transform(input.segment()?).or(output.transform),
                marker::APP0..=marker::APP15 | marker::COM => drop(input.segment()?),
                marker::SOF0..=marker::SOF15 => return Err(Refused::Unsupported("another coding")),
                marker::RST0..=marker::SOI => return Err(Refused::Malformed("order of segments")),
                _ => return Err(Refused::Unsupported("a rare marker")),
            }
        }
        let frame = frame.filter(|_| scans > 0).ok_or(Refused::Malformed("end: it holds no picture"))?;
        Ok(Self { bytes: output.finish(), width: frame.width, height: frame.height })
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Width in pixels.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u16 {
        self.height
    }
}

fn check_scans(scans: u32, frame: &Frame) -> Result<(), Refused> {
    let pixels = u64::from(frame.width) * u64::from(frame.height);
    // A sequential file has each component once.
    let most = if frame.is_progressive { MAX_SCANS } else { frame.components.len() as u32 };
    if scans > most || u64::from(scans) * pixels > MAX_SCANNED_PIXELS {
        return Err(Refused::TooLarge("scans"));
    }
    Ok(())
}

/// The kind of other bytes, for the error.
fn kind_of(bytes: &[u8]) -> &'static str {
    let text = bytes.trim_ascii_start();
    match bytes {
        [] => "nothing",
        [0x89, b'P', b'N', b'G', ..] => "PNG",
        [b'G', b'I', b'F', b'8', ..] => "GIF",
        [b'R', b'I', b'F', b'F', ..] => "WebP",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "AVIF or HEIF",
        _ if text.starts_with(b"<svg") || text.starts_with(b"<?xml") => "SVG",
        _ if text.starts_with(b"<") => "HTML",
        _ => "unknown bytes",
    }
}

/// The clean file.
#[derive(Default)]
struct Output {
    has_jfif: bool,
    /// The coding of colours, by Adobe's segment.
    transform: Option<u8>,
    body: Vec<u8>,
}

impl Output {
    fn keep(&mut self, code: u8, content: &[u8]) {
        segments::write(&mut self.body, code, content);
    }

    fn finish(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.body.len() + 40);
        out.extend_from_slice(&[0xFF, marker::SOI]);
        if self.has_jfif {
            // Version 1.1, square pixels, no thumbnail.
            segments::write(&mut out, marker::APP0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        }
        if let Some(transform) = self.transform {
            // Version 100, no flags.
            segments::write(&mut out, marker::APP14, &[b'A', b'd', b'o', b'b', b'e', 0, 100, 0, 0, 0, 0, transform]);
        }
        out.extend_from_slice(&self.body);
        out.extend_from_slice(&[0xFF, marker::EOI]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
    use proptest::prelude::*;

    /// A picture of our own making: a gradient.
    fn encoded(width: u16, height: u16, set: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
        let pixels = (0..usize::from(height)).flat_map(|y| (0..usize::from(width)).map(move |x| (x, y)));
        let rgb: Vec<u8> = pixels.flat_map(|(x, y)| [(x * 3) as u8, (y * 2) as u8, (x + y) as u8]).collect();
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, 80);
        set(&mut encoder);
        encoder.encode(&rgb, width, height, ColorType::Rgb).unwrap();
        out
    }

    fn baseline() -> Vec<u8> {
        encoded(30, 45, |_| {})
    }

    /// `bytes` with a segment put behind SOI.
    fn with_segment(bytes: &[u8], code: u8, content: &[u8]) -> Vec<u8> {
        let mut out = bytes[..2].to_vec();
        segments::write(&mut out, code, content);
        out.extend_from_slice(&bytes[2..]);
        out
    }

    /// `bytes` with size written into the frame header.
    fn with_size(bytes: &[u8], width: u16, height: u16) -> Vec<u8> {
        let mut out = bytes.to_vec();
        let at = out.windows(2).position(|w| w[0] == 0xFF && (marker::SOF0..=marker::SOF2).contains(&w[1])).unwrap();
        out[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
        out[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
        out
    }

    #[test]
    fn usual_files_are_accepted() {
        let variants = [
            baseline(),
            encoded(300, 450, |e| e.set_progressive(true)),
            encoded(31, 17, |e| e.set_sampling_factor(SamplingFactor::F_2_2)),
            encoded(31, 17, |e| e.set_sampling_factor(SamplingFactor::F_4_1)),
            encoded(64, 64, |e| e.set_restart_interval(2)),
            encoded(64, 64, |e| e.set_optimized_huffman_tables(true)),
        ];
        for bytes in variants {
            let jpeg = Jpeg::parse(&bytes).unwrap();
            assert_eq!(Jpeg::parse(jpeg.bytes()), Ok(jpeg.clone()));
            let raster = crate::posters::decode::decode(&jpeg, 20, 30).unwrap();
            assert_eq!((raster.width(), raster.height()), (20, 30));
        }
        let jpeg = Jpeg::parse(&baseline()).unwrap();
        assert_eq!((jpeg.width(), jpeg.height()), (30, 45));
    }

    #[test]
    fn metadata_goes() {
        let plain = Jpeg::parse(&baseline()).unwrap();
        let secret = b"Exif\0\0 where I live <script>";
        let mut bytes = baseline();
        for code in [marker::COM, 0xE1, 0xE2, 0xED, marker::APP15] {
            bytes = with_segment(&bytes, code, secret);
        }
        bytes.extend_from_slice(secret);
        let jpeg = Jpeg::parse(&bytes).unwrap();
        assert_eq!(jpeg, plain);
        assert!(!jpeg.bytes().windows(8).any(|w| w == b"<script>"));
        // A thumbnail in JFIF, and text behind Adobe's transform.
        let jfif = with_segment(&bytes, marker::APP0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01<script>");
        let adobe = with_segment(&jfif, marker::APP14, b"Adobe\0\x64\0\0\0\0\x01<script>");
        let jpeg = Jpeg::parse(&adobe).unwrap();
        assert!(!jpeg.bytes().windows(8).any(|w| w == b"<script>"));
        assert!(jpeg.bytes().windows(5).any(|w| w == b"Adobe"));
    }

    #[test]
    fn bombs_are_refused_before_anything_is_decoded() {
        for (width, height) in [(65_535, 65_535), (2_000, 2_001), (65_535, 62)] {
            assert_eq!(Jpeg::parse(&with_size(&baseline(), width, height)), Err(Refused::TooLarge("pixels")));
        }
        assert!(Jpeg::parse(&with_size(&baseline(), 2_000, 2_000)).is_ok());
        assert_eq!(Jpeg::parse(&with_size(&baseline(), 0, 9)), Err(Refused::Unsupported("no size")));
        // One scan again and again.
        let progressive = encoded(30, 45, |e| e.set_progressive(true));
        let sos = progressive.windows(2).rposition(|w| w == [0xFF, marker::SOS]).unwrap();
        let scan = progressive[sos..progressive.len() - 2].to_vec();
        let repeated = |times: usize, size: (u16, u16)| {
            let mut out = with_size(&progressive, size.0, size.1);
            out.truncate(out.len() - 2);
            (0..times).for_each(|_| out.extend_from_slice(&scan));
            out.extend_from_slice(&[0xFF, marker::EOI]);
            Jpeg::parse(&out).map(drop)
        };
        assert_eq!(repeated(30, (30, 45)), Ok(()));
        assert_eq!(repeated(64, (30, 45)), Err(Refused::TooLarge("scans")));
        assert_eq!(repeated(30, (2_000, 2_000)), Err(Refused::TooLarge("scans")));
        assert_eq!(Jpeg::parse(&vec![0xFF; MAX_BYTES + 1]), Err(Refused::TooLarge("bytes")));
    }

    #[test]
    fn other_files_are_named() {
        for (bytes, what) in [
            (&b""[..], "nothing"),
            (b"\x89PNG\r\n\x1a\n", "PNG"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
            (b"GIF89a", "GIF"),
            (b" \n<svg xmlns='x'/>", "SVG"),
            (b"<!DOCTYPE html>", "HTML"),
            (b"\0\0\0\x1cftypavif", "AVIF or HEIF"),
            (b"\xFF", "unknown bytes"),
        ] {
            assert_eq!(Jpeg::parse(bytes), Err(Refused::NotJpeg(what)));
        }
        for sof in [0xC3, 0xC5, 0xC9, 0xCA, 0xCC, 0xCF] {
            let mut bytes = baseline();
            let at = bytes.windows(2).position(|w| w == [0xFF, marker::SOF0]).unwrap();
            bytes[at + 1] = sof;
            assert_eq!(Jpeg::parse(&bytes), Err(Refused::Unsupported("another coding")));
        }
    }

    #[test]
    fn no_beginning_of_a_file_is_one() {
        for bytes in [baseline(), encoded(30, 45, |e| e.set_progressive(true))] {
            for end in 0..bytes.len() {
                assert!(Jpeg::parse(&bytes[..end]).is_err(), "{end}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged(
            mut bytes in prop_oneof![
                proptest::collection::vec(any::<u8>(), 0..300),
                Just(baseline()),
                Just(encoded(30, 45, |e| e.set_progressive(true))),
            ],
            changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..12),
        ) {
            for (at, byte) in changes.iter().filter(|_| !bytes.is_empty()).collect::<Vec<_>>() {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            if let Ok(jpeg) = Jpeg::parse(&bytes) {
                prop_assert!(jpeg.bytes().len() <= bytes.len() + 40);
                prop_assert_eq!(Jpeg::parse(jpeg.bytes()), Ok(jpeg.clone()));
            }
        }
    }
}
