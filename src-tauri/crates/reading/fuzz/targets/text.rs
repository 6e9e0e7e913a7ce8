//! Plain text.

#![no_main]

mod whole;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // The other kinds of files have targets of their own.
    let other = data.starts_with(b"\xff\xd8\xff")
        || data.starts_with(b"\x89PNG")
        || data.starts_with(b"II*\0")
        || data.starts_with(b"MM\0*");
    if !other && !data.windows(5).any(|five| five == b"%PDF-") {
        whole::read(data);
    }
});
