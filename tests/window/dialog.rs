//! The system's own folder dialog: the real one, driven by keys as a person drives it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::app::pictures;
use crate::display::Display;
use crate::keyboard::within;

/// As long as a busy machine may take to show a window or to take one away.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder dialog that is open.
pub(crate) struct Dialog<'a> {
    display: &'a Display,
    /// The numbers of the app's window and of the dialog, the dialog's last.
    windows: Vec<String>,
}

impl<'a> Dialog<'a> {
    /// Waits for the dialog: the second window of the app.
    pub(crate) fn appears(display: &'a Display) -> Result<Self, String> {
        let both = || Some(display.windows()).filter(|windows| windows.len() == 2);
        let windows = within(PATIENCE, both).ok_or_else(|| {
            format!(
                "no folder dialog came up; the windows are {:?}",
                display.windows()
            )
        })?;
        let dialog = Self { display, windows };
        // There is no window manager here that would hand it the keyboard.
        dialog.focus();
        Ok(dialog)
    }

    fn number(&self) -> &str {
        self.windows.last().map_or("", String::as_str)
    }

    fn focus(&self) {
        self.display
            .xdotool(&["windowfocus", "--sync", self.number()]);
    }

    /// Types a folder's path and accepts it.
    pub(crate) fn choose(self, folder: &Path) -> Result<(), String> {
        let path = folder.display().to_string();
        self.display.xdotool(&["key", "--delay", "60", "ctrl+l"]);
        self.display.xdotool(&["type", "--delay", "15", &path]);
        self.picture("folder-typed");
        self.display.xdotool(&["key", "Return"]);
        self.goes("typing a path and Enter")
    }

    /// Goes back with Esc.
    pub(crate) fn cancel(self) -> Result<(), String> {
        self.display.xdotool(&["key", "Escape"]);
        self.goes("Esc")
    }

    fn goes(self, after: &str) -> Result<(), String> {
        let gone = || (self.display.windows().len() == 1).then_some(());
        within(PATIENCE, gone).ok_or_else(|| {
            self.picture("stuck");
            format!("the folder dialog stayed open after {after}")
        })
    }

    /// Keeps a picture of the whole display, for whoever wants to see what the dialog looked like.
    pub(crate) fn picture(&self, name: &str) {
        // Without ImageMagick there is a test all the same, only no picture of it.
        let _ = Command::new("import")
            .args(["-window", "root"])
            .arg(pictures().join(format!("{name}.png")))
            .env("DISPLAY", &self.display.name)
            .status();
    }
}
