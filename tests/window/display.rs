//! A display of our own: nobody's screen is needed and nothing on it is disturbed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running Xvfb. It ends with this value.
pub(crate) struct Display {
    server: Child,
    /// As the variable DISPLAY has it.
    pub(crate) name: String,
}

impl Display {
    /// Starts a server on a number that it finds free itself. The size is that of a borrowed laptop.
    pub(crate) fn start() -> Result<Self, String> {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1366x768x24",
                "-nolisten",
                "tcp",
            ])
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
            name: format!(":{}", number.trim()),
        })
    }
}

impl Display {
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
