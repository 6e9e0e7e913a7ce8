//! What a person does with a page, and finds on it: by role and name, as with a screen reader.

use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::{App, pictures};

/// How long a thing may take to appear. The machine that runs this may be building something else beside it.
const PATIENCE: Duration = Duration::from_secs(30);

/// WebDriver's key of a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An element of the page.
#[derive(Clone, Debug)]
pub(crate) struct Element(String);

impl App {
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
        probe: impl FnMut() -> Result<Option<T>, String>,
    ) -> Result<T, String> {
        self.within(PATIENCE, Duration::from_millis(60), what, probe)
    }

    /// The same for work that takes a debug build minutes; less than the five after which the app locks by itself and takes away what the
    /// page says.
    pub(crate) fn patiently<T>(
        &self,
        what: &str,
        probe: impl FnMut() -> Result<Option<T>, String>,
    ) -> Result<T, String> {
        // The page has better to do than to answer questions.
        self.within(8 * PATIENCE, Duration::from_millis(400), what, probe)
    }

    fn within<T>(
        &self,
        patience: Duration,
        pause: Duration,
        what: &str,
        mut probe: impl FnMut() -> Result<Option<T>, String>,
    ) -> Result<T, String> {
        let start = Instant::now();
        let mut trouble = String::new();
        while start.elapsed() < patience {
            match probe() {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                // The page may be between two states, or the view between two windows.
                Err(why) => trouble = format!(" ({why})"),
            }
            sleep(pause);
        }
        let _ = self.picture("stuck");
        Err(format!(
            "waited {} s in vain for {what}{trouble}; the page says:\n{}",
            patience.as_secs(),
            self.text().unwrap_or_default()
        ))
    }

    /// Clicks as a mouse does. A press on what is not to be pressed yet would be lost without a word, so that is said.
    pub(crate) fn click(&self, element: &Element) -> Result<(), String> {
        let path = format!("/element/{}/enabled", element.0);
        if self.ask("GET", &path, None)? == json!(false) {
            return Err("it is there and not to be pressed".into());
        }
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
