//! A W3C WebDriver client for the app's own web view, as small as these tests need.
//!
//! WebKitWebDriver starts the app itself. Elements are found as a person with a screen reader finds them, by role and name.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::display::Display;
use crate::home::Home;
use crate::http::request;

/// How long a thing may take to appear. The machine that runs this may be building something else beside it.
const PATIENCE: Duration = Duration::from_secs(30);

/// WebDriver's key of a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An element of the page.
#[derive(Clone, Debug)]
pub(crate) struct Element(String);

/// The app under the driver. Both end with this value.
pub(crate) struct Window {
    driver: Child,
    app: u32,
    port: u16,
    session: String,
    /// From the start of the app to the page's first heading, the driver's own work included.
    pub(crate) opened_in: Duration,
}

impl Window {
    /// Starts the app with its own arguments and waits for the first heading.
    pub(crate) fn open(
        app: &Path,
        args: &[&str],
        display: &Display,
        home: &Home,
    ) -> Result<Self, String> {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .map_err(|error| error.to_string())?
            .port();
        let log =
            fs::File::create(pictures().join("driver.log")).map_err(|error| error.to_string())?;
        let errors = log.try_clone().map_err(|error| error.to_string())?;
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .envs(home.environment())
            .env("DISPLAY", &display.name)
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("WAYLAND_DISPLAY")
            // No session bus: nothing of this run is to be seen by other programs, and none is started for it.
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            // Without these two the driver waits for a session forever.
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .map_err(|error| format!("WebKitWebDriver does not start: {error}"))?;
        let mut window = Self {
            driver,
            app: 0,
            port,
            session: String::new(),
            opened_in: Duration::ZERO,
        };
        window.wait_for_driver()?;
        let start = Instant::now();
        let wanted = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": {"binary": app, "args": args}}}});
        let answer = window.call("POST", "/session", Some(&wanted))?;
        window.session = answer["sessionId"]
            .as_str()
            .ok_or("the driver named no session")?
            .to_string();
        window.app = child(window.driver.id()).ok_or("the driver started no app")?;
        window.find("heading", "")?;
        window.opened_in = start.elapsed();
        Ok(window)
    }

