//! The lines of a dataset, unpacked in a thread of its own: unpacking takes as long as everything
//! that is done with the lines.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

use flate2::bufread::MultiGzDecoder;

use super::{CatalogError, Unfit};

/// Unpacked bytes that are handed over at a time.
const BLOCK: usize = 256 << 10;
/// Blocks that wait to be looked at.
const QUEUE: usize = 4;
/// A longer line is no row: the longest title has some 400 bytes.
const MAX_LINE: usize = 64 << 10;
/// No dataset unpacks to more; in 2026 the larger one had 1.1 GB. More is an attack.
const MAX_UNPACKED: u64 = 16 << 30;
/// One row in so many may make no sense.
const BAD_ROWS: u64 = 1000;

/// A dataset that was downloaded.
#[derive(Clone, Copy)]
pub struct Dataset<'a> {
    /// Its name, for messages.
    pub name: &'static str,
    /// The file, compressed by gzip.
    pub path: &'a Path,
    /// The first line that it must have.
    pub header: &'static str,
}

/// Numbers of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub rows: u64,
    /// Those that make no sense.
    pub bad: u64,
}

/// Unpacked bytes.
struct Block {
    bytes: Vec<u8>,
    /// Range of the complete lines in them.
    lines: Range<usize>,
    /// Lines before these that were dropped because they are too long.
    dropped: u64,
    /// Bytes of the file that were read so far.
    read: u64,
}

/// Reads a dataset; `each` is handed every row but the first and says whether it makes sense.
/// `progress` is told how many more bytes of the file were read.
///
/// # Errors
/// The file cannot be read, is cut, is no such dataset, or too many of its rows make no sense; or
/// `stop` was set.
pub fn read(
    dataset: Dataset<'_>,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
    each: &mut impl FnMut(&str) -> bool,
) -> Result<Tally, CatalogError> {
    let file = File::open(dataset.path).map_err(|e| CatalogError::io(dataset.path, None, e))?;
    let mut unpacker = Unpacker::of(file);
    let (send, blocks) = sync_channel(QUEUE);
    let (give_back, spare) = channel();
    let tally = std::thread::scope(|scope| {
        scope.spawn(move || unpack(&mut unpacker, &spare, &send));
        let next = move |spare| {
            // The other side may have ended: then its memory is not needed any more.
            let _ = give_back.send(spare);
            blocks.recv().ok()
        };
        consume(dataset, next, stop, progress, each)
    })?;
    let unfit = |why| Err(CatalogError::Unfit(dataset.name, why));
    match tally {
        Tally { rows: 0, .. } => unfit(Unfit::NoRows),
        Tally { rows, bad } if bad * BAD_ROWS > rows => unfit(Unfit::BadRows { bad, rows }),
        tally => Ok(tally),
    }
}

/// Hands every row of the blocks to `each`. `next` gives a block, and takes the memory of the one before it, to be used again.
fn consume(
    dataset: Dataset<'_>,
    mut next: impl FnMut(Vec<u8>) -> Option<io::Result<Block>>,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
    each: &mut impl FnMut(&str) -> bool,
) -> Result<Tally, CatalogError> {
    let unfit = |why| CatalogError::Unfit(dataset.name, why);
    let mut tally = Tally::default();
    let (mut is_first, mut read) = (true, 0);
    let mut spare = Vec::new();
    while let Some(block) = next(spare) {
        if stop.load(Ordering::Relaxed) {
            return Err(CatalogError::Stopped);
        }
        let block = block.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => unfit(Unfit::CutShort),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => unfit(Unfit::NotGzip),
            io::ErrorKind::FileTooLarge => unfit(Unfit::TooLong),
            _ => CatalogError::Io(dataset.path.to_owned(), error),
        })?;
        tally.rows += block.dropped;
        tally.bad += block.dropped;
        let mut lines = &block.bytes[block.lines.clone()];
        if std::mem::take(&mut is_first) {
            let end = memchr::memchr(b'\n', lines).unwrap_or(lines.len());
            if &lines[..end] != dataset.header.as_bytes() {
                return Err(unfit(Unfit::Header));
            }
            lines = lines.get(end + 1..).unwrap_or_default();
        }
        rows(lines, &mut tally, each);
        progress(block.read - read);
        read = block.read;
        spare = block.bytes;
    }
    Ok(tally)
}

fn rows(lines: &[u8], tally: &mut Tally, each: &mut impl FnMut(&str) -> bool) {
    let mut row = |line: &str| {
        tally.rows += 1;
        tally.bad += u64::from(!each(line));
    };
    // All at once, and one by one only where something is wrong.
    match std::str::from_utf8(lines) {
        Ok(lines) => {
            let mut start = 0;
            for end in memchr::memchr_iter(b'\n', lines.as_bytes()) {
                row(&lines[start..end]);
                start = end + 1;
            }
            if start < lines.len() {
                row(&lines[start..]);
            }
        }
        Err(_) => {
            for line in lines.split_inclusive(|b| *b == b'\n') {
                let line = line.strip_suffix(b"\n").unwrap_or(line);
                // An empty line is no row.
                row(std::str::from_utf8(line).unwrap_or_default());
            }
        }
    }
}

/// Unpacks a file to its end, to the first error, or until nobody wants more.
fn unpack(unpacker: &mut Unpacker<Counted>, spare: &Receiver<Vec<u8>>, send: &SyncSender<io::Result<Block>>) {
    while let Some(block) = unpacker.block(spare.try_recv().unwrap_or_default()) {
        if send.send(block).is_err() {
            return;
        }
    }
}

