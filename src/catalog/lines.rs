//! The lines of a dataset, unpacked in a thread of its own: unpacking takes as long as everything
//! that is done with the lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use flate2::bufread::MultiGzDecoder;

use super::CatalogError;

/// The bytes of a block of unpacked data.
const BLOCK: usize = 256 << 10;
/// The number of blocks that wait to be read.
const QUEUE: usize = 4;
/// Longest line in bytes. A longer one is split and counts as several rows; the longest title has some 400 bytes.
const MAX_LINE: usize = 64 << 10;
/// No dataset unpacks to more; in 2026 the larger one had 1.1 GB. More is an attack.
const MAX_UNPACKED: u64 = 16 << 30;
/// A dataset is refused if more than one row in this many is invalid.
const ROWS_PER_BAD_ROW: u64 = 1000;

#[derive(Clone, Copy)]
pub struct Dataset<'a> {
    /// Its name, for messages.
    pub name: &'static str,
    /// The file, compressed by gzip.
    pub path: &'a Path,
    /// The first line that it must have.
    pub header: &'static str,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub rows: u64,
    pub bad: u64,
}

struct Block {
    lines: Vec<u8>,
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
    let (send, blocks) = sync_channel(QUEUE);
    let tally = std::thread::scope(|scope| {
        scope.spawn(move || unpack(file, &send));
        consume(dataset, blocks, stop, progress, each)
    })?;
    let unfit = |why| Err(CatalogError::Unfit(dataset.name, why));
    match tally {
        Tally { rows: 0, .. } => unfit("it has no rows".to_owned()),
        Tally { rows, bad } if bad * ROWS_PER_BAD_ROW > rows => {
            unfit(format!("{bad} of its {rows} rows are not valid"))
        }
        tally => Ok(tally),
    }
}

/// Passes every row of the blocks to `each`.
fn consume(
    dataset: Dataset<'_>,
    blocks: Receiver<io::Result<Block>>,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
    each: &mut impl FnMut(&str) -> bool,
) -> Result<Tally, CatalogError> {
    let unfit = |why: &str| CatalogError::Unfit(dataset.name, why.to_owned());
    let mut tally = Tally::default();
    let (mut is_first, mut read) = (true, 0);
    for block in blocks {
        if stop.load(Ordering::Relaxed) {
            return Err(CatalogError::Stopped);
        }
        let block = block.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => unfit("it is cut short"),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => unfit("it cannot be unpacked"),
            io::ErrorKind::FileTooLarge => unfit("it is larger than any dataset when unpacked"),
            _ => CatalogError::Io(dataset.path.to_owned(), error),
        })?;
        let mut lines = block.lines.as_slice();
        if std::mem::take(&mut is_first) {
            let end = memchr::memchr(b'\n', lines).unwrap_or(lines.len());
            if &lines[..end] != dataset.header.as_bytes() {
                return Err(unfit("its first line is not the expected header"));
            }
            lines = lines.get(end + 1..).unwrap_or_default();
        }
        rows(lines, &mut tally, each);
        progress(block.read - read);
        read = block.read;
    }
    Ok(tally)
}

fn rows(lines: &[u8], tally: &mut Tally, each: &mut impl FnMut(&str) -> bool) {
    let mut row = |line: &str| {
        tally.rows += 1;
        tally.bad += u64::from(!each(line));
    };
    // Validates all at once, and line by line only after an error.
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

/// Unpacks a file until its end, an error, or until the receiver is gone.
fn unpack(file: File, send: &SyncSender<io::Result<Block>>) {
    let packed = BufReader::with_capacity(64 << 10, file);
    let mut input = BufReader::new(MultiGzDecoder::new(packed));
    let mut unpacked = 0;
    loop {
        let block = block(&mut input);
        unpacked += block.as_ref().map_or(0, |block| block.lines.len() as u64);
        let block = if unpacked > MAX_UNPACKED { Err(io::ErrorKind::FileTooLarge.into()) } else { block };
        let is_last = block.as_ref().map_or(true, |block| block.lines.is_empty());
        if send.send(block).is_err() || is_last {
            return;
        }
    }
}

/// Reads the next block, which is empty at the end. The last of its lines is complete, unless it is too long.
fn block(input: &mut BufReader<MultiGzDecoder<BufReader<File>>>) -> io::Result<Block> {
    let mut lines = Vec::with_capacity(BLOCK + MAX_LINE);
    input.take(BLOCK as u64).read_to_end(&mut lines)?;
    if lines.last().is_some_and(|last| *last != b'\n') {
        input.take(MAX_LINE as u64).read_until(b'\n', &mut lines)?;
    }
    let mut file: &File = input.get_ref().get_ref().get_ref();
    Ok(Block { lines, read: file.stream_position()? })
}
