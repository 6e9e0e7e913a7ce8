//! PDFs, of text and of scanned pages.

#![no_main]

mod whole;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.windows(5).any(|five| five == b"%PDF-") {
        whole::read(data);
    }
});
