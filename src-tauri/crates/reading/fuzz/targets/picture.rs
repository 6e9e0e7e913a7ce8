//! Files of pixels: JPEG, PNG, TIFF.

#![no_main]

mod whole;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"\xff\xd8\xff")
        || data.starts_with(b"\x89PNG")
        || data.starts_with(b"II*\0")
        || data.starts_with(b"MM\0*")
    {
        whole::read(data);
    }
});
