//! `cargo xtask notices`.
use crate::Stop;

/// Writes the file.
pub(crate) fn write() -> Result<(), Stop> {
    Ok(())
}
