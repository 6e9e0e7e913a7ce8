//! Files that only the holder of a key can read: chunks sealed under a key that lies nowhere in clear.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

/// Bytes sealed at a time.
const CHUNK: usize = 1 << 18;
/// Bytes before a chunk: its length, and what tells this writing from every other.
const HEAD: usize = 12;
/// Bytes that sealing adds.
const TAG: u64 = 16;

/// A key for the files of one run.
#[derive(Clone)]
pub(crate) struct Seal {
    seal: Arc<XChaCha20Poly1305>,
    key: Zeroizing<[u8; 32]>,
}

impl Seal {
    /// A key of its own.
    pub(crate) fn new() -> io::Result<Self> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *key).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self::of(key))
    }

    /// The key of an earlier run; nothing where these bytes are none.
    pub(crate) fn known(key: &[u8]) -> Option<Self> {
        Some(Self::of(Zeroizing::new(key.try_into().ok()?)))
    }

    fn of(key: Zeroizing<[u8; 32]>) -> Self {
        Self {
            seal: Arc::new(XChaCha20Poly1305::new(&Key::from(*key))),
            key,
        }
    }

    /// The key, to be locked.
    pub(crate) fn key(&self) -> &[u8] {
        &*self.key
    }

    /// A new file; `number` is its alone under this key.
    pub(crate) fn create(&self, path: &Path, number: u64) -> io::Result<Sealing> {
        self.sealing(File::create(path)?, number, 0)
    }

    /// Such a file, cut to so many bytes of what is sealed in it, to be written on.
    pub(crate) fn grown(&self, path: &Path, number: u64, length: u64) -> io::Result<Sealing> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        let (mut sealed, mut chunks) = (0, 0);
        while sealed < length {
            let mut head = [0; HEAD];
            file.read_exact(&mut head)?;
            let length = u64::from(chunk_length(&head));
            file.seek_relative(i64::try_from(length).map_err(io::Error::other)?)?;
            sealed += length.checked_sub(TAG).ok_or(io::ErrorKind::InvalidData)?;
            chunks += 1;
        }
        if sealed != length {
            return Err(io::Error::other("the file is not as it was noted"));
        }
        let end = file.stream_position()?;
        file.set_len(end)?;
        file.seek(SeekFrom::End(0))?;
        self.sealing(file, number, chunks)
    }

    fn sealing(&self, file: File, number: u64, chunks: u64) -> io::Result<Sealing> {
        // Whoever goes on after a kill may cut chunks elsewhere: no nonce is used for two of them.
        let mut writing = [0; 8];
        getrandom::fill(&mut writing).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Sealing {
            seal: self.clone(),
            file,
            number,
            chunks,
            writing,
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

fn chunk_length(head: &[u8; HEAD]) -> u32 {
    let [a, b, c, d, ..] = *head;
    u32::from_le_bytes([a, b, c, d])
}

// The nonce counts, so that no chunk can be moved or left out but at the end.
fn nonce(number: u64, chunk: u64, writing: &[u8]) -> XNonce {
    let mut nonce = [0; 24];
    nonce[..8].copy_from_slice(&number.to_le_bytes());
    nonce[8..16].copy_from_slice(&chunk.to_le_bytes());
    nonce[16..].copy_from_slice(writing);
    nonce.into()
}

/// A sealed file that grows.
pub(crate) struct Sealing {
    seal: Seal,
    file: File,
    number: u64,
    chunks: u64,
    writing: [u8; 8],
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
        let nonce = nonce(self.number, self.chunks, &self.writing);
        let sealed = self.seal.seal.encrypt(&nonce, self.waiting.as_slice());
        let sealed = sealed.map_err(|_| io::Error::other("a chunk could not be sealed"))?;
        self.chunks += 1;
        zeroize::Zeroize::zeroize(&mut self.waiting);
        let length = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(&self.writing)?;
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
            let mut head = [0; HEAD];
            if self.file.read(&mut head[..1])? == 0 {
                return Ok(0);
            }
            self.file.read_exact(&mut head[1..])?;
            let mut sealed = Vec::new();
            Read::by_ref(&mut self.file)
                .take(u64::from(chunk_length(&head)))
                .read_to_end(&mut sealed)?;
            let nonce = nonce(self.number, self.chunks, &head[4..]);
            let opened = self.seal.seal.decrypt(&nonce, sealed.as_slice());
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
    #[test]
    fn what_is_sealed_can_be_cut_and_written_on() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sealed");
        let seal = Seal::new().unwrap();
        let mut sealing = seal.create(&path, 3).unwrap();
        let text = b"QUILLFEATHER,MARISOL\n".repeat(20_000);
        sealing.write_all(&text).unwrap();
        sealing.flush().unwrap();
        // What came after the note is lost, whole chunks and parts of one.
        sealing.write_all(b"later").unwrap();
        sealing.flush().unwrap();
        drop(sealing);
        let again = Seal::known(seal.key()).unwrap();
        let mut grown = again.grown(&path, 3, text.len() as u64).unwrap();
        grown.write_all(b"other").unwrap();
        grown.flush().unwrap();
        let mut back = Vec::new();
        seal.open(&path, 3).unwrap().read_to_end(&mut back).unwrap();
        assert!(back == [&text[..], b"other"].concat());
        // A length that is no chunk's end, or more than there is, was never noted.
        assert!(again.grown(&path, 3, 7).is_err());
        assert!(again.grown(&path, 3, 1 << 40).is_err());
    }
}
