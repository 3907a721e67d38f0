//! Decoding, tried out in a process of its own.
//!
//! The release build aborts on panic, so a fault in the decoder would end the process in which it runs. No picture is kept
//! before a child process has decoded it at every scale that there is. The child holds nothing: no database, no terminal,
//! no file. It gets the picture by standard input, and is bounded in memory and time. Decoding is deterministic, and what
//! is read from the store is what was tried, by its checksum, so that `show` may decode it in its own process: starting a
//! child would take it three times as long.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::jpeg::{Jpeg, MAX_BYTES};
use super::raster::Raster;

/// The argument that makes the program a decoder.
pub const ARGUMENT: &str = "--decode-poster";
/// The parts of the full width and height at which the decoder can decode, one in so many.
const SCALES: [u16; 4] = [8, 4, 2, 1];
/// Memory that the child may fill; address space that is only reserved does not count. The largest
/// accepted picture needs about 40 MB.
#[cfg(unix)]
const MEMORY: u64 = 256 << 20;
/// Processor time that the child may take, in seconds. A usual poster takes a thousandth of it.
#[cfg(unix)]
const SECONDS: u64 = 2;

/// The reason for which a picture was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The child did not start: that says nothing about the picture.
    NoDecoder,
    /// The decoder refused the picture, failed, or needed more than it may have.
    Undecodable,
    /// There was no answer in time; the machine may be busy.
    TooSlow,
}

/// Starts decoders.
#[derive(Clone, Debug)]
pub struct Decoder {
    exe: PathBuf,
}

impl Decoder {
    /// A decoder that is the program `exe`, called with [`ARGUMENT`].
    pub fn new(exe: PathBuf) -> Self {
        Self { exe }
    }

    /// Decodes a picture in a child process, at every scale, within `limit`.
    ///
    /// # Errors
    /// The child could not be started, failed, or took too long.
    pub fn try_out(&self, jpeg: &Jpeg, limit: Duration) -> Result<(), DecodeError> {
        let mut command = Command::new(&self.exe);
        // A panic message is of no use to the person.
        command.arg(ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|_| DecodeError::NoDecoder)?;
        let answer = exchange(&mut child, jpeg.bytes(), limit);
        if answer.is_err() {
            let _ = child.kill();
        }
        let is_done = child.wait().is_ok_and(|status| status.success());
        match answer {
            Ok(answer) if is_done && answer == DONE => Ok(()),
            Ok(_) => Err(DecodeError::Undecodable),
            Err(why) => Err(why),
        }
    }
}

/// Sends all of `input` to the child and reads its output, at most a byte more than [`DONE`] has. The child is killed when
/// it takes longer than `limit`; nothing is sent where no thread can be started to watch over that.
fn exchange(child: &mut Child, input: &[u8], limit: Duration) -> Result<Vec<u8>, DecodeError> {
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(DecodeError::NoDecoder);
    };
    let (is_done, done) = (Mutex::new(false), Condvar::new());
    std::thread::scope(|scope| {
        let watch = std::thread::Builder::new().spawn_scoped(scope, || {
            let guard = is_done.lock().unwrap_or_else(PoisonError::into_inner);
            let waited = done.wait_timeout_while(guard, limit, |is_done| !*is_done);
            let is_late = waited.unwrap_or_else(PoisonError::into_inner).1.timed_out();
            if is_late {
                // Its pipes close with it, and that ends the reading below.
                let _ = child.kill();
            }
            is_late
        });
        let watch = watch.map_err(|_| DecodeError::NoDecoder)?;
        let mut output = Vec::new();
        let answer = stdin.write_all(input).and_then(|()| {
            drop(stdin);
            stdout.take(DONE.len() as u64 + 1).read_to_end(&mut output)
        });
        *is_done.lock().unwrap_or_else(PoisonError::into_inner) = true;
        done.notify_all();
        match watch.join() {
            Ok(false) => answer.map(|_| output).map_err(|_| DecodeError::Undecodable),
            _ => Err(DecodeError::TooSlow),
        }
    })
}

/// The answer of the child: another program in its place would not give it.
const DONE: &[u8] = b"decoded";

/// The work of the child: reads a picture, checks it and decodes it at every scale.
///
/// # Errors
/// The input is no picture, or the output is closed.
pub fn serve(input: impl Read, mut output: impl Write) -> io::Result<()> {
    limit_own_resources();
    let mut bytes = Vec::new();
    input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let jpeg = Jpeg::parse(&bytes).map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why.to_string()))?;
    for scale in SCALES {
        let part = |side: u16| usize::from(side.div_ceil(scale));
        decode(&jpeg, part(jpeg.width()), part(jpeg.height())).ok_or(io::ErrorKind::InvalidData)?;
    }
    output.write_all(DONE)?;
    output.flush()
}

/// Decodes a picture to `width` × `height` pixels in this process: only for what [`Decoder::try_out`] accepted. The decoder
/// itself leaves out detail that a small picture cannot show.
pub fn decode(jpeg: &Jpeg, width: usize, height: usize) -> Option<Raster> {
    let mut decoder = jpeg_decoder::Decoder::new(jpeg.bytes());
    // Four bytes a pixel of the largest picture that is accepted, twice.
    decoder.set_max_decoding_buffer_size(super::jpeg::MAX_PIXELS as usize * 8);
    let side = |side: usize| u16::try_from(side).unwrap_or(u16::MAX);
    decoder.read_info().ok()?;
    let (w, h) = decoder.scale(side(width), side(height)).ok()?;
    let pixels = decoder.decode().ok()?;
    let rgb = match decoder.info()?.pixel_format {
        jpeg_decoder::PixelFormat::RGB24 => pixels,
        jpeg_decoder::PixelFormat::L8 => pixels.into_iter().flat_map(|grey| [grey; 3]).collect(),
        _ => return None,
    };
    Some(Raster::new(w.into(), h.into(), rgb)?.scaled(width, height))
}

/// Bounds this process in memory and time, and lets it leave no core file. Where a limit cannot be
/// set, the bounds of [`Jpeg::parse`] and the parent's time limit remain.
fn limit_own_resources() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        for (resource, limit) in [(Resource::Data, MEMORY), (Resource::Cpu, SECONDS), (Resource::Core, 0)] {
            let _ = setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) });
        }
    }
}
