//! Reads the lines of a dataset. A separate thread unpacks them, because that takes as long as processing them.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use flate2::bufread::MultiGzDecoder;

use super::CatalogError;

/// Bytes in a block of unpacked data.
const BLOCK: usize = 256 << 10;
/// Maximum number of blocks that wait to be processed.
const QUEUE: usize = 4;
/// Maximum length of a line in bytes. A longer one is split into several rows. The longest title has about 400 bytes.
const MAX_LINE: usize = 64 << 10;
/// Maximum unpacked size. More is an attack: in 2026, the larger dataset had 1.1 GB.
const MAX_UNPACKED: u64 = 16 << 30;
/// A dataset is refused if more than one in this many rows is invalid.
const ROWS_PER_BAD_ROW: u64 = 1000;

#[derive(Clone, Copy)]
pub struct Dataset<'a> {
    /// Its name in messages.
    pub name: &'static str,
    /// The path of the file, compressed with gzip.
    pub path: &'a Path,
    /// The expected first line.
    pub header: &'static str,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// All rows, valid or not.
    pub rows: u64,
    /// The invalid rows.
    pub bad: u64,
}

struct Block {
    lines: Vec<u8>,
    /// Bytes of the compressed file that were read so far.
    read: u64,
}

/// Reads a dataset and calls `each` with every row after the header. `each` returns whether the row is valid.
/// `progress` receives how many more bytes of the file were read.
///
/// # Errors
/// Fails if the file cannot be read, is truncated, is another file or has too many invalid rows, or if `stop` is set.
pub fn read(
    dataset: Dataset<'_>,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
    each: &mut impl FnMut(&str) -> bool,
) -> Result<RowCounts, CatalogError> {
    let file = File::open(dataset.path).map_err(|e| CatalogError::Io(dataset.path.to_owned(), e))?;
    let (send, blocks) = sync_channel(QUEUE);
    let counts = std::thread::scope(|scope| {
        scope.spawn(move || unpack(file, &send));
        consume(dataset, blocks, stop, progress, each)
    })?;
    let invalid = |why| Err(CatalogError::InvalidDataset(dataset.name, why));
    match counts {
        RowCounts { rows: 0, .. } => invalid("it has no rows".to_owned()),
        RowCounts { rows, bad } if bad * ROWS_PER_BAD_ROW > rows => {
            invalid(format!("{bad} of its {rows} rows are invalid"))
        }
        counts => Ok(counts),
    }
}

/// Passes each row of the blocks to `each`.
fn consume(
    dataset: Dataset<'_>,
    blocks: Receiver<io::Result<Block>>,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
    each: &mut impl FnMut(&str) -> bool,
) -> Result<RowCounts, CatalogError> {
    let invalid = |why: &str| CatalogError::InvalidDataset(dataset.name, why.to_owned());
    let mut counts = RowCounts::default();
    let (mut is_first, mut read) = (true, 0);
    for block in blocks {
        if stop.load(Ordering::Relaxed) {
            return Err(CatalogError::Stopped);
        }
        let block = block.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => invalid("it is truncated"),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => invalid("it cannot be unpacked"),
            io::ErrorKind::FileTooLarge => invalid("it is too large when unpacked"),
            _ => CatalogError::Io(dataset.path.to_owned(), error),
        })?;
        let mut lines = block.lines.as_slice();
        if std::mem::take(&mut is_first) {
            let end = memchr::memchr(b'\n', lines).unwrap_or(lines.len());
            if &lines[..end] != dataset.header.as_bytes() {
                return Err(invalid("its first line is not the expected header"));
            }
            lines = lines.get(end + 1..).unwrap_or_default();
        }
        rows(lines, &mut counts, each);
        progress(block.read - read);
        read = block.read;
    }
    Ok(counts)
}

fn rows(lines: &[u8], counts: &mut RowCounts, each: &mut impl FnMut(&str) -> bool) {
    let mut row = |line: &str| {
        counts.rows += 1;
        counts.bad += u64::from(!each(line));
    };
    // Validating a whole block is faster. Invalid UTF-8 falls back to validating each line.
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
                // Invalid UTF-8 becomes an empty line, which counts as an invalid row.
                row(std::str::from_utf8(line).unwrap_or_default());
            }
        }
    }
}

/// Unpacks a file until it ends, an error occurs, or the receiver is dropped.
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

/// Reads the next block, which is empty at the end of the file. Its last line is complete unless it is too long.
fn block(input: &mut BufReader<MultiGzDecoder<BufReader<File>>>) -> io::Result<Block> {
    let mut lines = Vec::with_capacity(BLOCK + MAX_LINE);
    input.take(BLOCK as u64).read_to_end(&mut lines)?;
    if lines.last().is_some_and(|last| *last != b'\n') {
        input.take(MAX_LINE as u64).read_until(b'\n', &mut lines)?;
    }
    let mut file: &File = input.get_ref().get_ref().get_ref();
    Ok(Block { lines, read: file.stream_position()? })
}
