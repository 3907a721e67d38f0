//! Decodes JPEG files.

use super::jpeg::Jpeg;
use super::raster::Raster;

/// Returns true if the decoder can read the whole picture. Checked once, before a picture is stored.
pub fn is_decodable(jpeg: &Jpeg) -> bool {
    decode(jpeg, jpeg.width().into(), jpeg.height().into()).is_some()
}

/// Decodes a picture and scales it to `width` × `height` pixels. The decoder skips detail that a small picture cannot
/// show. `None` if the picture is damaged.
#[cfg(feature = "pictures")]
pub fn decode(jpeg: &Jpeg, width: usize, height: usize) -> Option<Raster> {
    // Pictures are untrusted, and a bug in the decoder must not end this process.
    std::panic::catch_unwind(|| decode_unguarded(jpeg, width, height)).ok().flatten()
}

/// Returns `None`: this build does not decode pictures.
#[cfg(not(feature = "pictures"))]
pub fn decode(_: &Jpeg, _: usize, _: usize) -> Option<Raster> {
    None
}

#[cfg(feature = "pictures")]
fn decode_unguarded(jpeg: &Jpeg, width: usize, height: usize) -> Option<Raster> {
    let mut decoder = jpeg_decoder::Decoder::new(jpeg.bytes());
    // Twice the largest accepted picture at four bytes a pixel.
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
