//! The segments of a JPEG file that a decoder builds its tables and buffers from, checked.

use super::{MAX_PIXELS, Refused};

/// Bits of a table's number: tables have the numbers 0 to 3.
const TABLES: u8 = 4;
/// Coefficients of a block.
const BLOCK: u8 = 64;
/// Restart markers, which stand inside the data of a scan.
const RST0: u8 = 0xD0;
const RST7: u8 = 0xD7;

/// The unread rest of a file.
pub struct Input<'a> {
    pub rest: &'a [u8],
}

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Refused> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Refused::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The code of the marker that stands here. Any number of fill bytes may precede it.
    pub fn marker(&mut self) -> Result<u8, Refused> {
        if self.take(1)? != [0xFF] {
            return Err(Refused::Malformed("distance between segments"));
        }
        loop {
            match self.take(1)? {
                [0xFF] => {}
                [code] => return Ok(*code),
                _ => return Err(Refused::Truncated),
            }
        }
    }

    /// The content of the segment whose length stands here.
    pub fn segment(&mut self) -> Result<&'a [u8], Refused> {
        let length = self.take(2)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        self.take(length.checked_sub(2).ok_or(Refused::Malformed("length of a segment"))?)
    }

    /// The data of a scan, up to the next marker that is not a restart.
    pub fn entropy_coded(&mut self, restarts: bool) -> Result<&'a [u8], Refused> {
        let mut at = 0;
        loop {
            at += self.rest[at..].iter().position(|&byte| byte == 0xFF).ok_or(Refused::Truncated)?;
            match self.rest.get(at + 1) {
                // A stuffed byte.
                Some(0x00) => at += 2,
                Some(&(RST0..=RST7)) if restarts => at += 2,
                Some(_) => return self.take(at),
                None => return Err(Refused::Truncated),
            }
        }
    }
}

/// The frame header.
#[derive(Clone, Debug)]
pub struct Frame {
    /// In pixels.
    pub width: u16,
    /// In pixels.
    pub height: u16,
    pub is_progressive: bool,
    /// One or three.
    pub components: Vec<Component>,
}

/// A colour channel.
#[derive(Clone, Copy, Debug)]
pub struct Component {
    id: u8,
    quantization_table: u8,
}

impl Frame {
    /// Reads the content of SOF0, SOF1 or SOF2.
    pub fn parse(body: &[u8], is_progressive: bool) -> Result<Self, Refused> {
        let [precision, h1, h0, w1, w0, count, rest @ ..] = body else { return Err(Refused::Malformed("frame")) };
        if *precision != 8 {
            return Err(Refused::Unsupported("other than 8 bits"));
        }
        if !matches!(count, 1 | 3) {
            return Err(Refused::Unsupported("other than 1 or 3 components"));
        }
        let (width, height) = (u16::from_be_bytes([*w1, *w0]), u16::from_be_bytes([*h1, *h0]));
        // A height of 0 would be given after the first scan.
        if width == 0 || height == 0 {
            return Err(Refused::Unsupported("no size"));
        }
        if u32::from(width) * u32::from(height) > MAX_PIXELS {
            return Err(Refused::TooLarge("pixels"));
        }
        if rest.len() != usize::from(*count) * 3 {
            return Err(Refused::Malformed("frame"));
        }
        let components = rest.chunks_exact(3).map(|c| Component::parse(c[0], c[1], c[2]));
        let components: Vec<Component> = components.collect::<Option<_>>().ok_or(Refused::Malformed("frame"))?;
        let is_repeated = |(at, c): (usize, &Component)| components[..at].iter().any(|other| other.id == c.id);
        if components.iter().enumerate().any(is_repeated) {
            return Err(Refused::Malformed("frame"));
        }
        Ok(Self { width, height, is_progressive, components })
    }
}

impl Component {
    fn parse(id: u8, sampling: u8, quantization_table: u8) -> Option<Self> {
        let is_factor = |factor| matches!(factor, 1..=4);
        let fits = is_factor(sampling >> 4) && is_factor(sampling & 15) && quantization_table < TABLES;
        fits.then_some(Self { id, quantization_table })
    }
}

/// The tables that were defined so far: a bit each, by number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tables {
    quantization: u8,
    /// For DC and for AC coefficients.
    huffman: [u8; 2],
    /// Scans hold restart markers.
    pub restarts: bool,
}

