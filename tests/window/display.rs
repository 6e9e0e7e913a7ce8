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

/// What a display shows, four bytes a pixel.
#[derive(Clone)]
pub(crate) struct Picture(Vec<u8>);

/// Pictures are compared by blocks of sixteen pixels of a row.
const BLOCK: usize = 64;

impl Picture {
    /// How many blocks hold more than one color: none where an empty window lies on an empty screen.
    pub(crate) fn ink(&self) -> usize {
        // A block of one color equals itself moved by a pixel.
        let plain = |block: &[u8]| block[4..] == block[..BLOCK - 4];
        self.0
            .chunks_exact(BLOCK)
            .filter(|block| !plain(block))
            .count()
    }

    /// How many blocks differ.
    pub(crate) fn differs(&self, other: &Self) -> usize {
        let pairs = self.0.chunks(BLOCK).zip(other.0.chunks(BLOCK));
        pairs.filter(|(a, b)| a != b).count()
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
        let (header, height, line, colors) = (field(0)?, field(5)?, field(12)?, field(19)?);
        let start = header + 12 * colors;
        Some(Picture(bytes.get(start..start + height * line)?.to_vec()))
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

impl Display {
    /// Presses keys and looks for windows here, as `xdotool` does; what it says, where it succeeds.
    pub(crate) fn xdotool(&self, args: &[&str]) -> Option<String> {
        let output = Command::new("xdotool")
            .args(args)
            .env("DISPLAY", &self.name)
            .stderr(Stdio::null())
            .output()
            .ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
    }

    /// The app's windows that are on the display now, by their numbers.
    pub(crate) fn windows(&self) -> Vec<String> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", "^Relief Desk$"]);
        found
            .unwrap_or_default()
            .lines()
            .map(str::to_string)
            .collect()
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
