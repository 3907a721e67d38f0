//! JPEG files: parsing the header and decoding an accepted file do not panic, and the size limit holds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use movienight::posters::decode::decode;
use movienight::posters::jpeg::Jpeg;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(jpeg) = Jpeg::parse(bytes) {
        assert!(u32::from(jpeg.width()) * u32::from(jpeg.height()) <= 4_000_000);
        let _ = decode(&jpeg, 60, 90);
    }
});
