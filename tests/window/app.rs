//! The app, started and driven by WebKitWebDriver.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::display::Display;
use crate::driver::{Driver, LIMIT};
use crate::home::Home;
use crate::memory;

/// The app under a driver. Both end with this value.
pub(crate) struct App {
    driver: Driver,
    session: String,
    environment: Vec<(&'static str, String)>,
    pid: u32,
    /// Where the app's web view waits for drivers; it outlives the page.
    inspector: String,
    /// The same, with those of starts that were tried before.
    pub(crate) inspectors: Vec<String>,
    /// From the start of the app to the page's first heading, the driver's own work included.
    pub(crate) opened_in: Duration,
}

impl App {
    /// Starts the app with its own arguments and waits for the first heading.
    pub(crate) fn open(
        program: &Path,
        args: &[&str],
        display: &Display,
        home: &Home,
    ) -> Result<Self, String> {
        Self::open_with(program, args, display, home, &[])
    }

    /// The same with more variables.
    pub(crate) fn open_with(
        program: &Path,
        args: &[&str],
        display: &Display,
        home: &Home,
        more: &[(&'static str, String)],
    ) -> Result<Self, String> {
        let mut environment = home.environment();
        environment.extend(display.environment());
        environment.extend_from_slice(more);
        // Without these two the driver waits for a session forever.
        environment.push(("TAURI_AUTOMATION", "true".into()));
        environment.push(("TAURI_WEBVIEW_AUTOMATION", "true".into()));
        let options = json!({"webkitgtk:browserOptions": {"binary": program, "args": args}});
        let mut inspectors = Vec::new();
        let (driver, session, pid, start) = begin(&environment, &options, &mut inspectors)?;
        let inspector = inspector(pid).ok_or("the app does not say where it can be driven")?;
        inspectors.push(inspector.clone());
        let mut app = Self {
            driver,
            session,
            environment,
            pid,
            inspector,
            inspectors,
            opened_in: Duration::ZERO,
        };
        app.find("heading", "")?;
        app.opened_in = start.elapsed();
        Ok(app)
    }

    /// Asks the driver something about the page.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, String> {
        self.driver
            .call(method, &format!("/session/{}{path}", self.session), body)
    }

    /// Drives the page that is there now. A lock ends the page's process and with it the driver's session; the app and its web
    /// view live on, so another driver takes them over.
    pub(crate) fn take_over(&mut self) -> Result<(), String> {
        let start = Instant::now();
        loop {
            let driver = Driver::start(Some(&self.inspector), &self.environment)?;
            match driver.session(&json!({}), Duration::from_secs(5)) {
                Ok(session) => {
                    self.session = session;
                    self.driver = driver;
                    return Ok(());
                }
                // The old session may not have noticed yet that its page is gone; the driver then waits for good.
                Err(why) if start.elapsed() > Duration::from_secs(60) => return Err(why),
                Err(_) => sleep(Duration::from_millis(300)),
            }
        }
    }

    /// The app's process.
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.ask("DELETE", "", None);
        self.driver.end();
        // An app that still ends holds its folder.
        end(self.pid);
    }
}

/// Starts a driver and, through it, the app. The two sometimes miss each other on a busy machine, and the driver then waits for a
/// page that was there before it looked: seen once in some twenty starts, in the driver and not in the app. So a start may be
/// tried again, and is told.
fn begin(
    environment: &[(&'static str, String)],
    options: &Value,
    before: &mut Vec<String>,
) -> Result<(Driver, String, u32, Instant), String> {
    let mut tries = 0;
    loop {
        tries += 1;
        let driver = Driver::start(None, environment)?;
        let start = Instant::now();
        let session = driver.session(options, LIMIT);
        let pid = child(driver.pid());
        match (session, pid) {
            (Ok(session), Some(pid)) => return Ok((driver, session, pid, start)),
            (session, pid) => {
                let why = session.err().unwrap_or("the driver started no app".into());
                drop(driver);
                before.extend(pid.and_then(inspector));
                end(pid.unwrap_or(0));
                if tries == 3 {
                    return Err(why);
                }
                println!("try {tries} to begin a session failed: {why}");
            }
        }
    }
}

/// Where the web view of an app waits for drivers.
fn inspector(pid: u32) -> Option<String> {
    let variables = fs::read(format!("/proc/{pid}/environ")).ok()?;
    String::from_utf8_lossy(&variables)
        .split('\0')
        .find_map(|variable| variable.strip_prefix("WEBKIT_INSPECTOR_SERVER="))
        .map(str::to_string)
}

/// Ends a process, gently at first, and waits until it is gone.
fn end(pid: u32) {
    for signal in ["-TERM", "-KILL"] {
        let start = Instant::now();
        while runs(pid) && start.elapsed() < Duration::from_secs(10) {
            if start.elapsed() > Duration::from_secs(2) {
                let _ = Command::new("kill")
                    .args([signal, &pid.to_string()])
                    .status();
            }
            sleep(Duration::from_millis(50));
        }
    }
}

/// Whether a process is there and no mere entry that nobody has collected.
fn runs(pid: u32) -> bool {
    let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    pid != 0
        && state
            .rsplit(')')
            .next()
            .is_some_and(|rest| !rest.is_empty() && !rest.trim_start().starts_with('Z'))
}

/// Where the pictures of this run lie: `window/` in cargo's target folder.
pub(crate) fn pictures() -> PathBuf {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let dir = tmp.parent().unwrap_or(tmp).join("window");
    let _ = fs::create_dir_all(&dir);
    dir
}

fn child(pid: u32) -> Option<u32> {
    memory::children(pid).first().copied()
}
