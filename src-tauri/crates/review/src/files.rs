//! The files of a review.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::ReviewError;

/// Bytes read at a time.
const BLOCK: usize = 1 << 18;

/// The files of a review: each once.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) paths: Vec<PathBuf>,
    /// Files left out because another has the same bytes: which, and the other.
    pub(crate) twice: Vec<(PathBuf, PathBuf)>,
    /// Bytes in all.
    pub(crate) bytes: u64,
}

impl Files {
    /// Looks at the files: they must be there, and each is taken once.
    pub(crate) fn new(paths: &[PathBuf]) -> Result<Self, ReviewError> {
        let mut by_size: HashMap<u64, Vec<PathBuf>> = HashMap::new();
        let mut all = Self {
            paths: Vec::new(),
            twice: Vec::new(),
            bytes: 0,
        };
        for path in paths {
            let size = std::fs::metadata(path)
                .map_err(ReviewError::io(path))?
                .len();
            let alike = by_size.entry(size).or_default();
            // Only files of one size can have the same bytes.
            let mut same = None;
            for other in alike.iter() {
                if digest(other)? == digest(path)? {
                    same = Some(other.clone());
                    break;
                }
            }
            match same {
                Some(other) => all.twice.push((path.clone(), other)),
                None => {
                    alike.push(path.clone());
                    all.paths.push(path.clone());
                    all.bytes += size;
                }
            }
        }
        Ok(all)
    }
}

fn digest(path: &Path) -> Result<[u8; 32], ReviewError> {
    let mut file = File::open(path).map_err(ReviewError::io(path))?;
    let mut sha = Sha256::new();
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block).map_err(ReviewError::io(path))? {
            0 => return Ok(sha.finalize().into()),
            n => sha.update(&block[..n]),
        }
    }
}
