//! Files that nobody but this process can read: chunks sealed under a key that never leaves the memory.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

/// Bytes sealed at a time.
const CHUNK: usize = 1 << 18;

/// A key for the files of one run.
#[derive(Clone)]
pub(crate) struct Seal(Arc<XChaCha20Poly1305>);

impl Seal {
    /// A key of its own.
    pub(crate) fn new() -> io::Result<Self> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *key).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self(Arc::new(XChaCha20Poly1305::new(&Key::from(*key)))))
    }

    /// A new file; `number` is its alone under this key.
    pub(crate) fn create(&self, path: &Path, number: u64) -> io::Result<Sealing> {
        Ok(Sealing {
            seal: self.clone(),
            file: File::create(path)?,
            number,
            chunks: 0,
            waiting: Vec::with_capacity(CHUNK),
        })
    }

    /// Reads such a file back.
    pub(crate) fn open(&self, path: &Path, number: u64) -> io::Result<Opening> {
        Ok(Opening {
            seal: self.clone(),
            file: File::open(path)?,
            number,
            chunks: 0,
            opened: Vec::new(),
            at: 0,
        })
    }
}

// Length, then the sealed bytes; the nonce counts, so that no chunk can be moved or left out but at the end.
fn nonce(number: u64, chunk: u64) -> XNonce {
    let mut nonce = [0; 24];
    nonce[..8].copy_from_slice(&number.to_le_bytes());
    nonce[8..16].copy_from_slice(&chunk.to_le_bytes());
    nonce.into()
}

/// A sealed file that grows.
pub(crate) struct Sealing {
    seal: Seal,
    file: File,
    number: u64,
    chunks: u64,
    waiting: Vec<u8>,
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(CHUNK - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..taken]);
        if self.waiting.len() == CHUNK {
            self.flush()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let nonce = nonce(self.number, self.chunks);
        let sealed = self.seal.0.encrypt(&nonce, self.waiting.as_slice());
        let sealed = sealed.map_err(|_| io::Error::other("a chunk could not be sealed"))?;
        self.chunks += 1;
        zeroize::Zeroize::zeroize(&mut self.waiting);
        let length = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(&sealed)
    }
}

/// A sealed file that is read.
pub(crate) struct Opening {
    seal: Seal,
    file: File,
    number: u64,
    chunks: u64,
    opened: Vec<u8>,
    at: usize,
}

impl Read for Opening {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.opened.len() {
            let mut length = [0; 4];
            if self.file.read(&mut length[..1])? == 0 {
                return Ok(0);
            }
            self.file.read_exact(&mut length[1..])?;
            let mut sealed = Vec::new();
            let length = u64::from(u32::from_le_bytes(length));
            Read::by_ref(&mut self.file)
                .take(length)
                .read_to_end(&mut sealed)?;
            let nonce = nonce(self.number, self.chunks);
            let opened = self.seal.0.decrypt(&nonce, sealed.as_slice());
            self.opened = opened.map_err(|_| io::Error::other("the file came back changed"))?;
            self.at = 0;
            self.chunks += 1;
        }
        let n = out.len().min(self.opened.len() - self.at);
        out[..n].copy_from_slice(&self.opened[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_not_in_the_file_and_comes_back_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sealed");
        let seal = Seal::new().unwrap();
        let text: Vec<u8> = b"QUILLFEATHER,MARISOL\n".repeat(40_000);
        let mut sealing = seal.create(&path, 3).unwrap();
        sealing.write_all(&text).unwrap();
        sealing.flush().unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(12).any(|part| part == b"QUILLFEATHER"));
        let mut back = Vec::new();
        seal.open(&path, 3).unwrap().read_to_end(&mut back).unwrap();
        assert!(back == text);
        assert!(seal.open(&path, 4).unwrap().read_to_end(&mut back).is_err());
        bytes[300] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        assert!(seal.open(&path, 3).unwrap().read_to_end(&mut back).is_err());
    }
}