impl Tables {
    /// Reads and returns the content of DQT.
    pub fn add_quantization<'a>(&mut self, body: &'a [u8]) -> Result<&'a [u8], Refused> {
        let tables = body.chunks_exact(1 + usize::from(BLOCK));
        if body.is_empty() || !tables.remainder().is_empty() {
            return Err(Refused::Malformed("quantization table"));
        }
        for table in tables {
            // The upper half says 16 bits, which files with 8 bits a sample do not need.
            if table[0] >= TABLES || table[1..].contains(&0) {
                return Err(Refused::Malformed("quantization table"));
            }
            self.quantization |= 1 << table[0];
        }
        Ok(body)
    }

    /// Reads and returns the content of DHT.
    pub fn add_huffman<'a>(&mut self, body: &'a [u8]) -> Result<&'a [u8], Refused> {
        let wrong = Refused::Malformed("Huffman table");
        let mut rest = body;
        while let Some((&kind, after)) = rest.split_first() {
            let (class, number) = (kind >> 4, kind & 15);
            let (counts, after) = after.split_first_chunk::<16>().ok_or(wrong)?;
            let total: usize = counts.iter().map(|&n| usize::from(n)).sum();
            let (values, after) = after.split_at_checked(total).ok_or(wrong)?;
            // The value of a DC code is a number of bits: at most 11 with 8 bits a sample.
            let is_dc_wrong = class == 0 && values.iter().any(|&v| v > 11);
            if class > 1 || number >= TABLES || total == 0 || total > 256 || !is_prefix_code(counts) || is_dc_wrong {
                return Err(wrong);
            }
            self.huffman[usize::from(class)] |= 1 << number;
            rest = after;
        }
        Ok(body)
    }

    /// Reads and returns the content of DRI.
    pub fn set_restarts<'a>(&mut self, body: &'a [u8]) -> Result<&'a [u8], Refused> {
        let interval: [u8; 2] = body.try_into().map_err(|_| Refused::Malformed("restart interval"))?;
        self.restarts = interval != [0, 0];
        Ok(body)
    }
}

/// So many codes of 1 to 16 bits can exist together in one prefix code.
fn is_prefix_code(counts: &[u8; 16]) -> bool {
    let mut free = 1u32;
    counts.iter().all(|&count| {
        free *= 2;
        let fits = u32::from(count) <= free;
        free = free.saturating_sub(count.into());
        fits
    })
}

/// Checks the content of SOS.
pub fn check_scan(body: &[u8], frame: &Frame, tables: &Tables) -> Result<(), Refused> {
    let wrong = Refused::Malformed("scan");
    let (&count, rest) = body.split_first().ok_or(wrong)?;
    let (selectors, parameters) = rest.split_at_checked(usize::from(count) * 2).ok_or(wrong)?;
    let &[first, last, approximation] = parameters else { return Err(wrong) };
    let (high, low) = (approximation >> 4, approximation & 15);
    let is_possible = match frame.is_progressive {
        false => (first, last, high, low) == (0, BLOCK - 1, 0, 0),
        true => {
            let band = if first == 0 { last == 0 } else { count == 1 && (first..BLOCK).contains(&last) };
            band && low <= 13 && (high == 0 || high == low + 1)
        }
    };
    if !is_possible || !(1..=frame.components.len()).contains(&usize::from(count)) {
        return Err(wrong);
    }
    let needs_dc = first == 0 && high == 0;
    let needs_ac = last > 0;
    let mut after = 0;
    for selector in selectors.chunks_exact(2) {
        // Components stand in the frame's order, each once.
        let later = frame.components[after..].iter().position(|c| c.id == selector[0]).ok_or(wrong)?;
        let component = frame.components[after + later];
        after += later + 1;
        let (dc, ac) = (selector[1] >> 4, selector[1] & 15);
        let has = |tables: u8, number: u8| number < TABLES && tables & (1 << number) != 0;
        let [dc_tables, ac_tables] = tables.huffman;
        let has_all = has(tables.quantization, component.quantization_table)
            && (!needs_dc || has(dc_tables, dc))
            && (!needs_ac || has(ac_tables, ac));
        if !has_all || dc >= TABLES || ac >= TABLES {
            return Err(wrong);
        }
    }
    Ok(())
}

/// The coding of colours, by the content of APP14; none when it is not Adobe's.
pub fn adobe_transform(body: &[u8]) -> Option<u8> {
    match body {
        // "Adobe", a version, two times flags, the transform: 0 is RGB, 1 is YCbCr.
        [b'A', b'd', b'o', b'b', b'e', _, _, _, _, _, _, transform @ (0 | 1), ..] => Some(*transform),
        _ => None,
    }
}

/// Writes a segment. `content` came from a segment, so its length fits.
pub fn write(out: &mut Vec<u8>, code: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    out.extend_from_slice(&[0xFF, code]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(content);
}
