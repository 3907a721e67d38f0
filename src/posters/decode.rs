//! From JPEG to pixels.

use super::jpeg::Jpeg;
use super::raster::Raster;

/// Returns true if the decoder can read all of the picture. Asked once, before a picture is stored.
pub fn is_decodable(jpeg: &Jpeg) -> bool {
    decode(jpeg, jpeg.width().into(), jpeg.height().into()).is_some()
}

/// Decodes a picture to `width` × `height` pixels. The decoder itself leaves out detail that a small picture cannot show.
/// `None` if it is damaged.
#[cfg(feature = "pictures")]
pub fn decode(jpeg: &Jpeg, width: usize, height: usize) -> Option<Raster> {
    // The picture is anybody's, and a fault of the decoder must not end this process.
    std::panic::catch_unwind(|| decode_unguarded(jpeg, width, height)).ok().flatten()
}

/// This build decodes no pictures.
#[cfg(not(feature = "pictures"))]
pub fn decode(_: &Jpeg, _: usize, _: usize) -> Option<Raster> {
    None
}

#[cfg(feature = "pictures")]
fn decode_unguarded(jpeg: &Jpeg, width: usize, height: usize) -> Option<Raster> {
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
