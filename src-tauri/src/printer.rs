//! Papers to the print queue: the very bytes, on the standard input of `lp`. No file is written on the way, and the job's title
//! names nobody.

use std::io::Write;
use std::process::{Command, Stdio};

use desk::{Printer, PrinterError};

/// The system's print queue.
pub(crate) struct Queue;

#[cfg(unix)]
impl Printer for Queue {
    fn print(&mut self, pdf: &[u8]) -> Result<(), PrinterError> {
        let mut lp = Command::new("lp")
            .args(["-s", "-t", "Relief Desk", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|_| PrinterError::NoQueue)?;
        // A queue that closes early says why on its standard error, so a failed write is not the end of the story.
        let written = lp.stdin.take().map(|mut stdin| stdin.write_all(pdf));
        let done = lp.wait_with_output().map_err(|_| PrinterError::NoQueue)?;
        if done.status.success() && matches!(written, Some(Ok(()))) {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&done.stderr);
        Err(PrinterError::Refused(
            said.lines().next().unwrap_or_default().trim().to_owned(),
        ))
    }
}

#[cfg(not(unix))]
impl Printer for Queue {
    fn print(&mut self, _pdf: &[u8]) -> Result<(), PrinterError> {
        Err(PrinterError::NoQueue)
    }
}
