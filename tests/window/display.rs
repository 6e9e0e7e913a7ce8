//! A display of our own: nobody's screen is needed and nothing on it is disturbed.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running Xvfb. It ends with this value.
pub(crate) struct Display {
    server: Child,
    /// Where the server lays its screen, as a file in the format of xwd.
    screen: tempfile::TempDir,
    /// As the variable DISPLAY has it.
    pub(crate) name: String,
}

impl Display {
    /// Starts a server on a number that it finds free itself. The size is that of a borrowed laptop.
    pub(crate) fn start() -> Result<Self, String> {
        let screen = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1366x768x24",
                "-nolisten",
                "tcp",
                "-fbdir",
            ])
            .arg(screen.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb does not start: {error}"))?;
        let mut number = String::new();
        let said = server
            .stdout
            .take()
            .map(|out| BufReader::new(out).read_line(&mut number));
        if !matches!(said, Some(Ok(1..))) {
            let _ = server.kill();
            let _ = server.wait();
            return Err("Xvfb named no display".into());
        }
        Ok(Self {
            server,
            screen,
            name: format!(":{}", number.trim()),
        })
    }
}

/// What a display shows, one number a pixel.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Picture(Vec<u32>);

impl Picture {
    /// How many pixels are of neither of the two most common colors: none where an empty window lies on an empty screen.
    pub(crate) fn ink(&self) -> usize {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let mut sizes: Vec<usize> = sorted.chunk_by(|a, b| a == b).map(<[u32]>::len).collect();
        sizes.sort_unstable();
        sizes.iter().rev().skip(2).sum()
    }

    /// How many pixels differ.
    pub(crate) fn differs(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).filter(|(a, b)| a != b).count()
    }
}

impl Display {
    /// What the display shows now.
    pub(crate) fn picture(&self) -> Option<Picture> {
        let bytes = fs::read(self.screen.path().join("Xvfb_screen0")).ok()?;
        let field = |index: usize| {
            let four = bytes.get(index * 4..index * 4 + 4)?;
            usize::try_from(u32::from_be_bytes(four.try_into().ok()?)).ok()
        };
        // The header: its own size, then among others height, bytes a line and the number of colors, of 12 bytes each.
        let (header, width, height, line, colors) =
            (field(0)?, field(4)?, field(5)?, field(12)?, field(19)?);
        let start = header + 12 * colors;
        let mut pixels = Vec::with_capacity(width * height);
        for row in 0..height {
            let at = start + row * line;
            let row = bytes.get(at..at + 4 * width)?;
            pixels.extend(
                row.chunks_exact(4)
                    .map(|pixel| u32::from_le_bytes([pixel[0], pixel[1], pixel[2], 0])),
            );
        }
        Some(Picture(pixels))
    }

    /// The variables that put an app on this display and keep it off every other and off the session bus: nothing of a run is to
    /// be seen by other programs, and none is started for it.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("DISPLAY", self.name.clone()),
            ("GDK_BACKEND", "x11".into()),
            ("NO_AT_BRIDGE", "1".into()),
            ("DBUS_SESSION_BUS_ADDRESS", "disabled:".into()),
        ]
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Asked to end, not killed: it then removes its lock and its socket.
        let _ = Command::new("kill")
            .arg(self.server.id().to_string())
            .status();
        let _ = self.server.wait();
    }
}