    fn wait_for_driver(&self) -> Result<(), String> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if request(self.port, "GET", "/status", None, PATIENCE).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(30));
        }
        Err("WebKitWebDriver does not answer".into())
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        // A new session hangs rather than fails where the app refuses to be driven, so no call waits without end.
        let (status, mut answer) = request(self.port, method, path, body, Duration::from_secs(60))
            .map_err(|error| format!("{method} {path}: {error}"))?;
        let value = answer["value"].take();
        if status == 200 {
            Ok(value)
        } else {
            Err(format!(
                "{method} {path}: {status} {} {}",
                value["error"], value["message"]
            ))
        }
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        self.call(method, &format!("/session/{}{path}", self.session), body)
    }

    /// Runs a script in the page and returns what it returns.
    pub(crate) fn script(&self, body: &str, args: &[Value]) -> Result<Value, String> {
        self.ask(
            "POST",
            "/execute/sync",
            Some(&json!({"script": body, "args": args})),
        )
    }

    /// Finds the one element with this role and accessible name, waiting for it. An empty name fits any; a name that ends in
    /// `*` fits as a beginning.
    pub(crate) fn find(&self, role: &str, name: &str) -> Result<Element, String> {
        self.wait(&format!("{role} {name:?}"), || {
            let found = self.script(FIND, &[json!(role), json!(name)])?;
            Ok(found[0][ELEMENT].as_str().map(|id| Element(id.to_string())))
        })
    }

    /// Clicks what has this role and name inside the first element that fits a CSS selector.
    pub(crate) fn press_in(&self, selector: &str, role: &str, name: &str) -> Result<(), String> {
        self.wait(&format!("{role} {name:?} in {selector}"), || {
            let found = self.script(FIND, &[json!(role), json!(name), json!(selector)])?;
            match found[0][ELEMENT].as_str() {
                Some(id) => self.click(&Element(id.to_string())).map(Some),
                None => Ok(None),
            }
        })
    }

    /// How many elements have this role and name now.
    pub(crate) fn count(&self, role: &str, name: &str) -> Result<usize, String> {
        Ok(self
            .script(FIND, &[json!(role), json!(name)])?
            .as_array()
            .map_or(0, Vec::len))
    }

    /// Waits until `what` gives a value.
    pub(crate) fn wait<T>(
        &self,
        what: &str,
        mut probe: impl FnMut() -> Result<Option<T>, String>,
    ) -> Result<T, String> {
        let start = Instant::now();
        let mut trouble = String::new();
        while start.elapsed() < PATIENCE {
            match probe() {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                // The page may be between two states, or the view between two windows.
                Err(why) => trouble = format!(" ({why})"),
            }
            sleep(Duration::from_millis(60));
        }
        let _ = self.picture("stuck");
        Err(format!(
            "waited {} s in vain for {what}{trouble}; the page says:\n{}",
            PATIENCE.as_secs(),
            self.text().unwrap_or_default()
        ))
    }

    /// Clicks as a mouse does.
    pub(crate) fn click(&self, element: &Element) -> Result<(), String> {
        self.ask(
            "POST",
            &format!("/element/{}/click", element.0),
            Some(&json!({})),
        )
        .map(drop)
    }

    /// Finds and clicks.
    pub(crate) fn press(&self, role: &str, name: &str) -> Result<(), String> {
        // A page that draws itself anew between the two has another element under the same name.
        self.wait(&format!("{role} {name:?} that can be clicked"), || {
            let element = self.find(role, name)?;
            self.click(&element).map(Some)
        })
    }

    /// Types into the field with this label, after what is in it is removed.
    pub(crate) fn fill(&self, label: &str, words: &str) -> Result<(), String> {
        let field = self.find("textbox", label)?;
        self.ask(
            "POST",
            &format!("/element/{}/clear", field.0),
            Some(&json!({})),
        )?;
        self.send(&field, words)
    }

    /// What stands in the field with this label.
    pub(crate) fn value(&self, label: &str) -> Result<String, String> {
        let field = self.find("textbox", label)?;
        let value = self.ask("GET", &format!("/element/{}/property/value", field.0), None)?;
        Ok(value.as_str().unwrap_or_default().to_string())
    }

    /// Types into an element, or names the file of a file field.
    pub(crate) fn send(&self, element: &Element, words: &str) -> Result<(), String> {
        self.ask(
            "POST",
            &format!("/element/{}/value", element.0),
            Some(&json!({"text": words})),
        )
        .map(drop)
    }

    /// All the words that the page shows.
    pub(crate) fn text(&self) -> Result<String, String> {
        Ok(self
            .script("return document.body.innerText", &[])?
            .as_str()
            .unwrap_or_default()
            .to_string())
    }

    /// Waits until the page shows these words.
    pub(crate) fn see(&self, words: &str) -> Result<(), String> {
        self.wait(&format!("the words {words:?}"), || {
            Ok(self
                .text()?
                .to_lowercase()
                .contains(&words.to_lowercase())
                .then_some(()))
        })
    }

    /// The words of one element.
    pub(crate) fn words(&self, element: &Element) -> Result<String, String> {
        let said = self.ask("GET", &format!("/element/{}/text", element.0), None)?;
        Ok(said.as_str().unwrap_or_default().to_string())
    }

    /// Turns to the window that is there now: a lock destroys the old view and makes another.
    pub(crate) fn follow(&self) -> Result<(), String> {
        self.wait("a window", || {
            let handles = self.ask("GET", "/window/handles", None)?;
            let Some(last) = handles.as_array().and_then(|all| all.last()).cloned() else {
                return Ok(None);
            };
            self.ask("POST", "/window", Some(&json!({"handle": last})))
                .map(Some)
        })
        .map(drop)
    }

    /// Keeps a picture of the page beside the build's other products.
    pub(crate) fn picture(&self, name: &str) -> Result<PathBuf, String> {
        // The first frame after a change may still show the page before it.
        self.ask(
            "POST",
            "/execute/async",
            Some(&json!({"script": "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)))", "args": []})),
        )?;
        let picture = self.ask("GET", "/screenshot", None)?;
        let bytes = base64(picture.as_str().unwrap_or_default());
        let path = pictures().join(format!("{name}.png"));
        fs::write(&path, bytes).map_err(|error| error.to_string())?;
        Ok(path)
    }

    /// Resident and proportional memory of the app and each of its helpers, in KiB: (name, resident, proportional).
    pub(crate) fn memory(&self) -> Vec<(String, u64, u64)> {
        let mut all = vec![self.app];
        let mut next = 0;
        while let Some(&pid) = all.get(next) {
            all.extend(children(pid));
            next += 1;
        }
        let field = |text: &str, name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name))
                .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
                .unwrap_or(0)
        };
        all.iter()
            .map(|pid| {
                let name = fs::read_to_string(format!("/proc/{pid}/comm"))
                    .unwrap_or_default()
                    .trim()
                    .to_string();
                let sums =
                    fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
                (name, field(&sums, "Rss:"), field(&sums, "Pss:"))
            })
            .collect()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = request(
                self.port,
                "DELETE",
                &format!("/session/{}", self.session),
                None,
                Duration::from_secs(5),
            );
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        // A session that hung leaves its app behind, and an app that still ends holds its folder.
        for signal in ["-TERM", "-KILL"] {
            let start = Instant::now();
            while runs(self.app) && start.elapsed() < Duration::from_secs(10) {
                if start.elapsed() > Duration::from_secs(2) {
                    let _ = Command::new("kill")
                        .args([signal, &self.app.to_string()])
                        .status();
                }
                sleep(Duration::from_millis(50));
            }
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

fn children(pid: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten()
        .flatten();
    tasks
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|line| {
            line.split_whitespace()
                .filter_map(|word| word.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}

fn child(pid: u32) -> Option<u32> {
    children(pid).first().copied()
}

/// Decodes standard base64; a screenshot comes as such.
fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes
}

/// Elements by role and accessible name, for the roles these tests use; `testid` and `css` name what has no role of its own.
const FIND: &str = r#"
const [role, name, selector] = arguments;
const whole = selector ? document.querySelector(selector) : document;
if (!whole) return [];
if (role === 'css') return [...whole.querySelectorAll(name)];
if (role === 'testid') return [...whole.querySelectorAll(`[data-testid="${name}"]`)];
const roles = {
  button: 'button, [role=button], input[type=submit], summary',
  link: 'a[href], [role=link]',
  tab: '[role=tab]',
  heading: 'h1, h2, h3, h4, [role=heading]',
  textbox: 'input:not([type]), input[type=text], input[type=search], input[type=password], input[type=tel], input[type=email], input[type=date], input[type=number], textarea, [role=textbox], [role=combobox]',
  file: 'input[type=file]',
  radio: 'input[type=radio], [role=radio]',
  checkbox: 'input[type=checkbox], [role=checkbox], [role=switch]',
  combobox: 'select, [role=combobox]',
  region: 'section, [role=region], main, article, aside',
  alert: '[role=alert]',
  status: '[role=status], output',
  article: 'article, [role=article]',
  listitem: 'li, [role=listitem]',
  image: 'canvas, img, [role=img]',
};
const clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const named = (element) => {
  const ids = element.getAttribute('aria-labelledby');
  if (ids) return clean(ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' '));
  if (element.getAttribute('aria-label')) return clean(element.getAttribute('aria-label'));
  if (element.labels && element.labels.length) return clean([...element.labels].map((label) => label.textContent).join(' '));
  if (['INPUT', 'SELECT', 'TEXTAREA'].includes(element.tagName)) return clean(element.title || element.placeholder || element.value);
  return clean(element.textContent);
};
const shown = (element) => element.type === 'file' || (element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden');
const fits = (text) => name === '' || (name.endsWith('*') ? text.startsWith(name.slice(0, -1)) : text === name);
return [...whole.querySelectorAll(roles[role])].filter((element) => shown(element) && fits(named(element)));
"#;
