//! The app as people get it, with no driver in it: keyboard alone, on a web view that keeps nothing.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::display::{Display, Picture};
use crate::home::{Home, files};
use crate::memory;

/// The app, started as from a menu. It ends with this value.
pub(crate) struct Running<'a> {
    app: Child,
    display: &'a Display,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.app.id().to_string()).status();
        let _ = self.app.wait();
    }
}

impl<'a> Running<'a> {
    pub(crate) fn start(
        app: &Path,
        args: &[String],
        display: &'a Display,
        home: &Home,
    ) -> Result<Self, String> {
        let app = Command::new(app)
            .args(args)
            .envs(home.environment())
            .envs(display.environment())
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("the app does not start: {error}"))?;
        Ok(Self { app, display })
    }

    /// The app's process.
    pub(crate) fn pid(&self) -> u32 {
        self.app.id()
    }

    /// The window's number, once it is on the display.
    pub(crate) fn window(&self) -> Result<String, String> {
        within(Duration::from_secs(30), || self.display.windows().pop())
            .ok_or_else(|| "no window with the app's name came up".into())
    }

    pub(crate) fn key(&self, key: &str) {
        self.display.xdotool(&["key", "--delay", "40", key]);
    }

    pub(crate) fn words(&self, words: &str) {
        self.display.xdotool(&["type", "--delay", "15", words]);
    }
}

/// Sets up the office without a mouse, locks it, and unlocks it; then what was typed is looked for in every other folder.
pub(crate) fn office(app: &Path, passphrase: &str) -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    let office = home.path("office");
    let start = Instant::now();
    let running = Running::start(
        app,
        &["--data".into(), office.display().to_string()],
        &display,
        &home,
    )?;
    let drawn = || display.picture().filter(|now| now.ink() > DRAWN);
    within(Duration::from_secs(60), drawn).ok_or("the first screen did not come up")?;
    println!(
        "from the start to the first screen on the display, without a driver: {} ms",
        start.elapsed().as_millis()
    );
    // The bar beside the page fades away after some seconds.
    settled(&display, "the first screen", |_| true)?;
    memory::tell(running.app.id());
    let window = running.window()?;
    display.xdotool(&["windowfocus", "--sync", &window]);
    for words in [
        "Lantern Street Record Clinic",
        "Ada Lindqvist",
        "999001",
        passphrase,
        passphrase,
    ] {
        running.words(words);
        running.key("Tab");
    }
    let (form, _) = settled(&display, "the filled form", |_| true)?;
    running.key("Return");
    let made = || {
        let keys = files(&office)
            .into_iter()
            .find(|file| file.file_name().is_some_and(|name| name == "vault.keys"));
        keys.map(drop)
    };
    within(Duration::from_secs(60), made).ok_or("the keyboard alone did not set up an office")?;
    let (code, _) = settled(&display, "the recovery code", |now| {
        now.differs(&form) > CHANGED
    })?;
    // Past the code and the two ways to print it: it is written down, go on.
    for key in ["Tab", "Tab", "Tab", "space", "Tab", "Return"] {
        running.key(key);
    }
    let (clients, _) = settled(&display, "the list of clients", |now| {
        now.differs(&code) > CHANGED
    })?;
    running.key("F9");
    // A page that stayed empty after the lock would never have this much on it.
    let (locked, _) = settled(&display, "the unlock screen", |now| {
        now.differs(&clients) > CHANGED
    })?;
    running.words(passphrase);
    running.key("Return");
    settled(&display, "the same list again", |now| {
        now.differs(&locked) > CHANGED && now.differs(&clients) < now.differs(&locked) / 2
    })?;
    // The clinic and its people stand in clear in the office's own folder, for the unlock screen; nowhere else.
    let mut found = home.holding(&[passphrase]);
    found.extend(
        home.holding(&["Lantern Street", "Lindqvist"])
            .into_iter()
            .filter(|file| !file.starts_with(&office)),
    );
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!("what was typed stands in clear in {found:?}"))
    }
}

/// Blocks of the display that text and buttons fill at least; an empty page has none.
const DRAWN: usize = 600;

/// Blocks that differ between two screens, a caret or a focus ring put aside.
pub(crate) const CHANGED: usize = 600;

/// Waits for a screen that is not empty, is `right`, and has stopped changing. The moment it was first seen so comes with it.
pub(crate) fn settled(
    display: &Display,
    what: &str,
    right: impl Fn(&Picture) -> bool,
) -> Result<(Picture, Instant), String> {
    let mut last: Option<(Picture, Instant)> = None;
    within(Duration::from_secs(60), || {
        let now = display
            .picture()
            .filter(|now| now.ink() > DRAWN && right(now))?;
        match &last {
            Some((before, since)) if now.differs(before) < 40 => {
                (since.elapsed() > Duration::from_millis(1500)).then_some((now, *since))
            }
            _ => {
                last = Some((now, Instant::now()));
                None
            }
        }
    })
    .ok_or_else(|| format!("{what} did not come up"))
}

pub(crate) fn within<T>(limit: Duration, mut probe: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = probe() {
            return Some(found);
        }
        if start.elapsed() > limit {
            return None;
        }
        sleep(Duration::from_millis(50));
    }
}
