//! A W3C WebDriver client for the app's own web view, as small as these tests need: one WebKitWebDriver process and its sessions.

use std::fs::OpenOptions;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::pictures;
use crate::http::request;

/// No call waits without end: a new session hangs rather than fails where the app refuses to be driven.
pub(crate) const LIMIT: Duration = Duration::from_secs(40);

/// A running WebKitWebDriver on a port of its own. It ends with this value.
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver: one that will start an app, or one for the web view that waits at `target`.
    pub(crate) fn start(
        target: Option<&str>,
        environment: &[(&'static str, String)],
    ) -> Result<Self, String> {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(|error| error.to_string())?
            .port();
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(pictures().join("driver.log"));
        let log = log.map_err(|error| error.to_string())?;
        let errors = log.try_clone().map_err(|error| error.to_string())?;
        let process = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .args(target.map(|target| format!("--target={target}")))
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .map_err(|error| format!("WebKitWebDriver does not start: {error}"))?;
        let driver = Self { process, port };
        let start = Instant::now();
        while request(port, "GET", "/status", None, LIMIT).is_err() {
            if start.elapsed() > LIMIT {
                return Err("WebKitWebDriver does not answer".into());
            }
            sleep(Duration::from_millis(30));
        }
        Ok(driver)
    }

    /// Begins a session; its name.
    pub(crate) fn session(&self, wanted: &Value, limit: Duration) -> Result<String, String> {
        let wanted = json!({"capabilities": {"alwaysMatch": wanted}});
        let answer = self.send("POST", "/session", Some(&wanted), limit)?;
        Ok(answer["sessionId"]
            .as_str()
            .ok_or("the driver named no session")?
            .to_string())
    }

    /// Sends one command; the value it answers.
    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, String> {
        self.send(method, path, body, LIMIT)
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        limit: Duration,
    ) -> Result<Value, String> {
        let (status, mut answer) = request(self.port, method, path, body, limit)
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

    /// The driver's process.
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Ends the driver's process.
    pub(crate) fn end(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.end();
    }
}