struct Unpacker<R> {
    input: MultiGzDecoder<BufReader<R>>,
    /// The beginning of a line whose end has not come yet.
    rest: Vec<u8>,
    unpacked: u64,
    /// In the middle of a line that is too long.
    is_dropping: bool,
    dropped: u64,
    /// There is no more, or what follows cannot be read.
    is_over: bool,
}

impl Unpacker<Counted> {
    fn of(file: File) -> Self {
        Self {
            input: MultiGzDecoder::new(BufReader::with_capacity(64 << 10, Counted { file, read: 0 })),
            rest: Vec::new(),
            unpacked: 0,
            is_dropping: false,
            dropped: 0,
            is_over: false,
        }
    }

    /// Returns the next block, in this memory. `None` after the last one and after an error.
    fn block(&mut self, mut bytes: Vec<u8>) -> Option<io::Result<Block>> {
        if self.is_over {
            return None;
        }
        let lines = self.fill(&mut bytes);
        self.is_over = !matches!(lines, Ok(Some(_)));
        Some(lines.map(|lines| Block {
            bytes,
            lines: lines.unwrap_or(0..0),
            dropped: std::mem::take(&mut self.dropped),
            read: self.input.get_ref().get_ref().read,
        }))
    }
}

impl<R: Read> Unpacker<R> {
    /// Fills a block; says where complete lines are in it, or that there is no more.
    fn fill(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<Range<usize>>> {
        bytes.resize(MAX_LINE + BLOCK, 0);
        let had = self.rest.len();
        bytes[..had].copy_from_slice(&self.rest);
        let mut end = had;
        while end < had + BLOCK {
            match self.input.read(&mut bytes[end..had + BLOCK]) {
                Ok(0) => break,
                Ok(read) => end += read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        self.unpacked += (end - had) as u64;
        if self.unpacked > MAX_UNPACKED {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if end == 0 {
            return Ok(None);
        }
        let start = if self.is_dropping { self.skip(&bytes[..end]) } else { 0 };
        let is_end = end < had + BLOCK;
        let lines = match memchr::memrchr(b'\n', &bytes[start..end]) {
            // The last line needs no end.
            _ if is_end => start..end,
            Some(last) => start..start + last + 1,
            None => start..start,
        };
        self.keep(&bytes[lines.end..end]);
        Ok(Some(lines))
    }

    /// Offset of the line after one that is too long.
    fn skip(&mut self, bytes: &[u8]) -> usize {
        let end = memchr::memchr(b'\n', bytes);
        self.is_dropping = end.is_none();
        end.map_or(bytes.len(), |end| end + 1)
    }

    /// Keeps the beginning of a line, unless it is too long already.
    fn keep(&mut self, rest: &[u8]) {
        self.rest.clear();
        if rest.len() > MAX_LINE {
            self.is_dropping = true;
            self.dropped += 1;
        } else {
            self.rest.extend_from_slice(rest);
        }
    }
}

/// A file that counts what is read of it.
struct Counted {
    file: File,
    read: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.file.read(buffer)?;
        self.read += bytes as u64;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use std::io::Write;

    fn packed(plain: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut gz = GzEncoder::new(file.reopen().unwrap(), Compression::fast());
        gz.write_all(plain).unwrap();
        gz.finish().unwrap();
        file
    }

    fn read_file(path: &Path) -> Result<(Vec<String>, Tally), CatalogError> {
        let mut rows = Vec::new();
        let dataset = Dataset { name: "numbers", path, header: "number" };
        let mut bytes = 0;
        let tally = read(dataset, &AtomicBool::new(false), &mut |more| bytes += more, &mut |row| {
            rows.push(row.to_owned());
            row.parse::<u64>().is_ok()
        })?;
        assert_eq!(bytes, std::fs::metadata(path).unwrap().len(), "all of it was read");
        Ok((rows, tally))
    }

    #[test]
    fn rows_are_handed_over_in_order() {
        let mut plain = String::from("number\n");
        plain.extend((0..200_000).map(|n| format!("{n}\n")));
        let (rows, tally) = read_file(packed(plain.as_bytes()).path()).unwrap();
        assert_eq!(tally, Tally { rows: 200_000, bad: 0 });
        assert!(rows.iter().zip(0..).all(|(row, n)| *row == n.to_string()));
        let (rows, _) = read_file(packed(b"number\n1\n2").path()).unwrap();
        assert_eq!(rows, ["1", "2"], "the last line needs no end");
    }

    #[test]
    fn a_line_without_end_takes_no_memory_and_counts_once() {
        let mut plain = b"number\n".to_vec();
        plain.extend("1\n".repeat(1500).bytes());
        plain.extend(std::iter::repeat_n(b'2', 3 * (BLOCK + MAX_LINE)));
        plain.push(b'\n');
        plain.extend("3\n".repeat(700).bytes());
        let (rows, tally) = read_file(packed(&plain).path()).unwrap();
        assert_eq!((tally, rows.last().unwrap().as_str()), (Tally { rows: 2201, bad: 1 }, "3"));
    }

    #[test]
    fn one_row_of_a_thousand_may_make_no_sense() {
        let rows = |good: usize| packed(["number\n", &"1\n".repeat(good), "x\n"].concat().as_bytes());
        assert!(read_file(rows(999).path()).is_ok());
        let why = read_file(rows(998).path()).unwrap_err();
        assert!(matches!(why, CatalogError::Unfit("numbers", Unfit::BadRows { bad: 1, rows: 999 })), "{why:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_bytes_are_read(plain in any::<Vec<u8>>()) {
            let _ = read_file(packed(&[b"number\n", plain.as_slice()].concat()).path());
        }
    }
}
